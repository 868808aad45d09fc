//! A Telegram client small enough for a page: bubbles, keyboards whose keys are form buttons, a line
//! to type in. What it shows comes from the bot's own calls.

mod text;

use domain::locale::args;
use leptos::prelude::*;

use super::Icon;
use crate::context::{page_context, t, t_with};

pub use text::{SpanKind, TextSpan, message_html};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhoneMessage {
    pub id: i64,
    /// Written by the person who holds the phone.
    pub from_me: bool,
    pub text: String,
    /// The message's entities, in UTF-16 units as Telegram counts.
    pub spans: Vec<TextSpan>,
    /// Address of the picture.
    pub photo: Option<String>,
    /// A formatted time of day.
    pub time: String,
    pub edited: bool,
    /// A line above the message: a new day, a clock that was moved.
    pub notice: Option<String>,
    pub keyboard: Vec<Vec<PhoneKey>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneKey {
    pub label: String,
    pub style: KeyStyle,
    pub action: KeyAction,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeyStyle {
    #[default]
    Plain,
    Primary,
    Success,
    Danger,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyAction {
    /// Sends a callback query: `press` = `row:column`.
    Press,
    Open(String),
    Copy(String),
}

/// What the app shows before somebody pays inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentSheet {
    pub title: String,
    pub description: String,
    /// A formatted amount.
    pub amount: String,
    /// It is paid again every month.
    pub repeats: bool,
    /// Why it was not paid, in the bot's words.
    pub refused: Option<String>,
}

/// The phone's frame. `children` is what stands below the log.
#[component]
pub fn Phone(
    #[prop(into)] title: String,
    #[prop(into)] subtitle: String,
    /// Cut off below, for pictures of a phone that rises from the yard.
    #[prop(optional)]
    cut: bool,
    messages: Vec<PhoneMessage>,
    /// Keys are buttons; otherwise they are a picture of buttons.
    #[prop(optional)]
    live: bool,
    #[prop(optional_no_strip)] toast: Option<String>,
    #[prop(optional_no_strip)] sheet: Option<PaymentSheet>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let initial = title.chars().next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    view! {
        <div class=if cut { "phone phone-cut" } else { "phone" }>
            <div class="screen">
                <div class="screen-h">
                    <span class="ava" aria-hidden="true">{initial}</span>
                    <div class="min-w-0 flex-1">
                        <p class="font-semibold text-sm leading-tight truncate" dir="auto">{title}</p>
                        <p class="text-2xs text-muted leading-tight truncate">{subtitle}</p>
                    </div>
                </div>
                {if live {
                    view! { <div id="phone"><PhoneLog messages toast sheet/></div> }.into_any()
                } else {
                    let bubbles = messages.into_iter().map(|message| bubble(message, false)).collect_view();
                    view! { <div class="log">{bubbles}</div> }.into_any()
                }}
                {children.map(|children| children())}
            </div>
        </div>
    }
}

/// The conversation. It starts scrolled to its end without a script: the outer box is laid out from
/// the bottom.
#[component]
pub fn PhoneLog(
    messages: Vec<PhoneMessage>,
    #[prop(optional_no_strip)] toast: Option<String>,
    #[prop(optional_no_strip)] sheet: Option<PaymentSheet>,
) -> impl IntoView {
    let empty = messages.is_empty();
    view! {
        <div
            role="log"
            aria-label=t("web-phone-log")
            tabindex="0"
            class="flex flex-col-reverse h-[30rem] overflow-y-auto overscroll-contain"
        >
            <div class="log flex-none">
                {empty.then(|| view! { <span class="day">{t("web-phone-empty")}</span> })}
                {messages.into_iter().map(|message| bubble(message, true)).collect_view()}
                {toast.map(|toast| view! { <span class="day" role="status" dir="auto">{toast}</span> })}
                {sheet.map(payment_sheet)}
                <span id="last"></span>
            </div>
        </div>
    }
}

fn payment_sheet(sheet: PaymentSheet) -> AnyView {
    let PaymentSheet { title, description, amount, repeats, refused } = sheet;
    view! {
        <form method="post" action=page_path() class="sheet p-4 grid gap-2" aria-label=t("web-phone-pay-title")>
            <p class="font-semibold" dir="auto">{title}</p>
            <p class="text-sm text-muted" dir="auto">{description}</p>
            {repeats.then(|| view! { <p class="text-sm">{t("web-phone-pay-every")}</p> })}
            {refused.map(|refused| view! { <p class="text-sm text-error" role="alert" dir="auto">{refused}</p> })}
            <button class="btn btn-primary" name="act" value="pay">
                {t_with("web-phone-pay", &args!["amount" => amount])}
            </button>
            <button class="btn btn-ghost" name="act" value="cancel">{t("web-phone-pay-cancel")}</button>
        </form>
    }
    .into_any()
}

fn bubble(message: PhoneMessage, live: bool) -> AnyView {
    let html = message_html(&message.text, &message.spans);
    let class = match (message.from_me, message.photo.is_some()) {
        (true, _) => "bub me",
        (false, true) => "bub p-2!",
        (false, false) => "bub",
    };
    let photo = message.photo.map(|src| {
        view! {
            <img
                class="block w-full max-w-56 mx-auto rounded-lg bg-white"
                src=src
                width="224"
                height="224"
                alt=t("web-phone-photo")
            />
        }
    });
    let edited = message.edited.then(|| format!("{} ", t("web-phone-edited")));
    let keys = (!message.keyboard.is_empty()).then(|| keyboard(message.id, message.keyboard, live));
    view! {
        {message.notice.map(|notice| view! { <span class="day" dir="auto">{notice}</span> })}
        <div class=class dir="auto">
            {photo}
            <span inner_html=html></span>
            <time>{edited}{message.time}</time>
        </div>
        {keys}
    }
    .into_any()
}

fn keyboard(message: i64, rows: Vec<Vec<PhoneKey>>, live: bool) -> AnyView {
    let rows = rows
        .into_iter()
        .enumerate()
        .map(|(row, keys)| {
            let class = match keys.len() {
                0 | 1 => "w grid grid-cols-1 gap-1",
                2 => "w grid grid-cols-2 gap-1",
                3 => "w grid grid-cols-3 gap-1",
                4 => "w grid grid-cols-4 gap-1",
                _ => "w grid grid-cols-5 gap-1",
            };
            let keys = keys
                .into_iter()
                .enumerate()
                .map(|(column, key)| key_view(key, row, column, live))
                .collect_view();
            view! { <div class=class>{keys}</div> }
        })
        .collect_view();
    if !live {
        return view! { <div class="kb">{rows}</div> }.into_any();
    }
    view! {
        <form method="post" class="kb" action=page_path()>
            <input type="hidden" name="message" value=message.to_string()/>
            {rows}
        </form>
    }
    .into_any()
}

fn key_view(key: PhoneKey, row: usize, column: usize, live: bool) -> AnyView {
    let class = match key.style {
        KeyStyle::Plain => "",
        KeyStyle::Primary => "p",
        KeyStyle::Success => "ok",
        KeyStyle::Danger => "no",
    };
    if !live {
        return view! { <span class=class dir="auto">{key.label}</span> }.into_any();
    }
    match key.action {
        KeyAction::Press => view! {
            <button class=class dir="auto" name="press" value=format!("{row}:{column}")>{key.label}</button>
        }
        .into_any(),
        KeyAction::Open(href) => view! {
            <a class=class dir="auto" href=href target="_blank" rel="noopener">
                <span class="inline-flex items-center gap-1.5">{key.label} <Icon name="external-link" class="i-s"/></span>
            </a>
        }
        .into_any(),
        KeyAction::Copy(text) => view! {
            <button type="button" class=class dir="auto" data-copy=text.clone()>{key.label}</button>
            <noscript>
                <bdi class="code select-all break-all">{text}</bdi>
            </noscript>
        }
        .into_any(),
    }
}

/// The page without its query: forms post to their own page.
fn page_path() -> String {
    let path = page_context().path;
    path.split('?').next().unwrap_or_default().to_owned()
}
