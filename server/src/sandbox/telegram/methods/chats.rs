//! Chats and their members: <https://core.telegram.org/bots/api#getchat>, `#getchatmember`,
//! `#sendchataction`; refusals as `Client::check_chat` and `fail_query_with_error` in
//! tdlib/telegram-bot-api, `telegram-bot-api/Client.cpp`, give them.

use serde_json::{Value, json};

use super::Turn;
use crate::sandbox::telegram::{error::ApiError, wire};

const ACTIONS: [&str; 11] = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
];

impl Turn<'_> {
    /// The chat that `chat_id` names, if the bot has anything to do with it.
    pub(super) fn chat(&self) -> Result<i64, ApiError> {
        let given = self.params.text("chat_id").ok_or_else(|| ApiError::bad_request("chat_id is empty"))?;
        let unknown = || ApiError::bad_request("chat not found");
        if given.starts_with('@') {
            return self.state.channel_named(&given).map(|channel| channel.id).ok_or_else(unknown);
        }
        let id: i64 = given.parse().map_err(|_| unknown())?;
        if let Some(channel) = self.state.channels.get(&id) {
            let is_member = channel.members.get(&self.bot).is_some_and(|status| is_inside(status));
            return if is_member || channel.username.is_some() { Ok(id) } else { Err(unknown()) };
        }
        // A bot meets a person when that person writes to it first.
        if self.own()?.dialogs.contains_key(&id) { Ok(id) } else { Err(unknown()) }
    }

    /// The same, and the bot may write there.
    pub(super) fn destination(&self) -> Result<i64, ApiError> {
        let id = self.chat()?;
        if let Some(channel) = self.state.channels.get(&id) {
            return match channel.members.get(&self.bot).map(String::as_str) {
                Some("administrator" | "creator") => Ok(id),
                Some("member") => Err(ApiError::bad_request("need administrator rights in the channel chat")),
                Some("kicked") => Err(ApiError::forbidden("bot was kicked from the channel chat")),
                _ => Err(ApiError::forbidden("bot is not a member of the channel chat")),
            };
        }
        if self.state.users.get(&id).is_some_and(|person| person.deactivated) {
            return Err(ApiError::forbidden("user is deactivated"));
        }
        if self.own()?.dialogs.get(&id).is_some_and(|dialog| dialog.blocked) {
            return Err(ApiError::forbidden("bot was blocked by the user"));
        }
        Ok(id)
    }
}

fn is_inside(status: &str) -> bool {
    matches!(status, "creator" | "administrator" | "member")
}

pub fn get(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let chat = turn.chat()?;
    Ok(wire::chat_full_info(turn.state, chat))
}

pub fn get_member(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let chat = turn.chat()?;
    let user = turn.params.integer("user_id").filter(|id| *id > 0);
    let user = user.ok_or_else(|| ApiError::bad_request("invalid user_id specified"))?;
    let unknown = || ApiError::bad_request("PARTICIPANT_ID_INVALID");
    let Some(channel) = turn.state.channels.get(&chat) else {
        let person = turn.state.users.get(&user).filter(|_| user == chat).ok_or_else(unknown)?;
        return Ok(wire::chat_member(wire::person(person), "member"));
    };
    // Only administrators may look at a channel's members; anyone may ask about oneself.
    let own = channel.members.get(&turn.bot).map(String::as_str);
    if own != Some("administrator") && user != turn.bot {
        return Err(ApiError::bad_request("member list is inaccessible"));
    }
    wire::channel_member(turn.state, channel, user).ok_or_else(unknown)
}

pub fn send_action(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let action = turn.params.text("action").unwrap_or_default();
    if !ACTIONS.contains(&action.as_str()) {
        return Err(ApiError::bad_request("wrong parameter action in request"));
    }
    turn.destination()?;
    Ok(json!(true))
}
