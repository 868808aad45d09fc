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
        subscription::service as subscriptions,
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
        Some(Dispute::Open) => {
            orders::advance(tx, &order, OrderState::Disputed).await?;
        }
        Some(Dispute::Won) => {
            orders::advance(tx, &order, OrderState::Won).await?;
        }
        Some(Dispute::Lost) => lose(tx, &order, facts).await?,
    }
    Ok(())
}

/// The order as it is afterwards.
async fn refund(
    tx: &TenantTx,
    order: order::Model,
    facts: &PaymentFacts,
) -> Result<order::Model, StoreError> {
    // All of it is gone already.
    if order.state == OrderState::Lost {
        return Ok(order);
    }
    let refunded = bookings::refunded(&order, facts);
    let more = refunded - order.refunded_minor;
    if more <= 0 {
        return Ok(order);
    }
    let booking = bookings::refund(&order, facts, order.refunded_minor, tx.now());
    ledger::book(tx, booking).await?;
    let mut row = order.into_active_model();
    row.refunded_minor = Set(refunded);
    let order = row.update(tx.raw()).await?;
    orders::record(tx, order.id, "refund", Some(Money::new(more, order.currency).to_string())).await?;
    subscriptions::take_back(tx, &order, refunded).await?;
    if refunded == order.amount_minor {
        orders::advance(tx, &order, OrderState::Refunded).await?;
    }
    let key = format!("refunded:{refunded}");
    super::settle::tell(tx, &order, &key, &Notice::PaymentRefunded { order: order.id, minor: more }).await?;
    // The state has moved; what follows looks at it.
    Ok(orders::find(tx, order.id).await?.unwrap_or(order))
}

async fn lose(tx: &TenantTx, order: &order::Model, facts: &PaymentFacts) -> Result<(), StoreError> {
    if orders::advance(tx, order, OrderState::Lost).await? != Step::Moves {
        return Ok(());
    }
    let booking = bookings::loss(order, facts, order.refunded_minor, tx.now());
    ledger::book(tx, booking).await?;
    subscriptions::take_back(tx, order, order.amount_minor).await
}
