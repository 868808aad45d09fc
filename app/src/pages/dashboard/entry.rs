//! `/app/b/{bot}/entry`: what comes before the menu.

use leptos::prelude::*;

use crate::{
    components::{AppShell, Area, Choice, ErrorSummary, Field, Icon, Select},
    context::{BotSummary, FormState, t},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryPage {
    pub bot: BotSummary,
    /// The channel has to be joined first.
    pub required: bool,
    /// The rules have to be accepted first.
    pub rules: bool,
    /// Who may begin.
    pub entries: Vec<Choice>,
    /// The link by which a campaign is told apart.
    pub source_link: Option<String>,
    /// By which links users came, and how many by each, formatted.
    pub sources: Vec<(String, String)>,
    /// `channel` and `entry`.
    pub form: FormState,
}

impl Page for EntryPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, t("web-entry-title")))
    }

    fn body(self) -> AnyView {
        let Self { bot, required, rules, entries, source_link, sources, form } = self;
        let (action, rules_text) =
            (format!("{}/entry", bot.href()), format!("{}/texts/bot-start-rules-body", bot.href()));
        view! {
            <AppShell area=Area::Entry title=t("web-entry-title")>
                <p class="text-sm text-muted mb-5 -mt-3">{t("web-entry-lead")}</p>
                <form method="post" action=action class="grid gap-5 max-w-3xl">
                    <ErrorSummary form=form.clone()/>
                    <section class="sheet" aria-labelledby="channel-title">
                        <div class="sheet-h">
                            <h2 id="channel-title">{t("web-entry-channel-title")}</h2>
                        </div>
                        <div class="p-4.5 grid gap-4">
                            <p class="text-sm text-muted">{t("web-entry-channel-text")}</p>
                            <Field
                                form=form.clone()
                                name="channel"
                                label=t("web-entry-channel")
                                hint=t("web-entry-channel-hint")
                                ltr=true
                                placeholder="@my_channel"
                                maxlength=64
                            />
                            {switch("required", "web-entry-required", required)}
                            <button class="btn btn-line justify-self-start max-sm:w-full" name="act" value="test">
                                {t("web-entry-test")}
                            </button>
                        </div>
                    </section>
                    <section class="sheet" aria-labelledby="new-title">
                        <div class="sheet-h">
                            <h2 id="new-title">{t("web-entry-new-title")}</h2>
                        </div>
                        <div class="p-4.5 grid gap-4">
                            <Select form name="entry" label=t("web-entry-new") choices=entries/>
                        </div>
                    </section>
                    <section class="sheet" aria-labelledby="rules-title">
                        <div class="sheet-h">
                            <h2 id="rules-title">{t("web-entry-rules-title")}</h2>
                        </div>
                        <div class="p-4.5 grid gap-4">
                            {switch("rules", "web-entry-rules", rules)}
                            <p class="text-sm text-muted">
                                {t("web-entry-rules-text")} " "
                                <a class="link" href=rules_text>
                                    {t("web-entry-rules-edit")}
                                </a>
                            </p>
                        </div>
                    </section>
                    <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="save">
                        <Icon name="check"/>
                        {t("web-entry-save")}
                    </button>
                </form>
                {sources_sheet(source_link, sources)}
            </AppShell>
        }
        .into_any()
    }
}

fn sources_sheet(link: Option<String>, sources: Vec<(String, String)>) -> AnyView {
    let rows = sources
        .into_iter()
        .map(|(name, count)| {
            view! {
                <tr>
                    <th scope="row">
                        <bdi class="code">{name}</bdi>
                    </th>
                    <td class="e num">{count}</td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    let table = match rows.is_empty() {
        true => view! { <p class="text-sm text-muted">{t("web-entry-sources-none")}</p> }.into_any(),
        false => view! {
            <table class="tbl">
                <thead>
                    <tr>
                        <th scope="col">{t("web-entry-source")}</th>
                        <th scope="col" class="e">
                            {t("web-entry-came")}
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any(),
    };
    view! {
        <section class="sheet max-w-3xl mt-5" aria-labelledby="sources-title">
            <div class="sheet-h">
                <h2 id="sources-title">{t("web-entry-sources-title")}</h2>
            </div>
            <div class="p-4.5 grid gap-4">
                <p class="text-sm text-muted">
                    {t("web-entry-sources-text")} " "
                    {link.map(|link| view! { <bdi class="code select-all break-all">{link}</bdi> })}
                </p>
                {table}
            </div>
        </section>
    }
    .into_any()
}

fn switch(name: &'static str, label: &'static str, on: bool) -> impl IntoView {
    view! {
        <label class="flex gap-3 items-start text-sm min-h-11">
            <input
                type="checkbox"
                class="toggle toggle-primary mt-0.5"
                name=name
                value="on"
                autocomplete="off"
                checked=on
            />
            <span class="font-medium">{t(label)}</span>
        </label>
    }
}
