//! Why a page cannot be shown. The page that says so is made around the handler, where the reader's
//! language is known.

use app::pages::public::ErrorKind;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{db::StoreError, error::Explain, locale::Args, units::Bytes};
use http::StatusCode;

/// What a handler answers.
pub type WebResult = Result<Response, WebError>;

#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// Also what belongs to somebody else: the two cannot be told apart.
    #[error("not found")]
    NotFound,
    #[error("forbidden")]
    Forbidden,
    /// A form that one of our own pages did not send.
    #[error("sent from another site")]
    OtherSite,
    /// Not all of it arrived.
    #[error("unreadable")]
    BadRequest,
    #[error("too large")]
    TooLarge { limit: Bytes },
    /// Nobody is signed in; afterwards the reader goes on to this path.
    #[error("not signed in")]
    SignIn { next: String },
    /// The reader has to be elsewhere first.
    #[error("go to {0}")]
    GoTo(String),
    /// Something outside does not answer; trying again helps.
    #[error("unavailable: {0}")]
    Unavailable(String),
    #[error("too many requests")]
    TooMany,
    #[error("a handler panicked")]
    Panicked,
    /// Logged here with the request's id, and never shown.
    #[error("{0}")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl WebError {
    pub fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Internal(Box::new(error))
    }
}

/// The text that tells the reader of an error: its key and values.
///
/// # Errors
/// [`WebError::Internal`] for what nobody can be told about.
pub fn explained<E>(error: E) -> Result<(&'static str, Args), WebError>
where
    E: Explain + std::error::Error + Send + Sync + 'static,
{
    error.explain().ok_or_else(|| WebError::internal(error))
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> Self {
        Self::internal(error)
    }
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let (status, kind) = match self {
            Self::NotFound => (StatusCode::NOT_FOUND, ErrorKind::NotFound),
            Self::Forbidden => (StatusCode::FORBIDDEN, ErrorKind::Forbidden),
            Self::OtherSite => (StatusCode::FORBIDDEN, ErrorKind::OtherSite),
            Self::BadRequest => (StatusCode::BAD_REQUEST, ErrorKind::BadRequest),
            Self::TooLarge { limit } => (StatusCode::PAYLOAD_TOO_LARGE, ErrorKind::TooLarge { limit }),
            Self::TooMany => (StatusCode::TOO_MANY_REQUESTS, ErrorKind::TooMany),
            Self::SignIn { next } => {
                let query: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
                return Redirect::to(&format!("/login?next={query}")).into_response();
            }
            Self::GoTo(path) => return Redirect::to(&path).into_response(),
            Self::Unavailable(reason) => {
                tracing::warn!(reason, "cannot be done now");
                (StatusCode::SERVICE_UNAVAILABLE, ErrorKind::Unavailable)
            }
            Self::Panicked => (StatusCode::INTERNAL_SERVER_ERROR, ErrorKind::Internal),
            Self::Internal(error) => {
                tracing::error!(%error, "a request failed");
                (StatusCode::INTERNAL_SERVER_ERROR, ErrorKind::Internal)
            }
        };
        let mut answer = status.into_response();
        answer.extensions_mut().insert(kind);
        answer
    }
}
