//! Recurring jobs: one row each, at most one run for each slot, the latest missed one caught up.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::{
    db::{Conn, MasterTx, StoreError},
    entities::master::schedule::{self, COLUMN, Column, Entity},
};

/// A line of the schedule table.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    pub name: &'static str,
    /// Six fields, seconds first, in UTC.
    pub spec: &'static str,
}

impl Schedule {
    fn after(&self, instant: DateTime<Utc>) -> Option<DateTime<Utc>> {
        cron::Schedule::from_str(self.spec).ok()?.after(&instant).next()
    }
}

/// The schedules whose slot has come, each taken by this transaction alone: the caller queues their
/// jobs in it. However many slots were missed, a schedule is due once.
///
/// # Errors
/// [`StoreError`]; also for a schedule that is no cron expression.
pub async fn due_slots(tx: &MasterTx, schedules: &[Schedule]) -> Result<Vec<&'static str>, StoreError> {
    let now = tx.now();
    let known = Entity::find().all(tx.raw()).await?;
    let mut due = Vec::new();
    for schedule in schedules {
        let next = schedule.after(now).ok_or_else(|| {
            StoreError::Unsafe(format!("the schedule of {} is no cron expression", schedule.name))
        })?;
        match known.iter().find(|row| row.name == schedule.name) {
            None => begin(tx, schedule, next).await?,
            Some(row) if row.spec != schedule.spec => respecify(tx, schedule, next).await?,
            Some(row) if row.next_slot <= now && take(tx, schedule, now, next).await? => {
                due.push(schedule.name);
            }
            Some(_) => {}
        }
    }
    Ok(due)
}

/// Another process may begin it at the same time.
async fn begin(tx: &MasterTx, schedule: &Schedule, next: DateTime<Utc>) -> Result<(), StoreError> {
    let row = schedule::ActiveModel {
        name: Set(schedule.name.to_owned()),
        spec: Set(schedule.spec.to_owned()),
        last_slot: Set(None),
        next_slot: Set(next),
        last_result: Set(None),
    };
    let keep = OnConflict::new().do_nothing().to_owned();
    Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// A release changed the line: the old slot would be waited for in vain, perhaps for a week.
async fn respecify(tx: &MasterTx, schedule: &Schedule, next: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Spec, Expr::value(schedule.spec))
        .col_expr(Column::NextSlot, Expr::value(next))
        .filter(COLUMN.name.eq(schedule.name))
        .exec(tx.raw())
        .await?;
    Ok(())
}

/// False when another process took the slot since we looked.
async fn take(
    tx: &MasterTx,
    schedule: &Schedule,
    now: DateTime<Utc>,
    next: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let taken = Entity::update_many()
        .col_expr(Column::LastSlot, Expr::value(Some(now)))
        .col_expr(Column::NextSlot, Expr::value(next))
        .filter(COLUMN.name.eq(schedule.name))
        .filter(COLUMN.next_slot.lte(now))
        .exec(tx.raw())
        .await?;
    Ok(taken.rows_affected == 1)
}
