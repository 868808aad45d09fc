//! What `verify-money` knows of receipts. One that waits for a person is no breach, however long.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};
use sea_orm::EntityTrait;

use super::jobs::FetchReceipt;
use crate::{
    db::{StoreError, TenantConn},
    entities::tenant::{
        order::{self, OrderState},
        receipt::{Entity, Model, ReceiptState},
    },
    jobs::{Job, open_jobs},
    shop::{
        ledger::verify::{Breach, breach},
        payment::card,
    },
};

/// A picture may be on its way for so long before somebody has to look.
const ON_ITS_WAY: Duration = Duration::minutes(5);

/// I7: each picture is here or has a job that fetches it. I9: an order is paid from card to card because
/// one receipt was approved, and for no other reason.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn check(
    tx: &impl TenantConn,
    orders: &[order::Model],
    now: DateTime<Utc>,
) -> Result<Vec<Breach>, StoreError> {
    let receipts = Entity::find().all(tx.raw()).await?;
    let jobs = open_jobs(tx).await?.into_iter().filter(|job| job.kind == FetchReceipt::KIND);
    let fetched: HashSet<_> = jobs.filter_map(|job| job.dedupe_key).collect();
    let is_lost = |receipt: &&Model| {
        let is_here = receipt.sha256.is_some() || receipt.unread.is_some();
        !is_here && receipt.created_at < now - ON_ITS_WAY && !fetched.contains(&receipt.id.to_string())
    };
    let lost = receipts.iter().filter(is_lost);
    let mut breaches: Vec<_> = lost
        .map(|receipt| breach("I7", format!("nothing fetches the picture of receipt {}", receipt.id)))
        .collect();
    let approved = receipts.iter().filter(|receipt| receipt.state == ReceiptState::Approved);
    let approved: HashMap<_, _> = approved.map(|receipt| (receipt.order_id, receipt.id)).collect();
    for order in orders.iter().filter(|order| order.provider == card::NAME) {
        let is_settled = OrderState::PAID_ONCE.contains(&order.state) || order.state == OrderState::Mismatch;
        match (is_settled, approved.get(&order.id)) {
            (true, None) => {
                breaches
                    .push(breach("I9", format!("order {} is paid and has no approved receipt", order.id)));
            }
            (false, Some(receipt)) => {
                breaches
                    .push(breach("I9", format!("receipt {receipt} is approved and its order is not paid")));
            }
            _ => {}
        }
    }
    Ok(breaches)
}
