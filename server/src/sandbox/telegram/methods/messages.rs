//! Messages: <https://core.telegram.org/bots/api#sendmessage>, `#editmessagetext`,
//! `#editmessagecaption`, `#editmessagereplymarkup`, `#deletemessage`; refusals as
//! `do_edit_message_query` and `fail_query_with_error` in tdlib/telegram-bot-api,
//! `telegram-bot-api/Client.cpp`, give them.

use serde_json::{Value, json};

use super::Turn;
use crate::sandbox::telegram::{
    error::ApiError,
    keyboard::{self, Markup},
    state::Message,
    text::{CAPTION, Formatted, TEXT},
};

/// A message older than this can only be deleted by hand (<https://core.telegram.org/bots/api#deletemessage>).
const DELETABLE_SECONDS: i64 = 48 * 3_600;
const NOT_MODIFIED: &str = "message is not modified: specified new message content and reply markup are \
                            exactly the same as a current content and reply markup of the message";

pub fn send(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let content = required_text(turn)?;
    let link_preview = link_preview(turn)?;
    turn.post(|message| {
        message.content = content;
        message.link_preview = link_preview;
    })
}

impl Turn<'_> {
    /// Sends a message with everything that all kinds of messages have in common.
    pub(super) fn post(&mut self, fill: impl FnOnce(&mut Message)) -> Result<Value, ApiError> {
        let markup = keyboard::read(self.params)?;
        let reply = self.reply_parameters()?;
        let chat = self.destination()?;
        let reply_to = match reply {
            Some((id, optional)) => {
                let known =
                    self.own()?.dialogs.get(&chat).is_some_and(|dialog| dialog.messages.contains_key(&id));
                if !known && !optional {
                    return Err(ApiError::bad_request("message to be replied not found"));
                }
                known.then_some(id)
            }
            None => None,
        };
        let mut message = Message::new(self.bot, self.now);
        fill(&mut message);
        message.reply_to = reply_to;
        message.protected = self.params.flag("protect_content");
        let dialog = self.own_mut()?.dialog_mut(chat);
        match markup {
            Some(Markup::Inline(markup)) => message.markup = Some(markup),
            Some(Markup::Reply(keyboard)) => dialog.reply_keyboard = Some(keyboard),
            Some(Markup::Remove) => dialog.reply_keyboard = None,
            Some(Markup::ForceReply) | None => {}
        }
        let message = dialog.add(message).clone();
        self.touch(chat);
        self.show(chat, &message)
    }

    /// `reply_parameters`: the message, and whether it may be missing.
    fn reply_parameters(&self) -> Result<Option<(i64, bool)>, ApiError> {
        if let Some(id) = self.params.integer("reply_to_message_id") {
            return Ok(Some((id, self.params.flag("allow_sending_without_reply"))));
        }
        let Some(reply) = self.params.json("reply_parameters", "can't parse reply parameters JSON object")?
        else {
            return Ok(None);
        };
        if !reply.is_object() {
            return Err(ApiError::bad_request("object expected as reply parameters"));
        }
        let id = reply.get("message_id").and_then(Value::as_i64);
        let optional = reply.get("allow_sending_without_reply") == Some(&Value::Bool(true));
        Ok(id.map(|id| (id, optional)))
    }

    /// The bot's own message that an edit is about.
    fn edited(&self) -> Result<(i64, Message), ApiError> {
        if self.params.text("inline_message_id").is_some() {
            return Err(ApiError::bad_request("invalid inline message identifier specified"));
        }
        let chat = self.chat()?;
        let id = self.params.integer("message_id").filter(|id| *id > 0);
        let id = id.ok_or_else(|| ApiError::bad_request("message identifier is not specified"))?;
        let message = self.own()?.dialogs.get(&chat).and_then(|dialog| dialog.messages.get(&id));
        let message = message.ok_or_else(|| ApiError::bad_request("message to edit not found"))?;
        if message.from != self.bot {
            return Err(ApiError::bad_request("message can't be edited"));
        }
        Ok((chat, message.clone()))
    }

    /// Puts the changed message in the place of the old one.
    fn replace(&mut self, chat: i64, mut message: Message, old: &Message) -> Result<Value, ApiError> {
        if message == *old {
            return Err(ApiError::bad_request(NOT_MODIFIED));
        }
        message.edit_date = Some(self.now);
        let shown = message.clone();
        self.own_mut()?.dialog_mut(chat).messages.insert(message.id, message);
        self.touch(chat);
        self.show(chat, &shown)
    }
}

pub fn edit_text(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let content = required_text(turn)?;
    let markup = keyboard::read_inline(turn.params)?;
    let preview = link_preview(turn)?;
    let (chat, old) = turn.edited()?;
    if old.has_media() {
        return Err(ApiError::bad_request("there is no text in the message to edit"));
    }
    let new = Message { content, markup, link_preview: preview, ..old.clone() };
    turn.replace(chat, new, &old)
}

pub fn edit_caption(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let content = Formatted::read(turn.params, CAPTION)?;
    let markup = keyboard::read_inline(turn.params)?;
    let (chat, old) = turn.edited()?;
    if !old.has_media() {
        return Err(ApiError::bad_request("there is no caption in the message to edit"));
    }
    let caption_above = turn.params.flag("show_caption_above_media");
    let new = Message { content, markup, caption_above, ..old.clone() };
    turn.replace(chat, new, &old)
}

pub fn edit_markup(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let markup = keyboard::read_inline(turn.params)?;
    let (chat, old) = turn.edited()?;
    turn.replace(chat, Message { markup, ..old.clone() }, &old)
}

pub fn delete(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let chat = turn.chat()?;
    let id = turn.params.integer("message_id").filter(|id| *id > 0);
    let id = id.ok_or_else(|| ApiError::bad_request("message identifier is not specified"))?;
    let now = turn.now;
    let dialog = turn.own_mut()?.dialog_mut(chat);
    let message = dialog.messages.get(&id);
    let message = message.ok_or_else(|| ApiError::bad_request("message to delete not found"))?;
    if now - message.date > DELETABLE_SECONDS {
        return Err(ApiError::bad_request("message can't be deleted for everyone"));
    }
    dialog.messages.remove(&id);
    turn.touch(chat);
    Ok(json!(true))
}

/// Unknown messages are skipped (<https://core.telegram.org/bots/api#deletemessages>).
pub fn delete_many(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let chat = turn.chat()?;
    let ids = turn.params.json("message_ids", "can't parse message identifiers JSON object")?;
    let ids = ids.as_ref().and_then(Value::as_array);
    let ids = ids.ok_or_else(|| ApiError::bad_request("message identifiers are not specified"))?;
    if ids.len() > 100 {
        return Err(ApiError::bad_request("too many message identifiers specified"));
    }
    let dialog = turn.own_mut()?.dialog_mut(chat);
    for id in ids.iter().filter_map(Value::as_i64) {
        dialog.messages.remove(&id);
    }
    turn.touch(chat);
    Ok(json!(true))
}

fn required_text(turn: &Turn<'_>) -> Result<Formatted, ApiError> {
    if turn.params.text("text").is_none() {
        return Err(ApiError::bad_request("message text is empty"));
    }
    let content = Formatted::read(turn.params, TEXT)?;
    if content.text.is_empty() {
        return Err(ApiError::bad_request("text must be non-empty"));
    }
    Ok(content)
}

/// `link_preview_options`, or the older `disable_web_page_preview`; a message shows only what was set.
fn link_preview(turn: &Turn<'_>) -> Result<Option<Value>, ApiError> {
    const FLAGS: [&str; 4] = ["is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text"];
    if turn.params.flag("disable_web_page_preview") {
        return Ok(Some(json!({"is_disabled": true})));
    }
    let options = turn.params.json("link_preview_options", "can't parse link preview options JSON object")?;
    let Some(options) = options else { return Ok(None) };
    let Value::Object(fields) = &options else {
        return Err(ApiError::bad_request("object expected as link preview options"));
    };
    for (name, value) in fields {
        if FLAGS.contains(&name.as_str()) && !value.is_boolean() {
            let text = format!("can't parse link preview options: Field \"{name}\" must be of type Boolean");
            return Err(ApiError::bad_request(text));
        }
        if name == "url" && !value.is_string() {
            let text = "can't parse link preview options: Field \"url\" must be of type String";
            return Err(ApiError::bad_request(text));
        }
    }
    Ok(Some(options))
}
