//! The shapes in which Marzban says no. A refused field is an object of field and message, unlike
//! FastAPI's own list (transcript 1, "short name").

use std::collections::BTreeMap;

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

/// A refusal.
#[derive(Debug)]
pub(super) enum Refusal {
    Detail(StatusCode, &'static str),
    Text(StatusCode, String),
    Fields(BTreeMap<String, String>),
    /// The panel's code fell over.
    Crash,
}

impl Refusal {
    pub(super) const USER_NOT_FOUND: Self = Self::Detail(StatusCode::NOT_FOUND, "User not found");
    pub(super) const NOT_FOUND: Self = Self::Detail(StatusCode::NOT_FOUND, "Not Found");
    pub(super) const NOT_ALLOWED: Self = Self::Detail(StatusCode::FORBIDDEN, "You're not allowed");

    pub(super) fn field(name: &str, message: impl Into<String>) -> Self {
        Self::Fields(BTreeMap::from([(name.to_owned(), message.into())]))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Detail(status, text) => detail(status, text),
            Self::Text(status, text) => detail(status, &text),
            Self::Fields(fields) => {
                (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "detail": fields }))).into_response()
            }
            Self::Crash => (StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error").into_response(),
        }
    }
}

pub(super) async fn not_found() -> Refusal {
    Refusal::NOT_FOUND
}

pub(super) async fn method_not_allowed() -> Refusal {
    Refusal::Detail(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed")
}

fn detail(status: StatusCode, text: &str) -> Response {
    let mut answer = (status, Json(json!({ "detail": text }))).into_response();
    if status == StatusCode::UNAUTHORIZED {
        answer.headers_mut().insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Bearer"));
    }
    answer
}
