//! Receipts as rows.

use std::collections::HashSet;

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Query, SelectStatement, SimpleExpr},
};

use super::{
    jobs::FetchReceipt,
    rules::{self, Sending},
};
use crate::{
    clock::Clock,
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::{
        order::{self, OrderState},
        receipt::{ActiveModel, COLUMN, Column, Entity, Model, ReceiptState},
        receipt_picture,
    },
    ids::{BotId, OrderId, ReceiptId, UserId},
    jobs,
    ports::Notice,
    shop::{
        notification::service::{self as notification, Recipient},
        order::service as orders,
        payment::card,
        staff::{rights::Right, service as staff},
    },
};

/// Pictures are kept for so long after the decision: longer than a bank lets its customers complain.
const KEPT: Duration = Duration::days(180);

/// The same picture is shown so often at the most.
const TWINS: u64 = 5;

/// A picture that came from a buyer.
#[derive(Clone, Debug)]
pub struct NewReceipt<'a> {
    pub order: OrderId,
    /// The bot to which it was sent.
    pub bot: BotId,
    pub file_id: &'a str,
    pub file_unique_id: &'a str,
    pub album: Option<&'a str>,
    /// Who is told, if anybody is known.
    pub owner: Option<i64>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    Taken,
    /// Another picture of the same album is the receipt.
    SameAlbum,
    /// Not taken.
    Not(Sending),
}

/// Takes a receipt: from now on the order waits for a person and not for its end.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn take(tx: &TenantTx, new: NewReceipt<'_>) -> Result<Sent, StoreError> {
    let order = orders::lock(tx, new.order).await?.filter(|order| order.provider == card::NAME);
    let Some(order) = order else { return Ok(Sent::Not(Sending::Closed)) };
    let earlier = of_order(tx, order.id).await?;
    match rules::sending(order.state, &states(&earlier)) {
        Sending::Taken => {}
        Sending::Waits
            if earlier.iter().any(|one| one.album.is_some() && one.album.as_deref() == new.album) =>
        {
            return Ok(Sent::SameAlbum);
        }
        not => return Ok(Sent::Not(not)),
    }
    let id = ReceiptId::new();
    let row = ActiveModel {
        id: Set(id),
        order_id: Set(order.id),
        bot_id: Set(new.bot),
        file_id: Set(new.file_id.to_owned()),
        file_unique_id: Set(new.file_unique_id.to_owned()),
        album: Set(new.album.map(str::to_owned)),
        sha256: Set(None),
        mime: Set(None),
        unread: Set(None),
        state: Set(ReceiptState::Waiting),
        amount_minor: Set(None),
        reason: Set(None),
        note: Set(None),
        decided_by: Set(None),
        decided_at: Set(None),
        created_at: Set(tx.now()),
    };
    row.insert(tx.raw()).await?;
    orders::record(tx, order.id, "receipt_sent", None).await?;
    jobs::enqueue(tx, &FetchReceipt { receipt: id }, tx.now()).await?;
    let (key, notice) = (format!("receipt_sent:{id}"), Notice::ReceiptSent { order: order.id });
    if let Some(telegram_id) = new.owner {
        let to = Recipient { bot: new.bot, telegram_id };
        notification::queue(tx, to, &key, &notice).await?;
    }
    staff::tell(tx, Right::Receipts, new.owner, &key, &notice).await?;
    Ok(Sent::Taken)
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(tx: &impl TenantConn, id: ReceiptId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id).one(tx.raw()).await?)
}

/// The order's receipts, the oldest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_order(tx: &impl TenantConn, order: OrderId) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find().filter(COLUMN.order_id.eq(order)).order_by_asc(Column::Id).all(tx.raw()).await?)
}

pub(super) fn states(receipts: &[Model]) -> Vec<ReceiptState> {
    receipts.iter().map(|receipt| receipt.state).collect()
}

/// Whether a receipt of the order is being looked at.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn is_under_review(tx: &impl TenantConn, order: OrderId) -> Result<bool, StoreError> {
    let waiting = Entity::find().filter(COLUMN.order_id.eq(order)).filter(waits());
    Ok(waiting.count(tx.raw()).await? > 0)
}

/// What would become of a receipt that is sent for the order now.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn awaits(tx: &impl TenantConn, order: OrderId) -> Result<Sending, StoreError> {
    let found = orders::find(tx, order).await?.filter(|order| order.provider == card::NAME);
    let Some(order) = found else { return Ok(Sending::Closed) };
    Ok(rules::sending(order.state, &states(&of_order(tx, order.id).await?)))
}

/// Of these orders, those of which a receipt is being looked at.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn reviewed(tx: &impl TenantConn, orders: &[OrderId]) -> Result<HashSet<OrderId>, StoreError> {
    let waiting = Entity::find().filter(waits()).filter(Column::OrderId.is_in(orders.iter().copied()));
    Ok(waiting.all(tx.raw()).await?.into_iter().map(|receipt| receipt.order_id).collect())
}

/// The receipts that wait for a person, the oldest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn waiting(tx: &impl TenantConn) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find().filter(waits()).order_by_asc(Column::Id).all(tx.raw()).await?)
}

/// Those of them that were sent before.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn waiting_since(tx: &impl TenantConn, before: DateTime<Utc>) -> Result<Vec<Model>, StoreError> {
    let old = Entity::find().filter(waits()).filter(COLUMN.created_at.lt(before));
    Ok(old.order_by_asc(Column::Id).all(tx.raw()).await?)
}

/// The orders of which a receipt is being looked at.
pub(in crate::shop) fn under_review() -> SelectStatement {
    Query::select()
        .column(Column::OrderId)
        .from(Entity)
        .and_where(Column::State.eq(ReceiptState::Waiting))
        .to_owned()
}

fn waits() -> SimpleExpr {
    COLUMN.state.eq(ReceiptState::Waiting)
}

/// Receipts that were sent earlier and are the same file or the same picture, each with its order.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn twins(tx: &impl TenantConn, receipt: &Model) -> Result<Vec<(Model, order::Model)>, StoreError> {
    let mut same = Condition::any().add(COLUMN.file_unique_id.eq(receipt.file_unique_id.as_str()));
    if let Some(sha256) = &receipt.sha256 {
        same = same.add(COLUMN.sha256.eq(Some(sha256.clone())));
    }
    let earlier = Entity::find().filter(same).filter(COLUMN.id.lt(receipt.id)).order_by_asc(Column::Id);
    let mut twins = Vec::new();
    for row in earlier.limit(TWINS).all(tx.raw()).await? {
        if let Some(order) = orders::find(tx, row.order_id).await? {
            twins.push((row, order));
        }
    }
    Ok(twins)
}

/// What the receipt shows, if it is here.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn picture(tx: &impl TenantConn, id: ReceiptId) -> Result<Option<Vec<u8>>, StoreError> {
    let found = receipt_picture::Entity::find_by_id(id).one(tx.raw()).await?;
    Ok(found.map(|picture| picture.content))
}

/// Whether [`picture`] would find something.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn has_picture(tx: &impl TenantConn, id: ReceiptId) -> Result<bool, StoreError> {
    Ok(receipt_picture::Entity::find_by_id(id).count(tx.raw()).await? > 0)
}

/// The user's orders that a picture can be a receipt of which he was not asked for: open ones that are
/// to be paid from card to card. Those that have one already only when none is without, or when the
/// picture belongs to their album.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn awaited(
    tx: &impl TenantConn,
    user: UserId,
    album: Option<&str>,
) -> Result<Vec<order::Model>, StoreError> {
    let open = order::Entity::find()
        .filter(order::COLUMN.user_id.eq(user))
        .filter(order::COLUMN.provider.eq(card::NAME))
        .filter(order::COLUMN.state.is_in([OrderState::New, OrderState::Pending]));
    let open = open.order_by_desc(order::Column::Id).all(tx.raw()).await?;
    let sent =
        Entity::find().filter(waits()).filter(Column::OrderId.is_in(open.iter().map(|order| order.id)));
    let sent = sent.all(tx.raw()).await?;
    let begun = sent.iter().find(|receipt| album.is_some() && receipt.album.as_deref() == album);
    let (with, without): (Vec<_>, Vec<_>) =
        open.into_iter().partition(|order| sent.iter().any(|receipt| receipt.order_id == order.id));
    Ok(match begun {
        Some(receipt) => with.into_iter().filter(|order| order.id == receipt.order_id).collect(),
        None if without.is_empty() => with,
        None => without,
    })
}

/// Drops the pictures of receipts that were decided long ago. What was decided stays.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn forget_old(tx: &impl TenantConn) -> Result<(), StoreError> {
    let old = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Column::DecidedAt.lt(tx.clock().now() - KEPT))
        .to_owned();
    receipt_picture::Entity::delete_many()
        .filter(receipt_picture::Column::ReceiptId.in_subquery(old))
        .exec(tx.raw())
        .await?;
    Ok(())
}
