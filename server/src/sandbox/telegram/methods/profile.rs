//! What a bot says about itself: <https://core.telegram.org/bots/api#getme>, `#setmycommands`,
//! `#setmyname`, `#setmydescription`, `#setchatmenubutton`, `#logout`, `#close`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Turn;
use crate::sandbox::telegram::{error::ApiError, state::Bot, wire};

const MAX_COMMANDS: usize = 100;

pub fn me(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    Ok(wire::me(turn.own()?))
}

pub fn log_out(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let now = turn.now;
    turn.own_mut()?.logged_out_at = Some(now);
    Ok(json!(true))
}

pub fn close(_: &mut Turn<'_>) -> Result<Value, ApiError> {
    Ok(json!(true))
}

pub fn commands(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let key = commands_key(turn)?;
    Ok(json!(turn.own()?.commands.get(&key).cloned().unwrap_or_default()))
}

pub fn set_commands(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let key = commands_key(turn)?;
    let commands = turn.params.json("commands", "can't parse commands JSON object")?;
    let commands = commands.unwrap_or_else(|| json!([]));
    let commands =
        commands.as_array().ok_or_else(|| ApiError::bad_request("expected an Array of BotCommand"))?;
    if commands.len() > MAX_COMMANDS {
        return Err(ApiError::bad_request("BOT_COMMANDS_TOO_MUCH"));
    }
    let commands = commands.iter().map(command).collect::<Result<Vec<_>, _>>()?;
    turn.own_mut()?.commands.insert(key, commands);
    Ok(json!(true))
}

pub fn delete_commands(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let key = commands_key(turn)?;
    turn.own_mut()?.commands.remove(&key);
    Ok(json!(true))
}

/// Limits of <https://core.telegram.org/bots/api#botcommand>.
fn command(given: &Value) -> Result<Value, ApiError> {
    let field = |name: &str| {
        let value = given.get(name).and_then(Value::as_str).map(str::trim);
        value.ok_or_else(|| {
            ApiError::bad_request(format!("can't parse BotCommand: Can't find field \"{name}\""))
        })
    };
    let (command, description) = (field("command")?.trim_start_matches('/'), field("description")?);
    if command.is_empty() {
        return Err(ApiError::bad_request("command must be non-empty"));
    }
    if command.chars().count() > 32 {
        return Err(ApiError::bad_request("command length must not exceed 32"));
    }
    if !command.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
        return Err(ApiError::bad_request("BOT_COMMAND_INVALID"));
    }
    if description.is_empty() {
        return Err(ApiError::bad_request("command description must be non-empty"));
    }
    if description.chars().count() > 256 {
        return Err(ApiError::bad_request("command description length must not exceed 256"));
    }
    Ok(json!({"command": command, "description": description}))
}

/// Scope and language under which commands are kept.
fn commands_key(turn: &Turn<'_>) -> Result<String, ApiError> {
    let scope = turn.params.json("scope", "can't parse BotCommandScope JSON object")?;
    let scope = scope.unwrap_or_else(|| json!({"type": "default"}));
    let kind = scope.get("type").and_then(Value::as_str).unwrap_or_default();
    let chat = scope.get("chat_id").cloned().unwrap_or(Value::Null);
    let scope = match kind {
        "default" | "all_private_chats" | "all_group_chats" | "all_chat_administrators" => {
            json!({"type": kind})
        }
        "chat" | "chat_administrators" if !chat.is_null() => json!({"chat_id": chat, "type": kind}),
        "chat_member" if !chat.is_null() => {
            json!({"chat_id": chat, "type": kind, "user_id": scope.get("user_id")})
        }
        "chat" | "chat_administrators" | "chat_member" => {
            return Err(ApiError::bad_request("chat_id is empty"));
        }
        _ => {
            let text = "can't parse BotCommandScope: Unsupported type specified";
            return Err(ApiError::bad_request(text));
        }
    };
    Ok(format!("{scope}\n{}", language(turn)?))
}

fn language(turn: &Turn<'_>) -> Result<String, ApiError> {
    let code = turn.params.text("language_code").unwrap_or_default();
    let known = code.is_empty() || (code.len() == 2 && code.chars().all(|c| c.is_ascii_lowercase()));
    if known { Ok(code) } else { Err(ApiError::bad_request("invalid language code specified")) }
}

pub fn name(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let language = language(turn)?;
    let own = turn.own()?;
    Ok(json!({"name": own.names.get(&language).unwrap_or(&own.name)}))
}

pub fn description(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let language = language(turn)?;
    Ok(json!({"description": kept(&turn.own()?.descriptions, &language)}))
}

pub fn short_description(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let language = language(turn)?;
    Ok(json!({"short_description": kept(&turn.own()?.short_descriptions, &language)}))
}

/// The default name is also the bot's first name; without one a language has the default's.
pub fn set_name(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let language = language(turn)?;
    let name = limited(turn, "name", 64)?;
    let own = turn.own_mut()?;
    if language.is_empty() && !name.is_empty() {
        own.name = name;
    } else {
        keep(&mut own.names, language, name);
    }
    Ok(json!(true))
}

pub fn set_description(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let (language, text) = (language(turn)?, limited(turn, "description", 512)?);
    keep(&mut turn.own_mut()?.descriptions, language, text);
    Ok(json!(true))
}

pub fn set_short_description(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let (language, text) = (language(turn)?, limited(turn, "short_description", 120)?);
    keep(&mut turn.own_mut()?.short_descriptions, language, text);
    Ok(json!(true))
}

/// The limits are documented, the text of the refusal is not.
fn limited(turn: &Turn<'_>, field: &str, most: usize) -> Result<String, ApiError> {
    let text = turn.params.text(field).unwrap_or_default();
    if text.chars().count() > most {
        return Err(ApiError::bad_request(format!("{field} is too long")));
    }
    Ok(text)
}

fn kept<'a>(texts: &'a BTreeMap<String, String>, language: &str) -> &'a str {
    texts.get(language).or_else(|| texts.get("")).map_or("", String::as_str)
}

fn keep(texts: &mut BTreeMap<String, String>, language: String, text: String) {
    if text.is_empty() {
        texts.remove(&language);
    } else {
        texts.insert(language, text);
    }
}

pub fn menu_button(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let chat = menu_chat(turn)?;
    Ok(turn.own()?.menu_button(chat))
}

pub fn set_menu_button(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let chat = menu_chat(turn)?;
    let button = turn.params.json("menu_button", "can't parse MenuButton JSON object")?;
    let button = button.unwrap_or_else(|| json!({"type": "default"}));
    let wrong = |why: &str| ApiError::bad_request(format!("can't parse MenuButton: {why}"));
    match button.get("type").and_then(Value::as_str) {
        Some("default" | "commands") => {}
        Some("web_app") => {
            let url = button.pointer("/web_app/url").and_then(Value::as_str).unwrap_or_default();
            if button.get("text").and_then(Value::as_str).is_none_or(str::is_empty) {
                return Err(wrong("Can't find field \"text\""));
            }
            if !url.starts_with("https://") {
                let text =
                    format!("menu button Web App URL '{url}' is invalid: Only HTTPS links are allowed");
                return Err(ApiError::bad_request(text));
            }
        }
        _ => return Err(wrong("Unsupported type specified")),
    }
    turn.own_mut()?.menu_buttons.insert(chat, button);
    Ok(json!(true))
}

fn menu_chat(turn: &Turn<'_>) -> Result<i64, ApiError> {
    if turn.params.has("chat_id") { turn.chat() } else { Ok(0) }
}

impl Bot {
    /// The button of a chat, else the default one, else the list of commands.
    pub fn menu_button(&self, chat: i64) -> Value {
        let found = self.menu_buttons.get(&chat).or_else(|| self.menu_buttons.get(&0));
        let found = found.filter(|button| button["type"] != "default").cloned();
        found.unwrap_or_else(|| json!({"type": "commands"}))
    }
}
