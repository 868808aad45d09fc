//! Takes back from the chats what was sent. Deleting twice does no harm, so nothing is marked before.

use std::time::{Duration, Instant};

use futures::{StreamExt as _, stream};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{jobs::DeleteBroadcast, send::AT_ONCE, service};
use crate::{
    db::{Conn as _, StoreError, TenantConn, TenantDb},
    entities::tenant::broadcast_recipient::{self as recipient, COLUMN, Column, Entity, RecipientState},
    ids::BroadcastId,
    jobs::{self, JobError},
    ports::{BroadcastSender, Removed},
};

/// How long one run goes on.
const WINDOW: Duration = Duration::from_secs(5);

/// The job.
///
/// # Errors
/// [`JobError`].
pub async fn run(db: &TenantDb, sender: &dyn BroadcastSender, id: BroadcastId) -> Result<(), JobError> {
    let until = Instant::now() + WINDOW;
    let mut wait = Duration::ZERO;
    loop {
        let rows = next(&db.read().await?, id).await?;
        if rows.is_empty() || wait > Duration::ZERO || Instant::now() > until {
            return Ok(end(db, id, !rows.is_empty(), wait).await?);
        }
        let removed = stream::iter(rows).map(async |row| {
            let message = row.message_id.unwrap_or_default();
            let removed = sender.remove(db.tenant(), row.bot_id, row.telegram_id, message).await;
            (row, removed)
        });
        let removed: Vec<_> = removed.buffer_unordered(AT_ONCE).collect().await;
        let tx = db.write().await?;
        for (row, removed) in removed {
            let mut row = row.into_active_model();
            match removed {
                Removed::Gone => row.state = Set(RecipientState::Deleted),
                Removed::Kept(reason) => {
                    row.state = Set(RecipientState::Kept);
                    row.reason = Set(Some(reason));
                }
                Removed::Later(after) => {
                    wait = wait.max(after);
                    continue;
                }
            }
            row.moved_at = Set(tx.now());
            row.update(tx.raw()).await.map_err(StoreError::from)?;
        }
        tx.commit().await?;
    }
}

async fn next(tx: &impl TenantConn, id: BroadcastId) -> Result<Vec<recipient::Model>, StoreError> {
    let sent = Entity::find()
        .filter(COLUMN.broadcast_id.eq(id))
        .filter(COLUMN.state.eq(RecipientState::Sent))
        .order_by_asc(Column::Id)
        .limit(AT_ONCE as u64);
    Ok(sent.all(tx.raw()).await?)
}

async fn end(db: &TenantDb, id: BroadcastId, is_left: bool, wait: Duration) -> Result<(), StoreError> {
    let tx = db.write().await?;
    if is_left {
        jobs::enqueue(&tx, &DeleteBroadcast { broadcast: id }, tx.now() + wait).await?;
        return tx.commit().await;
    }
    if let Some(row) = service::lock(&tx, id).await? {
        let mut row = row.into_active_model();
        row.deleting = Set(false);
        row.update(tx.raw()).await?;
    }
    tx.commit().await
}
