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
    let mut due = Vec::new();
    for schedule in schedules {
        let next = schedule.after(now).ok_or_else(|| {
            StoreError::Unsafe(format!("the schedule of {} is no cron expression", schedule.name))
        })?;
        let row = schedule::ActiveModel {
            name: Set(schedule.name.to_owned()),
            spec: Set(schedule.spec.to_owned()),
            last_slot: Set(None),
            next_slot: Set(next),
            last_result: Set(None),
        };
        let keep = OnConflict::new().do_nothing().to_owned();
        Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await?;
        let taken = Entity::update_many()
            .col_expr(Column::LastSlot, Expr::value(Some(now)))
            .col_expr(Column::NextSlot, Expr::value(next))
            .filter(COLUMN.name.eq(schedule.name))
            .filter(COLUMN.next_slot.lte(now))
            .exec(tx.raw())
            .await?;
        if taken.rows_affected == 1 {
            due.push(schedule.name);
        }
    }
    Ok(due)
}
