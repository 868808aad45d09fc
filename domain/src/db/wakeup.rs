//! Hints that tell the workers which tenants have work due, so that nobody polls ten thousand files.
//!
//! The hint is in the master database and is written *before* the tenant's commit. A worker may
//! therefore look too early and find nothing: it does not delete the hint but moves it ahead by 1, 5
//! and 30 s, and drops it only when a look that began at least [`SETTLED`] after the last writing
//! still finds nothing and the hint's version is unchanged. Tenant transactions are cut off at 30 s,
//! so by then every announced commit has happened or never will.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict, Query},
};
use tokio::sync::Notify;

use super::{Conn, MasterConn, MasterDb, StoreError};
use crate::{
    entities::master::{
        tenant,
        wakeup::{self, COLUMN, Entity},
    },
    ids::TenantId,
};

/// A hint as it was read.
pub type Hint = wakeup::Model;

/// How old a hint must be before a look may drop it; twice the longest transaction.
pub const SETTLED: Duration = Duration::seconds(60);

/// Tells this process's workers at once; other processes see the hint when they poll.
#[derive(Clone, Debug, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    pub fn ring(&self) {
        self.0.notify_one();
    }

    pub async fn rung(&self) {
        self.0.notified().await;
    }
}

/// Says that `tenant` has work at the real instant `due_at`.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn hint(master: &MasterDb, tenant: TenantId, due_at: DateTime<Utc>) -> Result<(), StoreError> {
    let row = wakeup::ActiveModel {
        tenant_id: Set(tenant),
        due_at: Set(due_at),
        written_at: Set(master.clock().now()),
        version: Set(1),
        idle_looks: Set(0),
        swept: Set(false),
    };
    Entity::insert(row).on_conflict(merge()).exec_without_returning(master.raw()).await?;
    Ok(())
}

/// Hints every tenant in one statement. These hints come after all that announce known work.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn hint_all(master: &MasterDb) -> Result<(), StoreError> {
    let now = master.clock().now();
    let columns = [
        wakeup::Column::TenantId,
        wakeup::Column::DueAt,
        wakeup::Column::WrittenAt,
        wakeup::Column::Version,
        wakeup::Column::IdleLooks,
        wakeup::Column::Swept,
    ];
    let mut tenants = Query::select();
    tenants
        .column(tenant::Column::Id)
        .exprs([Expr::value(now), Expr::value(now), Expr::value(1), Expr::value(0), Expr::value(true)])
        .from(tenant::Entity)
        // SQLite reads `FROM a ON CONFLICT` as a join.
        .and_where(Expr::cust("1 = 1"));
    let mut insert = Query::insert();
    insert
        .into_table(Entity)
        .columns(columns)
        .select_from(tenants)
        .map_err(|error| sea_orm::DbErr::Custom(error.to_string()))?
        .on_conflict(merge());
    master.raw().execute(&insert).await?;
    master.bell().ring();
    Ok(())
}

/// Two hints become one, due when the earlier of them is. It stays a sweep's only while nothing else
/// says that there is work by then.
fn merge() -> OnConflict {
    let old = |column: wakeup::Column| Expr::col((Entity, column));
    let new = |name: &'static str| Expr::cust(format!("excluded.{name}"));
    let earliest = Expr::case(old(wakeup::Column::DueAt).lte(new("due_at")), old(wakeup::Column::DueAt))
        .finally(new("due_at"));
    let swept = "excluded.swept AND (wakeups.swept OR wakeups.due_at > excluded.due_at)";
    OnConflict::column(wakeup::Column::TenantId)
        .value(wakeup::Column::DueAt, earliest)
        .value(wakeup::Column::Swept, Expr::cust(swept))
        .value(wakeup::Column::WrittenAt, new("written_at"))
        .value(wakeup::Column::Version, old(wakeup::Column::Version).add(1))
        .value(wakeup::Column::IdleLooks, 0)
        .to_owned()
}

/// The tenants that are due, without those in `except`: the longest-waiting first, after them those
/// that only a sweep hinted.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn due(
    master: &impl MasterConn,
    now: DateTime<Utc>,
    limit: u64,
    except: &[TenantId],
) -> Result<Vec<wakeup::Model>, StoreError> {
    Ok(Entity::find()
        .filter(COLUMN.due_at.lte(now))
        .filter(COLUMN.tenant_id.is_not_in(except.iter().copied()))
        .order_by_asc(wakeup::Column::Swept)
        .order_by_asc(wakeup::Column::DueAt)
        .limit(limit)
        .all(master.raw())
        .await?)
}

/// Drops the hint of a tenant that is gone.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn forget(master: &impl MasterConn, tenant: TenantId) -> Result<(), StoreError> {
    Entity::delete_by_id(tenant).exec(master.raw()).await?;
    Ok(())
}

/// What a look into the tenant found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Work, now or at this real instant.
    Next(DateTime<Utc>),
    /// No open job at all.
    Nothing,
}

/// Puts the hint that was read as `seen` where the look says, unless it was written again since.
/// `began` is the real instant at which the look into the tenant began.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn looked(
    master: &MasterDb,
    seen: &wakeup::Model,
    look: Look,
    began: DateTime<Utc>,
) -> Result<(), StoreError> {
    let unchanged = COLUMN.tenant_id.eq(seen.tenant_id).and(COLUMN.version.eq(seen.version));
    let due_at = match look {
        // A commit that was announced for an earlier moment may still be under way.
        Look::Next(at) if began - seen.written_at >= SETTLED => at,
        Look::Next(at) => Ord::min(at, began + pause(seen.idle_looks)),
        Look::Nothing if began - seen.written_at >= SETTLED => {
            Entity::delete_many().filter(unchanged).exec(master.raw()).await?;
            return Ok(());
        }
        Look::Nothing => began + pause(seen.idle_looks),
    };
    Entity::update_many()
        .col_expr(wakeup::Column::DueAt, Expr::value(due_at))
        .col_expr(wakeup::Column::IdleLooks, Expr::value(seen.idle_looks + 1))
        .col_expr(wakeup::Column::Swept, Expr::value(false))
        .filter(unchanged)
        .exec(master.raw())
        .await?;
    Ok(())
}

/// 1, 5, then 30 s.
fn pause(idle_looks: i32) -> Duration {
    Duration::seconds(match idle_looks {
        0 => 1,
        1 => 5,
        _ => 30,
    })
}
