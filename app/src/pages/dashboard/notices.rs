//! `/app/b/{bot}/notifications`: what the bot tells its users without being asked, and at which hours.

use leptos::prelude::*;

use crate::{
    components::{AppShell, Area, Choice, ErrorSummary, Icon, Select},
    context::{BotSummary, FormState, t},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticesPage {
    pub bot: BotSummary,
    pub kinds: Vec<NoticeSwitch>,
    /// The hours of a day, as they are read and as they are sent.
    pub hours: Vec<Choice>,
    /// `from` and `until`.
    pub form: FormState,
}

/// A kind of message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeSwitch {
    pub code: String,
    pub title: String,
    /// When it is sent.
    pub text: String,
    pub on: bool,
}

impl Page for NoticesPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, t("web-notices-title")))
    }

    fn body(self) -> AnyView {
        let Self { bot, kinds, hours, form } = self;
        let action = format!("{}/notifications", bot.href());
        let switches = kinds.into_iter().map(switch).collect_view();
        view! {
            <AppShell area=Area::Notices title=t("web-notices-title")>
                <form method="post" action=action class="grid gap-5 max-w-3xl">
                    <ErrorSummary form=form.clone()/>
                    <section class="sheet" aria-labelledby="kinds-title">
                        <div class="sheet-h">
                            <h2 id="kinds-title">{t("web-notices-kinds")}</h2>
                        </div>
                        <div class="p-4.5 grid gap-4">
                            <p class="text-sm text-muted">{t("web-notices-kinds-text")}</p>
                            {switches}
                        </div>
                    </section>
                    <section class="sheet" aria-labelledby="hours-title">
                        <div class="sheet-h">
                            <h2 id="hours-title">{t("web-notices-hours")}</h2>
                        </div>
                        <div class="p-4.5 grid gap-4">
                            <p class="text-sm text-muted">{t("web-notices-hours-text")}</p>
                            <div class="grid grid-cols-1 sm:grid-cols-2 gap-4">
                                <Select
                                    form=form.clone()
                                    name="from"
                                    label=t("web-notices-from")
                                    choices=hours.clone()
                                />
                                <Select form name="until" label=t("web-notices-until") choices=hours/>
                            </div>
                        </div>
                    </section>
                    <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="save">
                        <Icon name="check"/>
                        {t("web-notices-save")}
                    </button>
                </form>
            </AppShell>
        }
        .into_any()
    }
}

fn switch(kind: NoticeSwitch) -> impl IntoView {
    view! {
        <label class="flex gap-3 items-start text-sm min-h-11">
            <input
                type="checkbox"
                class="toggle toggle-primary mt-0.5"
                name="on"
                value=kind.code
                autocomplete="off"
                checked=kind.on
            />
            <span>
                <span class="font-medium">{kind.title}</span>
                <span class="block text-muted">{kind.text}</span>
            </span>
        </label>
    }
}
