//! Broadcasts and their recipients, counted and listed.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    db::{StoreError, TenantConn},
    entities::tenant::{
        broadcast,
        broadcast_recipient::{self as recipient, COLUMN, Column, Entity, RecipientState},
        user,
    },
    ids::BroadcastId,
};

/// Broadcasts on a page.
const PER_PAGE: u64 = 20;

/// How many recipients of a broadcast stand how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(HashMap<RecipientState, i64>);

impl Counts {
    pub fn of(&self, state: RecipientState) -> i64 {
        self.0.get(&state).copied().unwrap_or_default()
    }

    pub fn all(&self) -> i64 {
        self.0.values().sum()
    }

    /// That arrived, whatever became of them since.
    pub fn arrived(&self) -> i64 {
        [RecipientState::Sent, RecipientState::Deleted, RecipientState::Kept]
            .map(|state| self.of(state))
            .iter()
            .sum()
    }

    /// Of which nothing is known yet.
    pub fn left(&self) -> i64 {
        self.of(RecipientState::Waiting) + self.of(RecipientState::Sending)
    }
}

/// A page of broadcasts, the newest first.
#[derive(Clone, Debug)]
pub struct BroadcastList {
    pub rows: Vec<(broadcast::Model, Counts)>,
    pub more: bool,
}

/// # Errors
/// [`StoreError::Database`].
pub async fn page(tx: &impl TenantConn, number: u64) -> Result<BroadcastList, StoreError> {
    let mut rows = broadcast::Entity::find()
        .order_by_desc(broadcast::Column::Id)
        .offset(number.saturating_mul(PER_PAGE))
        .limit(PER_PAGE + 1)
        .all(tx.raw())
        .await?;
    let more = rows.len() as u64 > PER_PAGE;
    rows.truncate(usize::try_from(PER_PAGE).unwrap_or(usize::MAX));
    let mut counted = counts_of(tx, rows.iter().map(|row| row.id)).await?;
    let rows = rows.into_iter().map(|row| {
        let counts = counted.remove(&row.id).unwrap_or_default();
        (row, counts)
    });
    Ok(BroadcastList { rows: rows.collect(), more })
}

/// # Errors
/// [`StoreError::Database`].
pub async fn counts(tx: &impl TenantConn, id: BroadcastId) -> Result<Counts, StoreError> {
    Ok(counts_of(tx, [id]).await?.remove(&id).unwrap_or_default())
}

/// What Telegram said of those that did not arrive, and of how many.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn reasons(
    tx: &impl TenantConn,
    id: BroadcastId,
) -> Result<Vec<(RecipientState, String, i64)>, StoreError> {
    let found: Vec<(RecipientState, Option<String>, i64)> = Entity::find()
        .select_only()
        .column(Column::State)
        .column(Column::Reason)
        .column_as(Column::Id.count(), "number")
        .filter(COLUMN.broadcast_id.eq(id))
        .filter(Column::Reason.is_not_null())
        .group_by(Column::State)
        .group_by(Column::Reason)
        .into_tuple()
        .all(tx.raw())
        .await?;
    let mut all: Vec<_> =
        found.into_iter().map(|(state, reason, count)| (state, reason.unwrap_or_default(), count)).collect();
    all.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
    Ok(all)
}

/// The first `limit` recipients that stand so.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn those(
    tx: &impl TenantConn,
    id: BroadcastId,
    state: RecipientState,
    limit: u64,
) -> Result<Vec<(recipient::Model, Option<user::Model>)>, StoreError> {
    let rows = Entity::find()
        .filter(COLUMN.broadcast_id.eq(id))
        .filter(COLUMN.state.eq(state))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(tx.raw())
        .await?;
    let ids = rows.iter().map(|row| row.user_id);
    let users = user::Entity::find().filter(user::Column::Id.is_in(ids)).all(tx.raw()).await?;
    let mut users: HashMap<_, _> = users.into_iter().map(|user| (user.id, user)).collect();
    Ok(rows
        .into_iter()
        .map(|row| {
            let user = users.remove(&row.user_id);
            (row, user)
        })
        .collect())
}

async fn counts_of(
    tx: &impl TenantConn,
    ids: impl IntoIterator<Item = BroadcastId>,
) -> Result<HashMap<BroadcastId, Counts>, StoreError> {
    let found: Vec<(BroadcastId, RecipientState, i64)> = Entity::find()
        .select_only()
        .column(Column::BroadcastId)
        .column(Column::State)
        .column_as(Column::Id.count(), "number")
        .filter(Column::BroadcastId.is_in(ids))
        .group_by(Column::BroadcastId)
        .group_by(Column::State)
        .into_tuple()
        .all(tx.raw())
        .await?;
    let mut all: HashMap<BroadcastId, Counts> = HashMap::new();
    for (id, state, number) in found {
        all.entry(id).or_default().0.insert(state, number);
    }
    Ok(all)
}
