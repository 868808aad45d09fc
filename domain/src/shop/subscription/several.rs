//! Several accesses of one user, for the phones of a family or for somebody who has no Telegram. One of them
//! is before him: his screens are about it, and what he buys or gets goes on it. An order remembers which one
//! it was made for, so that a choice made later changes nothing of what is on its way.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, Query},
};

use super::service::{self as subscriptions, find};
use crate::{
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::{
        access_choice::{ActiveModel, Column as Choice, Entity as Choices},
        order,
        subscription::{COLUMN, Column, Entity, Model},
    },
    ids::{SubscriptionId, UserId},
};

/// So many one user can have.
pub const MOST: usize = 5;

/// On what time is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Onto {
    /// What the user has before him; whoever has nothing yet gets his first.
    Present,
    This(SubscriptionId),
    /// A new one beside what he has.
    Separate,
}

impl Onto {
    /// Where an order's time goes.
    pub(in crate::shop) fn of(order: &order::Model) -> Self {
        match (order.subscription_id, order.separate) {
            (Some(id), _) => Self::This(id),
            (None, true) => Self::Separate,
            (None, false) => Self::Present,
        }
    }
}

/// Why there is no further access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separately {
    Ready,
    /// There is none yet that it could be separate from.
    First,
    /// He has [`MOST`].
    Enough,
}

/// All that a user has, the oldest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_user(tx: &impl TenantConn, user: UserId) -> Result<Vec<Model>, StoreError> {
    let own = Entity::find().filter(COLUMN.user_id.eq(user)).order_by_asc(Column::CreatedAt);
    Ok(own.order_by_asc(Column::Id).all(tx.raw()).await?)
}

/// Puts one of his accesses before the user. False when it is not his.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn choose(tx: &TenantTx, user: UserId, id: SubscriptionId) -> Result<bool, StoreError> {
    let is_his = find(tx, id).await?.is_some_and(|row| row.user_id == user);
    if is_his {
        keep(tx, user, Some(id), false).await?;
    }
    Ok(is_his)
}

/// The next plan that he buys is to be an access of its own.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn separately(tx: &TenantTx, user: UserId) -> Result<Separately, StoreError> {
    match of_user(tx, user).await?.len() {
        0 => Ok(Separately::First),
        count if count >= MOST => Ok(Separately::Enough),
        _ => {
            let present = subscriptions::current_of(tx, user).await?;
            keep(tx, user, present.map(|row| row.id), true).await?;
            Ok(Separately::Ready)
        }
    }
}

/// What he buys goes on what he has before him again.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn together(tx: &TenantTx, user: UserId) -> Result<(), StoreError> {
    let on = Choices::find_by_id(user).filter(Choice::Separately.eq(true)).one(tx.raw()).await?;
    match on {
        Some(row) => keep(tx, user, row.subscription_id, false).await,
        None => Ok(()),
    }
}

/// Whether the next plan that he buys is to be an access of its own.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn buys_separately(tx: &impl TenantConn, user: UserId) -> Result<bool, StoreError> {
    Ok(Choices::find_by_id(user).one(tx.raw()).await?.is_some_and(|row| row.separately))
}

/// Whether a subscription is the one that its user chose, for ordering by it.
pub(super) fn is_chosen(user: UserId) -> Expr {
    let chosen = Query::select()
        .column(Choice::SubscriptionId)
        .from(Choices)
        .and_where(Choice::UserId.eq(user))
        .to_owned();
    Column::Id.in_subquery(chosen)
}

async fn keep(
    tx: &TenantTx,
    user: UserId,
    subscription: Option<SubscriptionId>,
    separately: bool,
) -> Result<(), StoreError> {
    let row =
        ActiveModel { user_id: Set(user), subscription_id: Set(subscription), separately: Set(separately) };
    match Choices::find_by_id(user).one(tx.raw()).await? {
        Some(_) => row.update(tx.raw()).await?,
        None => row.insert(tx.raw()).await?,
    };
    Ok(())
}
