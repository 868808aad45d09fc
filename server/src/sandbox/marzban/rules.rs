//! What Marzban's models accept (`app/models/user.py`, v0.8.4), and the words in which they refuse.

use std::collections::BTreeMap;

use axum::body::Bytes;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{
    answer::Refusal,
    panel::{INBOUNDS, Status},
};

type Fields = BTreeMap<String, String>;
pub(super) type Proxies = BTreeMap<String, Map<String, Value>>;

/// The fields of a create or modify request that were there and hold; null is as good as absent.
#[derive(Debug, Default)]
pub(super) struct UserFields {
    pub proxies: Option<Proxies>,
    /// As sent: protocol to allowed tags.
    pub inbounds: Option<BTreeMap<String, Vec<String>>>,
    pub status: Option<Status>,
    pub expire: Option<i64>,
    pub data_limit: Option<i64>,
    pub data_limit_reset_strategy: Option<String>,
    pub note: Option<String>,
    pub on_hold_expire_duration: Option<i64>,
    pub on_hold_timeout: Option<String>,
    pub auto_delete_in_days: Option<i64>,
    pub next_plan: Option<Value>,
}

/// The object in a body. Syntax is looked at before the token (FastAPI).
pub(super) fn object(body: &Bytes) -> Result<Map<String, Value>, Refusal> {
    if body.is_empty() {
        return Err(Refusal::field("body", "Field required"));
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => {
            Err(Refusal::field("body", "Input should be a valid dictionary or object to extract fields from"))
        }
        Err(error) => Err(Refusal::field(&error.column().saturating_sub(1).to_string(), "JSON decode error")),
    }
}

/// A create request: the name and the rest.
pub(super) fn new_user(body: &Map<String, Value>) -> Result<(String, UserFields), Refusal> {
    let mut errors = Fields::new();
    let username = body.get("username").and_then(Value::as_str).unwrap_or_default();
    if !body.contains_key("username") {
        errors.insert("username".into(), "Field required".into());
    } else if !is_username(username) {
        errors.insert(
            "username".into(),
            "Value error, Username only can be 3 to 32 characters and contain a-z, 0-9, and underscores in between.".into(),
        );
    }
    let mut fields = read(body, &mut errors);
    let has_bad_proxy = errors.contains_key("proxies") || errors.contains_key("id");
    if !has_bad_proxy && fields.proxies.as_ref().is_some_and(BTreeMap::is_empty) {
        errors.insert("proxies".into(), "Value error, Each user needs at least one proxy".into());
    }
    fields.status = status(body, &["active", "on_hold"], "'active' or 'on_hold'", &fields, &mut errors);
    if let Some(inbounds) = &fields.inbounds {
        // Inbounds that were sent but name nothing mean every inbound of each protocol.
        let proxies = fields.proxies.iter().flat_map(BTreeMap::keys);
        let whole = proxies.map(|protocol| {
            let given = inbounds.get(protocol).filter(|tags| !tags.is_empty()).cloned();
            (protocol.clone(), given.unwrap_or_else(|| all_tags(protocol)))
        });
        fields.inbounds = Some(whole.collect());
    }
    if errors.is_empty() { Ok((username.to_owned(), fields)) } else { Err(Refusal::Fields(errors)) }
}

/// A modify request.
pub(super) fn changes(body: &Map<String, Value>) -> Result<UserFields, Refusal> {
    let mut errors = Fields::new();
    let mut fields = read(body, &mut errors);
    let allowed = ["active", "disabled", "on_hold"];
    fields.status = status(body, &allowed, "'active', 'disabled' or 'on_hold'", &fields, &mut errors);
    if errors.is_empty() { Ok(fields) } else { Err(Refusal::Fields(errors)) }
}

/// `^(?=\w{3,32}\b)[a-zA-Z0-9-_@.]+(?:_[a-zA-Z0-9-_@.]+)*$`: the first run of word characters must
/// have 3 to 32 of them.
pub(super) fn is_username(name: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let first_word = name.chars().take_while(|c| is_word(*c)).count();
    (3..=32).contains(&first_word) && name.chars().all(|c| is_word(c) || "-@.".contains(c))
}

/// New credentials for one protocol, over what was given.
pub(super) fn proxy_settings(protocol: &str, given: &Value) -> Result<Map<String, Value>, Refusal> {
    let text = |key: &str| given.get(key).and_then(Value::as_str).map(str::to_owned);
    let settings = match protocol {
        "vless" => json!({ "id": proxy_id(text("id"))?, "flow": text("flow").unwrap_or_default() }),
        "vmess" => json!({ "id": proxy_id(text("id"))? }),
        "trojan" => json!({
            "password": text("password").unwrap_or_else(new_password),
            "flow": text("flow").unwrap_or_default(),
        }),
        "shadowsocks" => json!({
            "password": text("password").unwrap_or_else(new_password),
            "method": text("method").unwrap_or_else(|| "chacha20-ietf-poly1305".into()),
        }),
        unknown => {
            return Err(Refusal::field(
                "proxies",
                format!("Value error, '{unknown}' is not a valid ProxyTypes"),
            ));
        }
    };
    match settings {
        Value::Object(settings) => Ok(settings),
        _ => Err(Refusal::Crash),
    }
}

pub(super) fn all_tags(protocol: &str) -> Vec<String> {
    let of_protocol = INBOUNDS.iter().filter(|inbound| inbound.protocol == protocol);
    of_protocol.map(|inbound| inbound.tag.to_owned()).collect()
}

fn read(body: &Map<String, Value>, errors: &mut Fields) -> UserFields {
    let data_limit = match body.get("data_limit") {
        Some(Value::Number(number)) if !number.is_i64() => number.as_f64().map(|bytes| bytes as i64),
        Some(Value::String(_)) => {
            errors.insert(
                "data_limit".into(),
                "Value error, data_limit must be an integer or a float, not a string".into(),
            );
            None
        }
        _ => integer(body, "data_limit", errors),
    };
    if data_limit.is_some_and(|bytes| bytes < 0) {
        errors.insert("data_limit".into(), "Input should be greater than or equal to 0".into());
    }
    let text = |key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
    let note = text("note");
    if note.as_ref().is_some_and(|note| note.chars().count() > 500) {
        errors.insert("note".into(), "Value error, User's note can be a maximum of 500 character".into());
    }
    let strategy = text("data_limit_reset_strategy");
    if strategy.as_deref().is_some_and(|name| !["no_reset", "day", "week", "month", "year"].contains(&name)) {
        errors.insert(
            "data_limit_reset_strategy".into(),
            "Input should be 'no_reset', 'day', 'week', 'month' or 'year'".into(),
        );
    }
    UserFields {
        proxies: proxies(body, errors),
        inbounds: inbounds(body, errors),
        status: None,
        expire: integer(body, "expire", errors),
        data_limit,
        data_limit_reset_strategy: strategy,
        note,
        on_hold_expire_duration: integer(body, "on_hold_expire_duration", errors),
        on_hold_timeout: text("on_hold_timeout"),
        auto_delete_in_days: integer(body, "auto_delete_in_days", errors),
        next_plan: body.get("next_plan").filter(|plan| plan.is_object()).cloned(),
    }
}

fn status(
    body: &Map<String, Value>,
    allowed: &[&str],
    in_words: &str,
    fields: &UserFields,
    errors: &mut Fields,
) -> Option<Status> {
    let given = body.get("status").filter(|status| !status.is_null())?;
    let Some(name) = given.as_str().filter(|name| allowed.contains(name)) else {
        errors.insert("status".into(), format!("Input should be {in_words}"));
        return None;
    };
    let status = Status::from_name(name)?;
    if status == Status::OnHold {
        let refusal = match (fields.on_hold_expire_duration, fields.expire) {
            (None | Some(0), _) => {
                "Value error, User cannot be on hold without a valid on_hold_expire_duration."
            }
            (_, Some(expire)) if expire != 0 => "Value error, User cannot be on hold with specified expire.",
            _ => return Some(status),
        };
        errors.insert("status".into(), refusal.into());
    }
    Some(status)
}

fn proxies(body: &Map<String, Value>, errors: &mut Fields) -> Option<Proxies> {
    let given = body.get("proxies")?.as_object()?;
    let mut proxies = Proxies::new();
    for (protocol, settings) in given {
        match proxy_settings(protocol, settings) {
            Ok(settings) => drop(proxies.insert(protocol.clone(), settings)),
            Err(Refusal::Fields(refused)) => errors.extend(refused),
            Err(_) => {}
        }
    }
    Some(proxies)
}

fn inbounds(body: &Map<String, Value>, errors: &mut Fields) -> Option<BTreeMap<String, Vec<String>>> {
    let given = body.get("inbounds")?.as_object()?;
    let mut inbounds = BTreeMap::new();
    for (protocol, tags) in given {
        let tags: Vec<String> =
            tags.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        if let Some(unknown) =
            tags.iter().find(|tag| !INBOUNDS.iter().any(|inbound| inbound.tag == tag.as_str()))
        {
            errors.insert("inbounds".into(), format!("Value error, Inbound {unknown} doesn't exist"));
        }
        inbounds.insert(protocol.clone(), tags);
    }
    Some(inbounds)
}

fn integer(body: &Map<String, Value>, key: &str, errors: &mut Fields) -> Option<i64> {
    let given = body.get(key).filter(|value| !value.is_null())?;
    let number = match given {
        Value::String(text) => text.parse().ok(),
        number => number.as_i64(),
    };
    if number.is_none() {
        errors.insert(key.to_owned(), "Input should be a valid integer".into());
    }
    number
}

fn proxy_id(given: Option<String>) -> Result<String, Refusal> {
    let Some(given) = given else { return Ok(Uuid::new_v4().to_string()) };
    if let Ok(id) = Uuid::parse_str(&given) {
        return Ok(id.to_string());
    }
    let strange = given.chars().enumerate().find(|(_, c)| !c.is_ascii_hexdigit() && *c != '-');
    let reason = match strange {
        Some((index, c)) => format!(
            "invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], found `{c}` at {}",
            index + 1
        ),
        None => "invalid length".to_owned(),
    };
    Err(Refusal::field("id", format!("Input should be a valid UUID, {reason}")))
}

/// `secrets.token_urlsafe(16)`.
fn new_password() -> String {
    BASE64URL.encode(Uuid::new_v4().as_bytes())
}
