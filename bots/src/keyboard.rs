//! Buttons under a message, in our own types and written as raw JSON, so that styles and
//! `copy_text` work whatever a library knows.

use serde_json::{Value, json};

use crate::callback::Callback;

/// Longest text that a copy button may hold
/// (<https://core.telegram.org/bots/api#copytextbutton>).
pub const COPY_LIMIT: usize = 256;

/// Two buttons share a row only when each label is this short (`research/ux.md` §3.1).
const SHORT_LABEL: usize = 18;

/// Rows of buttons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keyboard {
    rows: Vec<Vec<Button>>,
}

/// One button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    label: String,
    action: Action,
    style: Style,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Action {
    Callback(Callback),
    Url(String),
    Copy(String),
}

/// Colour, ignored by older apps: the label carries the meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    /// The one thing to do here.
    Primary,
    /// Pay, confirm.
    Success,
    /// Cannot be undone.
    Danger,
}

impl Keyboard {
    pub fn new() -> Self {
        Self::default()
    }

    /// A row with one button.
    #[must_use]
    pub fn row(mut self, button: Button) -> Self {
        self.rows.push(vec![button]);
        self
    }

    /// Two buttons in a row, or in two when a label is long.
    #[must_use]
    pub fn pair(mut self, first: Button, second: Button) -> Self {
        if first.is_short() && second.is_short() {
            self.rows.push(vec![first, second]);
            self
        } else {
            self.row(first).row(second)
        }
    }

    /// Short buttons in one row.
    #[must_use]
    pub fn line(mut self, buttons: Vec<Button>) -> Self {
        self.rows.push(buttons);
        self
    }

    /// A row only when there is a button.
    #[must_use]
    pub fn row_if(self, button: Option<Button>) -> Self {
        match button {
            Some(button) => self.row(button),
            None => self,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// `InlineKeyboardMarkup`.
    pub fn to_json(&self) -> Value {
        let rows: Vec<Vec<Value>> =
            self.rows.iter().map(|row| row.iter().map(Button::to_json).collect()).collect();
        json!({ "inline_keyboard": rows })
    }
}

impl Button {
    pub fn callback(label: String, callback: Callback) -> Self {
        Self { label, action: Action::Callback(callback), style: Style::Plain }
    }

    pub fn url(label: String, url: impl Into<String>) -> Self {
        Self { label, action: Action::Url(url.into()), style: Style::Plain }
    }

    /// `None` when the text is too long for a copy button; show it in `<code>` then.
    pub fn copy(label: String, text: &str) -> Option<Self> {
        let fits = !text.is_empty() && text.chars().count() <= COPY_LIMIT;
        fits.then(|| Self { label, action: Action::Copy(text.to_owned()), style: Style::Plain })
    }

    #[must_use]
    pub fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    fn is_short(&self) -> bool {
        self.label.chars().count() <= SHORT_LABEL
    }

    fn to_json(&self) -> Value {
        let mut button = json!({ "text": self.label });
        match &self.action {
            Action::Callback(callback) => button["callback_data"] = callback.encode().into(),
            Action::Url(url) => button["url"] = url.as_str().into(),
            Action::Copy(text) => button["copy_text"] = json!({ "text": text }),
        }
        let style = match self.style {
            Style::Plain => return button,
            Style::Primary => "primary",
            Style::Success => "success",
            Style::Danger => "danger",
        };
        button["style"] = style.into();
        button
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_are_written_as_telegram_reads_them() {
        let keyboard = Keyboard::new()
            .row(Button::callback("Menu".into(), Callback::Menu).style(Style::Primary))
            .row(Button::url("Pay".into(), "https://pay.example"))
            .row_if(Button::copy("Copy".into(), "vless://x"));
        assert_eq!(
            keyboard.to_json(),
            json!({ "inline_keyboard": [
                [{ "text": "Menu", "callback_data": "v1:menu:open", "style": "primary" }],
                [{ "text": "Pay", "url": "https://pay.example" }],
                [{ "text": "Copy", "copy_text": { "text": "vless://x" } }],
            ] })
        );
    }

    #[test]
    fn a_long_text_has_no_copy_button() {
        assert!(Button::copy("Copy".into(), &"x".repeat(COPY_LIMIT)).is_some());
        assert_eq!(Button::copy("Copy".into(), &"x".repeat(COPY_LIMIT + 1)), None);
    }

    #[test]
    fn long_labels_do_not_share_a_row() {
        let button = |label: &str| Button::callback(label.into(), Callback::Menu);
        let rows = |keyboard: Keyboard| keyboard.to_json()["inline_keyboard"].as_array().unwrap().len();
        assert_eq!(rows(Keyboard::new().pair(button("Back"), button("Menu"))), 1);
        assert_eq!(rows(Keyboard::new().pair(button("Back"), button("A label of nineteen"))), 2);
    }
}
