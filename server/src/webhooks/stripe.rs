//! `POST /webhooks/stripe`: kept before it is answered, and answered with 200 only then.

use axum::{body::Bytes, extract::State};
use domain::{
    faults,
    platform::billing::intake::{self, Intake},
};
use http::{HeaderMap, StatusCode};

use crate::state::AppState;

pub async fn post(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers.get("stripe-signature").and_then(|value| value.to_str().ok());
    match intake::take(state.master(), &*state.billing, signature, &body).await {
        Ok(Intake::Accepted | Intake::Duplicate) => {
            faults::hit(faults::BILLING_ANSWER_BEFORE);
            StatusCode::OK
        }
        Ok(Intake::Refused(_)) => StatusCode::BAD_REQUEST,
        // Stripe sends it again.
        Err(error) => {
            tracing::error!(%error, "a webhook could not be kept");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
