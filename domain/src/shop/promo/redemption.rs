//! The terms of a code in the order that was placed with it.
//!
//! Nothing is booked beside the order: whether it holds the code follows from where the order stands. So an
//! order that runs out or fails gives the code back by itself, and one that is paid late holds it again,
//! whatever became of the limit meanwhile: its buyer was told so.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Query, SelectStatement},
};

use super::{
    holder,
    rules::{Applied, UNPAID, UNPAID_WITHIN, Uses},
};
use crate::{
    clock::Clock,
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::{
        order::{self, OrderState},
        promo_redemption::{ActiveModel, COLUMN, Column, Entity, Model},
    },
    ids::{OrderId, PromoId, RowId, UserId},
    money::Money,
    shop::{order::service as orders, receipt::service::under_review},
};

/// How many orders hold a code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    pub paid: i64,
    /// They can still be paid.
    pub open: i64,
}

/// The terms with which an order was placed.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_order(tx: &impl TenantConn, order: OrderId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find().filter(COLUMN.order_id.eq(order)).one(tx.raw()).await?)
}

/// What the order would have cost without a code. What renews it by itself costs as much.
///
/// # Errors
/// [`StoreError::Database`].
pub(in crate::shop) async fn full_price(
    tx: &impl TenantConn,
    order: &order::Model,
) -> Result<Money, StoreError> {
    let terms = of_order(tx, order.id).await?;
    let minor = terms.map_or(order.amount_minor, |terms| terms.full_minor);
    Ok(Money::new(minor, order.currency))
}

/// Whether an order was placed on these terms.
///
/// # Errors
/// [`StoreError::Database`].
pub(in crate::shop) async fn is_on_terms(
    tx: &impl TenantConn,
    order: OrderId,
    applied: Option<&Applied>,
) -> Result<bool, StoreError> {
    Ok(match (of_order(tx, order).await?, applied) {
        (None, None) => true,
        (Some(terms), Some(applied)) => {
            terms.promo_id == applied.promo
                && (terms.kind, terms.value) == (applied.effect.kind(), applied.effect.value())
                && (terms.bonus_days, terms.bonus_bytes) == (applied.days, applied.traffic)
                && terms.off_minor == applied.off_minor
        }
        _ => false,
    })
}

/// Writes down with what an order is placed, in its transaction. What else its buyer has open with the
/// same code is given up: a code lies in one order of his at a time.
///
/// # Errors
/// [`StoreError::Database`].
pub(in crate::shop) async fn reserve(
    tx: &TenantTx,
    order: &order::Model,
    full: Money,
    applied: &Applied,
) -> Result<(), StoreError> {
    let replaced = order::Entity::find().filter(open_of(tx.clock().now(), order.user_id));
    let replaced = replaced.filter(order::Column::Id.in_subquery(with(applied.promo, order.user_id)));
    for other in replaced.all(tx.raw()).await? {
        orders::advance(tx, &other, OrderState::Expired).await?;
        orders::record(tx, other.id, "promo_moved", None).await?;
    }
    let row = ActiveModel {
        id: Set(RowId::new()),
        order_id: Set(order.id),
        user_id: Set(order.user_id),
        promo_id: Set(applied.promo),
        code: Set(applied.code.clone()),
        kind: Set(applied.effect.kind()),
        value: Set(applied.effect.value()),
        full_minor: Set(full.minor),
        off_minor: Set(applied.off_minor),
        bonus_days: Set(applied.days),
        bonus_bytes: Set(applied.traffic),
        created_at: Set(tx.clock().now()),
    };
    row.insert(tx.raw()).await?;
    orders::record(tx, order.id, "promo", Some(applied.code.clone())).await
}

/// An order was paid: the code that it was placed with does not lie ready any more.
///
/// # Errors
/// [`StoreError::Database`].
pub(in crate::shop) async fn paid(tx: &TenantTx, order: &order::Model) -> Result<(), StoreError> {
    match of_order(tx, order.id).await? {
        Some(terms) => holder::lay_down(tx, order.user_id, Some(terms.promo_id)).await,
        None => Ok(()),
    }
}

/// How a code has been used so far, by everybody and by one user.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn uses(tx: &impl TenantConn, promo: PromoId, user: UserId) -> Result<Uses, StoreError> {
    let now = tx.clock().now();
    let count = async |orders: SelectStatement| -> Result<i64, StoreError> {
        let found =
            Entity::find().filter(COLUMN.promo_id.eq(promo)).filter(Column::OrderId.in_subquery(orders));
        Ok(i64::try_from(found.count(tx.raw()).await?).unwrap_or(i64::MAX))
    };
    let of_user = Condition::all().add(order::Column::UserId.eq(user));
    let still_open = count(select(open_of(now, user))).await?;
    let own = count(select(of_user.clone().add(holding(now)))).await?;
    let all = count(select(holding(now))).await?;
    // Whoever fills a wallet has bought nothing yet.
    let bought = of_user
        .add(order::Column::State.is_in(OrderState::PAID_ONCE))
        .add(order::Column::PlanId.is_not_null());
    let has_bought = order::Entity::find().filter(bought).count(tx.raw()).await? > 0;
    let unpaid_until = unpaid_until(tx, promo, user).await?;
    Ok(Uses { all: all - still_open, own: own - still_open, has_bought, unpaid_until })
}

/// How many orders hold each code.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn held(tx: &impl TenantConn) -> Result<HashMap<PromoId, Held>, StoreError> {
    let count = async |orders: SelectStatement| -> Result<Vec<(PromoId, i64)>, StoreError> {
        let found = Entity::find()
            .select_only()
            .column(Column::PromoId)
            .column_as(Column::Id.count(), "orders")
            .filter(Column::OrderId.in_subquery(orders))
            .group_by(Column::PromoId);
        Ok(found.into_tuple().all(tx.raw()).await?)
    };
    let mut all: HashMap<PromoId, Held> = HashMap::new();
    let paid = Condition::all().add(order::Column::State.is_in(OrderState::PAID_ONCE));
    for (promo, orders) in count(select(paid)).await? {
        all.entry(promo).or_default().paid = orders;
    }
    for (promo, orders) in count(select(holding(tx.clock().now()))).await? {
        let held = all.entry(promo).or_default();
        held.open = orders - held.paid;
    }
    Ok(all)
}

/// From when on the user may place another order with this code, if he left too many unpaid.
async fn unpaid_until(
    tx: &impl TenantConn,
    promo: PromoId,
    user: UserId,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let given_up = Condition::all()
        .add(order::Column::State.is_in([OrderState::Expired, OrderState::Failed]))
        .add(order::Column::Id.not_in_subquery(under_review()));
    let unpaid = Entity::find()
        .filter(COLUMN.promo_id.eq(promo))
        .filter(COLUMN.user_id.eq(user))
        .filter(COLUMN.created_at.gt(tx.clock().now() - UNPAID_WITHIN))
        .filter(Column::OrderId.in_subquery(select(given_up)))
        .order_by_desc(Column::CreatedAt)
        .all(tx.raw())
        .await?;
    Ok(unpaid.get(UNPAID - 1).map(|last| last.created_at + UNPAID_WITHIN))
}

/// Orders that hold their code: paid, in a person's hands, or to be paid in time.
fn holding(now: DateTime<Utc>) -> Condition {
    let settled = OrderState::PAID_ONCE.into_iter().chain([OrderState::Mismatch]);
    Condition::any()
        .add(order::Column::State.is_in(settled))
        .add(order::Column::Id.in_subquery(under_review()))
        .add(to_be_paid(now))
}

/// Orders of a user that he can still pay, and has shown no receipt for.
fn open_of(now: DateTime<Utc>, user: UserId) -> Condition {
    to_be_paid(now).add(order::Column::UserId.eq(user)).add(order::Column::Id.not_in_subquery(under_review()))
}

fn to_be_paid(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(order::Column::State.is_in([OrderState::New, OrderState::Pending]))
        .add(order::Column::ExpiresAt.gt(now))
}

fn select(orders: Condition) -> SelectStatement {
    Query::select().column(order::Column::Id).from(order::Entity).cond_where(orders).to_owned()
}

/// The orders that a user placed with a code.
fn with(promo: PromoId, user: UserId) -> SelectStatement {
    Query::select()
        .column(Column::OrderId)
        .from(Entity)
        .cond_where(Condition::all().add(Column::PromoId.eq(promo)).add(Column::UserId.eq(user)))
        .to_owned()
}
