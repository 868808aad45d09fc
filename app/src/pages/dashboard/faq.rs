//! `/app/b/{bot}/faq`: the answers that the bot gives, and `/app/b/{bot}/faq/{key}`: one of them.

use leptos::prelude::*;

use crate::{
    components::{
        AppShell, Area, BackLink, Choice, ErrorSummary, Field, Fold, Icon, Select, Tag, TextArea, Tone,
    },
    context::{BotSummary, FormState, t},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaqPage {
    pub bot: BotSummary,
    pub languages: Vec<FaqLanguage>,
    /// The code of the chosen language.
    pub locale: &'static str,
    pub rows: Vec<FaqRow>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaqLanguage {
    pub name: &'static str,
    pub href: String,
    pub chosen: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaqRow {
    pub href: String,
    pub question: String,
    pub category: String,
    pub hidden: bool,
    /// One of ours as we wrote it.
    pub ours: bool,
    /// What readers said of it.
    pub votes: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaqEntryPage {
    pub bot: BotSummary,
    pub key: String,
    pub locale: &'static str,
    /// In which language it is.
    pub language: &'static str,
    pub categories: Vec<Choice>,
    pub kind: FaqKind,
    pub hidden: bool,
    pub form: FormState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaqKind {
    New,
    /// One of ours as we wrote it.
    Ours,
    /// One of ours in the shop's words.
    Changed,
    Own,
}

impl FaqPage {
    fn new_href(&self) -> String {
        format!("{}/faq/new?lang={}", self.bot.href(), self.locale)
    }
}

impl Page for FaqPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, t("web-faq-title")))
    }

    fn body(self) -> AnyView {
        let add = self.new_href();
        let languages = self
            .languages
            .into_iter()
            .map(|language| {
                view! {
                    <a class="chip" href=language.href aria-current=language.chosen.then_some("true")>
                        {language.name}
                    </a>
                }
            })
            .collect_view();
        let rows = self.rows.into_iter().map(row).collect_view();
        view! {
            <AppShell area=Area::Faq title=t("web-faq-title")>
                <p class="text-sm text-muted mb-5 -mt-3">{t("web-faq-lead")}</p>
                <nav aria-label=t("web-faq-languages") class="flex gap-2 overflow-x-auto pb-1 mb-4">
                    {languages}
                </nav>
                <ul class="grid gap-3 mb-5">{rows}</ul>
                <a class="btn btn-primary max-sm:w-full" href=add>
                    <Icon name="plus"/>
                    {t("web-faq-add")}
                </a>
            </AppShell>
        }
        .into_any()
    }
}

fn row(row: FaqRow) -> AnyView {
    let tag = match (row.hidden, row.ours) {
        (true, _) => Some((Tone::Mute, "pause", "web-faq-hidden")),
        (false, true) => Some((Tone::Mute, "package", "web-faq-ours")),
        (false, false) => None,
    };
    view! {
        <li class="sheet p-4.5 flex flex-wrap items-center gap-3">
            <div class="flex-1 min-w-52">
                <h2 class="text-base" dir="auto">
                    <a class="hit link link-hover" href=row.href>
                        {row.question}
                    </a>
                </h2>
                <p class="text-sm text-muted">
                    {row.category}
                    {row.votes.map(|votes| view! { <span class="num">" · " {votes}</span> })}
                </p>
            </div>
            {tag.map(|(tone, icon, key)| view! { <Tag tone icon text=t(key)/> })}
        </li>
    }
    .into_any()
}

impl FaqEntryPage {
    fn list_href(&self) -> String {
        format!("{}/faq?lang={}", self.bot.href(), self.locale)
    }

    fn href(&self) -> String {
        format!("{}/faq/{}?lang={}", self.bot.href(), self.key, self.locale)
    }
}

impl Page for FaqEntryPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, t("web-faq-title")))
    }

    fn body(self) -> AnyView {
        let (back, action, form) = (self.list_href(), self.href(), self.form.clone());
        let others = others(&self);
        view! {
            <AppShell area=Area::Faq title=t(if self.kind == FaqKind::New { "web-faq-new" } else { "web-faq-one" })>
                <BackLink href=back text=t("web-faq-title")/>
                <div class="grid gap-5 max-w-2xl">
                    <form method="post" action=action class="sheet p-4.5 grid gap-4">
                        <ErrorSummary form=form.clone()/>
                        <p class="hint">{self.language}</p>
                        <Select
                            form=form.clone()
                            name="category"
                            label=t("web-faq-category")
                            choices=self.categories.clone()
                        />
                        <Field
                            form=form.clone()
                            name="question"
                            label=t("web-faq-question")
                            maxlength=120
                            required=true
                        />
                        <TextArea
                            form
                            name="answer"
                            label=t("web-faq-answer")
                            hint=t("web-faq-answer-hint")
                            rows=10
                            maxlength=3000
                            required=true
                        />
                        <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="save">
                            {t("web-faq-save")}
                        </button>
                    </form>
                    {others}
                </div>
            </AppShell>
        }
        .into_any()
    }
}

fn others(page: &FaqEntryPage) -> Option<AnyView> {
    let (act, label) = match page.hidden {
        true => ("show", "web-faq-show"),
        false => ("hide", "web-faq-hide"),
    };
    let remove = match page.kind {
        FaqKind::New => return None,
        FaqKind::Ours => None,
        FaqKind::Changed => Some(("undo-2", "web-faq-reset", "web-faq-reset-text", "web-faq-reset-yes")),
        FaqKind::Own => Some(("trash-2", "web-faq-remove", "web-faq-remove-text", "web-faq-remove-yes")),
    };
    let (switched, removed) = (page.href(), page.href());
    Some(
        view! {
            <form method="post" action=switched class="sheet p-4.5 flex flex-wrap items-center gap-3">
                <p class="text-sm text-muted flex-1 min-w-52">{t("web-faq-hide-text")}</p>
                <button class="btn btn-line max-sm:w-full" name="act" value=act>
                    {t(label)}
                </button>
            </form>
            {remove
                .map(|(icon, title, text, yes)| {
                    view! {
                        <Fold icon title=t(title)>
                            <form method="post" action=removed class="grid gap-3 max-w-xl">
                                <p class="text-sm text-muted">{t(text)}</p>
                                <button class="btn btn-error justify-self-start max-sm:w-full" name="act" value="remove">
                                    {t(yes)}
                                </button>
                            </form>
                        </Fold>
                    }
                })}
        }
        .into_any(),
    )
}
