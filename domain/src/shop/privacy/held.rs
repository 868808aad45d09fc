//! Why somebody cannot be forgotten yet: money of his is under way, and forgetting him would lose it.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    db::{StoreError, TenantConn},
    entities::tenant::{
        order::{self, OrderState},
        refund::{self, RefundState},
    },
    ids::{OrderId, UserId},
    money::{Currency, Money},
    shop::{gift::service as gifts, order::terms, receipt, wallet::service as wallet},
};

/// What is under way, and so what has to be waited for or done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Paid and not delivered, or in a person's hands.
    Order(OrderId),
    /// Money goes back.
    Refund(OrderId),
    Wallet(Money),
    /// Bought for somebody who has not opened it.
    Gift(OrderId),
}

/// # Errors
/// [`StoreError::Database`].
pub async fn all(tx: &impl TenantConn, user: UserId) -> Result<Vec<Held>, StoreError> {
    let mut held = Vec::new();
    let of_user = order::Entity::find().filter(order::COLUMN.user_id.eq(user));
    for order in of_user.order_by_asc(order::Column::Id).all(tx.raw()).await? {
        held.extend(of_order(tx, &order).await?);
    }
    for currency in Currency::ALL {
        let there = wallet::balance(tx, user, currency).await?;
        if there.minor != 0 {
            held.push(Held::Wallet(there));
        }
    }
    Ok(held)
}

async fn of_order(tx: &impl TenantConn, order: &order::Model) -> Result<Option<Held>, StoreError> {
    let waiting = refund::Entity::find()
        .filter(refund::COLUMN.order_id.eq(order.id))
        .filter(refund::COLUMN.state.eq(RefundState::Requested));
    if waiting.one(tx.raw()).await?.is_some() {
        return Ok(Some(Held::Refund(order.id)));
    }
    if let Some(gift) = gifts::of_order(tx, order.id).await?
        && gifts::is_waiting(&gift, order)
    {
        return Ok(Some(Held::Gift(order.id)));
    }
    let is_held = match order.state {
        OrderState::Paid | OrderState::Mismatch | OrderState::Disputed => true,
        OrderState::Won => order.provisioned_at.is_none() && !order.is_top_up(),
        OrderState::New | OrderState::Pending | OrderState::Expired => {
            receipt::service::is_under_review(tx, order.id).await? || is_being_charged(tx, order).await?
        }
        OrderState::Provisioned | OrderState::Failed | OrderState::Refunded | OrderState::Lost => false,
    };
    Ok(is_held.then_some(Held::Order(order.id)))
}

/// Nobody stands at a page, and the provider may have been asked already.
async fn is_being_charged(tx: &impl TenantConn, order: &order::Model) -> Result<bool, StoreError> {
    if !matches!(order.state, OrderState::New | OrderState::Pending) {
        return Ok(false);
    }
    let own = order::Entity::find_by_id(order.id).filter(terms::by_hand());
    Ok(own.one(tx.raw()).await?.is_none())
}
