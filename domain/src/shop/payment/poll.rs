//! Looking after a payment of which nobody tells, and the end of orders that are not paid.

use chrono::Duration;

use super::{
    Providers, card,
    settle::{self, Settled},
};
use crate::{
    db::{StoreError, TenantDb},
    entities::tenant::order::OrderState,
    ids::OrderId,
    jobs::JobError,
    shop::{order::service as orders, wallet::service as wallet},
};

/// Polling goes on this long after an order ran out: a payment can be late.
pub(in crate::shop) const POLL_AFTER_EXPIRY: Duration = Duration::days(7);

/// The job that does not wait for a webhook.
///
/// # Errors
/// [`JobError::Retry`] until the outcome is known or no longer to be expected.
pub async fn poll(db: &TenantDb, all: &Providers, id: OrderId, attempts: i32) -> Result<(), JobError> {
    let tx = db.read().await?;
    let Some(order) = orders::find(&tx, id).await? else { return Ok(()) };
    let now = tx.now();
    drop(tx);
    if order.provider == card::NAME {
        return card::expiry::expire(db, id).await;
    }
    if wallet::is_open(&order, now) {
        return Err(JobError::retry_after("the order waits for its buyer", order.expires_at - now));
    }
    if wallet::is_payer(&order) && order.state == OrderState::New {
        return Ok(give_up(db, id).await?);
    }
    let Some(payment) = order.provider_payment_id.clone() else { return Ok(()) };
    if !matches!(order.state, OrderState::Pending | OrderState::Expired) {
        return Ok(());
    }
    match settle::settle(db, all, &order.provider, &payment).await? {
        // A payment that the provider does not know may be one that it does not show yet.
        Settled::StillPending | Settled::Unknown => {
            if now > order.expires_at {
                give_up(db, id).await?;
            }
            if now > order.expires_at + POLL_AFTER_EXPIRY {
                return Ok(());
            }
            let minutes =
                [2, 5, 15, 60].get(usize::try_from(attempts - 1).unwrap_or(0)).copied().unwrap_or(60);
            Err(JobError::retry_after(
                "the provider does not know the outcome yet",
                Duration::minutes(minutes),
            ))
        }
        Settled::Done => Ok(()),
    }
}

async fn give_up(db: &TenantDb, id: OrderId) -> Result<(), StoreError> {
    let tx = db.write().await?;
    if let Some(order) = orders::lock(&tx, id).await? {
        orders::advance(&tx, &order, OrderState::Expired).await?;
    }
    tx.commit().await
}
