//! Webhook settings: <https://core.telegram.org/bots/api#setwebhook>, `#deletewebhook`, `#getwebhookinfo`,
//! and `Client::process_set_webhook_query` in tdlib/telegram-bot-api, `telegram-bot-api/Client.cpp`.
//!
//! One check is laxer than Telegram's: plain HTTP, any port and private addresses are good for a
//! loopback URL, because a sandbox has no other.

use serde_json::{Value, json};

use super::Turn;
use crate::sandbox::telegram::{delivery, error::ApiError, params::Params, state::Webhook};

const DEFAULT_CONNECTIONS: i64 = 40;
const MAX_SECRET: usize = 256;
const PORTS: [u16; 4] = [443, 80, 88, 8443];
/// <https://core.telegram.org/bots/api#update>
const KINDS: [&str; 25] = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "guest_message",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "managed_bot",
];

pub fn info(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let now = turn.now;
    let own = turn.own_mut()?;
    own.drop_expired(now);
    Ok(delivery::webhook_info(own))
}

pub fn set(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let Some(url) = turn.params.text("url") else { return delete(turn) };
    check_url(&url)?;
    let secret = turn.params.text("secret_token");
    if let Some(secret) = &secret {
        check_secret(secret)?;
    }
    let allowed = allowed_updates(turn.params)?;
    let connections = turn.params.integer("max_connections").unwrap_or(DEFAULT_CONNECTIONS).clamp(1, 100);
    let drop_pending = turn.params.flag("drop_pending_updates");

    let own = turn.own_mut()?;
    if allowed.is_some() {
        own.allowed_updates = allowed;
    }
    if drop_pending {
        own.queue.clear();
    }
    let same = own
        .webhook
        .as_ref()
        .is_some_and(|old| (&old.url, &old.secret, old.max_connections) == (&url, &secret, connections));
    if same {
        turn.description = Some("Webhook is already set");
        return Ok(json!(true));
    }
    own.webhook = Some(Webhook { url, secret, max_connections: connections, last_error: None });
    turn.restart_delivery = true;
    turn.description = Some("Webhook was set");
    Ok(json!(true))
}

pub fn delete(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let drop_pending = turn.params.flag("drop_pending_updates");
    let own = turn.own_mut()?;
    if drop_pending {
        own.queue.clear();
    }
    let was_set = own.webhook.take().is_some();
    turn.restart_delivery = was_set;
    turn.description = Some(if was_set { "Webhook was deleted" } else { "Webhook is already deleted" });
    Ok(json!(true))
}

/// `allowed_updates`: `None` when it was not given; unknown kinds are ignored.
///
/// # Errors
/// 400 when it is not an array of strings.
pub fn allowed_updates(params: &Params) -> Result<Option<Vec<String>>, ApiError> {
    let Some(list) = params.json("allowed_updates", "can't parse allowed updates: invalid JSON")? else {
        return Ok(None);
    };
    let wrong = || ApiError::bad_request("can't parse allowed updates: expected an Array of String");
    let kinds = list.as_array().ok_or_else(wrong)?;
    let kinds = kinds.iter().map(|kind| kind.as_str().ok_or_else(wrong)).collect::<Result<Vec<_>, _>>()?;
    Ok(Some(kinds.into_iter().filter(|kind| KINDS.contains(kind)).map(str::to_owned).collect()))
}

fn check_url(text: &str) -> Result<(), ApiError> {
    let bad = |why: &str| ApiError::bad_request(format!("bad webhook: {why}"));
    let url = url::Url::parse(text).map_err(|_| ApiError::bad_request("invalid webhook URL specified"))?;
    let loopback = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => return Err(ApiError::bad_request("invalid webhook URL specified")),
    };
    if loopback {
        return Ok(());
    }
    if url.scheme() != "https" {
        return Err(bad("An HTTPS URL must be provided for webhook"));
    }
    if !PORTS.contains(&url.port_or_known_default().unwrap_or(0)) {
        return Err(bad("Webhook can be set up only on ports 80, 88, 443 or 8443"));
    }
    Ok(())
}

fn check_secret(secret: &str) -> Result<(), ApiError> {
    if secret.len() > MAX_SECRET {
        return Err(ApiError::bad_request("secret token is too long"));
    }
    if !secret.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') {
        return Err(ApiError::bad_request("secret token contains unallowed characters"));
    }
    Ok(())
}
