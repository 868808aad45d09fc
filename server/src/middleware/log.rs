//! One log line a request, with an id that the error page shows too.
//!
//! The route's pattern is logged and never the path: paths can hold tokens, queries more.

use std::{sync::Arc, time::Instant};

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use http::HeaderValue;
use tracing::Instrument as _;

/// Names one request in logs and on error pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(pub Arc<str>);

pub async fn log(mut request: Request, next: Next) -> Response {
    let id: Arc<str> = uuid::Uuid::new_v4().simple().to_string()[..12].into();
    request.extensions_mut().insert(RequestId(id.clone()));
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let span = tracing::info_span!("request", id = %id, %method, route);
    let began = Instant::now();
    let mut answer = next.run(request).instrument(span.clone()).await;
    if let Ok(id) = HeaderValue::from_str(&id) {
        answer.headers_mut().insert("x-request-id", id);
    }
    let (status, took_ms) = (answer.status().as_u16(), began.elapsed().as_millis());
    let quiet = route.starts_with("/emulator/") || route.ends_with("z") || route == "none";
    span.in_scope(|| match status {
        500.. => tracing::error!(status, took_ms, "answered"),
        _ if quiet => tracing::debug!(status, took_ms, "answered"),
        _ => tracing::info!(status, took_ms, "answered"),
    });
    answer
}
