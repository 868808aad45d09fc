//! Step 3: the bot's token, who owns it, and an optional channel. The rows say what stands and are
//! fetched again when something changes; forms and their errors stand beside them and stay.

use domain::locale::args;
use leptos::prelude::*;

use crate::{
    components::{
        Check, CheckRow, CheckState, ErrorSummary, Field, Fold, Icon, LiveUpdates, Wizard, WizardPreview,
        WizardStep,
    },
    context::{FormState, t, t_with},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BotPage {
    pub done: Vec<WizardStep>,
    pub preview: Option<WizardPreview>,
    /// `owner_id` and `channel`; a token is never kept.
    pub form: FormState,
    pub token: TokenCheck,
    /// The reader wants to give another token than the accepted one.
    pub replacing: bool,
    pub owner: OwnerCheck,
    /// `@my_channel`, in which the bot is an administrator.
    pub channel: Option<String>,
    /// The event stream of these checks.
    pub events: Option<String>,
    /// The sandbox's pretend BotFather.
    pub botfather: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TokenCheck {
    #[default]
    Missing,
    /// `masked`: `7204…kQ3w`; name and username are Telegram's answer.
    Accepted { masked: String, name: String, username: String },
    /// Telegram no longer takes the stored token; `problem` says the cause and the fix.
    Refused { problem: String },
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OwnerCheck {
    /// Waits for a token.
    #[default]
    Locked,
    /// The deep link that proves who opened the bot.
    Open { deep_link: Option<String> },
    /// A numeric id; the link makes whoever opens it the owner instead.
    Known { who: String, deep_link: Option<String> },
}

impl Page for BotPage {
    fn head(&self) -> Head {
        Head::titled(t("web-bot-title"))
    }

    fn body(self) -> AnyView {
        let done = self.done.clone();
        let preview = self.preview.clone();
        let errors = self.form.clone();
        let events = self.events.clone();
        let page = if self.replacing { "/start/bot?replace=1" } else { "/start/bot" };
        view! {
            <Wizard step=WizardStep::Bot done title=t("web-bot-title") lead=t("web-bot-lead") preview>
                <div class="mt-7">
                    <ErrorSummary form=errors/>
                    {token_form(&self)}
                </div>
                <section class="sheet mt-5" aria-labelledby="checks-title">
                    <div class="sheet-h">
                        <h2 id="checks-title">{t("web-bot-checks")}</h2>
                    </div>
                    <ul id="checks">{checks(&self)}</ul>
                </section>
                <LiveUpdates id="checks" page events/>
                {owner_form(&self)}
                {channel_form(&self)}
                <form method="post" action="/start/bot" class="flex flex-wrap items-center gap-2 mt-4">
                    {WizardStep::Bot.back_link()}
                    <button class="btn btn-primary px-5 ms-auto max-sm:w-full" name="act" value="continue">
                        {t("web-continue")}
                        <Icon name="arrow-right" class="flip"/>
                    </button>
                </form>
            </Wizard>
        }
        .into_any()
    }

    fn fragment(self, id: &str) -> Option<AnyView> {
        (id == "checks").then(|| checks(&self))
    }
}

fn token_form(page: &BotPage) -> AnyView {
    let masked = match &page.token {
        TokenCheck::Accepted { masked, .. } if !page.replacing => Some(masked.clone()),
        _ => None,
    };
    let botfather = page.botfather.clone().map(|href| {
        view! {
            <p class="text-sm">
                <a class="link inline-flex items-center gap-1.5 min-h-8" href=href>
                    <Icon name="flask-conical" class="i-s"/>
                    {t("web-bot-sandbox-botfather")}
                </a>
            </p>
        }
    });
    let fields = if let Some(masked) = masked {
        view! {
            <div class="fld">
                <span class="lab">{t("web-bot-token")}</span>
                <div class="flex gap-2 items-center">
                    <bdi class="code flex-1">{masked}</bdi>
                    <button class="btn btn-line" name="act" value="replace">
                        {t("web-bot-replace")}
                    </button>
                </div>
                {sealed_hint()}
            </div>
        }
        .into_any()
    } else {
        view! {
            <Field
                form=page.form.clone()
                name="token"
                label=t("web-bot-token")
                hint=t("web-bot-token-hint")
                kind="password"
                ltr=true
                required=true
                placeholder="123456789:AA…"
            />
            {sealed_hint()}
            {botfather}
            <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="token">
                {t("web-bot-check-token")}
            </button>
        }
        .into_any()
    };
    view! {
        <form method="post" action="/start/bot" class="sheet p-4.5 grid gap-3">
            {fields}
        </form>
    }
    .into_any()
}

fn sealed_hint() -> AnyView {
    view! {
        <p class="hint flex gap-1.5 items-center">
            <Icon name="lock" class="i-s"/>
            {t("web-bot-sealed")}
        </p>
    }
    .into_any()
}

fn checks(page: &BotPage) -> AnyView {
    let (token, name) = token_rows(page);
    view! {
        <CheckRow check=token/>
        <CheckRow check=name/>
        {owner_row(page)}
        <CheckRow check=channel_row(page)/>
    }
    .into_any()
}

fn token_rows(page: &BotPage) -> (Check, Check) {
    let row = |state, title: &str, help: Option<String>| Check { state, title: t(title), help, took: None };
    match &page.token {
        TokenCheck::Accepted { name, username, .. } if !page.replacing => (
            row(CheckState::Passed, "web-bot-row-token-ok", None),
            Check {
                state: CheckState::Passed,
                title: t_with(
                    "web-bot-row-name-ok",
                    &args!["name" => name.clone(), "username" => format!("@{username}")],
                ),
                help: Some(t("web-bot-row-name-text")),
                took: None,
            },
        ),
        TokenCheck::Refused { problem } => (
            row(CheckState::Failed, "web-bot-row-token", Some(problem.clone())),
            row(CheckState::Waiting, "web-bot-row-name", None),
        ),
        _ => (
            row(CheckState::Yours, "web-bot-row-token", Some(t("web-bot-row-token-missing"))),
            row(CheckState::Waiting, "web-bot-row-name", None),
        ),
    }
}

fn owner_row(page: &BotPage) -> AnyView {
    let (state, help) = match &page.owner {
        OwnerCheck::Locked => (CheckState::Waiting, None),
        OwnerCheck::Open { deep_link: Some(_) } => (CheckState::Yours, Some(t("web-bot-row-owner-text"))),
        OwnerCheck::Open { deep_link: None } => (CheckState::Yours, Some(t("web-bot-row-owner-type"))),
        OwnerCheck::Known { who, .. } => {
            (CheckState::Passed, Some(t_with("web-bot-row-owner-ok", &args!["who" => who.clone()])))
        }
    };
    let check = Check { state, title: t("web-bot-row-owner"), help, took: None };
    let OwnerCheck::Open { deep_link: Some(href) } = page.owner.clone() else {
        return view! { <CheckRow check/> }.into_any();
    };
    let open = open_bot(page, href, "btn btn-primary");
    view! {
        <CheckRow check>
            <div class="mt-2.5 flex flex-wrap items-center gap-x-4 gap-y-2">
                {open}
                <noscript>
                    <a class="link text-sm inline-flex items-center min-h-11" href="/start/bot">
                        {t("web-bot-look-again")}
                    </a>
                </noscript>
            </div>
        </CheckRow>
    }
    .into_any()
}

fn open_bot(page: &BotPage, href: String, class: &'static str) -> AnyView {
    let username = match &page.token {
        TokenCheck::Accepted { username, .. } => format!("@{username}"),
        _ => String::new(),
    };
    view! {
        <a class=class href=href target="_blank" rel="noopener">
            {t_with("web-bot-open", &args!["bot" => username])}
        </a>
    }
    .into_any()
}

fn channel_row(page: &BotPage) -> Check {
    let (state, help) = match page.channel.clone() {
        Some(channel) => (CheckState::Passed, t_with("web-bot-row-channel-ok", &args!["channel" => channel])),
        None => (CheckState::Waiting, t("web-bot-row-channel-text")),
    };
    Check { state, title: t("web-bot-row-channel"), help: Some(help), took: None }
}

/// The typed id, also for another owner than the one who is known.
fn owner_form(page: &BotPage) -> Option<AnyView> {
    let (summary, deep_link, must) = match page.owner.clone() {
        OwnerCheck::Locked => return None,
        OwnerCheck::Open { deep_link } => ("web-bot-owner-type", None, deep_link.is_none()),
        OwnerCheck::Known { deep_link, .. } => ("web-bot-owner-change", deep_link, false),
    };
    let link = deep_link.map(|href| {
        view! {
            <p class="text-sm text-muted">{t("web-bot-owner-change-text")}</p>
            <div>{open_bot(page, href, "btn btn-line max-sm:w-full")}</div>
        }
    });
    let form = page.form.clone();
    let open = must || form.error("owner_id").is_some();
    Some(
        view! {
            <Fold icon="user-round" title=t(summary) open class="mt-5">
                <form method="post" action="/start/bot" class="grid gap-3 max-w-xl">
                    {link}
                    <Field
                        form
                        name="owner_id"
                        label=t("web-bot-owner-id")
                        hint=t("web-bot-owner-id-hint")
                        inputmode="numeric"
                        ltr=true
                    />
                    <button class="btn btn-line justify-self-start max-sm:w-full" name="act" value="owner">
                        {t("web-bot-owner-save")}
                    </button>
                </form>
            </Fold>
        }
        .into_any(),
    )
}

fn channel_form(page: &BotPage) -> Option<AnyView> {
    let mut form = page.form.clone();
    let saved = page.channel.clone().unwrap_or_default();
    form.values.entry("channel".to_owned()).or_insert(saved);
    matches!(page.token, TokenCheck::Accepted { .. }).then(|| {
        view! {
            <form method="post" action="/start/bot" class="sheet p-4.5 mt-5 grid gap-3">
                <Field form name="channel" label=t("web-bot-channel") hint=t("web-bot-channel-hint") ltr=true placeholder="@my_channel"/>
                <button class="btn btn-line justify-self-start max-sm:w-full" name="act" value="channel">
                    {t("web-bot-check-channel")}
                </button>
            </form>
        }
        .into_any()
    })
}
