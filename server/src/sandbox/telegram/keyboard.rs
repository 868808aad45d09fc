//! Checks of `reply_markup`: <https://core.telegram.org/bots/api#inlinekeyboardbutton> and
//! `Client::get_reply_markup` in tdlib/telegram-bot-api, `telegram-bot-api/Client.cpp`.
//!
//! One check is stricter than Telegram's: a button with two actions is refused (Telegram silently
//! takes one). One is laxer: `localhost` is a good host of URL buttons, because a sandbox has no other.

use serde_json::{Map, Value};

use super::{error::ApiError, params::Params, text::utf16};

/// Telegram refuses longer keyboards with REPLY_MARKUP_TOO_LONG.
const MAX_BUTTONS: usize = 100;
const MAX_CALLBACK_BYTES: usize = 64;
const MAX_COPY_UNITS: usize = 256;
const STYLES: [&str; 3] = ["primary", "success", "danger"];
const ACTIONS: [&str; 10] = [
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
];

/// A checked reply markup.
#[derive(Clone, Debug, PartialEq)]
pub enum Markup {
    /// Belongs to the message.
    Inline(Value),
    /// Belongs to the chat, until another comes.
    Reply(Value),
    /// Takes the chat's keyboard away.
    Remove,
    ForceReply,
}

/// Reads `reply_markup`.
///
/// # Errors
/// 400 with Telegram's text.
pub fn read(params: &Params) -> Result<Option<Markup>, ApiError> {
    let Some(markup) = params.json("reply_markup", "can't parse reply keyboard markup JSON object")? else {
        return Ok(None);
    };
    let Value::Object(fields) = &markup else {
        return Err(ApiError::bad_request("object expected as reply markup"));
    };
    if let Some(rows) = fields.get("inline_keyboard") {
        each_button(rows, "inline_keyboard", "InlineKeyboardMarkup", inline_button)?;
        let empty = rows
            .as_array()
            .is_none_or(|rows| rows.iter().all(|row| row.as_array().is_none_or(Vec::is_empty)));
        return Ok((!empty).then_some(Markup::Inline(markup)));
    }
    if let Some(rows) = fields.get("keyboard") {
        each_button(rows, "keyboard", "ReplyKeyboardMarkup", reply_button)?;
        return Ok(Some(Markup::Reply(markup)));
    }
    if fields.get("remove_keyboard") == Some(&Value::Bool(true)) {
        return Ok(Some(Markup::Remove));
    }
    if fields.get("force_reply") == Some(&Value::Bool(true)) {
        return Ok(Some(Markup::ForceReply));
    }
    Ok(None)
}

/// Reads `reply_markup` where only an inline keyboard may stand.
///
/// # Errors
/// 400 with Telegram's text.
pub fn read_inline(params: &Params) -> Result<Option<Value>, ApiError> {
    match read(params)? {
        None => Ok(None),
        Some(Markup::Inline(markup)) => Ok(Some(markup)),
        Some(_) => Err(ApiError::bad_request("inline keyboard expected")),
    }
}

fn each_button(
    rows: &Value,
    field: &str,
    kind: &str,
    check: fn(&Map<String, Value>) -> Result<(), ApiError>,
) -> Result<(), ApiError> {
    let wrong =
        || ApiError::bad_request(format!("field \"{field}\" of the {kind} must be an Array of Arrays"));
    let mut count = 0;
    for row in rows.as_array().ok_or_else(wrong)? {
        for button in row.as_array().ok_or_else(wrong)? {
            count += 1;
            match button {
                Value::Object(fields) => check(fields)?,
                // A reply keyboard may hold plain texts.
                Value::String(_) if field == "keyboard" => {}
                _ => return Err(unparsable(field, "Button must be an Object")),
            }
        }
    }
    if count > MAX_BUTTONS {
        return Err(ApiError::bad_request("reply markup is too long"));
    }
    Ok(())
}

fn inline_button(button: &Map<String, Value>) -> Result<(), ApiError> {
    const FIELD: &str = "inline_keyboard";
    label(button, FIELD)?;
    style(button, FIELD)?;
    let mut actions = ACTIONS.iter().filter(|action| button.contains_key(**action));
    let Some(action) = actions.next() else {
        return Err(unparsable(FIELD, "Text buttons are unallowed in the inline keyboard"));
    };
    if actions.next().is_some() {
        return Err(unparsable(FIELD, "Exactly one action field must be used"));
    }
    let value = &button[*action];
    match *action {
        "url" => {
            let url = string(value, "url", FIELD)?;
            checked_link(url).map(drop).map_err(|why| {
                ApiError::bad_request(format!("inline keyboard button URL '{url}' is invalid: {why}"))
            })
        }
        "callback_data" => match string(value, "callback_data", FIELD)?.len() {
            0 => Err(unparsable(FIELD, "Text buttons are unallowed in the inline keyboard")),
            1..=MAX_CALLBACK_BYTES => Ok(()),
            _ => Err(ApiError::bad_request("BUTTON_DATA_INVALID")),
        },
        "copy_text" => {
            let text = value.get("text").ok_or_else(|| unparsable(FIELD, "Can't find field \"text\""))?;
            match utf16(string(text, "text", FIELD)?) {
                1..=MAX_COPY_UNITS => Ok(()),
                _ => Err(ApiError::bad_request("BUTTON_COPY_TEXT_INVALID")),
            }
        }
        "web_app" => {
            let url = value.get("url").and_then(Value::as_str).unwrap_or_default();
            if url.starts_with("https://") {
                return Ok(());
            }
            let why = "Only HTTPS links are allowed";
            Err(ApiError::bad_request(format!(
                "inline keyboard button Web App URL '{url}' is invalid: {why}"
            )))
        }
        "callback_game" => Err(ApiError::bad_request("BUTTON_TYPE_INVALID")),
        "pay" => Err(ApiError::bad_request("BUTTON_TYPE_INVALID")),
        _ => Ok(()),
    }
}

fn reply_button(button: &Map<String, Value>) -> Result<(), ApiError> {
    label(button, "keyboard")?;
    style(button, "keyboard")
}

fn label(button: &Map<String, Value>, field: &str) -> Result<(), ApiError> {
    let text = button.get("text").ok_or_else(|| unparsable(field, "Can't find field \"text\""))?;
    if string(text, "text", field)?.trim().is_empty() {
        return Err(unparsable(field, "Button text must be non-empty"));
    }
    Ok(())
}

fn style(button: &Map<String, Value>, field: &str) -> Result<(), ApiError> {
    match button.get("style").map(Value::as_str) {
        None => Ok(()),
        Some(Some(style)) if STYLES.contains(&style) => Ok(()),
        Some(_) => Err(unparsable(field, "Invalid button style specified")),
    }
}

fn string<'a>(value: &'a Value, name: &str, field: &str) -> Result<&'a str, ApiError> {
    value.as_str().ok_or_else(|| unparsable(field, &format!("Field \"{name}\" must be of type String")))
}

fn unparsable(field: &str, why: &str) -> ApiError {
    let kind = if field == "keyboard" { "keyboard button" } else { "inline keyboard button" };
    ApiError::bad_request(format!("can't parse {kind}: {why}"))
}

/// A link as Telegram would open it: http, https, tg or ton, and a host with a dot in it.
/// Follows `LinkManager::get_checked_link` in tdlib/td.
///
/// # Errors
/// Telegram's complaint.
pub fn checked_link(link: &str) -> Result<String, &'static str> {
    let link = link.trim();
    let full = match link.split_once("://") {
        Some((scheme, _)) if scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)) => {
            link.to_owned()
        }
        _ if link.starts_with("tg:") => link.to_owned(),
        _ => format!("http://{link}"),
    };
    let scheme = full.split(':').next().unwrap_or_default().to_ascii_lowercase();
    match scheme.as_str() {
        "tg" | "ton" | "tonsite" => return Ok(full),
        "http" | "https" => {}
        _ => return Err("Unsupported URL protocol"),
    }
    let url = url::Url::parse(&full).map_err(|_| "Wrong HTTP URL")?;
    let host_is_good = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.trim_matches('.').contains('.'),
        Some(_) => true,
        None => false,
    };
    if host_is_good { Ok(full) } else { Err("Wrong HTTP URL") }
}
