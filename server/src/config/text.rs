//! Values that are written as text, whatever they look like.

use figment::value::Value;
use secrecy::SecretString;
use serde::{Deserialize, Deserializer, de::Error};
use url::Url;

/// An environment variable's value: a list when it is written as one, else plain text.
pub(super) fn parse(value: &str) -> Value {
    match value.parse::<Value>() {
        Ok(parsed @ Value::Array(..)) => parsed,
        _ => Value::from(value),
    }
}

/// A number that may be written as text.
pub(super) fn number<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<i64>,
{
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Number(i64),
        Text(String),
    }
    let number =
        match Written::deserialize(deserializer).map_err(|_| D::Error::custom("it is not a whole number"))? {
            Written::Number(number) => Some(number),
            Written::Text(text) => text.trim().parse().ok(),
        };
    number
        .and_then(|number| T::try_from(number).ok())
        .ok_or_else(|| D::Error::custom("it is not a whole number in range"))
}

/// Yes or no, which may be written as text.
pub(super) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Flag(bool),
        Text(String),
    }
    match Written::deserialize(deserializer) {
        Ok(Written::Flag(flag)) => Ok(flag),
        Ok(Written::Text(text)) if text == "true" => Ok(true),
        Ok(Written::Text(text)) if text == "false" => Ok(false),
        _ => Err(D::Error::custom("it is neither true nor false")),
    }
}

/// A secret; empty text is none.
pub(super) fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SecretString>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()).map(SecretString::from))
}

/// Text; empty is none.
pub(super) fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
}

/// An http or https address without user and password.
pub(super) fn address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Url, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_address(&text).ok_or_else(|| D::Error::custom("it is not an http or https address"))
}

/// As [`address`]; empty is none.
pub(super) fn optional_address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Url>, D::Error> {
    match optional(deserializer)? {
        None => Ok(None),
        Some(text) => parse_address(&text)
            .map(Some)
            .ok_or_else(|| D::Error::custom("it is not an http or https address")),
    }
}

pub(super) fn parse_address(text: &str) -> Option<Url> {
    let url = Url::parse(text.trim()).ok()?;
    let plain = url.username().is_empty() && url.password().is_none() && url.has_host();
    (matches!(url.scheme(), "http" | "https") && plain).then_some(url)
}

/// Whether the address names this machine itself.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// How a secret is printed: whether it is set, and nothing else.
pub(super) fn masked(secret: Option<&SecretString>) -> String {
    super::quoted(if secret.is_some() { "********" } else { "" })
}
