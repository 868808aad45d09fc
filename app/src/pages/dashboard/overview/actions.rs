//! What the owner can do with the bot: pause, resume, restart, give it another token or owner, delete
//! it. What takes it from its users asks first, in a fold of the page.

use domain::locale::args;
use leptos::prelude::*;

use super::{BotState, OverviewPage};
use crate::{
    components::{Field, Fold, Icon},
    context::{t, t_with},
};

/// A state in which the bot serves nobody, and what its visitors read then.
struct Closing {
    act: &'static str,
    icon: &'static str,
    label: &'static str,
    title: &'static str,
    text: &'static str,
    yes: &'static str,
}

const PAUSE: Closing = Closing {
    act: "pause",
    icon: "pause",
    label: "web-action-pause",
    title: "web-action-pause-title",
    text: "web-action-pause-text",
    yes: "web-action-pause-yes",
};

const MAINTAIN: Closing = Closing {
    act: "maintain",
    icon: "wrench",
    label: "web-action-maintain",
    title: "web-action-maintain-title",
    text: "web-action-maintain-text",
    yes: "web-action-maintain-yes",
};

/// Buttons beside the state.
pub(super) fn buttons(page: &OverviewPage) -> AnyView {
    let acts = match page.state {
        BotState::Paused => view! { {resume(page)} {closing(page, &MAINTAIN)} }.into_any(),
        BotState::Maintenance => view! { {resume(page)} {closing(page, &PAUSE)} }.into_any(),
        BotState::Live => {
            view! { {restart(page)} {closing(page, &MAINTAIN)} {closing(page, &PAUSE)} }.into_any()
        }
        BotState::Failed => restart(page),
        BotState::Draft => view! {
            <a class="btn btn-primary" href="/start/live">
                {t("web-action-finish")}
            </a>
        }
        .into_any(),
        BotState::Deploying | BotState::NeedsToken => ().into_any(),
    };
    let open = page.open_link.clone().map(|link| {
        view! {
            <a class="btn btn-line" href=link target="_blank" rel="noopener">
                {t("web-action-open")}
                <Icon name="external-link" class="i-s text-muted"/>
            </a>
        }
    });
    view! {
        {acts}
        {open}
    }
    .into_any()
}

fn resume(page: &OverviewPage) -> AnyView {
    button(page, "resume", "play", "web-action-resume", "btn btn-primary w-full")
}

fn restart(page: &OverviewPage) -> AnyView {
    button(page, "restart", "rotate-ccw", "web-action-restart", "btn btn-line w-full")
}

fn button(
    page: &OverviewPage,
    act: &'static str,
    icon: &'static str,
    label: &str,
    class: &'static str,
) -> AnyView {
    view! {
        <form method="post" action=page.bot.href()>
            <button class=class name="act" value=act>
                <Icon name=icon/>
                {t(label)}
            </button>
        </form>
    }
    .into_any()
}

fn closing(page: &OverviewPage, closing: &Closing) -> AnyView {
    view! {
        <details class="sm:relative">
            <summary class="btn btn-line w-full">
                <Icon name=closing.icon/>
                {t(closing.label)}
            </summary>
            <form
                method="post"
                action=page.bot.href()
                class="sheet shadow-pop p-5 absolute end-0 max-sm:start-0 top-full mt-1 z-20 sm:w-80"
            >
                <p class="font-medium">{t_with(closing.title, &args!["bot" => page.bot.name.clone()])}</p>
                <p class="text-sm text-muted mt-1">{t(closing.text)}</p>
                <button class="btn btn-error w-full mt-4" name="act" value=closing.act>
                    {t(closing.yes)}
                </button>
            </form>
        </details>
    }
    .into_any()
}

/// What changes the bot itself. These stay while the figures above are fetched again.
pub(super) fn folds(page: &OverviewPage) -> AnyView {
    view! {
        {token_form(page)}
        {owner_form(page)}
        {delete_form(page)}
    }
    .into_any()
}

/// The token: shown masked, replaced but never read back.
fn token_form(page: &OverviewPage) -> AnyView {
    let form = page.form.clone();
    let open = page.state == BotState::NeedsToken || form.error("token").is_some();
    let body = view! {
        <Field
            form
            name="token"
            label=t("web-action-new-token")
            hint=t("web-action-new-token-hint")
            kind="password"
            ltr=true
            required=true
        />
        <button class="btn btn-line justify-self-start max-sm:w-full" name="act" value="rotate_token">
            {t("web-action-rotate")}
        </button>
    }
    .into_any();
    fold(page, "key-round", t("web-bot-token"), page.masked_token.clone(), open, body)
}

fn owner_form(page: &OverviewPage) -> AnyView {
    let form = page.form.clone();
    let open = form.error("owner_id").is_some();
    let link = page.owner_link.clone().map(|href| {
        let bot = page.bot.username.clone().map(|username| format!("@{username}")).unwrap_or_default();
        view! {
            <p class="text-sm text-muted">{t("web-bot-owner-change-text")}</p>
            <div>
                <a class="btn btn-line max-sm:w-full" href=href target="_blank" rel="noopener">
                    {t_with("web-bot-open", &args!["bot" => bot])}
                </a>
            </div>
        }
    });
    let body = view! {
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
    }
    .into_any();
    fold(page, "user-round", t("web-bot-row-owner"), page.owner.clone(), open, body)
}

fn delete_form(page: &OverviewPage) -> AnyView {
    let form = page.form.clone();
    let open = form.error("confirm").is_some();
    let name = page.bot.name.clone();
    let body = view! {
        <p class="text-sm text-muted">{t("web-action-delete-text")}</p>
        <Field form name="confirm" label=t_with("web-action-delete-name", &args!["bot" => name]) required=true/>
        <button class="btn btn-error justify-self-start max-sm:w-full" name="act" value="delete">
            {t("web-action-delete-yes")}
        </button>
    }
    .into_any();
    fold(page, "trash-2", t("web-action-delete"), None, open, body)
}

fn fold(
    page: &OverviewPage,
    icon: &'static str,
    title: String,
    value: Option<String>,
    open: bool,
    body: AnyView,
) -> AnyView {
    let action = page.bot.href();
    view! {
        <Fold icon title value open class="mt-5">
            <form method="post" action=action class="grid gap-3 max-w-xl">
                {body}
            </form>
        </Fold>
    }
    .into_any()
}
