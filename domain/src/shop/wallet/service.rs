//! The wallet: an account in the books, so nothing is kept beside them. It holds what its owner put into it,
//! what was paid too much and what went back of orders that were paid with it, and it never owes.

use chrono::{DateTime, Utc};
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::top_up;
use crate::{
    db::{StoreError, TenantConn, TenantTx},
    entities::tenant::{
        ledger_entry::{COLUMN, Column, Entity},
        order::{self, OrderState},
    },
    ids::{OrderId, UserId},
    money::{Currency, Money},
    ports::{PaymentFacts, PaymentStatus},
    shop::{
        ledger::service as ledger,
        order::service as orders,
        payment::{House, method, settle},
    },
};

/// What paying with the wallet came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paid {
    Done,
    /// There is only so much in it.
    Short(Money),
    /// It is paid already, ran out, or the shop takes nothing from wallets any more.
    NotOpen,
}

/// One line of a wallet's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    pub at: DateTime<Utc>,
    /// More than nothing came in, less went out.
    pub amount: Money,
    pub reason: Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// An order was paid with more than its price.
    Surplus,
    /// That went back where it came from.
    SurplusBack,
    /// An order was paid with it.
    Paid,
    /// Money of such an order went back.
    Refund,
    /// Its owner filled it.
    TopUp,
    /// That went back where it came from.
    TopUpBack,
}

/// What lies in a user's wallet.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn balance(tx: &impl TenantConn, user: UserId, currency: Currency) -> Result<Money, StoreError> {
    // In the books it is what the shop owes.
    let owed = ledger::balance(tx, &ledger::wallet(user), currency).await?;
    Ok(Money::new(-owed.minor, currency))
}

/// What a user can spend: what is on its way back, or called back by a bank, is left alone.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn spendable(tx: &impl TenantConn, user: UserId, currency: Currency) -> Result<Money, StoreError> {
    let there = balance(tx, user, currency).await?;
    if there.minor == 0 {
        return Ok(there);
    }
    let held = top_up::held(tx, user, currency).await?;
    Ok(Money::new((there.minor - held).max(0), currency))
}

/// What lies in a wallet and cannot be spent, by currency.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn all_held(tx: &impl TenantConn, user: UserId) -> Result<Vec<Money>, StoreError> {
    let mut all = Vec::new();
    for currency in Currency::ALL {
        let there = balance(tx, user, currency).await?.minor;
        let held = if there > 0 { top_up::held(tx, user, currency).await?.min(there) } else { 0 };
        if held > 0 {
            all.push(Money::new(held, currency));
        }
    }
    Ok(all)
}

/// What a user can spend, by currency; nothing where there is nothing.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn balances(tx: &impl TenantConn, user: UserId) -> Result<Vec<Money>, StoreError> {
    let mut all = Vec::new();
    for currency in Currency::ALL {
        let money = spendable(tx, user, currency).await?;
        if money.minor > 0 {
            all.push(money);
        }
    }
    Ok(all)
}

/// What came and went, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn history(tx: &impl TenantConn, user: UserId, limit: u64) -> Result<Vec<Movement>, StoreError> {
    let rows = Entity::find()
        .filter(COLUMN.account.eq(ledger::wallet(user)))
        .order_by_desc(Column::Seq)
        .limit(limit)
        .all(tx.raw())
        .await?;
    let movement = |row: crate::entities::tenant::ledger_entry::Model| Movement {
        at: row.created_at,
        amount: Money::new(-row.amount_minor, row.currency),
        reason: match row.kind.as_str() {
            ledger::PAYMENT if row.amount_minor > 0 => Reason::Paid,
            ledger::TOP_UP => Reason::TopUp,
            ledger::TOP_UP_BACK | ledger::DISPUTE => Reason::TopUpBack,
            "surplus_back" => Reason::SurplusBack,
            "refund" => Reason::Refund,
            _ => Reason::Surplus,
        },
    };
    Ok(rows.into_iter().map(movement).collect())
}

/// Whether the shop takes money from wallets now.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn is_on(tx: &impl TenantConn) -> Result<bool, StoreError> {
    Ok(method::find(tx, House::Wallet.name()).await?.is_some_and(|method| method.enabled))
}

/// Pays an order with its buyer's wallet: the books, the time and the work on the panel in this one
/// transaction. A shop has one writer, so what the wallet holds stays true until it ends.
///
/// # Errors
/// [`StoreError`].
pub async fn pay(tx: &TenantTx, id: OrderId) -> Result<Paid, StoreError> {
    let order = orders::lock(tx, id).await?.filter(|order| is_open(order, tx.now()));
    let Some(order) = order else { return Ok(Paid::NotOpen) };
    if !is_on(tx).await? {
        return Ok(Paid::NotOpen);
    }
    let there = spendable(tx, order.user_id, order.currency).await?;
    if there.minor < order.amount_minor {
        return Ok(Paid::Short(there));
    }
    believe(tx, &facts(&order, tx.now(), 0)).await?;
    Ok(Paid::Done)
}

/// So much altogether of an order that was paid with the wallet goes back into it.
///
/// # Errors
/// [`StoreError`].
pub(in crate::shop) async fn give_back(
    tx: &TenantTx,
    order: &order::Model,
    refunded: i64,
) -> Result<(), StoreError> {
    believe(tx, &facts(order, order.paid_at.unwrap_or(order.created_at), refunded)).await
}

/// Whether the order waits for its buyer's wallet.
pub fn is_open(order: &order::Model, now: DateTime<Utc>) -> bool {
    is_payer(order) && matches!(order.state, OrderState::New | OrderState::Pending) && order.expires_at > now
}

/// Whether the order is paid with its buyer's wallet.
pub fn is_payer(order: &order::Model) -> bool {
    order.provider == House::Wallet.name()
}

async fn believe(tx: &TenantTx, facts: &PaymentFacts) -> Result<(), StoreError> {
    Box::pin(settle::apply_in(tx, House::Wallet.name(), &facts.provider_payment_id, facts)).await?;
    Ok(())
}

/// What the shop itself knows of the payment, in the form in which providers tell it: the evidence by
/// which the books are checked is the same for all.
fn facts(order: &order::Model, paid_at: DateTime<Utc>, refunded: i64) -> PaymentFacts {
    PaymentFacts {
        provider_payment_id: order.id.to_string(),
        account_id: order.provider_account.clone(),
        order: Some(order.id),
        repeats: None,
        amount: Money::new(order.amount_minor, order.currency),
        status: PaymentStatus::Paid,
        refunded,
        dispute: None,
        paid_at: Some(paid_at),
        raw: serde_json::Value::Null,
    }
}
