//! `/app/b/{bot}/texts/file`: a language's own words, saved as a file and read from one.

use leptos::prelude::*;

use super::texts::{TextChip, chips};
use crate::{
    components::{AppShell, Area, BackLink, Icon},
    context::{BotSummary, FormState, t},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextsFilePage {
    pub bot: BotSummary,
    pub languages: Vec<TextChip>,
    /// The language's list.
    pub back: String,
    /// This page, in this language.
    pub address: String,
    /// How many texts there are to be saved, in words.
    pub count: String,
    /// Where the file is, if there is anything in it.
    pub file: Option<String>,
    /// What a file may be, in words.
    pub hint: String,
    /// What was refused of the last file, by key.
    pub form: FormState,
}

impl Page for TextsFilePage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, t("web-texts-file")))
    }

    fn body(self) -> AnyView {
        let Self { languages, back, address, count, file, hint, form, .. } = self;
        let save = file.map(|file| {
            view! {
                <a class="btn btn-line justify-self-start max-sm:w-full" href=file download="">
                    <Icon name="download"/>
                    {t("web-texts-file-save")}
                </a>
            }
        });
        view! {
            <AppShell area=Area::Texts title=t("web-texts-file")>
                <BackLink href=back text=t("web-texts-title")/>
                <p class="text-sm text-muted mb-5">{t("web-texts-file-lead")}</p>
                {chips("web-texts-languages", languages)} {refused(form)}
                <div class="grid gap-5 max-w-2xl">
                    <section class="sheet p-4.5 grid gap-3" aria-labelledby="save-title">
                        <h2 id="save-title" class="text-sm font-medium">
                            {t("web-texts-file-out")}
                        </h2>
                        <p class="text-sm text-muted">{count}</p>
                        {save}
                    </section>
                    <form
                        method="post"
                        action=address
                        enctype="multipart/form-data"
                        class="sheet p-4.5 grid gap-3"
                        aria-labelledby="read-title"
                    >
                        <h2 id="read-title" class="text-sm font-medium">
                            {t("web-texts-file-in")}
                        </h2>
                        <p class="text-sm text-muted">{hint}</p>
                        <input
                            type="file"
                            name="file"
                            accept=".ftl,text/plain"
                            class="w-full text-sm"
                            aria-label=t("web-texts-file-choose")
                            required
                        />
                        <button class="btn btn-primary justify-self-start max-sm:w-full">
                            <Icon name="check"/>
                            {t("web-texts-file-read")}
                        </button>
                    </form>
                </div>
            </AppShell>
        }
        .into_any()
    }
}

/// Each with its reason. The last one may say how many more there are.
fn refused(form: FormState) -> Option<AnyView> {
    if form.errors.is_empty() {
        return None;
    }
    let lines = form.errors.into_iter().map(|error| {
        let key = (error.field != "form").then(|| view! { <bdi class="code">{error.field}</bdi> " " });
        view! { <li>{key} {error.message}</li> }
    });
    let lines = lines.collect_view();
    Some(
        view! {
            <div class="note t-bad mb-5" role="alert">
                <Icon name="circle-x"/>
                <div class="flex-1 min-w-0">
                    <p class="text-sm font-medium">{t("web-texts-file-refused")}</p>
                    <ul class="text-sm mt-1 list-disc ps-5">{lines}</ul>
                </div>
            </div>
        }
        .into_any(),
    )
}
