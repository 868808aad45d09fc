//! Turns what handlers, panics and time-outs leave behind into a page that says what to do.

use std::any::Any;

use app::pages::public::{ErrorKind, ErrorPage};
use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::StatusCode;

use super::{log::RequestId, session::Session};
use crate::{
    state::AppState,
    web::{error::WebError, page_context},
};

pub async fn show(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let asked = parts.clone();
    let mut answer = next.run(Request::from_parts(parts, body)).await;
    let kind = answer.extensions_mut().remove::<ErrorKind>().or_else(|| kind_of(&answer));
    let Some(kind) = kind else { return answer };
    let session = answer.extensions().get::<Session>().cloned();
    let context = page_context::build(&state, &asked, session.as_ref()).await;
    let request_id = asked.extensions.get::<RequestId>().map(|id| id.0.to_string());
    let mut page = app::ssr::render(context, answer.status(), ErrorPage { kind, request_id });
    // Cookies and Retry-After of the failed answer stay.
    for (name, value) in answer.headers() {
        if name == http::header::SET_COOKIE
            || name == http::header::RETRY_AFTER
            || name == http::header::ALLOW
        {
            page.headers_mut().append(name, value.clone());
        }
    }
    page
}

/// What a panicking handler leaves behind. The panic itself is in the log already.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    tracing::error!("a handler panicked");
    WebError::Panicked.into_response()
}

/// Answers that were not made by us: a time-out, a body that is too large.
fn kind_of(answer: &Response) -> Option<ErrorKind> {
    let has_body = answer.headers().contains_key(http::header::CONTENT_TYPE);
    match answer.status() {
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT if !has_body => {
            Some(ErrorKind::Unavailable)
        }
        StatusCode::NOT_FOUND if !has_body => Some(ErrorKind::NotFound),
        StatusCode::METHOD_NOT_ALLOWED if !has_body => Some(ErrorKind::NotFound),
        _ => None,
    }
}
