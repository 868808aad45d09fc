//! People with their phones: they write, press buttons, send pictures, block bots, join channels.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    TelegramEmulator, picture,
    state::{Callback, CallbackAnswer, Message, State, StoredFile},
    text::Formatted,
    wire,
};

/// Pressed buttons are forgotten after this long, well after their bot could answer them; the search
/// for old ones is not made at each press.
const KEPT_SECONDS: i64 = 60;
const SWEEP_SECONDS: i64 = 10;

/// Why a person could not do that.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PersonError {
    #[error("there is no such bot, person or channel")]
    Nobody,
    #[error("there is no such message or button")]
    NoButton,
    #[error("this is not a picture")]
    NotAPicture,
    #[error("a message has 1 to 4096 characters")]
    BadText,
}

/// What pressing a button did, or what the person's app does with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// The bot was asked; its answer comes under this id.
    Callback(String),
    /// The app opens a page.
    Url(String),
    /// The app copies a text.
    Copy(String),
    /// The app does something that the emulator has no part in.
    Other,
}

impl TelegramEmulator {
    /// A person writes to a bot; returns the message's id. The first message opens the chat, and
    /// writing to a blocked bot unblocks it, as apps do.
    ///
    /// # Errors
    /// Unknown bot or person, empty or over-long text.
    pub fn say(&self, bot: i64, user: i64, text: &str) -> Result<i64, PersonError> {
        let content = Formatted::typed(text);
        if content.text.is_empty() || super::text::utf16(&content.text) > super::text::TEXT.limit {
            return Err(PersonError::BadText);
        }
        self.send(bot, user, |_, message| {
            message.content = content;
            Ok(())
        })
    }

    /// People who wrote to a bot before, of whom it is told nothing: a crowd.
    pub fn acquaint(&self, bot: i64, people: impl IntoIterator<Item = i64>) {
        for person in people {
            self.user(person, "Somebody", "en");
            self.change(|state| {
                if let Some(own) = state.bots.get_mut(&bot) {
                    own.dialog_mut(person);
                }
            });
        }
    }

    /// A person sends a picture to a bot; returns the message's id.
    ///
    /// # Errors
    /// Unknown bot or person, or bytes that are no PNG or JPEG.
    pub fn send_photo_to_bot(
        &self,
        bot: i64,
        user: i64,
        bytes: impl Into<bytes::Bytes>,
        caption: &str,
    ) -> Result<i64, PersonError> {
        let bytes = bytes.into();
        let (mime, size) = picture::inspect(&bytes).ok_or(PersonError::NotAPicture)?;
        let content = Formatted::typed(caption);
        self.send(bot, user, |state, message| {
            let file = StoredFile {
                bot,
                unique_id: String::new(),
                name: "photo".to_owned(),
                mime: mime.to_owned(),
                size: Some(size),
                bytes,
            };
            message.photo = vec![state.keep_file(file, "AgAC")];
            message.content = content;
            Ok(())
        })
    }

    /// A person sends a file to a bot; returns the message's id. A picture is one when it is a PNG or
    /// JPEG; anything else is a PDF.
    ///
    /// # Errors
    /// Unknown bot or person.
    pub fn send_document_to_bot(
        &self,
        bot: i64,
        user: i64,
        bytes: impl Into<bytes::Bytes>,
    ) -> Result<i64, PersonError> {
        let bytes = bytes.into();
        let mime = picture::inspect(&bytes).map_or("application/pdf", |(mime, _)| mime);
        self.send(bot, user, |state, message| {
            let (name, mime) = ("receipt".to_owned(), mime.to_owned());
            let file = StoredFile { bot, unique_id: String::new(), name, mime, size: None, bytes };
            message.document = Some(state.keep_file(file, "BQAC"));
            Ok(())
        })
    }

    /// A person sends several pictures at once: messages of their own, one after the other, in one album
    /// (<https://core.telegram.org/bots/api#message>, `media_group_id`).
    ///
    /// # Errors
    /// As [`Self::send_photo_to_bot`].
    pub fn send_album_to_bot(&self, bot: i64, user: i64, pictures: &[&[u8]]) -> Result<(), PersonError> {
        let album = (Uuid::new_v4().as_u128() >> 65).to_string();
        for picture in pictures {
            let bytes = bytes::Bytes::copy_from_slice(picture);
            let (mime, size) = picture::inspect(&bytes).ok_or(PersonError::NotAPicture)?;
            self.send(bot, user, |state, message| {
                let (name, mime) = ("photo".to_owned(), mime.to_owned());
                let file = StoredFile { bot, unique_id: String::new(), name, mime, size: Some(size), bytes };
                message.photo = vec![state.keep_file(file, "AgAC")];
                message.album = Some(album.clone());
                Ok(())
            })?;
        }
        Ok(())
    }

    fn send(
        &self,
        bot: i64,
        user: i64,
        fill: impl FnOnce(&mut State, &mut Message) -> Result<(), PersonError>,
    ) -> Result<i64, PersonError> {
        let now = self.now();
        let id = self.change(|state| {
            if !state.users.contains_key(&user) || !state.bots.contains_key(&bot) {
                return Err(PersonError::Nobody);
            }
            self.set_blocked(state, bot, user, false);
            let mut message = Message::new(user, now);
            fill(state, &mut message)?;
            let own = state.bots.get_mut(&bot).ok_or(PersonError::Nobody)?;
            let message = own.dialog_mut(user).add(message).clone();
            let own = state.bots.get(&bot).ok_or(PersonError::Nobody)?;
            let update = wire::message(state, own, user, &message);
            self.enqueue(state, bot, "message", user, update);
            Ok(message.id)
        })?;
        self.tell(bot, user);
        Ok(id)
    }

    /// A person presses the button at `row`, `column` of a message, both counted from 0.
    ///
    /// # Errors
    /// Unknown bot, person, message or button.
    pub fn press(
        &self,
        bot: i64,
        user: i64,
        message: i64,
        row: usize,
        column: usize,
    ) -> Result<Pressed, PersonError> {
        self.press_found(bot, user, message, |rows| rows.get(row)?.get(column))
    }

    /// A person presses the button with this callback data.
    ///
    /// # Errors
    /// Unknown bot, person, message or button.
    pub fn press_data(&self, bot: i64, user: i64, message: i64, data: &str) -> Result<Pressed, PersonError> {
        self.press_found(bot, user, message, |rows| {
            rows.as_array()?
                .iter()
                .flat_map(|row| row.as_array().into_iter().flatten())
                .find(|button| button.get("callback_data").and_then(Value::as_str) == Some(data))
        })
    }

    fn press_found(
        &self,
        bot: i64,
        user: i64,
        message: i64,
        find: impl FnOnce(&Value) -> Option<&Value>,
    ) -> Result<Pressed, PersonError> {
        let now = self.now();
        let pressed = self.change(|state| {
            let own = state.bots.get(&bot).ok_or(PersonError::Nobody)?;
            let person = state.users.get(&user).ok_or(PersonError::Nobody)?;
            let kept = own.dialogs.get(&user).and_then(|dialog| dialog.messages.get(&message));
            let kept = kept.ok_or(PersonError::NoButton)?;
            let rows = kept.markup.as_ref().and_then(|markup| markup.get("inline_keyboard"));
            let button = rows.and_then(find).ok_or(PersonError::NoButton)?;
            let field = |name: &str| button.get(name).and_then(Value::as_str).map(str::to_owned);
            if let Some(url) = field("url") {
                return Ok(Pressed::Url(url));
            }
            if let Some(copied) = button.pointer("/copy_text/text").and_then(Value::as_str) {
                return Ok(Pressed::Copy(copied.to_owned()));
            }
            let Some(data) = field("callback_data") else { return Ok(Pressed::Other) };
            let id = (Uuid::new_v4().as_u128() >> 65).to_string();
            let query = json!({
                "id": id,
                "from": wire::person(person),
                "message": wire::message(state, own, user, kept),
                "chat_instance": (user.wrapping_mul(6_364_136_223_846_793_005) ^ bot).to_string(),
                "data": data,
            });
            if now >= state.callbacks_swept_at + SWEEP_SECONDS {
                state.callbacks.retain(|_, callback| callback.at + KEPT_SECONDS > now);
                state.callbacks_swept_at = now;
            }
            state.callbacks.insert(id.clone(), Callback { bot, user, at: now, answer: None });
            self.enqueue(state, bot, "callback_query", user, query);
            Ok(Pressed::Callback(id))
        })?;
        self.tell(bot, user);
        Ok(pressed)
    }

    /// What the bot answered to a pressed button, if it did.
    pub fn callback_answer(&self, query: &str) -> Option<CallbackAnswer> {
        self.look(|state| state.callbacks.get(query)?.answer.clone())
    }

    /// A person blocks a bot: it gets `my_chat_member`, and 403 when it writes.
    pub fn block(&self, bot: i64, user: i64) {
        self.change(|state| self.set_blocked(state, bot, user, true));
        self.tell(bot, user);
    }

    /// A person unblocks a bot.
    pub fn unblock(&self, bot: i64, user: i64) {
        self.change(|state| self.set_blocked(state, bot, user, false));
        self.tell(bot, user);
    }

    fn set_blocked(&self, state: &mut State, bot: i64, user: i64, blocked: bool) {
        let Some(own) = state.bots.get_mut(&bot) else { return };
        let Some(dialog) = own.dialogs.get_mut(&user).filter(|dialog| dialog.blocked != blocked) else {
            return;
        };
        dialog.blocked = blocked;
        let (before, after) = if blocked { ("member", "kicked") } else { ("kicked", "member") };
        let Some(update) = membership_change(state, user, user, bot, before, after, self.now()) else {
            return;
        };
        self.enqueue(state, bot, "my_chat_member", user, update);
    }

    /// A person joins a channel; its administrators' bots are told when they want `chat_member`.
    ///
    /// # Errors
    /// Unknown channel or person.
    pub fn join(&self, channel: i64, user: i64) -> Result<(), PersonError> {
        self.set_member(channel, user, "member")
    }

    /// A person leaves a channel.
    ///
    /// # Errors
    /// Unknown channel or person.
    pub fn leave(&self, channel: i64, user: i64) -> Result<(), PersonError> {
        self.set_member(channel, user, "left")
    }

    /// Makes a bot an administrator of a channel, or with another status takes that away; the bot is
    /// told by `my_chat_member`.
    ///
    /// # Errors
    /// Unknown channel or bot.
    pub fn set_member(&self, channel: i64, member: i64, status: &str) -> Result<(), PersonError> {
        let now = self.now();
        self.change(|state| {
            if !state.users.contains_key(&member) && !state.bots.contains_key(&member) {
                return Err(PersonError::Nobody);
            }
            let kept = state.channels.get_mut(&channel).ok_or(PersonError::Nobody)?;
            let owner = kept.members.iter().find(|(_, s)| *s == "creator").map_or(member, |(id, _)| *id);
            let before = kept.members.insert(member, status.to_owned()).unwrap_or_else(|| "left".to_owned());
            if before == status {
                return Ok(());
            }
            let is_bot = state.bots.contains_key(&member);
            let actor = if is_bot { owner } else { member };
            let Some(update) = membership_change(state, channel, actor, member, &before, status, now) else {
                return Ok(());
            };
            if is_bot {
                if let Some(own) = state.bots.get_mut(&member) {
                    own.dialog_mut(channel);
                }
                self.enqueue(state, member, "my_chat_member", channel, update);
                return Ok(());
            }
            let admins: Vec<i64> = state.channels[&channel]
                .members
                .iter()
                .filter(|(id, status)| state.bots.contains_key(id) && *status == "administrator")
                .map(|(id, _)| *id)
                .collect();
            for bot in admins {
                self.enqueue(state, bot, "chat_member", channel, update.clone());
            }
            Ok(())
        })
    }
}

/// <https://core.telegram.org/bots/api#chatmemberupdated>
fn membership_change(
    state: &State,
    chat: i64,
    actor: i64,
    member: i64,
    before: &str,
    after: &str,
    now: i64,
) -> Option<Value> {
    let show = |id: i64| match state.bots.get(&id) {
        Some(bot) => Some(wire::bot(bot)),
        None => state.users.get(&id).map(wire::person),
    };
    Some(json!({
        "chat": wire::chat(state, chat),
        "from": show(actor)?,
        "date": now,
        "old_chat_member": wire::chat_member(show(member)?, before),
        "new_chat_member": wire::chat_member(show(member)?, after),
    }))
}
