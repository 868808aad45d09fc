//! The run that sends: takes some recipients in hand, calls Telegram, writes down what became of them and
//! takes the next, all in one transaction. It lasts a few seconds and queues itself for the rest, so that a
//! pause is soon felt and a shutdown soon over.

use std::time::{Duration, Instant};

use futures::{StreamExt as _, stream::FuturesUnordered};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};

use super::{
    edition,
    freeze::{self, Reach},
    jobs::SendBroadcast,
    service,
    told::Told,
};
use crate::{
    db::{Conn, StoreError, TenantConn, TenantDb, TenantTx},
    entities::tenant::{
        broadcast::{BroadcastState, Model},
        broadcast_recipient::{self as recipient, COLUMN, Column, Entity, RecipientState},
        job::{self, JobState},
    },
    faults,
    ids::{BroadcastId, RowId},
    jobs::{self, Claimed, JobError, Queue as _},
    ports::{BroadcastSender, Posted},
    shop::chat,
};

/// Messages on their way at once, and with them the most of which a crash leaves the end unknown.
pub const AT_ONCE: usize = 16;
/// With so many under way the next are taken.
const LOW: usize = AT_ONCE / 2;
/// How long one run takes recipients in hand.
const WINDOW: Duration = Duration::from_secs(5);
/// While another run is at it.
const OTHERS: chrono::Duration = chrono::Duration::seconds(2);

/// The job.
///
/// # Errors
/// [`JobError`].
pub async fn run(
    db: &TenantDb,
    sender: &dyn BroadcastSender,
    reach: Reach<'_>,
    job: &Claimed,
) -> Result<(), JobError> {
    let SendBroadcast { broadcast, in_doubt } = job.payload()?;
    let Some(run) = Run::begin(db, broadcast, job).await? else { return Ok(()) };
    if !run.freeze(reach).await? {
        return Ok(());
    }
    if in_doubt && !run.is_answered(sender).await? {
        return Ok(run.end(Vec::new(), &Told { doubt: true, ..Told::default() }).await?);
    }
    Ok(run.send(sender).await?)
}

/// One run of one broadcast.
struct Run<'a> {
    db: &'a TenantDb,
    broadcast: BroadcastId,
    job: &'a Claimed,
    /// Names it in its recipients' rows.
    id: RowId,
}

type Ended = (recipient::Model, Posted);

impl<'a> Run<'a> {
    /// Takes the broadcast, if it is to be sent now. What a run that died left in hand is unknown from here.
    async fn begin(
        db: &'a TenantDb,
        broadcast: BroadcastId,
        job: &'a Claimed,
    ) -> Result<Option<Self>, JobError> {
        let tx = db.write().await?;
        let Some(mut row) = service::lock(&tx, broadcast).await? else { return Ok(None) };
        if is_run_by_another(&tx, &row, job).await? {
            return Err(JobError::retry_after("another run is at it", OTHERS));
        }
        let lost = give_up_lost(&tx, broadcast).await?;
        if lost > 0 {
            tracing::warn!(%broadcast, lost, "a broadcast was cut off: nobody knows whether these arrived");
        }
        if let (BroadcastState::Scheduled, Some(at)) = (row.state, row.send_at) {
            if at > tx.now() {
                jobs::enqueue(&tx, &SendBroadcast { broadcast, in_doubt: false }, at).await?;
                tx.commit().await?;
                return Ok(None);
            }
            row = started(&tx, row).await?;
        }
        let is_ours = row.state == BroadcastState::Sending;
        let mut change = row.into_active_model();
        change.run_job = Set(is_ours.then_some(job.row.id));
        change.run_epoch = Set(is_ours.then_some(job.row.epoch));
        change.update(tx.raw()).await.map_err(StoreError::from)?;
        tx.commit().await?;
        Ok(is_ours.then(|| Self { db, broadcast, job, id: RowId::new() }))
    }

    /// Writes down who gets it; false when it was paused meanwhile.
    async fn freeze(&self, reach: Reach<'_>) -> Result<bool, StoreError> {
        loop {
            let tx = self.db.write().await?;
            let Some(row) = self.ours(&tx).await? else { return Ok(false) };
            if row.frozen_at.is_some() {
                return Ok(true);
            }
            freeze::piece(&tx, row, reach).await?;
            tx.commit().await?;
        }
    }

    async fn is_answered(&self, sender: &dyn BroadcastSender) -> Result<bool, StoreError> {
        let tx = self.db.read().await?;
        let next = self.next(&tx, 1).await?.pop();
        drop(tx);
        let Some(next) = next else { return Ok(true) };
        Ok(sender.answers(self.db.tenant(), next.bot_id).await)
    }

    async fn send(&self, sender: &dyn BroadcastSender) -> Result<(), StoreError> {
        let editions = edition::all(self.db, self.broadcast).await?;
        let (until, tenant) = (Instant::now() + WINDOW, self.db.tenant());
        let mut flight = FuturesUnordered::new();
        let mut ended: Vec<Ended> = Vec::new();
        let mut told = Told::default();
        while told.may_go_on() && Instant::now() < until {
            let claimed = self.turn(&mut ended, AT_ONCE - flight.len()).await?;
            for row in claimed {
                let Some(edition) = editions.get(&row.locale) else {
                    // The shop speaks another language than when the text was checked.
                    ended.push((row, Posted::Refused("no text".into())));
                    continue;
                };
                flight.push(async move {
                    faults::hit(faults::MESSAGE_SENT_BEFORE);
                    let posted = sender.post(tenant, row.bot_id, row.telegram_id, edition).await;
                    faults::hit(faults::MESSAGE_SENT_AFTER);
                    (row, posted)
                });
            }
            if flight.is_empty() && ended.is_empty() {
                break;
            }
            while flight.len() > LOW || ended.is_empty() {
                let Some(outcome) = flight.next().await else { break };
                told.hear(&outcome.1);
                ended.push(outcome);
            }
        }
        while let Some(outcome) = flight.next().await {
            told.hear(&outcome.1);
            ended.push(outcome);
        }
        self.end(ended, &told).await
    }

    /// Writes down what has ended, and takes up to `room` others in hand.
    async fn turn(&self, ended: &mut Vec<Ended>, room: usize) -> Result<Vec<recipient::Model>, StoreError> {
        let tx = self.db.write().await?;
        for (row, posted) in ended.drain(..) {
            self.store(&tx, row, posted).await?;
        }
        let claimed = match self.ours(&tx).await? {
            Some(_) => self.next(&tx, room).await?,
            None => Vec::new(),
        };
        Entity::update_many()
            .col_expr(Column::State, Expr::value(RecipientState::Sending))
            .col_expr(Column::Run, Expr::value(Some(self.id)))
            .col_expr(Column::MovedAt, Expr::value(tx.now()))
            .filter(Column::Id.is_in(claimed.iter().map(|row| row.id)))
            .exec(tx.raw())
            .await?;
        tx.commit().await?;
        Ok(claimed)
    }

    /// The last transaction: what has ended, and how the broadcast goes on.
    async fn end(&self, ended: Vec<Ended>, told: &Told) -> Result<(), StoreError> {
        let tx = self.db.write().await?;
        for (row, posted) in ended {
            self.store(&tx, row, posted).await?;
        }
        let Some(row) = service::lock(&tx, self.broadcast).await?.filter(|row| self.holds(row)) else {
            return tx.commit().await;
        };
        let goes_on = row.state == BroadcastState::Sending;
        let is_left = goes_on && !self.next(&tx, 1).await?.is_empty();
        let mut change = row.into_active_model();
        change.run_job = Set(None);
        change.run_epoch = Set(None);
        if goes_on && !is_left {
            change.state = Set(BroadcastState::Done);
            change.ended_at = Set(Some(tx.now()));
        }
        if is_left {
            match told.halt() {
                Some(halt) => {
                    change.state = Set(BroadcastState::Paused);
                    change.halt = Set(Some(halt));
                }
                None => {
                    let next = SendBroadcast { broadcast: self.broadcast, in_doubt: told.doubt };
                    jobs::enqueue(&tx, &next, tx.now() + told.pause()).await?;
                }
            }
        }
        change.update(tx.raw()).await?;
        tx.commit().await?;
        faults::hit(faults::MESSAGE_STORED_AFTER);
        Ok(())
    }

    /// What became of one recipient. When another run has taken him meanwhile, that one says.
    async fn store(&self, tx: &TenantTx, row: recipient::Model, posted: Posted) -> Result<(), StoreError> {
        let (state, message, reason) = match posted {
            Posted::Sent(message) => (RecipientState::Sent, Some(message), None),
            Posted::Blocked(reason) => (RecipientState::Blocked, None, Some(reason)),
            Posted::Refused(reason) => (RecipientState::Failed, None, Some(reason)),
            Posted::Unknown(reason) => (RecipientState::Unknown, None, Some(reason)),
            Posted::Later(_) | Posted::NoBot => (RecipientState::Waiting, None, None),
        };
        if state == RecipientState::Blocked
            && let Some(chat) = chat::service::find(tx, row.bot_id, row.telegram_id).await?
        {
            chat::service::mark_blocked(tx, chat.id).await?;
        }
        Entity::update_many()
            .col_expr(Column::State, Expr::value(state))
            .col_expr(Column::MessageId, Expr::value(message))
            .col_expr(Column::Reason, Expr::value(reason))
            .col_expr(Column::MovedAt, Expr::value(tx.now()))
            .filter(COLUMN.id.eq(row.id))
            .filter(COLUMN.run.eq(Some(self.id)))
            .filter(COLUMN.state.is_in([RecipientState::Sending, RecipientState::Unknown]))
            .exec(tx.raw())
            .await?;
        Ok(())
    }

    async fn next(&self, tx: &impl TenantConn, room: usize) -> Result<Vec<recipient::Model>, StoreError> {
        let waiting = Entity::find()
            .filter(COLUMN.broadcast_id.eq(self.broadcast))
            .filter(COLUMN.state.eq(RecipientState::Waiting))
            .order_by_asc(Column::Id)
            .limit(room as u64);
        Ok(waiting.all(tx.raw()).await?)
    }

    /// The broadcast, while it is to be sent and by this run.
    async fn ours(&self, tx: &TenantTx) -> Result<Option<Model>, StoreError> {
        let row = service::lock(tx, self.broadcast).await?;
        Ok(row.filter(|row| row.state == BroadcastState::Sending && self.holds(row)))
    }

    fn holds(&self, row: &Model) -> bool {
        row.run_job == Some(self.job.row.id) && row.run_epoch == Some(self.job.row.epoch)
    }
}

/// Its time has come.
async fn started(tx: &TenantTx, row: Model) -> Result<Model, StoreError> {
    let mut change = row.into_active_model();
    change.state = Set(BroadcastState::Sending);
    change.started_at = Set(Some(tx.now()));
    Ok(change.update(tx.raw()).await?)
}

/// Whether a job that lives has it.
async fn is_run_by_another(tx: &TenantTx, row: &Model, own: &Claimed) -> Result<bool, StoreError> {
    let Some(id) = row.run_job.filter(|id| *id != own.row.id) else { return Ok(false) };
    let other = job::Entity::find_by_id(id).one(tx.raw()).await?;
    Ok(other.is_some_and(|other| {
        other.state == JobState::Running
            && Some(other.epoch) == row.run_epoch
            && other.lease_until.is_some_and(|until| until > tx.lease_now())
    }))
}

async fn give_up_lost(tx: &TenantTx, broadcast: BroadcastId) -> Result<u64, StoreError> {
    let lost = Entity::update_many()
        .col_expr(Column::State, Expr::value(RecipientState::Unknown))
        .col_expr(Column::MovedAt, Expr::value(tx.now()))
        .filter(COLUMN.broadcast_id.eq(broadcast))
        .filter(COLUMN.state.eq(RecipientState::Sending))
        .exec(tx.raw())
        .await?;
    Ok(lost.rows_affected)
}
