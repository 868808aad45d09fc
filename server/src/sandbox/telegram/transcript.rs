//! A chat as a person sees it, for the phone page and for tests.

use serde::Serialize;
use serde_json::Value;

use super::{
    TelegramEmulator,
    state::Message,
    text::{Entity, Formatted},
};

/// A message on the phone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChatMessage {
    pub id: i64,
    /// Sent by the person, not by the bot.
    pub from_me: bool,
    /// Text or caption.
    pub text: String,
    /// The same as safe HTML; line feeds stay line feeds.
    pub html: String,
    pub entities: Vec<Entity>,
    pub keyboard: Vec<Vec<Button>>,
    /// The biggest size; see [`TelegramEmulator::photo`].
    pub photo: Option<String>,
    /// File id and name.
    pub document: Option<(String, String)>,
    pub edited: bool,
    /// Unix time.
    pub at: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Button {
    pub text: String,
    /// `primary`, `success` or `danger`.
    pub style: Option<String>,
    pub action: ButtonAction,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ButtonAction {
    Callback(String),
    Url(String),
    Copy(String),
    Other,
}

impl TelegramEmulator {
    /// The messages of a chat, oldest first.
    pub fn transcript(&self, bot: i64, chat: i64) -> Vec<ChatMessage> {
        self.look(|state| {
            let Some(own) = state.bots.get(&bot) else { return Vec::new() };
            let messages = own.dialogs.get(&chat).map(|dialog| dialog.messages.values());
            let named = |id: &String| Some((id.clone(), state.files.get(id)?.name.clone()));
            messages
                .into_iter()
                .flatten()
                .map(|message| ChatMessage {
                    document: message.document.as_ref().and_then(named),
                    ..shown(message, own.id)
                })
                .collect()
        })
    }

    /// The rows of the keyboard under the input line, if the bot put one there.
    pub fn reply_keyboard(&self, bot: i64, chat: i64) -> Vec<Vec<String>> {
        self.look(|state| {
            let keyboard =
                state.bots.get(&bot).and_then(|bot| bot.dialogs.get(&chat)?.reply_keyboard.clone());
            let rows = keyboard.as_ref().and_then(|keyboard| keyboard.get("keyboard")?.as_array());
            let label = |button: &Value| button.get("text").unwrap_or(button).as_str().map(str::to_owned);
            rows.into_iter()
                .flatten()
                .map(|row| row.as_array().into_iter().flatten().filter_map(label).collect())
                .collect()
        })
    }

    /// The command menu that a person sees: command and description, by the narrowest scope that has any
    /// (<https://core.telegram.org/bots/api#determining-list-of-commands>).
    pub fn menu(&self, bot: i64, chat: i64, language: &str) -> Vec<(String, String)> {
        self.look(|state| {
            let Some(own) = state.bots.get(&bot) else { return Vec::new() };
            let chat = format!(r#"{{"chat_id":{chat},"type":"chat"}}"#);
            let scopes = [chat.as_str(), r#"{"type":"all_private_chats"}"#, r#"{"type":"default"}"#];
            let keys = scopes.iter().flat_map(|scope| [format!("{scope}\n{language}"), format!("{scope}\n")]);
            let found = keys.into_iter().find_map(|key| own.commands.get(&key));
            let field = |command: &Value, name: &str| {
                command.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
            };
            found
                .into_iter()
                .flatten()
                .map(|command| (field(command, "command"), field(command, "description")))
                .collect()
        })
    }

    /// A file's bytes and MIME type.
    pub fn photo(&self, file_id: &str) -> Option<(bytes::Bytes, String)> {
        self.look(|state| state.files.get(file_id).map(|file| (file.bytes.clone(), file.mime.clone())))
    }
}

fn shown(message: &Message, bot: i64) -> ChatMessage {
    let rows = message.markup.as_ref().and_then(|markup| markup.get("inline_keyboard")?.as_array());
    // The app's own line, in no language.
    let receipt = message.receipt.as_ref().map(|receipt| match receipt.made.back {
        true => format!("↩️ ⭐️ {}", receipt.made.amount),
        false => format!("✅ ⭐️ {}", receipt.made.amount),
    });
    ChatMessage {
        id: message.id,
        from_me: message.from != bot,
        text: receipt.unwrap_or_else(|| message.content.text.clone()),
        html: to_html(&message.content),
        entities: message.content.entities.clone(),
        keyboard: rows
            .into_iter()
            .flatten()
            .map(|row| row.as_array().into_iter().flatten().map(button).collect())
            .collect(),
        photo: message.photo.last().cloned(),
        document: None,
        edited: message.edit_date.is_some(),
        at: message.date,
    }
}

fn button(button: &Value) -> Button {
    let field = |name: &str| button.get(name).and_then(Value::as_str).map(str::to_owned);
    let copied = button.pointer("/copy_text/text").and_then(Value::as_str).map(str::to_owned);
    Button {
        text: field("text").unwrap_or_default(),
        style: field("style"),
        action: field("callback_data")
            .map(ButtonAction::Callback)
            .or_else(|| field("url").map(ButtonAction::Url))
            .or_else(|| copied.map(ButtonAction::Copy))
            .unwrap_or(ButtonAction::Other),
    }
}

/// Text and entities as HTML with nothing in it that the emulator did not write itself.
pub fn to_html(formatted: &Formatted) -> String {
    let mut html = String::new();
    let mut open: Vec<&Entity> = Vec::new();
    let mut next = formatted.entities.iter().peekable();
    let mut at = 0;
    for letter in formatted.text.chars() {
        while let Some(entity) = open.pop_if(|entity| entity.end() <= at) {
            html.push_str(tags(entity).1);
        }
        while let Some(entity) = next.next_if(|entity| entity.offset <= at) {
            // Telegram's entities nest; one that would not is shown as plain text.
            if entity.end() > at && open.last().is_none_or(|outer| entity.end() <= outer.end()) {
                html.push_str(&tags(entity).0);
                open.push(entity);
            }
        }
        push_escaped(&mut html, letter);
        at += letter.len_utf16();
    }
    while let Some(entity) = open.pop() {
        html.push_str(tags(entity).1);
    }
    html
}

fn tags(entity: &Entity) -> (String, &'static str) {
    let plain = |open: &str, close: &'static str| (open.to_owned(), close);
    match entity.kind.as_str() {
        "bold" => plain("<b>", "</b>"),
        "italic" => plain("<i>", "</i>"),
        "underline" => plain("<u>", "</u>"),
        "strikethrough" => plain("<s>", "</s>"),
        "code" => plain("<code>", "</code>"),
        "pre" => plain("<pre>", "</pre>"),
        "blockquote" => plain("<blockquote>", "</blockquote>"),
        "expandable_blockquote" => plain(r#"<blockquote class="expandable">"#, "</blockquote>"),
        "spoiler" => plain(r#"<span class="spoiler">"#, "</span>"),
        "bot_command" => plain(r#"<span class="bot-command">"#, "</span>"),
        "text_link" => match entity.url.as_deref().filter(|url| url.starts_with("http")) {
            Some(url) => {
                let mut href = String::new();
                url.chars().for_each(|letter| push_escaped(&mut href, letter));
                (format!(r#"<a href="{href}" target="_blank" rel="noopener noreferrer">"#), "</a>")
            }
            None => plain("<span>", "</span>"),
        },
        _ => plain("<span>", "</span>"),
    }
}

fn push_escaped(html: &mut String, letter: char) {
    match letter {
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '&' => html.push_str("&amp;"),
        '"' => html.push_str("&quot;"),
        '\'' => html.push_str("&#39;"),
        other => html.push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::html, *};

    #[test]
    fn markup_survives_the_way_there_and_back_and_nothing_else_does() {
        let source = r#"<b>A &lt;script&gt; <i>😀</i></b> <a href="https://e.org/?a=1&amp;b=2">l</a>"#;
        let shown = to_html(&html::parse(source).unwrap());
        let link = r#"<a href="https://e.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">l</a>"#;
        assert_eq!(shown, format!("<b>A &lt;script&gt; <i>😀</i></b> {link}"));
    }
}
