//! answerCallbackQuery: <https://core.telegram.org/bots/api#answercallbackquery>.

use serde_json::{Value, json};

use super::Turn;
use crate::sandbox::telegram::{error::ApiError, state::CallbackAnswer, text::utf16};

/// How long a query can be answered; Telegram does not say, this is what bots meet in practice.
const ANSWERABLE_SECONDS: i64 = 15;
const MAX_TEXT_UNITS: usize = 200;

pub fn answer(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let text = turn.params.text("text");
    let url = turn.params.text("url");
    let show_alert = turn.params.flag("show_alert");
    if text.as_deref().is_some_and(|text| utf16(text) > MAX_TEXT_UNITS) {
        return Err(ApiError::bad_request("MESSAGE_TOO_LONG"));
    }
    let id = turn.params.text("callback_query_id").unwrap_or_default();
    let (bot, now) = (turn.bot, turn.now);
    let callback = turn
        .state
        .callbacks
        .get_mut(&id)
        .filter(|callback| callback.bot == bot && now <= callback.at + ANSWERABLE_SECONDS);
    let Some(callback) = callback else {
        let text = "query is too old and response timeout expired or query ID is invalid";
        return Err(ApiError::bad_request(text));
    };
    callback.answer = Some(CallbackAnswer { text, show_alert, url });
    let chat = callback.user;
    turn.touch(chat);
    Ok(json!(true))
}
