//! Money that went back: refunds, whoever made them, and what banks called back. Driven by what the
//! provider says now, so that a report that comes twice, late or before its payment does no harm.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::bookings;
use crate::{
    db::{Conn, StoreError, TenantTx},
    entities::tenant::order::{self, OrderState},
    money::Money,
    ports::{Dispute, Notice, PaymentFacts},
    shop::{
        ledger::service as ledger,
        order::{rules::Step, service as orders},
        referral::service as referrals,
        refund::{rules, service as refunds},
        renewal::agreement,
        subscription::service as subscriptions,
        wallet::service as wallet,
    },
};

/// Brings a paid order's refunds and disputes to where the provider's word puts them.
///
/// # Errors
/// [`StoreError`].
pub(super) async fn apply(
    tx: &TenantTx,
    order: order::Model,
    facts: &PaymentFacts,
) -> Result<(), StoreError> {
    let order = refund(tx, order, facts).await?;
    match facts.dispute {
        None => {}
        Some(Dispute::Open) => dispute(tx, &order).await?,
        Some(Dispute::Won) => {
            orders::advance(tx, &order, OrderState::Won).await?;
        }
        Some(Dispute::Lost) => lose(tx, &order, facts).await?,
    }
    Ok(())
}

/// The order as it is afterwards. What is new of what went back is the order's or the surplus's.
async fn refund(
    tx: &TenantTx,
    order: order::Model,
    facts: &PaymentFacts,
) -> Result<order::Model, StoreError> {
    // All of it is gone already.
    if order.state == OrderState::Lost {
        return Ok(order);
    }
    let surplus = Surplus::of(tx, &order).await?;
    let more = facts.refunded - order.refunded_minor - surplus.gone;
    if more <= 0 {
        return Ok(order);
    }
    let target = refunds::target(tx, order.id).await?;
    let of_order = rules::of_order((order.refunded_minor, order.amount_minor), target, more, surplus.left);
    surplus.send_back(tx, &order, facts, (more - of_order).min(surplus.left)).await?;
    match of_order {
        0 => Ok(order),
        more => send_back(tx, order, facts, more).await,
    }
}

async fn send_back(
    tx: &TenantTx,
    order: order::Model,
    facts: &PaymentFacts,
    more: i64,
) -> Result<order::Model, StoreError> {
    let refunded = order.refunded_minor + more;
    let spent = spent_of(tx, &order, more).await?;
    ledger::book(tx, bookings::refund(&order, facts, (more, spent), tx.now())).await?;
    let mut row = order.into_active_model();
    row.refunded_minor = Set(refunded);
    let order = row.update(tx.raw()).await?;
    orders::record(tx, order.id, "refund", Some(Money::new(more, order.currency).to_string())).await?;
    tell_spent(tx, &order, spent).await?;
    if !order.is_top_up() {
        subscriptions::take_back(tx, &order, refunded).await?;
        // Whose time was cut short for their money is not charged anew without being asked.
        agreement::end_all(tx, order.user_id).await?;
    }
    if refunded == order.amount_minor {
        orders::advance(tx, &order, OrderState::Refunded).await?;
        referrals::reversed(tx, &order).await?;
    }
    let key = format!("refunded:{refunded}");
    super::settle::tell(tx, &order, &key, &Notice::PaymentRefunded { order: order.id, minor: more }).await?;
    // The state has moved; what follows looks at it.
    Ok(orders::find(tx, order.id).await?.unwrap_or(order))
}

async fn dispute(tx: &TenantTx, order: &order::Model) -> Result<(), StoreError> {
    if orders::advance(tx, order, OrderState::Disputed).await? == Step::Moves {
        agreement::end_all(tx, order.user_id).await?;
    }
    Ok(())
}

async fn lose(tx: &TenantTx, order: &order::Model, facts: &PaymentFacts) -> Result<(), StoreError> {
    if orders::advance(tx, order, OrderState::Lost).await? != Step::Moves {
        return Ok(());
    }
    let surplus = Surplus::of(tx, order).await?;
    surplus.send_back(tx, order, facts, surplus.left).await?;
    let spent = spent_of(tx, order, order.amount_minor - order.refunded_minor).await?;
    ledger::book(tx, bookings::loss(order, facts, spent, tx.now())).await?;
    tell_spent(tx, order, spent).await?;
    agreement::end_all(tx, order.user_id).await?;
    subscriptions::take_back(tx, order, order.amount_minor).await?;
    referrals::reversed(tx, order).await
}

/// Of a top-up's money that leaves, what is not in the wallet any more.
async fn spent_of(tx: &TenantTx, order: &order::Model, more: i64) -> Result<i64, StoreError> {
    if !order.is_top_up() {
        return Ok(0);
    }
    let there = wallet::balance(tx, order.user_id, order.currency).await?;
    Ok(rules::spent(more, there.minor))
}

async fn tell_spent(tx: &TenantTx, order: &order::Model, spent: i64) -> Result<(), StoreError> {
    if spent == 0 {
        return Ok(());
    }
    let amount = Money::new(spent, order.currency).to_string();
    orders::record(tx, order.id, "surplus_was_spent", Some(amount)).await
}

/// What was paid beyond the order, in minor units: it lies in the buyer's wallet.
struct Surplus {
    left: i64,
    /// Went back where it came from.
    gone: i64,
}

impl Surplus {
    async fn of(tx: &TenantTx, order: &order::Model) -> Result<Self, StoreError> {
        let rows = ledger::of_order(tx, &order.id.to_string()).await?;
        let sum = |kind: &str, is_meant: fn(&str) -> bool| -> i64 {
            let legs = rows.iter().filter(|row| row.kind == kind && is_meant(&row.account));
            // What a wallet paid is no surplus of the order's.
            legs.map(|row| row.amount_minor).filter(|minor| *minor < 0).sum::<i64>().abs()
        };
        let in_wallet = |account: &str| account.starts_with(ledger::WALLETS);
        let came = match order.is_top_up() {
            true => (sum(ledger::TOP_UP, in_wallet) - order.amount_minor).max(0),
            false => sum(ledger::PAYMENT, in_wallet),
        };
        let gone = sum("surplus_back", |account| account.starts_with(ledger::CLEARING));
        Ok(Self { left: came - gone, gone })
    }

    async fn send_back(
        &self,
        tx: &TenantTx,
        order: &order::Model,
        facts: &PaymentFacts,
        minor: i64,
    ) -> Result<(), StoreError> {
        if minor == 0 {
            return Ok(());
        }
        let there = wallet::balance(tx, order.user_id, order.currency).await?;
        let spent = rules::spent(minor, there.minor);
        let booking = bookings::surplus_back(order, facts, self.gone, (minor, spent), tx.now());
        ledger::book(tx, booking).await?;
        let amount = Money::new(minor, order.currency).to_string();
        orders::record(tx, order.id, "surplus_back", Some(amount)).await?;
        tell_spent(tx, order, spent).await
    }
}
