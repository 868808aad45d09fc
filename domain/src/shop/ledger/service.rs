//! Booking.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder,
};

use super::chain;
use crate::{
    db::{Conn, StoreError},
    entities::tenant::ledger_entry::{COLUMN, Column, Entity, Model},
    ids::{RowId, TransactionId, UserId},
    money::{Currency, Money},
};

/// What comes in from sales.
pub const REVENUE: &str = "revenue";
/// What went back to buyers.
pub const REFUNDS: &str = "refunds";
/// What a bank took back.
pub const DISPUTES: &str = "disputes";

/// What buyers were given back after they had spent it.
pub const LOSSES: &str = "losses";

/// The kinds of booking: an order's money came.
pub const PAYMENT: &str = "payment";
/// Money came for its buyer's wallet.
pub const TOP_UP: &str = "top_up";
/// That went back.
pub const TOP_UP_BACK: &str = "top_up_back";
/// A bank took money back.
pub const DISPUTE: &str = "dispute";

/// How the accounts begin that hold what lies at providers.
pub const CLEARING: &str = "provider:";

/// The account in which a provider holds our money until it pays out.
pub fn clearing(provider: &str, account: &str) -> String {
    format!("{CLEARING}{provider}:{account}")
}

/// How the accounts begin that hold what the shop owes its users.
pub const WALLETS: &str = "wallet:";

/// What the shop owes a user.
pub fn wallet(user: UserId) -> String {
    format!("{WALLETS}{user}")
}

/// Money that moved between accounts.
#[derive(Clone, Debug)]
pub struct Booking<'a> {
    pub order_ref: String,
    pub kind: &'a str,
    /// Unique, with the kind, for each movement: the same one is booked once.
    pub provider_ref: String,
    pub at: DateTime<Utc>,
    pub legs: Vec<Leg>,
}

/// An account and by how much it grows; a negative amount shrinks it.
#[derive(Clone, Debug)]
pub struct Leg {
    pub account: String,
    pub amount: Money,
}

impl Leg {
    pub fn new(account: impl Into<String>, minor: i64, currency: Currency) -> Self {
        Self { account: account.into(), amount: Money::new(minor, currency) }
    }
}

/// Writes all legs at the end of the chain. Returns false when this movement is in the books already.
///
/// # Errors
/// [`StoreError::Database`], also when the legs do not sum to zero in each currency.
pub async fn book(tx: &impl Conn, booking: Booking<'_>) -> Result<bool, StoreError> {
    balanced(&booking)?;
    wait_for_turn(tx).await?;
    let booked = Entity::find()
        .filter(COLUMN.provider_ref.eq(booking.provider_ref.as_str()))
        .filter(COLUMN.kind.eq(booking.kind))
        .count(tx.raw())
        .await?;
    if booked > 0 {
        return Ok(false);
    }
    let last = Entity::find().order_by_desc(Column::Seq).one(tx.raw()).await?;
    let (mut seq, mut hash) = last.map_or((0, String::new()), |row| (row.seq, row.hash));
    let transaction = TransactionId::new();
    for leg in &booking.legs {
        seq += 1;
        let mut row = Model {
            id: RowId::new(),
            seq,
            transaction_id: transaction,
            order_ref: booking.order_ref.clone(),
            account: leg.account.clone(),
            amount_minor: leg.amount.minor,
            currency: leg.amount.currency,
            kind: booking.kind.to_owned(),
            provider_ref: booking.provider_ref.clone(),
            created_at: booking.at,
            hash: String::new(),
        };
        row.hash = chain::link(&hash, &row);
        hash.clone_from(&row.hash);
        Entity::insert(crate::entities::tenant::ledger_entry::ActiveModel {
            id: Set(row.id),
            seq: Set(row.seq),
            transaction_id: Set(row.transaction_id),
            order_ref: Set(row.order_ref),
            account: Set(row.account),
            amount_minor: Set(row.amount_minor),
            currency: Set(row.currency),
            kind: Set(row.kind),
            provider_ref: Set(row.provider_ref),
            created_at: Set(row.created_at),
            hash: Set(row.hash),
        })
        .exec_without_returning(tx.raw())
        .await?;
    }
    Ok(true)
}

/// The legs of an order's bookings.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_order(conn: &impl Conn, order_ref: &str) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(COLUMN.order_ref.eq(order_ref))
        .order_by_asc(Column::Seq)
        .all(conn.raw())
        .await?)
}

/// What lies in an account.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn balance(conn: &impl Conn, account: &str, currency: Currency) -> Result<Money, StoreError> {
    let rows = Entity::find()
        .filter(COLUMN.account.eq(account))
        .filter(COLUMN.currency.eq(currency))
        .all(conn.raw())
        .await?;
    Ok(Money::new(rows.iter().map(|row| row.amount_minor).sum(), currency))
}

fn balanced(booking: &Booking<'_>) -> Result<(), StoreError> {
    let is_zero = |currency| {
        let legs = booking.legs.iter().filter(|leg| leg.amount.currency == currency);
        legs.map(|leg| i128::from(leg.amount.minor)).sum::<i128>() == 0
    };
    if booking.legs.iter().all(|leg| is_zero(leg.amount.currency)) {
        return Ok(());
    }
    let what = format!("the legs of {} {} do not sum to zero", booking.kind, booking.provider_ref);
    Err(sea_orm::DbErr::Custom(what).into())
}

/// One writer at a time, so that the chain has one end: SQLite has no other, PostgreSQL is asked for a
/// lock of this shop's (or the platform's) books until the transaction ends.
async fn wait_for_turn(tx: &impl Conn) -> Result<(), StoreError> {
    if tx.raw().get_database_backend() == DbBackend::Postgres {
        let whose = "current_schema() || ':' || coalesce(current_setting('app.tenant', true), '')";
        let lock = format!("SELECT pg_advisory_xact_lock(hashtextextended({whose}, 1))");
        tx.raw().execute_unprepared(&lock).await?;
    }
    Ok(())
}
