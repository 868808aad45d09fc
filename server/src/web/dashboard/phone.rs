//! The pretend Telegram of the phone page: people, and their chat as the page shows it.

use app::components::{KeyAction, KeyStyle, PhoneKey, PhoneMessage, SpanKind, TextSpan};
use chrono::{DateTime, FixedOffset, Utc};
use domain::locale::{Locale, format};
use http::HeaderMap;

use crate::{
    sandbox::telegram::{Button, ButtonAction, ChatMessage, Entity},
    state::AppState,
};

/// How the links of payments inside Telegram begin.
const INVOICE: &str = "https://t.me/$";

/// Somebody who can hold the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Persona {
    pub code: &'static str,
    /// Telegram id in the emulator.
    pub id: i64,
    pub first_name: &'static str,
}

pub(super) const OWNER: Persona = Persona { code: "owner", id: 5_000_003, first_name: "Owner" };

pub(super) const PERSONAS: [Persona; 3] = [
    Persona { code: "buyer", id: 5_000_001, first_name: "Sara" },
    Persona { code: "friend", id: 5_000_002, first_name: "Anton" },
    OWNER,
];

impl Persona {
    pub(super) fn find(code: &str) -> Option<Self> {
        PERSONAS.into_iter().find(|persona| persona.code == code)
    }
}

/// How the page shows a chat.
pub(super) struct Screen<'a> {
    pub locale: Locale,
    pub zone: FixedOffset,
    /// `/app/b/{bot}/preview`
    pub path: &'a str,
    pub state: &'a AppState,
    pub headers: &'a HeaderMap,
}

impl Screen<'_> {
    pub(super) fn message(&self, message: ChatMessage) -> PhoneMessage {
        let at = DateTime::<Utc>::from_timestamp(message.at, 0).unwrap_or_default();
        PhoneMessage {
            id: message.id,
            from_me: message.from_me,
            spans: message.entities.iter().filter_map(span).collect(),
            text: message.text,
            photo: message.photo.map(|file| format!("{}/photo/{file}", self.path)),
            time: format::time_of_day(self.locale, at, self.zone),
            edited: message.edited,
            notice: None,
            keyboard: message
                .keyboard
                .into_iter()
                .map(|row| row.into_iter().map(|button| self.key(button)).collect())
                .collect(),
        }
    }

    fn key(&self, button: Button) -> PhoneKey {
        PhoneKey {
            label: button.text,
            style: match button.style.as_deref() {
                Some("primary") => KeyStyle::Primary,
                Some("success") => KeyStyle::Success,
                Some("danger") => KeyStyle::Danger,
                _ => KeyStyle::Plain,
            },
            action: match button.action {
                // The app itself shows those.
                ButtonAction::Url(url) if url.starts_with(INVOICE) => KeyAction::Press,
                ButtonAction::Url(url) => {
                    KeyAction::Open(self.state.addresses.hosted_for(&url, self.headers))
                }
                ButtonAction::Copy(text) => KeyAction::Copy(text),
                ButtonAction::Callback(_) | ButtonAction::Other => KeyAction::Press,
            },
        }
    }
}

pub(super) fn span(entity: &Entity) -> Option<TextSpan> {
    let kind = match entity.kind.as_str() {
        "bold" => SpanKind::Bold,
        "italic" => SpanKind::Italic,
        "underline" => SpanKind::Underline,
        "strikethrough" => SpanKind::Strike,
        "spoiler" => SpanKind::Spoiler,
        "code" => SpanKind::Code,
        "pre" => SpanKind::Pre,
        "blockquote" | "expandable_blockquote" => SpanKind::Quote,
        "text_link" => SpanKind::Link(entity.url.clone()?),
        _ => return None,
    };
    Some(TextSpan { offset: entity.offset, length: entity.length, kind })
}
