//! A client of Telegram's Bot API that speaks plain JSON, so that fields and methods newer than any
//! library work. It knows one token, and never puts it into an error or a log.

mod download;
mod error;

use std::time::Duration;

use bytes::Bytes;
use reqwest::{RequestBuilder, multipart};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use self::error::Refusal;
pub use self::{download::DownloadError, error::ApiError};

/// How long an ordinary call may take.
const PATIENCE: Duration = Duration::from_secs(17);

/// The kinds of update that some handler takes. A list that changes reaches Telegram with the next
/// `getUpdates` or `setWebhook`.
pub const ALLOWED_UPDATES: [&str; 4] = ["message", "callback_query", "my_chat_member", "pre_checkout_query"];

/// One bot's door to Telegram. Cheap to clone.
#[derive(Clone, Debug)]
pub struct BotApi {
    http: reqwest::Client,
    base_url: String,
    token: SecretString,
}

/// A file that goes along with a call.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The parameter that it fills.
    pub field: &'static str,
    pub file_name: &'static str,
    pub mime: &'static str,
    pub content: Bytes,
}

/// What `getMe` says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Me {
    pub id: i64,
    pub first_name: String,
    #[serde(default)]
    pub username: String,
}

/// The part of a sent message that we use.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct SentMessage {
    pub message_id: i64,
}

impl BotApi {
    /// `base_url` is `https://api.telegram.org` or an emulator's.
    pub fn new(http: reqwest::Client, base_url: &str, token: SecretString) -> Self {
        Self { http, base_url: base_url.trim_end_matches('/').to_owned(), token }
    }

    /// Who the token belongs to.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn get_me(&self) -> Result<Me, ApiError> {
        self.call("getMe", &json!({})).await
    }

    /// Waits up to `wait` for updates from `offset` on; everything below `offset` is acknowledged.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn get_updates(&self, offset: i64, wait: Duration) -> Result<Vec<Value>, ApiError> {
        let params = json!({
            "offset": offset,
            "limit": 100,
            "timeout": wait.as_secs(),
            "allowed_updates": ALLOWED_UPDATES,
        });
        let request = self.request("getUpdates").json(&params).timeout(wait + PATIENCE);
        read(request).await
    }

    /// # Errors
    /// [`ApiError`].
    pub async fn set_webhook(&self, url: &str, secret: &str) -> Result<(), ApiError> {
        let params = json!({ "url": url, "secret_token": secret, "allowed_updates": ALLOWED_UPDATES });
        self.call::<bool>("setWebhook", &params).await.map(drop)
    }

    /// Keeps what waits, so that polling receives it.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn delete_webhook(&self) -> Result<(), ApiError> {
        self.call::<bool>("deleteWebhook", &json!({})).await.map(drop)
    }

    /// # Errors
    /// [`ApiError`].
    pub async fn call<T: DeserializeOwned>(&self, method: &str, params: &Value) -> Result<T, ApiError> {
        read(self.request(method).json(params).timeout(PATIENCE)).await
    }

    /// A call that is worth nothing later.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn call_within<T: DeserializeOwned>(
        &self,
        method: &str,
        params: &Value,
        patience: Duration,
    ) -> Result<T, ApiError> {
        read(self.request(method).json(params).timeout(patience)).await
    }

    /// A call with a file, as a form.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn upload<T: DeserializeOwned>(
        &self,
        method: &str,
        params: &Value,
        file: Upload,
    ) -> Result<T, ApiError> {
        let mut form = multipart::Form::new();
        for (name, value) in params.as_object().into_iter().flatten() {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            form = form.text(name.clone(), text);
        }
        let length = file.content.len() as u64;
        let part = multipart::Part::stream_with_length(file.content, length)
            .file_name(file.file_name)
            .mime_str(file.mime)?;
        read(self.request(method).multipart(form.part(file.field, part)).timeout(PATIENCE)).await
    }

    fn request(&self, method: &str) -> RequestBuilder {
        self.http.post(format!("{}/bot{}/{method}", self.base_url, self.token.expose_secret()))
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Answer<T> {
    Result { result: T },
    Refused(Refusal),
}

async fn read<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, ApiError> {
    let response = request.send().await?;
    let status = response.status();
    let body = response.bytes().await?;
    match serde_json::from_slice(&body) {
        Ok(Answer::Result { result }) => Ok(result),
        Ok(Answer::Refused(refusal)) => Err(refusal.into()),
        // A proxy's page, for example.
        Err(_) => Err(ApiError::Unavailable(format!("an answer of another form, HTTP {status}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_error_never_holds_the_token() {
        let http = reqwest::Client::builder().build().unwrap();
        // Port 9 on loopback: nothing listens.
        let api = BotApi::new(http, "http://127.0.0.1:9", SecretString::from("123456:very-secret"));
        let error = api.get_me().await.unwrap_err();
        assert!(matches!(error, ApiError::NoConnection(_)));
        assert!(!format!("{error} {error:?} {api:?}").contains("very-secret"));
    }
}
