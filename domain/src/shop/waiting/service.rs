//! Who waits for room, and how they are told.

use chrono::Duration;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use crate::{
    db::{Conn, StoreError, TenantConn, TenantDb, TenantTx},
    entities::tenant::notification::{COLUMN, Column, Entity, NotificationState},
    jobs::{self, Job, JobError},
    platform::package::admission,
    ports::Notice,
    shop::{
        notification::service::{self as notification, Recipient},
        panel::service as panels,
    },
};

/// Begins the key of every notice that there is room.
const ROOM: &str = "room:";

/// How soon somebody is told that a place is free.
const EVERY: Duration = Duration::minutes(10);

/// Told in one transaction; the others have their turn [`EVERY`] so often.
const AT_ONCE: u64 = 100;

/// Tells as many of those who wait as there are places, the longest waiting first; runs again while
/// somebody waits.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct TellWaiting {}

impl Job for TellWaiting {
    const KIND: &'static str = "tell_waiting";
    const PRIORITY: i32 = -5;

    fn dedupe_key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Puts somebody on the list; whoever is on it keeps his place.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn wait(tx: &TenantTx, who: Recipient) -> Result<(), StoreError> {
    let own = format!("{ROOM}{}:", who.telegram_id);
    let waiting = Entity::find()
        .filter(COLUMN.dedupe_key.starts_with(&own))
        .filter(COLUMN.state.eq(NotificationState::Waiting));
    if waiting.count(tx.raw()).await? > 0 {
        return Ok(());
    }
    // He may have been told before and have come too late.
    notification::hold(tx, who, &format!("{own}{}", tx.now().timestamp()), &Notice::RoomFree).await?;
    jobs::enqueue(tx, &TellWaiting {}, tx.now() + EVERY).await
}

/// The job.
///
/// # Errors
/// [`JobError`].
pub async fn run(db: &TenantDb) -> Result<(), JobError> {
    let tx = db.write().await?;
    tell(&tx).await?;
    Ok(tx.commit().await?)
}

async fn tell(tx: &TenantTx) -> Result<(), StoreError> {
    let room = panels::room(tx).await?.min(admission::room(tx.master(), tx).await?);
    let waiting = Entity::find()
        .filter(COLUMN.dedupe_key.starts_with(ROOM))
        .filter(COLUMN.state.eq(NotificationState::Waiting))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id);
    let told = waiting.clone().limit(room.min(AT_ONCE)).all(tx.raw()).await?;
    for row in &told {
        notification::release(tx, &row.dedupe_key).await?;
    }
    if waiting.count(tx.raw()).await? > told.len() as u64 {
        jobs::enqueue(tx, &TellWaiting {}, tx.now() + EVERY).await?;
    }
    Ok(())
}
