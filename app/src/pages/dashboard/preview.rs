//! `/app/b/{bot}/preview`: the shop's bot in a phone on the page. It is the real bot: the keys send
//! what Telegram would send, and production code answers.

use domain::locale::args;
use leptos::prelude::*;

use crate::{
    components::{
        AppShell, Area, Choice, Fold, Icon, LiveUpdates, PaymentSheet, Phone, PhoneLog, PhoneMessage, Select,
        Tag, Tone,
    },
    context::{BotSummary, FormState, page_context, t, t_with},
    islands::{CopyButtons, PhoneForms},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewPage {
    pub bot: BotSummary,
    pub messages: Vec<PhoneMessage>,
    /// The bot's answer to the last pressed key, when it was a toast.
    pub toast: Option<String>,
    /// Who holds the phone; `persona` is the chosen value.
    pub personas: Vec<Choice>,
    pub persona: String,
    /// The shop's clock as a formatted date and time, where it can be moved.
    pub clock: Option<String>,
    /// What a link of the form `?start=…` brings to the bot once Start is pressed.
    pub start: Option<String>,
    /// A payment inside Telegram that waits for the person who holds the phone.
    pub sheet: Option<PaymentSheet>,
    /// The person can let a subscription go on in Telegram's settings.
    pub may_reactivate: bool,
    /// The last update that the bot got, as JSON.
    pub last_update: Option<String>,
    pub events: Option<String>,
}

impl Page for PreviewPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, t("web-preview-title")))
    }

    fn body(self) -> AnyView {
        let Self { bot, messages, toast, personas, persona, clock, start, sheet, .. } = self;
        let (last_update, events) = (self.last_update, self.events);
        let reactivate = self.may_reactivate;
        let path = format!("{}/preview", bot.href());
        let fragment = format!("{path}?fragment=phone");
        let subtitle =
            bot.username.clone().map_or_else(|| t("web-phone-bot"), |username| format!("@{username}"));
        let title = bot.name.clone();
        let typing = typing_line(path.clone());
        view! {
            <AppShell
                area=Area::Preview
                title=t("web-preview-title")
                lead=|| view! { <Tag tone=Tone::Info icon="flask-conical" text=t("web-preview-tag")/> }
            >
                <p class="text-muted mb-5 max-w-prose text-sm">{t("web-preview-lead")}</p>
                {start.map(|payload| start_form(&path, &persona, payload))}
                <div class="grid grid-cols-1 md:grid-cols-[21.5rem_minmax(0,1fr)] gap-5 items-start">
                    <section aria-label=t("web-preview-phone") data-phone="">
                        <div class="yard p-4 max-sm:-mx-1">
                            <Phone title subtitle messages toast sheet live=true>
                                {typing}
                            </Phone>
                        </div>
                        <CopyButtons copied=t("web-copied")/>
                        <PhoneForms fragment target="phone".to_owned() failed=t("web-preview-failed")/>
                        <LiveUpdates id="phone" page=path.clone() events/>
                    </section>
                    <section class="grid gap-5 xl:grid-cols-2 items-start" aria-label=t("web-preview-controls")>
                        <div class="sheet p-4.5 grid gap-5">
                            {persona_form(&path, personas, persona)}
                            {clock.map(clock_form)}
                            {reactivate.then(|| settings_form(&path))}
                            {picture_form(&path)}
                        </div>
                        {last_update.map(inspector)}
                    </section>
                </div>
            </AppShell>
        }
        .into_any()
    }

    fn fragment(self, id: &str) -> Option<AnyView> {
        let Self { messages, toast, sheet, .. } = self;
        (id == "phone").then(|| view! { <PhoneLog messages toast sheet/> }.into_any())
    }
}

/// Telegram shows a Start button instead of sending a link's payload by itself; so do we.
fn start_form(path: &str, persona: &str, payload: String) -> AnyView {
    view! {
        <form method="post" action=path.to_owned() class="note t-info mb-5 flex-wrap">
            <Icon name="link"/>
            <p class="text-sm flex-1 min-w-52">{t("web-preview-start-text")}</p>
            <input type="hidden" name="persona" value=persona.to_owned()/>
            <button class="btn btn-primary max-sm:w-full" name="text" value=format!("/start {payload}")>
                {t("web-preview-start")}
            </button>
        </form>
    }
    .into_any()
}

fn typing_line(path: String) -> AnyView {
    view! {
        <div class="bg-base-100 border-t border-base-300 p-2 grid gap-1.5">
            <form method="post" action=format!("{path}#last") class="flex items-center gap-1.5">
                <input
                    class="input flex-1 min-w-0 border-transparent! bg-base-200! rounded-full!"
                    name="text"
                    dir="auto"
                    autocomplete="off"
                    maxlength="4096"
                    aria-label=t("web-phone-message")
                    placeholder=t("web-phone-placeholder")
                />
                <button class="btn btn-primary btn-circle" aria-label=t("web-phone-send")>
                    <Icon name="send-horizontal"/>
                </button>
            </form>
            <form method="post" action=path class="flex gap-1.5">
                <button class="btn btn-ghost btn-sm min-h-11 flex-1" name="text" value="/start">
                    <bdi class="code">"/start"</bdi>
                </button>
                <button class="btn btn-ghost btn-sm min-h-11 flex-1" name="text" value="/menu">
                    <bdi class="code">"/menu"</bdi>
                </button>
                <button class="btn btn-ghost btn-sm min-h-11 flex-1" name="act" value="reset">
                    {t("web-phone-reset")}
                </button>
            </form>
        </div>
    }
    .into_any()
}

/// Telegram's own settings, as far as somebody needs them here.
fn settings_form(path: &str) -> AnyView {
    view! {
        <form method="post" action=path.to_owned() class="flex gap-1.5">
            <button class="btn btn-ghost btn-sm min-h-11 flex-1" name="act" value="reactivate">
                {t("web-phone-reactivate")}
            </button>
        </form>
    }
    .into_any()
}

fn persona_form(path: &str, personas: Vec<Choice>, persona: String) -> AnyView {
    let form = FormState::filled([("persona", persona)]);
    view! {
        <form method="post" action=path.to_owned() class="flex items-end gap-2">
            <div class="flex-1 min-w-0">
                <Select form name="persona" label=t("web-preview-persona") choices=personas/>
            </div>
            <button class="btn btn-line">{t("web-preview-switch")}</button>
        </form>
    }
    .into_any()
}

/// A whole form, sent by the browser itself: it carries a file. Without one the sample is sent.
fn picture_form(path: &str) -> AnyView {
    view! {
        <form
            method="post"
            action=format!("{path}/picture")
            enctype="multipart/form-data"
            class="pt-4 border-t border-base-300 grid gap-3"
        >
            <p class="text-xs text-muted flex items-center gap-1.5">
                <Icon name="paperclip" class="i-s"/>
                {t("web-preview-picture")}
            </p>
            <input
                type="file"
                name="picture"
                accept="image/png,image/jpeg"
                class="w-full text-sm"
                aria-label=t("web-preview-picture-file")
            />
            <button class="btn btn-line">{t("web-preview-picture-send")}</button>
        </form>
        <form method="post" action=format!("{path}/picture") enctype="multipart/form-data">
            <input type="hidden" name="sample" value="receipt"/>
            <button class="btn btn-line w-full">
                <Icon name="receipt"/>
                {t("web-preview-picture-sample")}
            </button>
        </form>
    }
    .into_any()
}

fn clock_form(now: String) -> AnyView {
    let jumps = [("1h", "web-preview-hour"), ("1d", "web-preview-day"), ("30d", "web-preview-month")]
        .map(|(advance, key)| {
            view! {
                <button class="btn btn-line px-1 text-sm" name="advance" value=advance>
                    {t(key)}
                </button>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <form method="post" action="/sandbox/clock" class="pt-4 border-t border-base-300">
            <input type="hidden" name="return_to" value=page_context().path/>
            <fieldset>
                <legend class="text-xs text-muted mb-2 flex items-center gap-1.5">
                    <Icon name="clock" class="i-s"/>
                    {t_with("web-preview-clock", &args!["now" => now])}
                </legend>
                <div class="grid grid-cols-3 gap-2">{jumps}</div>
            </fieldset>
        </form>
    }
    .into_any()
}

fn inspector(json: String) -> AnyView {
    view! {
        <Fold icon="braces" title=t("web-preview-last-update") open=true>
            <pre
                class="ltr text-2xs leading-5 font-mono overflow-x-auto text-start max-h-96"
                tabindex="0"
                aria-label="JSON"
            >
                {json}
            </pre>
        </Fold>
    }
    .into_any()
}
