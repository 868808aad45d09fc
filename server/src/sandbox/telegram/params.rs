//! The arguments of a call, however they came: query string, urlencoded form, JSON or multipart.
//!
//! Telegram reads every argument as text (<https://core.telegram.org/bots/api#making-requests>), so
//! a number may come as `"5"`, a flag as `"true"`, and an object as a JSON string.

use std::collections::HashMap;

use axum::{
    body::to_bytes,
    extract::{FromRequest, Multipart, Request},
    http::header,
};
use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::error::ApiError;

/// Telegram takes uploads of up to 50 MB (<https://core.telegram.org/bots/api#sending-files>).
pub const MAX_BODY_BYTES: usize = 51 * 1024 * 1024;

/// A file that came with a multipart call.
#[derive(Clone, Debug)]
pub struct Upload {
    pub name: String,
    pub mime: Option<String>,
    pub bytes: Bytes,
}

/// What a file argument may be: <https://core.telegram.org/bots/api#sending-files>.
#[derive(Clone, Debug)]
pub enum FileArgument {
    Upload(Upload),
    FileId(String),
    Url(String),
}

#[derive(Clone, Debug, Default)]
pub struct Params {
    values: Map<String, Value>,
    files: HashMap<String, Upload>,
}

impl Params {
    /// Reads query string and body.
    ///
    /// # Errors
    /// 413 for a body that is too long, 400 for one that cannot be parsed.
    pub async fn read(request: Request) -> Result<Self, ApiError> {
        let mut params = Self::default();
        params.read_form(request.uri().query().unwrap_or_default().as_bytes());
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_ascii_lowercase();
        if kind.starts_with("multipart/form-data") {
            params.read_multipart(request).await?;
            return Ok(params);
        }
        let body = to_bytes(request.into_body(), MAX_BODY_BYTES)
            .await
            .map_err(|_| ApiError::new(413, "Request Entity Too Large"))?;
        if kind.starts_with("application/json") {
            params.read_json(&body)?;
        } else {
            params.read_form(&body);
        }
        Ok(params)
    }

    fn read_form(&mut self, form: &[u8]) {
        for (name, value) in url::form_urlencoded::parse(form) {
            self.values.insert(name.into_owned(), Value::String(value.into_owned()));
        }
    }

    fn read_json(&mut self, body: &[u8]) -> Result<(), ApiError> {
        if body.is_empty() {
            return Ok(());
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(values)) => {
                self.values.extend(values.into_iter().filter(|(_, value)| !value.is_null()));
                Ok(())
            }
            _ => Err(ApiError::bad_request("can't parse JSON object")),
        }
    }

    async fn read_multipart(&mut self, request: Request) -> Result<(), ApiError> {
        let broken = |_| ApiError::bad_request("can't parse multipart/form-data");
        let mut form = Multipart::from_request(request, &())
            .await
            .map_err(|_| ApiError::bad_request("boundary not found"))?;
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            let file_name = field.file_name().map(str::to_owned);
            let mime = field.content_type().map(str::to_owned);
            let bytes = field.bytes().await.map_err(broken)?;
            let is_binary = mime.as_deref().is_some_and(|mime| !mime.starts_with("text/plain"));
            if file_name.is_some() || is_binary {
                let file_name = file_name.unwrap_or_else(|| name.clone());
                self.files.insert(name, Upload { name: file_name, mime, bytes });
            } else {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                self.values.insert(name, Value::String(text));
            }
        }
        Ok(())
    }

    /// Puts a file in the place of the URL that named it.
    pub fn attach(&mut self, name: &str, upload: Upload) {
        self.values.remove(name);
        self.files.insert(name.to_owned(), upload);
    }

    /// The arguments with files shown by name and size, for the record of calls.
    pub fn recorded(&self) -> Value {
        let mut values = self.values.clone();
        for (name, file) in &self.files {
            values.insert(name.clone(), json!({"file_name": file.name, "bytes": file.bytes.len()}));
        }
        for value in values.values_mut() {
            if let Value::String(text) = value
                && text.starts_with(['{', '['])
                && let Ok(parsed) = serde_json::from_str(text)
            {
                *value = parsed;
            }
        }
        Value::Object(values)
    }

    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(name) || self.files.contains_key(name)
    }

    /// The argument as text; `None` when it is missing or empty.
    pub fn text(&self, name: &str) -> Option<String> {
        match self.values.get(name)? {
            Value::String(text) if text.is_empty() => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }

    pub fn integer(&self, name: &str) -> Option<i64> {
        match self.values.get(name)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// `true`, `yes` and `1` are true in any case, everything else is false.
    pub fn flag(&self, name: &str) -> bool {
        match self.values.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::Number(number)) => number.as_i64() == Some(1),
            Some(Value::String(text)) => matches!(text.to_ascii_lowercase().as_str(), "true" | "yes" | "1"),
            _ => false,
        }
    }

    /// A JSON-serialised argument; `None` when it is missing or empty.
    ///
    /// # Errors
    /// 400 with `complaint` when it is not JSON.
    pub fn json(&self, name: &str, complaint: &str) -> Result<Option<Value>, ApiError> {
        match self.values.get(name) {
            None => Ok(None),
            Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
            Some(Value::String(text)) => {
                serde_json::from_str(text).map(Some).map_err(|_| ApiError::bad_request(complaint))
            }
            Some(other) => Ok(Some(other.clone())),
        }
    }

    /// A file argument: the upload itself, `attach://part`, a URL, or a file id.
    pub fn file(&self, name: &str) -> Option<FileArgument> {
        if let Some(upload) = self.files.get(name) {
            return Some(FileArgument::Upload(upload.clone()));
        }
        let text = self.text(name)?;
        if let Some(part) = text.strip_prefix("attach://") {
            return self.files.get(part).cloned().map(FileArgument::Upload);
        }
        let is_url = text.starts_with("http://") || text.starts_with("https://");
        Some(if is_url { FileArgument::Url(text) } else { FileArgument::FileId(text) })
    }
}
