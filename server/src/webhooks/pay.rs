//! `POST /pay/{tenant}/{provider}`: a payment provider reports to a shop. Kept before it is answered,
//! and answered with 200 only then.

use axum::{
    body::Bytes,
    extract::{Path, State},
};
use domain::{
    db::StoreError,
    faults,
    ids::TenantId,
    ports::RefusedWebhook,
    shop::payment::intake::{self, IntakeError},
};
use http::{HeaderMap, StatusCode};

use crate::state::AppState;

pub async fn post(
    State(state): State<AppState>,
    Path((tenant, provider)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let Ok(tenant) = tenant.parse::<TenantId>() else { return StatusCode::NOT_FOUND };
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    match receive(&state, tenant, &provider, &header, &body).await {
        Ok(_) => {
            faults::hit(faults::WEBHOOK_ANSWER_BEFORE);
            StatusCode::OK
        }
        Err(IntakeError::NoProvider | IntakeError::Store(StoreError::NoTenant(_))) => StatusCode::NOT_FOUND,
        // The provider brings these again.
        Err(IntakeError::Refused(RefusedWebhook::KeyUnknown)) => StatusCode::SERVICE_UNAVAILABLE,
        Err(IntakeError::Refused(_)) => StatusCode::BAD_REQUEST,
        Err(IntakeError::TooMany) => StatusCode::TOO_MANY_REQUESTS,
        Err(IntakeError::Store(error)) => {
            tracing::error!(%tenant, provider, %error, "a payment webhook could not be kept");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

async fn receive(
    state: &AppState,
    tenant: TenantId,
    provider: &str,
    header: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
    body: &[u8],
) -> Result<intake::Received, IntakeError> {
    let db = state.store.open(tenant).await?;
    intake::receive(&db, &state.providers, provider, header, body).await
}
