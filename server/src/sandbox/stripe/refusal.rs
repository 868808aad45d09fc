//! Why an operation is refused (<https://docs.stripe.com/api/errors>).

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

pub(super) type Answer = Result<Value, Refusal>;

#[derive(Debug)]
pub(super) struct Refusal {
    pub status: StatusCode,
    pub kind: &'static str,
    pub code: Option<&'static str>,
    pub message: String,
    pub param: Option<String>,
}

impl Refusal {
    pub(super) fn invalid(param: &str, message: impl Into<String>) -> Self {
        let (kind, param) = ("invalid_request_error", Some(param.to_owned()));
        Self { status: StatusCode::BAD_REQUEST, kind, code: None, message: message.into(), param }
    }

    pub(super) fn missing(param: &str) -> Self {
        Self {
            code: Some("parameter_missing"),
            ..Self::invalid(param, format!("Missing required param: {param}."))
        }
    }

    pub(super) fn no_such(noun: &str, id: &str) -> Self {
        let message = format!("No such {noun}: '{id}'");
        let status = StatusCode::NOT_FOUND;
        Self { status, code: Some("resource_missing"), ..Self::invalid("id", message) }
    }

    pub(super) fn unauthorized(message: &str) -> Self {
        Self { status: StatusCode::UNAUTHORIZED, ..Self::bare(message.to_owned()) }
    }

    pub(super) fn unknown_address(message: String) -> Self {
        Self { status: StatusCode::NOT_FOUND, ..Self::bare(message) }
    }

    pub(super) fn body(&self) -> Value {
        let mut error = Map::from_iter([
            ("type".to_owned(), json!(self.kind)),
            ("message".to_owned(), json!(self.message)),
        ]);
        if let Some(code) = self.code {
            error.insert("code".into(), json!(code));
            error.insert("doc_url".into(), json!(format!("https://stripe.com/docs/error-codes/{code}")));
        }
        if let Some(param) = &self.param {
            error.insert("param".into(), json!(param));
        }
        json!({ "error": error })
    }

    fn bare(message: String) -> Self {
        let (status, kind) = (StatusCode::BAD_REQUEST, "invalid_request_error");
        Self { status, kind, code: None, message, param: None }
    }
}
