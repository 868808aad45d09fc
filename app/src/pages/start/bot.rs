//! Step 3: the bot's token, who owns it, and an optional channel. Rows tick while they are checked;
//! only the row that waits for the reader has a button.

use domain::locale::args;
use leptos::prelude::*;

use crate::{
    components::{Check, CheckRow, CheckState, ErrorSummary, Field, Icon, Wizard, WizardPreview, WizardStep},
    context::{FormState, t, t_with},
    islands::LiveRegion,
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BotPage {
    pub done: Vec<WizardStep>,
    pub preview: Option<WizardPreview>,
    /// `owner_id` and `channel`; a token is never kept.
    pub form: FormState,
    pub token: TokenCheck,
    pub owner: OwnerCheck,
    pub channel: ChannelCheck,
    /// The event stream of these checks.
    pub events: Option<String>,
    /// The sandbox's pretend BotFather.
    pub botfather: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TokenCheck {
    #[default]
    Missing,
    /// `masked`: `7204…kQ3w`.
    Running { masked: String },
    /// Name and username are Telegram's answer; `took` is a formatted duration.
    Accepted { masked: String, name: String, username: String, took: Option<String> },
    /// `problem` says the cause and the fix.
    Refused { problem: String },
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OwnerCheck {
    /// Waits for a token.
    #[default]
    Locked,
    /// The deep link that proves who opened the bot.
    Open { deep_link: Option<String> },
    /// Name, @username or numeric id.
    Proved { who: String },
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ChannelCheck {
    #[default]
    None,
    Passed {
        channel: String,
    },
    Failed {
        problem: String,
    },
}

impl Page for BotPage {
    fn head(&self) -> Head {
        let live = self.events.is_some() && matches!(self.token, TokenCheck::Running { .. });
        Head { refresh_without_script: live.then_some(3), ..Head::titled(t("web-bot-title")) }
    }

    fn body(self) -> AnyView {
        let done = self.done.clone();
        let preview = self.preview.clone();
        let errors = self.form.clone();
        let events = self.events.clone();
        let token = token_form(&self);
        view! {
            <Wizard step=WizardStep::Bot done title=t("web-bot-title") lead=t("web-bot-lead") preview>
                <div class="mt-7">
                    <ErrorSummary form=errors/>
                    {token}
                </div>
                <section class="sheet mt-5" aria-labelledby="checks-title">
                    <div class="sheet-h">
                        <h2 id="checks-title">{t("web-bot-checks")}</h2>
                    </div>
                    <ul id="checks">{checks(&self)}</ul>
                </section>
                {events
                    .map(|events| {
                        view! {
                            <LiveRegion
                                events
                                fragment="/start/bot?fragment=checks".to_owned()
                                target="checks".to_owned()
                                paused=t("web-live-paused")
                                refresh=t("web-live-refresh")
                            />
                        }
                    })}
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
        TokenCheck::Running { masked } | TokenCheck::Accepted { masked, .. } => Some(masked.clone()),
        TokenCheck::Missing | TokenCheck::Refused { .. } => None,
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
    let (token, name) = token_rows(&page.token);
    view! {
        <CheckRow check=token/>
        <CheckRow check=name/>
        {owner_row(page)}
        {channel_row(page)}
    }
    .into_any()
}

fn token_rows(token: &TokenCheck) -> (Check, Check) {
    let row = |state, title: &str, help: Option<String>, took| Check { state, title: t(title), help, took };
    match token {
        TokenCheck::Missing => (
            row(CheckState::Yours, "web-bot-row-token", Some(t("web-bot-row-token-missing")), None),
            row(CheckState::Waiting, "web-bot-row-name", None, None),
        ),
        TokenCheck::Running { .. } => (
            row(CheckState::Running, "web-bot-row-token", Some(t("web-bot-row-token-running")), None),
            row(CheckState::Waiting, "web-bot-row-name", None, None),
        ),
        TokenCheck::Accepted { name, username, took, .. } => (
            row(CheckState::Passed, "web-bot-row-token-ok", Some(t("web-bot-row-token-alone")), took.clone()),
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
            row(CheckState::Failed, "web-bot-row-token", Some(problem.clone()), None),
            row(CheckState::Waiting, "web-bot-row-name", None, None),
        ),
    }
}

fn owner_row(page: &BotPage) -> AnyView {
    let (state, help) = match &page.owner {
        OwnerCheck::Locked => (CheckState::Waiting, None),
        OwnerCheck::Open { deep_link: Some(_) } => (CheckState::Yours, Some(t("web-bot-row-owner-text"))),
        OwnerCheck::Open { deep_link: None } => (CheckState::Yours, Some(t("web-bot-row-owner-type"))),
        OwnerCheck::Proved { who } => {
            (CheckState::Passed, Some(t_with("web-bot-row-owner-ok", &args!["who" => who.clone()])))
        }
    };
    let check = Check { state, title: t("web-bot-row-owner"), help, took: None };
    let OwnerCheck::Open { deep_link } = page.owner.clone() else {
        return view! { <CheckRow check/> }.into_any();
    };
    let username = match &page.token {
        TokenCheck::Accepted { username, .. } => format!("@{username}"),
        _ => String::new(),
    };
    let typed_already = page.form.error("owner_id").is_some() || deep_link.is_none();
    let form = page.form.clone();
    view! {
        <CheckRow check>
            <div class="mt-2.5 grid gap-2 justify-items-start">
                {deep_link
                    .map(|href| {
                        view! {
                            <a class="btn btn-primary" href=href target="_blank" rel="noopener">
                                {t_with("web-bot-open", &args!["bot" => username])}
                            </a>
                        }
                    })}
                <details open=typed_already>
                    <summary class="link text-sm inline-flex items-center min-h-11">{t("web-bot-owner-type")}</summary>
                    <form method="post" action="/start/bot" class="flex flex-wrap gap-2 items-end">
                        <Field
                            form
                            name="owner_id"
                            label=t("web-bot-owner-id")
                            hint=t("web-bot-owner-id-hint")
                            inputmode="numeric"
                            ltr=true
                        />
                        <button class="btn btn-line" name="act" value="owner">
                            {t("web-bot-owner-save")}
                        </button>
                    </form>
                </details>
            </div>
        </CheckRow>
    }
    .into_any()
}

fn channel_row(page: &BotPage) -> AnyView {
    let (state, help) = match &page.channel {
        ChannelCheck::None => (CheckState::Waiting, t("web-bot-row-channel-text")),
        ChannelCheck::Passed { channel } => {
            (CheckState::Passed, t_with("web-bot-row-channel-ok", &args!["channel" => channel.clone()]))
        }
        ChannelCheck::Failed { problem } => (CheckState::Failed, problem.clone()),
    };
    let check = Check { state, title: t("web-bot-row-channel"), help: Some(help), took: None };
    let open = matches!(page.token, TokenCheck::Accepted { .. });
    let form = page.form.clone();
    view! {
        <CheckRow check>
            {open
                .then(|| {
                    view! {
                        <form method="post" action="/start/bot" class="flex flex-wrap gap-2 items-end mt-2">
                            <Field form name="channel" label=t("web-bot-channel") ltr=true placeholder="@my_channel"/>
                            <button class="btn btn-line" name="act" value="channel">
                                {t("web-bot-check-channel")}
                            </button>
                        </form>
                    }
                })}
        </CheckRow>
    }
    .into_any()
}
