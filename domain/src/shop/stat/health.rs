//! What the shop's rows say of how things go.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use crate::{
    clock::Clock,
    db::{StoreError, TenantConn},
    entities::tenant::{
        job::{self, JobState},
        payment_inbox::{self, InboxKind, InboxState},
        seen_update,
    },
    ids::BotId,
};

/// Work that waits longer than this is late.
const LATE: Duration = Duration::minutes(10);
const LATELY: Duration = Duration::hours(24);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// When a user last did something by this bot.
    pub last_update: Option<DateTime<Utc>>,
    /// What providers told us and nobody has acted on yet.
    pub waiting_events: u64,
    /// Webhooks of the last day that were not believed.
    pub refused_events: u64,
    pub overdue_jobs: u64,
    /// Given up: they wait for a person.
    pub dead_jobs: u64,
}

/// # Errors
/// [`StoreError::Database`].
pub async fn look(tx: &impl TenantConn, bot: BotId) -> Result<Rows, StoreError> {
    let now = tx.clock().now();
    let last = seen_update::Entity::find()
        .filter(seen_update::COLUMN.bot_id.eq(bot))
        .order_by_desc(seen_update::Column::SeenAt)
        .one(tx.raw())
        .await?;
    let events = payment_inbox::Entity::find();
    let waiting = events
        .clone()
        .filter(payment_inbox::COLUMN.state.eq(InboxState::Pending))
        .filter(payment_inbox::COLUMN.received_at.lt(now - LATE));
    let refused = events
        .filter(payment_inbox::COLUMN.kind.eq(InboxKind::Refused))
        .filter(payment_inbox::COLUMN.received_at.gte(now - LATELY));
    let late = job::Entity::find()
        .filter(job::COLUMN.state.eq(JobState::Ready))
        .filter(job::COLUMN.run_at.lt(now - LATE));
    let dead = job::Entity::find().filter(job::COLUMN.state.eq(JobState::Dead));
    Ok(Rows {
        last_update: last.map(|row| row.seen_at),
        waiting_events: waiting.count(tx.raw()).await?,
        refused_events: refused.count(tx.raw()).await?,
        overdue_jobs: late.count(tx.raw()).await?,
        dead_jobs: dead.count(tx.raw()).await?,
    })
}
