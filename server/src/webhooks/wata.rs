//! `POST /pay/{tenant}/wata`: Wata reports here like any provider, and asks here before it takes a
//! payer's money. The question has ten seconds, or the payment is declined: it is answered from memory,
//! and from the shop's own row where the memory is younger than the order. No panel and no lock is
//! waited for.

use std::time::Duration;

use axum::{
    body::Bytes,
    extract::{Path, State},
};
use domain::{
    db::StoreError,
    entities::tenant::order::OrderState,
    ids::{OrderId, TenantId},
    shop::order::service as orders,
};
use http::{HeaderMap, StatusCode};

use super::pay;
use crate::{
    providers::payments::wata::{PayerHook, hook},
    state::AppState,
};

/// Within this the shop's database says whether the order is open.
const LOOK: Duration = Duration::from_millis(800);

pub async fn post(
    State(state): State<AppState>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let shop = tenant.parse::<TenantId>();
    match (hook(&body), shop) {
        // Nothing changes and nothing is told that the order's id does not give away: no signature is
        // asked for, whose key may have to be fetched first.
        (Some(PayerHook::MayItPay(order)), Ok(shop)) => match order {
            Some(order) => may_pay(&state, shop, order).await,
            None => StatusCode::NOT_FOUND,
        },
        (told, shop) => {
            let status = pay::post(State(state.clone()), Path((tenant, "wata".into())), headers, body).await;
            if let (Some(PayerHook::Paid(order)), Ok(shop), StatusCode::OK) = (told, shop, status) {
                state.open_orders.forget(shop, order);
            }
            status
        }
    }
}

async fn may_pay(state: &AppState, shop: TenantId, order: OrderId) -> StatusCode {
    if state.open_orders.is_open(shop, order) {
        return StatusCode::OK;
    }
    match tokio::time::timeout(LOOK, take_up(state, shop, order)).await {
        Ok(Ok(true)) => StatusCode::OK,
        Ok(Ok(false) | Err(StoreError::NoTenant(_))) => StatusCode::NOT_FOUND,
        Ok(Err(_)) | Err(_) => {
            tracing::error!(tenant = %shop, %order, "a payment had to be declined: the shop's data did not answer");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

/// After a restart: whether the order can be paid by what the shop's own row says.
async fn take_up(state: &AppState, shop: TenantId, order: OrderId) -> Result<bool, StoreError> {
    let db = state.store.open(shop).await?;
    let tx = db.read().await?;
    let found = orders::find(&tx, order).await?.filter(|order| order.provider == "wata");
    let Some(found) = found else { return Ok(false) };
    let is_open = matches!(found.state, OrderState::New | OrderState::Pending);
    if is_open {
        state.open_orders.keep(shop, order, found.expires_at, state.clock().now());
    }
    Ok(is_open)
}
