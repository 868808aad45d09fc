//! What every provider's HTTP answer can mean for us.

use domain::ports::GatewayError;
use reqwest::{RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::providers::http;

/// Most characters of a provider's own words that are kept.
const WORDS: usize = 200;

/// Sends a request and gives the JSON of its success. `code` finds the provider's own word in a refusal.
///
/// # Errors
/// [`GatewayError`]; whatever can pass is `Unavailable`.
pub(super) async fn json(
    request: RequestBuilder,
    code: fn(&Value) -> Option<&str>,
) -> Result<Value, GatewayError> {
    let answer = request.send().await.map_err(|error| {
        let reason = if error.is_timeout() { "no answer in time" } else { "no connection" };
        GatewayError::Unavailable(reason.into())
    })?;
    let status = answer.status();
    match status {
        StatusCode::ACCEPTED => {
            return Err(GatewayError::Unavailable("the request is still worked on".into()));
        }
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Err(GatewayError::Credentials),
        StatusCode::NOT_FOUND => return Err(GatewayError::NotFound),
        StatusCode::TOO_MANY_REQUESTS => return Err(GatewayError::Unavailable("too many requests".into())),
        status if status.is_server_error() => {
            return Err(GatewayError::Unavailable(format!("the provider answered {}", status.as_u16())));
        }
        _ => {}
    }
    let body = http::body(answer).await;
    let body = body.map_err(|_| GatewayError::Unavailable("the answer was cut off".into()))?;
    let body: Option<Value> = serde_json::from_slice(&body).ok();
    if status.is_success() {
        return body.ok_or_else(foreign);
    }
    let said = body.as_ref().and_then(code).map(|text| text.chars().take(WORDS).collect());
    Err(GatewayError::Refused(said.unwrap_or_else(|| status.as_u16().to_string())))
}

/// # Errors
/// The answer is not in the provider's form.
pub(super) fn read<T: DeserializeOwned>(body: &Value) -> Result<T, GatewayError> {
    T::deserialize(body).map_err(|_| foreign())
}

/// Each thing of a list, with the JSON that it came as.
///
/// # Errors
/// The answer is not in the provider's form.
pub(super) fn each<T: DeserializeOwned>(items: Vec<Value>) -> Result<Vec<(T, Value)>, GatewayError> {
    items.into_iter().map(|raw| Ok((read(&raw)?, raw))).collect()
}

pub(super) fn foreign() -> GatewayError {
    GatewayError::Unavailable("the answer is not the provider's".into())
}
