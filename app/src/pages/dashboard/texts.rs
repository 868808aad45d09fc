//! `/app/b/{bot}/texts`: what the bot says, and `/app/b/{bot}/texts/{key}`: one text in the shop's words.

use leptos::prelude::*;

use crate::{
    components::{
        AppShell, Area, BackLink, EmptyState, ErrorSummary, Fold, Icon, Tag, TextArea, TextSpan, Tone,
        message_html,
    },
    context::{BotSummary, FormState, t},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextsPage {
    pub bot: BotSummary,
    pub languages: Vec<TextChip>,
    pub filters: Vec<TextChip>,
    /// The parts of the bot.
    pub areas: Vec<TextChip>,
    /// What the search keeps of the address: name and value.
    pub keeps: Vec<(&'static str, String)>,
    pub query: String,
    pub rows: Vec<TextRow>,
    /// There are more than are shown.
    pub more: bool,
    /// Where the language's texts are saved and read as a file.
    pub file: String,
}

/// A way to another choice of texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextChip {
    pub label: String,
    pub href: String,
    pub chosen: bool,
    /// Formatted.
    pub count: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRow {
    pub key: String,
    pub href: String,
    /// What the bot says now, as it is written.
    pub text: String,
    pub dir: &'static str,
    pub state: TextState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextState {
    Ours,
    Changed,
    /// Changed in another language, and not in this one.
    Missing,
    TooLong,
    /// It cannot be shown any more, so ours is.
    Ignored,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPage {
    pub bot: BotSummary,
    pub key: String,
    pub locale: &'static str,
    pub dir: &'static str,
    pub languages: Vec<TextChip>,
    /// Where it came from.
    pub back: String,
    pub ours: String,
    /// The values that it knows, as they are written.
    pub values: Vec<String>,
    /// How many characters it may have, in words.
    pub limit: String,
    pub markup: bool,
    pub changed: bool,
    /// Why the shop's words are not used.
    pub ignored: Option<String>,
    /// With sample values.
    pub preview: Option<(String, Vec<TextSpan>)>,
    pub form: FormState,
}

impl Page for TextsPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, t("web-texts-title")))
    }

    fn body(self) -> AnyView {
        let Self { bot, languages, filters, areas, keeps, query, rows, more, file } = self;
        let action = format!("{}/texts", bot.href());
        let kept =
            keeps.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
        view! {
            <AppShell area=Area::Texts title=t("web-texts-title")>
                <p class="text-sm text-muted mb-5 -mt-3">{t("web-texts-lead")}</p>
                <p class="text-sm mb-4">
                    <a class="hit link link-hover" href=file>
                        {t("web-texts-file")}
                    </a>
                </p>
                {chips("web-texts-languages", languages)}
                <form method="get" action=action role="search" class="flex gap-2 mb-4">
                    {kept.collect_view()}
                    <input
                        class="input flex-1 min-w-0"
                        type="search"
                        name="q"
                        dir="auto"
                        value=query
                        maxlength="100"
                        aria-label=t("web-texts-search")
                        placeholder=t("web-texts-search")
                    />
                    <button class="btn btn-line">
                        <Icon name="search"/>
                        {t("web-texts-find")}
                    </button>
                </form>
                {chips("web-texts-filters", filters)} {chips("web-texts-areas", areas)} {list(rows)}
                {more.then(|| view! { <p class="hint mt-3">{t("web-texts-more")}</p> })}
            </AppShell>
        }
        .into_any()
    }
}

pub(super) fn chips(label: &'static str, chips: Vec<TextChip>) -> Option<AnyView> {
    if chips.is_empty() {
        return None;
    }
    let links = chips
        .into_iter()
        .map(|chip| {
            view! {
                <a class="chip" href=chip.href aria-current=chip.chosen.then_some("true")>
                    {chip.label}
                    {chip.count.map(|count| view! { <span class="num">{count}</span> })}
                </a>
            }
        })
        .collect_view();
    Some(
        view! { <nav aria-label=t(label) class="flex gap-2 overflow-x-auto pb-1 mb-4">{links}</nav> }
            .into_any(),
    )
}

fn list(rows: Vec<TextRow>) -> AnyView {
    if rows.is_empty() {
        return view! {
            <EmptyState icon="search-x" title=t("web-texts-none") text=t("web-texts-none-text")/>
        }
        .into_any();
    }
    let rows = rows.into_iter().map(row).collect_view();
    view! { <ul class="grid gap-3">{rows}</ul> }.into_any()
}

fn row(row: TextRow) -> AnyView {
    let tag = match row.state {
        TextState::Ours => None,
        TextState::Changed => Some((Tone::Ok, "check", "web-texts-changed")),
        TextState::Missing => Some((Tone::Warn, "triangle-alert", "web-texts-missing")),
        TextState::TooLong => Some((Tone::Bad, "circle-x", "web-texts-long")),
        TextState::Ignored => Some((Tone::Bad, "circle-x", "web-texts-ignored")),
    };
    view! {
        <li class="sheet p-4.5 flex flex-wrap items-center gap-3">
            <div class="flex-1 min-w-52">
                <h2 class="text-sm">
                    <a class="hit link link-hover" href=row.href>
                        <bdi class="code">{row.key}</bdi>
                    </a>
                </h2>
                <p class="text-sm text-muted break-all" dir=row.dir>
                    {row.text}
                </p>
            </div>
            {tag.map(|(tone, icon, key)| view! { <Tag tone icon text=t(key)/> })}
        </li>
    }
    .into_any()
}

impl TextPage {
    fn href(&self) -> String {
        format!("{}/texts/{}?lang={}", self.bot.href(), self.key, self.locale)
    }
}

impl Page for TextPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, t("web-texts-one")))
    }

    fn body(self) -> AnyView {
        let (action, key, back) = (self.href(), self.key.clone(), self.back.clone());
        let (ours, own, restore) = (ours(&self), own(&self, action.clone()), restore(&self, action));
        view! {
            <AppShell area=Area::Texts title=t("web-texts-one")>
                <BackLink href=back text=t("web-texts-title")/>
                <p class="mb-4">
                    <bdi class="code">{key}</bdi>
                </p>
                {chips("web-texts-languages", self.languages)}
                {self
                    .ignored
                    .map(|why| {
                        view! {
                            <div class="note t-bad mb-5" role="alert">
                                <Icon name="circle-x"/>
                                <div class="flex-1 min-w-0">
                                    <p class="text-sm font-medium">{t("web-texts-ignored-text")}</p>
                                    <p class="text-sm text-muted">{why}</p>
                                </div>
                            </div>
                        }
                    })}
                <div class="grid gap-5 max-w-2xl">{own} {preview(self.preview)} {ours} {restore}</div>
            </AppShell>
        }
        .into_any()
    }
}

fn own(page: &TextPage, action: String) -> AnyView {
    let values = (!page.values.is_empty()).then(|| {
        let chips =
            page.values.iter().cloned().map(|value| view! { <bdi class="code select-all">{value}</bdi> " " });
        view! { <p class="hint">{t("web-texts-values")} " " {chips.collect_view()}</p> }
    });
    let markup = if page.markup { t("web-texts-markup") } else { t("web-texts-no-markup") };
    let form = page.form.clone();
    view! {
        <form method="post" action=action class="sheet p-4.5 grid gap-4">
            <ErrorSummary form=form.clone()/>
            <TextArea
                form
                name="text"
                label=t("web-texts-own")
                hint=format!("{markup} {}", page.limit)
                rows=10
                maxlength=8000
                required=true
            />
            {values}
            <div class="flex flex-wrap gap-2">
                <button class="btn btn-primary max-sm:w-full" name="act" value="save">
                    <Icon name="check"/>
                    {t("web-texts-save")}
                </button>
                <button class="btn btn-line max-sm:w-full" name="act" value="preview">
                    <Icon name="eye"/>
                    {t("web-texts-preview")}
                </button>
            </div>
        </form>
    }
    .into_any()
}

fn preview(shown: Option<(String, Vec<TextSpan>)>) -> Option<AnyView> {
    let (text, spans) = shown?;
    let html = message_html(&text, &spans);
    Some(
        view! {
            <section class="sheet overflow-hidden" aria-labelledby="preview-title">
                <div class="sheet-h">
                    <h2 id="preview-title">{t("web-texts-looks")}</h2>
                </div>
                <div class="log">
                    <div class="bub" dir="auto">
                        <span inner_html=html></span>
                    </div>
                </div>
            </section>
        }
        .into_any(),
    )
}

fn ours(page: &TextPage) -> AnyView {
    let (dir, lang, ours) = (page.dir, page.locale, message_html(&page.ours, &[]));
    view! {
        <section class="sheet" aria-labelledby="ours-title">
            <div class="sheet-h">
                <h2 id="ours-title">{t("web-texts-ours")}</h2>
            </div>
            <p class="p-4.5 text-sm" dir=dir lang=lang inner_html=ours></p>
        </section>
    }
    .into_any()
}

fn restore(page: &TextPage, action: String) -> Option<AnyView> {
    page.changed.then(|| {
        view! {
            <Fold icon="undo-2" title=t("web-texts-restore")>
                <form method="post" action=action class="grid gap-3 max-w-xl">
                    <p class="text-sm text-muted">{t("web-texts-restore-text")}</p>
                    <button class="btn btn-error justify-self-start max-sm:w-full" name="act" value="restore">
                        {t("web-texts-restore-yes")}
                    </button>
                </form>
            </Fold>
        }
        .into_any()
    })
}
