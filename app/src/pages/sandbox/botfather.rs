//! The sandbox's BotFather: makes bots in the pretend Telegram and hands out their tokens.

use leptos::prelude::*;

use super::frame::frame;
use crate::{
    components::{CopyValue, EmptyState, ErrorSummary, Field, Icon},
    context::{FormState, t},
    islands::CopyButtons,
    ssr::{Head, Page},
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BotFatherPage {
    /// `name` and `username`.
    pub form: FormState,
    pub bots: Vec<SandboxBot>,
    /// Where a token is waited for: the wizard's step or the bot's overview.
    pub back: Option<String>,
}

/// A pretend bot. Its token is worth nothing outside this server, so it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SandboxBot {
    /// The value of `bot` when its token is revoked.
    pub id: String,
    pub name: String,
    pub username: String,
    pub token: String,
}

impl Page for BotFatherPage {
    fn head(&self) -> Head {
        Head::titled(t("web-botfather-title"))
    }

    fn body(self) -> AnyView {
        let Self { form, bots, back } = self;
        let parts = view! {
            <form method="post" action="/sandbox/botfather" class="sheet p-4.5 mt-7 grid gap-4">
                <ErrorSummary form=form.clone()/>
                <div class="grid sm:grid-cols-2 gap-4">
                    <Field
                        form=form.clone()
                        name="name"
                        label=t("web-botfather-name")
                        hint=t("web-botfather-name-hint")
                        required=true
                        maxlength=64
                    />
                    <Field
                        form
                        name="username"
                        label=t("web-botfather-username")
                        hint=t("web-botfather-username-hint")
                        ltr=true
                        required=true
                        maxlength=32
                    />
                </div>
                <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="create">
                    <Icon name="plus"/>
                    {t("web-botfather-create")}
                </button>
            </form>
            <h2 class="text-lg mt-9 mb-3">{t("web-botfather-bots")}</h2>
            {if bots.is_empty() {
                view! {
                    <EmptyState icon="bot" title=t("web-botfather-empty") text=t("web-botfather-empty-text")/>
                }
                    .into_any()
            } else {
                view! { <ul class="grid gap-3">{bots.into_iter().map(row).collect_view()}</ul> }.into_any()
            }}
            {back
                .map(|href| {
                    view! {
                        <a class="btn btn-line mt-6 max-sm:w-full" href=href>
                            <Icon name="arrow-left" class="flip"/>
                            {t("web-botfather-back")}
                        </a>
                    }
                })}
            <CopyButtons copied=t("web-copied")/>
        }
        .into_any();
        frame(t("web-botfather-title"), t("web-botfather-lead"), parts)
    }
}

fn row(bot: SandboxBot) -> impl IntoView {
    view! {
        <li class="sheet p-4.5 grid gap-2">
            <div class="flex flex-wrap items-center gap-x-3">
                <p class="font-medium" dir="auto">{bot.name}</p>
                <p class="text-sm text-muted me-auto">
                    <bdi class="ltr">{format!("@{}", bot.username)}</bdi>
                </p>
                <form method="post" action="/sandbox/botfather">
                    <input type="hidden" name="bot" value=bot.id/>
                    <button class="btn btn-ghost" name="act" value="revoke">
                        {t("web-botfather-revoke")}
                    </button>
                </form>
            </div>
            <CopyValue value=bot.token/>
        </li>
    }
}
