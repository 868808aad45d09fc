//! What every provider's HTTP answer can mean for us.

use domain::ports::GatewayError;
use reqwest::{RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Sends a request and gives the JSON of its 200. `code` finds the provider's own word in a refusal.
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
    let body = answer.json::<Value>().await;
    match (status, body) {
        (StatusCode::OK, Ok(body)) => Ok(body),
        (StatusCode::OK, Err(_)) => Err(GatewayError::Unavailable("the answer was cut off".into())),
        (StatusCode::ACCEPTED, _) => Err(GatewayError::Unavailable("the request is still worked on".into())),
        (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN, _) => Err(GatewayError::Credentials),
        (StatusCode::NOT_FOUND, _) => Err(GatewayError::NotFound),
        (StatusCode::TOO_MANY_REQUESTS, _) => Err(GatewayError::Unavailable("too many requests".into())),
        (status, _) if status.is_server_error() => {
            Err(GatewayError::Unavailable(format!("the provider answered {}", status.as_u16())))
        }
        (status, body) => {
            let code = body.ok().and_then(|body| code(&body).map(str::to_owned));
            Err(GatewayError::Refused(code.unwrap_or_else(|| status.as_u16().to_string())))
        }
    }
}

/// # Errors
/// The answer is not in the provider's form.
pub(super) fn read<T: DeserializeOwned>(body: &Value) -> Result<T, GatewayError> {
    T::deserialize(body).map_err(|_| GatewayError::Unavailable("the answer is not the provider's".into()))
}
