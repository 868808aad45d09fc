//! `verify-money` for the platform's own sales: what customers paid for their packages.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::rules;
use crate::{
    db::{Conn, MasterDb, StoreError},
    entities::master::{
        ledger_entry,
        package_payment::{self, PackagePaymentState},
        package_subscription,
    },
    shop::ledger::{
        service::REVENUE,
        verify::{Breach, books, breach, nothing_unread},
    },
};

/// Checks the platform. Empty means that all invariants hold: I1 every transaction sums to zero; I3
/// what is paid runs, or ran, as long as it was paid for; I7 no event lies unread; I9 each payment is
/// booked once, as asked; I11 the books are an unbroken chain.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn platform(master: &MasterDb) -> Result<Vec<Breach>, StoreError> {
    let mut breaches = books(master).await?;
    breaches.extend(nothing_unread(master, master.clock().now()).await?);
    breaches.extend(paid_is_booked(master).await?);
    breaches.extend(paid_runs(master).await?);
    Ok(breaches)
}

/// I9.
async fn paid_is_booked(master: &MasterDb) -> Result<Vec<Breach>, StoreError> {
    let mut booked: HashMap<String, i64> = HashMap::new();
    for row in ledger_entry::Entity::find().all(master.raw()).await? {
        if row.account == REVENUE {
            *booked.entry(row.order_ref).or_default() -= row.amount_minor;
        }
    }
    let mut breaches = Vec::new();
    for payment in package_payment::Entity::find().all(master.raw()).await? {
        let due = if payment.state == PackagePaymentState::Paid { payment.amount_minor } else { 0 };
        let booked = booked.get(&payment.id.to_string()).copied().unwrap_or(0);
        if booked != due {
            breaches.push(breach("I9", format!("payment {}: {booked} booked, {due} due", payment.id)));
        }
    }
    Ok(breaches)
}

/// I3.
async fn paid_runs(master: &MasterDb) -> Result<Vec<Breach>, StoreError> {
    let ends: HashMap<_, _> = package_subscription::Entity::find()
        .all(master.raw())
        .await?
        .into_iter()
        .map(|row| (row.customer_id, row.period_end))
        .collect();
    let paid = package_payment::Entity::find()
        .filter(package_payment::COLUMN.state.eq(PackagePaymentState::Paid))
        .all(master.raw())
        .await?;
    let cut_short = paid.into_iter().filter(|payment| {
        let whole = payment.paid_at.map(|at| rules::period_end(at, payment.cycle));
        ends.get(&payment.customer_id).copied() < whole || whole.is_none()
    });
    Ok(cut_short
        .map(|payment| breach("I3", format!("payment {} has no package that runs so long", payment.id)))
        .collect())
}
