//! `/healthz`: the process answers. `/readyz`: it can do its work.

use axum::extract::State;
use http::StatusCode;

use crate::state::AppState;

pub async fn alive() -> &'static str {
    "ok"
}

/// 503 while starting to shut down and when the database does not answer.
pub async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    if state.stopping.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    match state.master().ping().await {
        Ok(()) => (StatusCode::OK, "ready"),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "database")
        }
    }
}
