//! Tickets as people look through them: a user his own, staff all of them.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::{
    db::{StoreError, TenantConn},
    entities::tenant::{
        ticket::{COLUMN, Column, Entity, Model, TicketState},
        user,
    },
    ids::UserId,
};

/// Tickets on one page of the panel.
pub const PAGE: u64 = 25;

/// One page, counted from nothing.
#[derive(Clone, Debug, Default)]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// More follow.
    pub more: bool,
}

/// A ticket and who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub ticket: Model,
    pub user: Option<user::Model>,
}

/// The user's tickets, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_user(
    tx: &impl TenantConn,
    user: UserId,
    page: u64,
    size: u64,
) -> Result<Page<Model>, StoreError> {
    let own = Entity::find().filter(COLUMN.user_id.eq(user)).order_by_desc(Column::Id);
    part(tx, own, page, size).await
}

/// All tickets, or those in one state. Who waits longest is first among those that wait, what was moved
/// last among the others.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn page(
    tx: &impl TenantConn,
    state: Option<TicketState>,
    page: u64,
) -> Result<Page<Asked>, StoreError> {
    let order = if state == Some(TicketState::Waiting) { Order::Asc } else { Order::Desc };
    let mut found = Entity::find().order_by(Column::UpdatedAt, order.clone()).order_by(Column::Id, order);
    if let Some(state) = state {
        found = found.filter(COLUMN.state.eq(state));
    }
    let found = part(tx, found, page, PAGE).await?;
    let ids = found.rows.iter().map(|ticket| ticket.user_id);
    let people = user::Entity::find().filter(user::Column::Id.is_in(ids)).all(tx.raw()).await?;
    let people: HashMap<_, _> = people.into_iter().map(|user| (user.id, user)).collect();
    let with_user = |ticket: Model| Asked { user: people.get(&ticket.user_id).cloned(), ticket };
    Ok(Page { rows: found.rows.into_iter().map(with_user).collect(), more: found.more })
}

/// The tickets in one state, those that were moved first in front.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn part_of(
    tx: &impl TenantConn,
    state: TicketState,
    page: u64,
    size: u64,
) -> Result<Page<Model>, StoreError> {
    let found = Entity::find().filter(COLUMN.state.eq(state));
    part(tx, found.order_by_asc(Column::UpdatedAt).order_by_asc(Column::Id), page, size).await
}

/// How many tickets wait for the shop.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn waiting(tx: &impl TenantConn) -> Result<u64, StoreError> {
    Ok(Entity::find().filter(COLUMN.state.eq(TicketState::Waiting)).count(tx.raw()).await?)
}

/// How many tickets are in each state; states without one are left out.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn counts(tx: &impl TenantConn) -> Result<Vec<(TicketState, i64)>, StoreError> {
    let mut counts = Vec::new();
    for state in TicketState::ALL {
        let count = Entity::find().filter(COLUMN.state.eq(state)).count(tx.raw()).await?;
        if count > 0 {
            counts.push((state, i64::try_from(count).unwrap_or(i64::MAX)));
        }
    }
    Ok(counts)
}

async fn part(
    tx: &impl TenantConn,
    found: Select<Entity>,
    page: u64,
    size: u64,
) -> Result<Page<Model>, StoreError> {
    let from = page.saturating_mul(size).min(i64::MAX as u64);
    let mut rows = found.offset(from).limit(size + 1).all(tx.raw()).await?;
    let more = rows.len() as u64 > size;
    rows.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    Ok(Page { rows, more })
}
