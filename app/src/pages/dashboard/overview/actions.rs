//! What the owner can do with the bot: pause, resume, restart, give it another token.

use domain::locale::args;
use leptos::prelude::*;

use super::{BotState, OverviewPage};
use crate::{
    components::{Field, Icon},
    context::{t, t_with},
};

/// Buttons in the title's row. Pausing stops sales, so it asks first, in a fold of the page.
pub(super) fn buttons(page: &OverviewPage) -> AnyView {
    let href = page.bot.href();
    let name = page.bot.name.clone();
    let main = match page.state {
        BotState::Paused | BotState::Maintenance => view! {
            <form method="post" action=href.clone()>
                <button class="btn btn-primary w-full" name="act" value="resume">
                    <Icon name="play"/>
                    {t("web-action-resume")}
                </button>
            </form>
        }
        .into_any(),
        BotState::Live | BotState::Failed => view! {
            <form method="post" action=href.clone()>
                <button class="btn btn-line w-full" name="act" value="restart">
                    <Icon name="rotate-ccw"/>
                    {t("web-action-restart")}
                </button>
            </form>
            {(page.state == BotState::Live).then(|| pause(href, name))}
        }
        .into_any(),
        BotState::Draft | BotState::Deploying | BotState::NeedsToken => ().into_any(),
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
        {main}
        {open}
    }
    .into_any()
}

fn pause(href: String, name: String) -> AnyView {
    view! {
        <details class="relative">
            <summary class="btn btn-line w-full">
                <Icon name="pause"/>
                {t("web-action-pause")}
            </summary>
            <form
                method="post"
                action=href
                class="sheet shadow-pop p-5 absolute end-0 top-full mt-1 z-20 w-80 max-w-[calc(100vw-2rem)]"
            >
                <p class="font-medium">{t_with("web-action-pause-title", &args!["bot" => name])}</p>
                <p class="text-sm text-muted mt-1">{t("web-action-pause-text")}</p>
                <button class="btn btn-error w-full mt-4" name="act" value="pause">
                    {t("web-action-pause-yes")}
                </button>
            </form>
        </details>
    }
    .into_any()
}

/// The token: shown masked, replaced but never read back.
pub(super) fn token_form(page: &OverviewPage) -> AnyView {
    let form = page.form.clone();
    let open = page.state == BotState::NeedsToken || !form.errors.is_empty();
    view! {
        <details class="sheet mt-5" open=open>
            <summary class="flex items-center gap-3 px-4.5 min-h-13 text-sm font-medium">
                <Icon name="key-round" class="text-muted"/>
                <span class="me-auto">{t("web-bot-token")}</span>
                <bdi class="code text-muted">{page.masked_token.clone()}</bdi>
                <Icon name="chevron-down" class="text-muted"/>
            </summary>
            <form method="post" action=page.bot.href() class="px-4.5 pb-4.5 grid gap-3 max-w-xl">
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
            </form>
        </details>
    }
    .into_any()
}
