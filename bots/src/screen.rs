//! What a reader sees: one message, edited in place.

use bytes::Bytes;
use domain::{entities::tenant::ticket_message::FileKind, shop::receipt::fetch::kind};
use serde_json::{Value, json};

use crate::{api::Upload, keyboard::Keyboard};

/// One message: text in Telegram's HTML, buttons, perhaps a picture (the text is its caption then).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    pub text: String,
    pub keyboard: Keyboard,
    /// A PNG or JPEG. Such a screen is always a message of its own.
    pub photo: Option<Bytes>,
    /// A file that somebody sent to this bot.
    pub file: Option<(FileKind, String)>,
    /// A JSON document of ours.
    pub data: Option<Bytes>,
}

impl Screen {
    pub fn new(text: impl Into<String>, keyboard: Keyboard) -> Self {
        Self { text: text.into(), keyboard, photo: None, file: None, data: None }
    }

    /// With a file that lies at Telegram; such a screen is always a message of its own, too.
    #[must_use]
    pub fn with_file(mut self, kind: FileKind, file_id: String) -> Self {
        self.file = Some((kind, file_id));
        self
    }

    #[must_use]
    pub fn with_photo(mut self, picture: impl Into<Bytes>) -> Self {
        self.photo = Some(picture.into());
        self
    }

    /// With a file of ours.
    #[must_use]
    pub fn with_data(mut self, json: Vec<u8>) -> Self {
        self.data = Some(json.into());
        self
    }

    /// Whether it can take the place of a message that is there: one with a picture or a file cannot.
    pub(crate) fn is_text(&self) -> bool {
        self.photo.is_none() && self.file.is_none() && self.data.is_none()
    }

    /// The same with a note above its text.
    #[must_use]
    pub fn below(mut self, note: &str) -> Self {
        self.text = format!("{note}\n\n{}", self.text);
        self
    }

    /// The method that sends it.
    pub(crate) fn method(&self) -> &'static str {
        match &self.file {
            _ if self.photo.is_some() => "sendPhoto",
            _ if self.data.is_some() => "sendDocument",
            Some((FileKind::Photo, _)) => "sendPhoto",
            Some((FileKind::Document, _)) => "sendDocument",
            None => "sendMessage",
        }
    }

    /// Parameters of [`Self::method`].
    pub(crate) fn send_params(&self, chat: i64) -> Value {
        let mut params = json!({ "chat_id": chat, "parse_mode": "HTML" });
        match &self.file {
            Some((FileKind::Photo, id)) => params["photo"] = id.as_str().into(),
            Some((FileKind::Document, id)) => params["document"] = id.as_str().into(),
            None => {}
        }
        if !self.is_text() {
            params["caption"] = self.text.as_str().into();
        } else {
            params["text"] = self.text.as_str().into();
            params["link_preview_options"] = json!({ "is_disabled": true });
        }
        if !self.keyboard.is_empty() {
            params["reply_markup"] = self.keyboard.to_json();
        }
        params
    }

    /// Parameters of `editMessageText`.
    pub(crate) fn edit_params(&self, chat: i64, message: i64) -> Value {
        let mut params = self.send_params(chat);
        params["message_id"] = message.into();
        params
    }

    pub(crate) fn upload(&self) -> Option<Upload> {
        let photo = self.photo.clone().map(|content| {
            let (file_name, mime) = match kind(&content) {
                Some("image/jpeg") => ("picture.jpg", "image/jpeg"),
                _ => ("picture.png", "image/png"),
            };
            Upload { field: "photo", file_name, mime, content }
        });
        let document = |content: Bytes| Upload {
            field: "document",
            file_name: "my-data.json",
            mime: "application/json",
            content,
        };
        photo.or_else(|| self.data.clone().map(document))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_screen_has_no_link_preview() {
        let screen = Screen::new("<b>hi</b>", Keyboard::new());
        assert_eq!(
            screen.edit_params(7, 9),
            json!({
                "chat_id": 7,
                "message_id": 9,
                "text": "<b>hi</b>",
                "parse_mode": "HTML",
                "link_preview_options": { "is_disabled": true },
            })
        );
    }

    #[test]
    fn a_file_that_lies_at_telegram_is_sent_as_what_it_is() {
        let screen = Screen::new("look", Keyboard::new()).with_file(FileKind::Document, "BQAC".into());
        assert_eq!(screen.method(), "sendDocument");
        let params = json!({ "chat_id": 7, "caption": "look", "parse_mode": "HTML", "document": "BQAC" });
        assert_eq!(screen.send_params(7), params);
    }

    #[test]
    fn a_file_of_ours_is_uploaded_as_a_document_with_the_text_as_its_caption() {
        let screen = Screen::new("yours", Keyboard::new()).with_data(b"{}".to_vec());
        assert_eq!(screen.method(), "sendDocument");
        assert!(!screen.is_text());
        let params = json!({ "chat_id": 7, "caption": "yours", "parse_mode": "HTML" });
        assert_eq!(screen.send_params(7), params);
        let upload = screen.upload().unwrap();
        assert_eq!((upload.field, upload.content.as_ref()), ("document", &b"{}"[..]));
    }

    #[test]
    fn a_picture_carries_the_text_as_its_caption() {
        let screen = Screen::new("scan me", Keyboard::new()).with_photo(vec![1, 2, 3]);
        assert_eq!(
            screen.send_params(7),
            json!({ "chat_id": 7, "caption": "scan me", "parse_mode": "HTML" })
        );
        assert_eq!(screen.upload().unwrap().content.as_ref(), [1, 2, 3]);
    }
}
