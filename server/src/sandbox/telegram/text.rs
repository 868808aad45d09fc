//! Message texts: what Telegram does to a text before it is a message.
//!
//! Trimming, length in UTF-16 units after parsing, links and commands found by themselves:
//! <https://core.telegram.org/bots/api#formatting-options>, `fix_formatted_text` and `find_entities`
//! in tdlib/td, `td/telegram/MessageEntity.cpp`. Of the parse modes only HTML is known here, because
//! the product sends nothing else.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{error::ApiError, html, params::Params};

/// <https://core.telegram.org/bots/api#messageentity>; offset and length in UTF-16 units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    #[serde(rename = "type")]
    pub kind: String,
    pub offset: usize,
    pub length: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_emoji_id: Option<String>,
    /// Raw, because only the emulator's state knows whom it names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Value>,
}

impl Entity {
    pub fn new(kind: &str, offset: usize, length: usize) -> Self {
        Self {
            kind: kind.to_owned(),
            offset,
            length,
            url: None,
            language: None,
            custom_emoji_id: None,
            user: None,
        }
    }

    pub fn end(&self) -> usize {
        self.offset + self.length
    }
}

/// A text with its entities, as it is kept in a message.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Formatted {
    pub text: String,
    pub entities: Vec<Entity>,
}

/// Names of the three arguments, and how long the parsed text may be.
#[derive(Clone, Copy)]
pub struct TextField {
    pub text: &'static str,
    pub entities: &'static str,
    /// UTF-16 units after parsing.
    pub limit: usize,
    too_long: &'static str,
}

/// `text` of sendMessage and editMessageText: 1–4096 characters after entities parsing.
pub const TEXT: TextField =
    TextField { text: "text", entities: "entities", limit: 4096, too_long: "message is too long" };

/// `caption` of media: 0–1024 characters after entities parsing.
pub const CAPTION: TextField = TextField {
    text: "caption",
    entities: "caption_entities",
    limit: 1024,
    too_long: "message caption is too long",
};

impl Formatted {
    /// Reads, parses and checks a text argument. A caption may be empty; a text may not (the caller checks).
    ///
    /// # Errors
    /// 400 with Telegram's text for markup, entities or length.
    pub fn read(params: &Params, field: TextField) -> Result<Self, ApiError> {
        let source = params.text(field.text).unwrap_or_default();
        let mode = params.text("parse_mode").unwrap_or_default().to_ascii_lowercase();
        let mut formatted = match mode.as_str() {
            "" | "none" => {
                let entities = explicit_entities(params, field, &source)?;
                Self { text: source, entities }
            }
            "html" => html::parse(&source)
                .map_err(|text| ApiError::bad_request(format!("can't parse entities: {text}")))?,
            _ => return Err(ApiError::bad_request("unsupported parse_mode")),
        };
        formatted.trim();
        if utf16(&formatted.text) > field.limit {
            return Err(ApiError::bad_request(field.too_long));
        }
        formatted.find_entities();
        Ok(formatted)
    }

    /// A text that a person typed: no markup, but commands and links are found.
    pub fn typed(text: &str) -> Self {
        let mut formatted = Self { text: text.to_owned(), entities: Vec::new() };
        formatted.trim();
        formatted.find_entities();
        formatted
    }

    fn trim(&mut self) {
        let cut = utf16(&self.text) - utf16(self.text.trim_start());
        self.text = self.text.trim().to_owned();
        let end = utf16(&self.text);
        for entity in &mut self.entities {
            let (from, to) = (entity.offset.saturating_sub(cut), entity.end().saturating_sub(cut).min(end));
            entity.offset = from;
            entity.length = to.saturating_sub(from);
        }
        self.entities.retain(|entity| entity.length > 0);
    }

    /// Adds `bot_command`, `mention` and `url` where no code, link or other such entity is.
    fn find_entities(&mut self) {
        let mut at = 0;
        let mut found = Vec::new();
        for word in self.text.split_inclusive(char::is_whitespace) {
            let bare = word.trim_end();
            if let Some((kind, skipped, length)) = classify(bare) {
                let entity = Entity::new(kind, at + skipped, length);
                let taken = self.entities.iter().any(|other| {
                    matches!(other.kind.as_str(), "code" | "pre" | "text_link" | "text_mention" | "url")
                        && other.offset < entity.end()
                        && entity.offset < other.end()
                });
                if !taken {
                    found.push(entity);
                }
            }
            at += utf16(word);
        }
        self.entities.extend(found);
        self.entities.sort_by_key(|entity| (entity.offset, std::cmp::Reverse(entity.length)));
    }
}

/// The length of a text as Telegram counts it.
pub fn utf16(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// Kind, UTF-16 units before it and its own, for a word without spaces.
fn classify(word: &str) -> Option<(&'static str, usize, usize)> {
    let open = word.trim_start_matches(['(', '[', '«', '"']);
    let skipped = utf16(word) - utf16(open);
    if let Some(name) = open.strip_prefix('/') {
        // 1–64 characters of a–z, 0–9 and _, then perhaps @bot: `match_bot_commands`.
        let length = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(name.len());
        if length == 0 || length > 64 {
            return None;
        }
        let bot = name[length..].strip_prefix('@').map_or(0, |bot| 1 + username_length(bot));
        return Some(("bot_command", skipped, 1 + length + bot));
    }
    if let Some(name) = open.strip_prefix('@') {
        let length = username_length(name);
        return (length >= 4).then_some(("mention", skipped, 1 + length));
    }
    if open.starts_with("http://") || open.starts_with("https://") || open.starts_with("t.me/") {
        let url = open.trim_end_matches(['.', ',', '!', '?', ')', ']', '»', '"', ';', ':']);
        return Some(("url", skipped, utf16(url)));
    }
    None
}

fn username_length(name: &str) -> usize {
    name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(name.len())
}

fn explicit_entities(params: &Params, field: TextField, text: &str) -> Result<Vec<Entity>, ApiError> {
    let Some(list) = params.json(field.entities, "can't parse entities JSON object")? else {
        return Ok(Vec::new());
    };
    let list = list
        .as_array()
        .cloned()
        .ok_or_else(|| ApiError::bad_request("expected an Array of MessageEntity"))?;
    list.into_iter().map(|entity| explicit_entity(entity, utf16(text))).collect()
}

fn explicit_entity(entity: Value, text_length: usize) -> Result<Entity, ApiError> {
    const KINDS: [&str; 21] = [
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "bank_card_number",
        "date_time",
    ];
    let entity: Entity = serde_json::from_value(entity)
        .map_err(|error| ApiError::bad_request(format!("can't parse MessageEntity: {error}")))?;
    if !KINDS.contains(&entity.kind.as_str()) {
        return Err(ApiError::bad_request("can't parse MessageEntity: Unsupported type specified"));
    }
    if entity.offset >= text_length {
        let offset = entity.offset;
        let text = format!("entity begins after the end of the text at UTF-16 offset {offset}");
        return Err(ApiError::bad_request(text));
    }
    if entity.end() > text_length {
        let (offset, end) = (entity.offset, entity.end());
        return Err(ApiError::bad_request(format!(
            "entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {end}"
        )));
    }
    Ok(entity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_mentions_and_links_are_found_in_typed_text() {
        let typed =
            Formatted::typed("  /start ref_5 for @shop_bot, see https://example.com/a. 😀 /help@shop_bot  ");
        let seen: Vec<_> = typed.entities.iter().map(|e| (e.kind.as_str(), e.offset, e.length)).collect();
        assert_eq!(typed.text, "/start ref_5 for @shop_bot, see https://example.com/a. 😀 /help@shop_bot");
        assert_eq!(
            seen,
            [("bot_command", 0, 6), ("mention", 17, 9), ("url", 32, 21), ("bot_command", 58, 14)]
        );
    }

    #[test]
    fn a_command_within_code_is_not_a_command() {
        let mut formatted = html::parse("<code>/start</code> /help").unwrap();
        formatted.find_entities();
        let kinds: Vec<_> = formatted.entities.iter().map(|e| e.kind.as_str()).collect();
        assert_eq!(kinds, ["code", "bot_command"]);
    }
}
