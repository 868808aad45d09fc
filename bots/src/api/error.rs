//! Why a call of the Bot API failed, in the cases that somebody acts on.

use serde::Deserialize;

/// A refused or lost call. None of the texts holds the token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// The token is wrong or was revoked.
    #[error("the token is not valid")]
    Unauthorized,
    /// The user blocked the bot, is gone, or never wrote to it.
    #[error("the chat is out of reach: {0}")]
    Forbidden(String),
    /// Another program polls with this token, or a webhook is set.
    #[error("{0}")]
    Conflict(String),
    /// Too many calls; nothing may be sent for so many seconds.
    #[error("too many calls, wait {0} s")]
    RetryAfter(u64),
    /// The message already shows this.
    #[error("the message is not modified")]
    NotModified,
    /// The message cannot be edited any more, or holds a picture.
    #[error("the message cannot be edited: {0}")]
    NotEditable(String),
    /// The call is wrong: trying again does not help.
    #[error("refused: {0}")]
    BadRequest(String),
    /// There was no way to Telegram: the call was surely not made.
    #[error("no connection: {0}")]
    NoConnection(String),
    /// Telegram says that it failed on its side. The call was not made, as far as it knows.
    #[error("Telegram failed: {0}")]
    Trouble(String),
    /// No answer, or one that is not Telegram's. The call may have worked.
    #[error("no answer: {0}")]
    Unavailable(String),
}

/// `{"ok":false,…}` (<https://core.telegram.org/bots/api#making-requests>).
#[derive(Debug, Deserialize)]
pub(super) struct Refusal {
    error_code: u16,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Debug, Default, Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
}

/// Texts of tdlib/telegram-bot-api, `Client.cpp`, that ask for a new message instead.
const NOT_EDITABLE: [&str; 5] = [
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "there is no caption in the message to edit",
    "MESSAGE_ID_INVALID",
];

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let text = refusal.description;
        match refusal.error_code {
            401 => Self::Unauthorized,
            // A token of a wrong form is an address that does not exist.
            404 if text == "Not Found" => Self::Unauthorized,
            403 => Self::Forbidden(text),
            409 => Self::Conflict(text),
            429 => Self::RetryAfter(refusal.parameters.retry_after.unwrap_or(1)),
            400 if text.contains("message is not modified") => Self::NotModified,
            400 if text.contains("chat not found") => Self::Forbidden(text),
            400 if NOT_EDITABLE.iter().any(|known| text.contains(known)) => Self::NotEditable(text),
            code if code >= 500 => Self::Trouble(text),
            _ => Self::BadRequest(text),
        }
    }
}

impl From<reqwest::Error> for ApiError {
    /// The address holds the token: it is taken off before the error becomes a text.
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let is_connect = error.is_connect();
        let mut text = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            text = format!("{text}: {cause}");
            source = cause.source();
        }
        if is_connect { Self::NoConnection(text) } else { Self::Unavailable(text) }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(r#"{"error_code":401,"description":"Unauthorized"}"#, ApiError::Unauthorized)]
    #[case(r#"{"error_code":404,"description":"Not Found"}"#, ApiError::Unauthorized)]
    #[case(
        r#"{"error_code":403,"description":"Forbidden: bot was blocked by the user"}"#,
        ApiError::Forbidden("Forbidden: bot was blocked by the user".into())
    )]
    #[case(
        r#"{"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}"#,
        ApiError::RetryAfter(7)
    )]
    #[case(
        r#"{"error_code":400,"description":"Bad Request: message is not modified: specified new message content"}"#,
        ApiError::NotModified
    )]
    #[case(
        r#"{"error_code":400,"description":"Bad Request: there is no text in the message to edit"}"#,
        ApiError::NotEditable("Bad Request: there is no text in the message to edit".into())
    )]
    #[case(
        r#"{"error_code":400,"description":"Bad Request: can't parse entities"}"#,
        ApiError::BadRequest("Bad Request: can't parse entities".into())
    )]
    #[case(r#"{"error_code":502,"description":"Bad Gateway"}"#, ApiError::Trouble("Bad Gateway".into()))]
    fn refusals_are_sorted(#[case] body: &str, #[case] expected: ApiError) {
        let refusal: Refusal = serde_json::from_str(body).unwrap();
        assert_eq!(ApiError::from(refusal), expected);
    }
}
