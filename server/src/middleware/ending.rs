//! The last moment of a process that a fault point ends.

use std::future::pending;

use axum::{extract::Request, middleware::Next, response::Response};
use domain::faults;

/// Takes nothing in and answers nothing from the moment on at which the emulators' states are kept:
/// what they do after that is lost with the process, so nobody may have heard of it.
pub async fn say_no_more(request: Request, next: Next) -> Response {
    if faults::is_ending() {
        return pending().await;
    }
    let answer = next.run(request).await;
    if faults::is_ending() {
        return pending().await;
    }
    answer
}
