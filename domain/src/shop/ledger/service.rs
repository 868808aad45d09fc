//! Booking.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use crate::{
    db::{Conn, StoreError},
    entities::tenant::ledger_entry::{ActiveModel, Entity},
    ids::{RowId, TransactionId},
    money::Money,
};

/// What comes in from sales.
pub const REVENUE: &str = "revenue";

/// The account in which a provider holds our money until it pays out.
pub fn clearing(provider: &str, account: &str) -> String {
    format!("provider:{provider}:{account}")
}

/// Money that moved from one account to another.
#[derive(Clone, Debug)]
pub struct Booking<'a> {
    pub order_ref: String,
    /// Grows by the amount.
    pub debit: &'a str,
    /// Shrinks by the amount.
    pub credit: &'a str,
    pub amount: Money,
    pub kind: &'a str,
    /// Unique for each movement at the provider: the same one is booked once.
    pub provider_ref: String,
    pub at: DateTime<Utc>,
}

/// Writes both sides. Returns false when this movement is in the books already.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn book(tx: &impl Conn, booking: Booking<'_>) -> Result<bool, StoreError> {
    let transaction = TransactionId::new();
    let side = |account: &str, minor: i64| ActiveModel {
        id: Set(RowId::new()),
        transaction_id: Set(transaction),
        order_ref: Set(booking.order_ref.clone()),
        account: Set(account.to_owned()),
        amount_minor: Set(minor),
        currency: Set(booking.amount.currency),
        kind: Set(booking.kind.to_owned()),
        provider_ref: Set(booking.provider_ref.clone()),
        created_at: Set(booking.at),
    };
    let rows = [side(booking.debit, booking.amount.minor), side(booking.credit, -booking.amount.minor)];
    let keep = OnConflict::new().do_nothing().to_owned();
    let written = Entity::insert_many(rows).on_conflict(keep).exec_without_returning(tx.raw()).await?;
    Ok(written == 2)
}
