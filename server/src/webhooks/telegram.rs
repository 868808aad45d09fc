//! `POST /tg/{public_id}`: a bot's update. The manager knows the bot by its public id, compares the
//! secret and answers when the update is handled or stored.

use axum::{
    body::Bytes,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use bots::{WebhookAnswer, webhook::SECRET_HEADER};
use http::{HeaderMap, StatusCode, header};

use crate::state::AppState;

pub async fn post(
    State(state): State<AppState>,
    Path(public_id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let secret = headers.get(SECRET_HEADER).and_then(|value| value.to_str().ok());
    match state.bots.webhook(&public_id, secret, &body).await {
        WebhookAnswer::Acknowledged => StatusCode::OK.into_response(),
        WebhookAnswer::Unauthorized => StatusCode::UNAUTHORIZED.into_response(),
        WebhookAnswer::NotFound => StatusCode::NOT_FOUND.into_response(),
        WebhookAnswer::Busy { retry_after } => {
            let wait = [(header::RETRY_AFTER, retry_after.to_string())];
            (StatusCode::SERVICE_UNAVAILABLE, wait).into_response()
        }
    }
}
