//! The end of an order that is to be paid from card to card. There is nobody to ask: without a receipt
//! it runs out, with one it waits for a person.

use super::NAME;
use crate::{
    db::TenantDb,
    entities::tenant::order::OrderState,
    ids::OrderId,
    jobs::JobError,
    shop::{
        order::{rules::is_open, service as orders},
        receipt::service as receipts,
    },
};

/// The job that ends it.
///
/// # Errors
/// [`JobError::Retry`] until its time has come.
pub(in crate::shop) async fn expire(db: &TenantDb, id: OrderId) -> Result<(), JobError> {
    let tx = db.write().await?;
    let order = orders::lock(&tx, id).await?.filter(|order| order.provider == NAME && is_open(order.state));
    let Some(order) = order else { return Ok(()) };
    // Whoever rejects the receipt sets a new end.
    if receipts::is_under_review(&tx, id).await? {
        return Ok(());
    }
    let left = order.expires_at - tx.now();
    if left > chrono::Duration::zero() {
        return Err(JobError::retry_after("its time has not come", left));
    }
    orders::advance(&tx, &order, OrderState::Expired).await?;
    Ok(tx.commit().await?)
}
