//! The rows: queueing, claiming, finishing.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ActiveEnum, ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType, OnConflict, Query},
};

use super::{Job, JobError, LEASE, Queue, delay};
use crate::{
    db::{Conn, StoreError},
    entities::tenant::job::{self, COLUMN, Column, Entity, JobState},
    ids::JobId,
};

/// A job in a worker's hands.
#[derive(Clone, Debug)]
pub struct Claimed {
    pub row: job::Model,
}

impl Claimed {
    /// Reads what the job is about.
    ///
    /// # Errors
    /// [`JobError::Fail`] when the row was written by a version that we do not understand.
    pub fn payload<J: Job>(&self) -> Result<J, JobError> {
        serde_json::from_value(self.row.payload.clone()).map_err(JobError::fail)
    }
}

/// Jobs of one lane that run at once: a panel that keeps its callers waiting must not hold all the
/// places of its shop.
pub const PER_LANE: i64 = 3;
/// How long a done job can still be looked at.
const DONE_KEPT: Duration = Duration::days(7);
/// Rounds in which a waiting job of the same key was claimed just before we could hold on to it.
const TRIES: usize = 16;

/// Queues a job in the caller's transaction, due at `run_at` on the queue's clock. When one with the
/// same key is waiting already, that one becomes due no later than this, and no worker takes it before
/// the caller's commit: it would look for work that is not there yet.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn enqueue<J: Job>(tx: &impl Queue, job: &J, run_at: DateTime<Utc>) -> Result<(), StoreError> {
    let payload = serde_json::to_value(job).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
    let key = job.dedupe_key();
    let row = job::ActiveModel {
        id: Set(JobId::new()),
        kind: Set(J::KIND.to_owned()),
        dedupe_key: Set(key.clone()),
        payload: Set(payload),
        state: Set(JobState::Ready),
        lane: Set(job.lane()),
        priority: Set(J::PRIORITY),
        run_at: Set(run_at),
        attempts: Set(0),
        max_attempts: Set(J::MAX_ATTEMPTS),
        lease_until: Set(None),
        worker: Set(None),
        epoch: Set(0),
        last_error: Set(None),
        created_at: Set(tx.queue_now()),
        done_at: Set(None),
    };
    tx.announce_job(run_at);
    for _ in 0..TRIES {
        let ignore = OnConflict::new().do_nothing().to_owned();
        let inserted =
            Entity::insert(row.clone()).on_conflict(ignore).exec_without_returning(tx.raw()).await?;
        if inserted == 1 || hold_waiting(tx, J::KIND, key.as_deref(), run_at).await? {
            return Ok(());
        }
    }
    Err(sea_orm::DbErr::Custom(format!("a job {} was claimed as often as it was queued", J::KIND)).into())
}

/// Makes the waiting job due no later than `run_at`. Always a change, never only a look: the row's lock
/// is what keeps workers away from it. False when a worker was faster.
async fn hold_waiting(
    tx: &impl Queue,
    kind: &str,
    key: Option<&str>,
    run_at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let earliest = Expr::case(Expr::col(Column::RunAt).gt(run_at), Expr::value(run_at))
        .finally(Expr::col(Column::RunAt));
    let held = Entity::update_many()
        .col_expr(Column::RunAt, earliest.into())
        .filter(COLUMN.kind.eq(kind))
        .filter(COLUMN.dedupe_key.eq(key.map(str::to_owned)))
        .filter(waits())
        .exec(tx.raw())
        .await?;
    Ok(held.rows_affected > 0)
}

/// Takes up to `limit` due jobs, the most urgent first, and of each lane no more than run beside each
/// other. Two processes that look at once may take that many each.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn claim(tx: &impl Queue, worker: &str, limit: u64) -> Result<Vec<Claimed>, StoreError> {
    let ids = choose(tx, limit).await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::update_many()
        .col_expr(Column::State, Expr::value(JobState::Running))
        .col_expr(Column::Epoch, Expr::col(Column::Epoch).add(1))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .col_expr(Column::LeaseUntil, Expr::value(Some(tx.lease_now() + LEASE)))
        .col_expr(Column::Worker, Expr::value(Some(worker.to_owned())))
        .filter(COLUMN.id.is_in(ids))
        .exec_with_returning(tx.raw())
        .await?;
    let mut claimed: Vec<_> = rows.into_iter().map(|row| Claimed { row }).collect();
    claimed.sort_by_key(|job| (std::cmp::Reverse(job.row.priority), job.row.run_at));
    Ok(claimed)
}

/// Looks again behind the jobs of a lane that turns out to be full.
async fn choose(tx: &impl Queue, limit: u64) -> Result<Vec<JobId>, StoreError> {
    let mut lanes = running_by_lane(tx).await?;
    let mut chosen: Vec<JobId> = Vec::new();
    loop {
        let full = lanes.iter().filter(|(_, running)| **running >= PER_LANE).map(|(lane, _)| lane.clone());
        let has_room = Condition::any().add(COLUMN.lane.is_null()).add(COLUMN.lane.is_not_in(full));
        let found: Vec<(JobId, Option<String>)> = Entity::find()
            .select_only()
            .column(Column::Id)
            .column(Column::Lane)
            .filter(COLUMN.state.eq(JobState::Ready))
            .filter(COLUMN.run_at.lte(tx.queue_now()))
            .filter(COLUMN.id.is_not_in(chosen.iter().copied()))
            .filter(no_twin_runs())
            .filter(has_room)
            .order_by_desc(Column::Priority)
            .order_by_asc(Column::RunAt)
            .limit(limit.saturating_sub(chosen.len() as u64))
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .into_tuple()
            .all(tx.raw())
            .await?;
        let mut is_some_left = false;
        for (id, lane) in found {
            if let Some(lane) = lane {
                let running = lanes.entry(lane).or_insert(0);
                if *running >= PER_LANE {
                    is_some_left = true;
                    continue;
                }
                *running += 1;
            }
            chosen.push(id);
        }
        if !is_some_left || chosen.len() as u64 >= limit {
            return Ok(chosen);
        }
    }
}

async fn running_by_lane(tx: &impl Conn) -> Result<HashMap<String, i64>, StoreError> {
    let running: Vec<(String, i64)> = Entity::find()
        .select_only()
        .column(Column::Lane)
        .column_as(Column::Id.count(), "running")
        .filter(COLUMN.state.eq(JobState::Running))
        .filter(COLUMN.lane.is_not_null())
        .group_by(Column::Lane)
        .into_tuple()
        .all(tx.raw())
        .await?;
    Ok(running.into_iter().collect())
}

/// Two jobs of one key are never run beside each other: both would find undone what each is about to do, and
/// a user would be told twice. The one that waits is taken when the other one has ended.
fn no_twin_runs() -> Condition {
    let running = Query::select()
        .columns([Column::Kind, Column::DedupeKey])
        .from(Entity)
        .and_where(Column::State.eq(JobState::Running))
        .and_where(Column::DedupeKey.is_not_null())
        .to_owned();
    let own = Expr::tuple([Expr::col(Column::Kind), Expr::col(Column::DedupeKey)]);
    Condition::any().add(COLUMN.dedupe_key.is_null()).add(own.not_in_subquery(running))
}

/// Writes down how a job ended. Returns false when its lease had passed to another worker: then
/// nothing is written.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn finish(
    tx: &impl Queue,
    job: &Claimed,
    outcome: &Result<(), JobError>,
) -> Result<bool, StoreError> {
    let now = tx.queue_now();
    let twin = waiting_twin(tx, job).await?;
    if let Some(twin) = &twin {
        tx.announce_job(twin.run_at);
    }
    let update = Entity::update_many()
        .filter(COLUMN.id.eq(job.row.id))
        .filter(COLUMN.epoch.eq(job.row.epoch))
        .filter(COLUMN.state.eq(JobState::Running))
        .col_expr(Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>));
    let update = match outcome {
        Ok(()) => closed(update, JobState::Done, None, now),
        Err(JobError::Fail(reason)) => closed(update, JobState::Dead, Some(reason.clone()), now),
        Err(JobError::Retry { reason, .. }) if job.row.attempts >= job.row.max_attempts => {
            closed(update, JobState::Dead, Some(reason.clone()), now)
        }
        Err(JobError::Retry { reason, .. }) if twin.is_some() => {
            closed(update, JobState::Done, Some(format!("superseded after: {reason}")), now)
        }
        Err(JobError::Retry { reason, after }) => {
            let run_at = now + after.unwrap_or_else(|| delay(job.row.attempts));
            tx.announce_job(run_at);
            update
                .col_expr(Column::State, Expr::value(JobState::Ready))
                .col_expr(Column::RunAt, Expr::value(run_at))
                .col_expr(Column::LastError, Expr::value(Some(reason.clone())))
        }
    };
    Ok(update.exec(tx.raw()).await?.rows_affected == 1)
}

fn closed(
    update: sea_orm::UpdateMany<Entity>,
    state: JobState,
    error: Option<String>,
    now: DateTime<Utc>,
) -> sea_orm::UpdateMany<Entity> {
    update
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::LastError, Expr::value(error))
        .col_expr(Column::DoneAt, Expr::value(Some(now)))
}

/// Another job of the same key that waits already: it does this one's work if that was not done, and can
/// be taken when this one has ended.
async fn waiting_twin(tx: &impl Conn, job: &Claimed) -> Result<Option<job::Model>, StoreError> {
    let Some(key) = &job.row.dedupe_key else { return Ok(None) };
    let waiting = Entity::find()
        .filter(COLUMN.kind.eq(job.row.kind.as_str()))
        .filter(COLUMN.dedupe_key.eq(Some(key.clone())))
        .filter(waits());
    Ok(waiting.one(tx.raw()).await?)
}

/// Written into the statement and not bound to it: the index of the waiting keys holds for that state
/// only, and a plan does not look at bound values.
fn waits() -> Expr {
    Expr::col(Column::State).eq(Expr::Constant(JobState::Ready.to_value().into()))
}

/// The worker lives: the job's lease begins anew. False when it had passed to another worker.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn renew(tx: &impl Queue, job: &Claimed) -> Result<bool, StoreError> {
    let renewed = Entity::update_many()
        .col_expr(Column::LeaseUntil, Expr::value(Some(tx.lease_now() + LEASE)))
        .filter(COLUMN.id.eq(job.row.id))
        .filter(COLUMN.epoch.eq(job.row.epoch))
        .filter(COLUMN.state.eq(JobState::Running))
        .exec(tx.raw())
        .await?;
    Ok(renewed.rows_affected == 1)
}

/// Gives back the jobs whose worker is gone; those without attempts left are dead.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn reap(tx: &impl Queue) -> Result<(), StoreError> {
    let lost = Entity::find()
        .filter(COLUMN.state.eq(JobState::Running))
        .filter(COLUMN.lease_until.lt(tx.lease_now()))
        .all(tx.raw())
        .await?;
    for row in lost {
        let job = Claimed { row };
        finish(tx, &job, &Err(JobError::retry_after("the worker was lost", Duration::zero()))).await?;
    }
    Ok(())
}

/// When the next job is due on the queue's clock; a running one counts when its lease ends, and one whose
/// twin runs counts with that.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn next_due(tx: &impl Queue) -> Result<Option<DateTime<Utc>>, StoreError> {
    let ready: Option<Option<DateTime<Utc>>> = Entity::find()
        .select_only()
        .column_as(COLUMN.run_at.min(), "due")
        .filter(COLUMN.state.eq(JobState::Ready))
        .filter(no_twin_runs())
        .into_tuple()
        .one(tx.raw())
        .await?;
    let leased: Option<Option<DateTime<Utc>>> = Entity::find()
        .select_only()
        .column_as(COLUMN.lease_until.min(), "due")
        .filter(COLUMN.state.eq(JobState::Running))
        .into_tuple()
        .one(tx.raw())
        .await?;
    let ahead = tx.queue_now() - tx.lease_now();
    let leased = leased.flatten().map(|at| at + ahead);
    Ok([ready.flatten(), leased].into_iter().flatten().min())
}

/// Makes the jobs of a lane due: `each` apart, so that what they wait for is not overrun at once. One
/// that is running may be about to put itself aside, because it looked too early: a twin of it waits,
/// and a job with a waiting twin is not tried again itself. Returns how many were waiting.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn make_lane_due(tx: &impl Queue, lane: &str, each: Duration) -> Result<usize, StoreError> {
    // First, so that one which ends meanwhile is found among the waiting.
    leave_twins(tx, lane).await?;
    let waiting = Entity::find()
        .filter(COLUMN.lane.eq(Some(lane.to_owned())))
        .filter(COLUMN.state.eq(JobState::Ready))
        .order_by_asc(Column::CreatedAt)
        .all(tx.raw())
        .await?;
    let mut due = tx.queue_now();
    for row in &waiting {
        if row.run_at > due {
            Entity::update_many()
                .col_expr(Column::RunAt, Expr::value(due))
                .filter(COLUMN.id.eq(row.id))
                .exec(tx.raw())
                .await?;
            tx.announce_job(due);
        }
        due += each;
    }
    Ok(waiting.len())
}

async fn leave_twins(tx: &impl Queue, lane: &str) -> Result<(), StoreError> {
    let running = Entity::find()
        .filter(COLUMN.lane.eq(Some(lane.to_owned())))
        .filter(COLUMN.state.eq(JobState::Running))
        .filter(COLUMN.dedupe_key.is_not_null())
        .all(tx.raw())
        .await?;
    for row in running {
        let mut twin = row.into_active_model().reset_all();
        twin.id = Set(JobId::new());
        twin.state = Set(JobState::Ready);
        twin.run_at = Set(tx.queue_now());
        twin.attempts = Set(0);
        twin.lease_until = Set(None);
        twin.worker = Set(None);
        twin.epoch = Set(0);
        twin.created_at = Set(tx.queue_now());
        let keep = OnConflict::new().do_nothing().to_owned();
        Entity::insert(twin).on_conflict(keep).exec_without_returning(tx.raw()).await?;
        tx.announce_job(tx.queue_now());
    }
    Ok(())
}

/// Removes what was done long ago. What is dead waits for a person and stays.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn forget_done(tx: &impl Queue) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(COLUMN.state.eq(JobState::Done))
        .filter(COLUMN.done_at.lt(tx.queue_now() - DONE_KEPT))
        .exec(tx.raw())
        .await?;
    Ok(())
}

/// The jobs that are neither done nor dead, for tests and operators.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn open_jobs(conn: &impl Conn) -> Result<Vec<job::Model>, StoreError> {
    let open = Condition::any().add(COLUMN.state.eq(JobState::Ready)).add(COLUMN.state.eq(JobState::Running));
    Ok(Entity::find().filter(open).order_by_asc(Column::RunAt).all(conn.raw()).await?)
}
