//! A broadcast from draft to done, as people move it.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    sea_query::Expr,
};
use serde_json::to_value;

use super::{
    jobs::{DeleteBroadcast, SendBroadcast},
    letter::{Letter, Wrong},
    list, picture,
};
use crate::{
    args,
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::{
        broadcast::{ActiveModel, BroadcastState, Entity, Model, Segment},
        broadcast_picture,
        broadcast_recipient::{self as recipient, RecipientState},
    },
    error::Explain,
    ids::{BotId, BroadcastId, RowId},
    jobs,
    locale::{Args, Locale},
};

/// What is written before it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub segment: Segment,
    pub letter: Letter,
}

/// Why something is not done with a broadcast.
#[derive(Debug, thiserror::Error)]
pub enum BroadcastRefused {
    #[error("the shop has no such broadcast")]
    Gone,
    #[error("not as it stands now")]
    State,
    #[error("its letter cannot be sent")]
    Letter(Vec<Wrong>),
    #[error("the time is over")]
    Past,
    #[error("not a picture")]
    Picture,
    #[error("the picture is too large")]
    PictureSize,
    #[error("nobody of that kind is left")]
    Nobody,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for BroadcastRefused {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl Explain for BroadcastRefused {
    fn explain(&self) -> Option<(&'static str, Args)> {
        match self {
            Self::Gone => Some(("error-broadcast-gone", args![])),
            Self::State => Some(("error-broadcast-state", args![])),
            Self::Letter(wrong) => wrong.first().and_then(Explain::explain),
            Self::Past => Some(("error-broadcast-past", args![])),
            Self::Picture => Some(("error-broadcast-picture", args![])),
            Self::PictureSize => Some(("error-broadcast-picture-size", args![])),
            Self::Nobody => Some(("error-broadcast-nobody", args![])),
            Self::Store(_) => None,
        }
    }
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(tx: &impl TenantConn, id: BroadcastId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id).one(tx.raw()).await?)
}

/// What a broadcast says.
///
/// # Errors
/// [`StoreError::Database`] when the row was written by a version that we do not understand.
pub fn letter_of(row: &Model) -> Result<Letter, StoreError> {
    Ok(serde_json::from_value(row.letter.clone()).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?)
}

/// Keeps what is written so far, whole or not; without `id` it begins a new one.
///
/// # Errors
/// [`BroadcastRefused`].
pub async fn save(
    tx: &TenantTx,
    id: Option<BroadcastId>,
    bot: BotId,
    draft: &Draft,
) -> Result<Model, BroadcastRefused> {
    let letter = to_value(&draft.letter).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
    if let Some(id) = id {
        let mut row = lock_in(tx, id, &[BroadcastState::Draft]).await?.into_active_model();
        row.segment = Set(draft.segment);
        row.letter = Set(letter);
        return Ok(row.update(tx.raw()).await?);
    }
    let row = ActiveModel {
        id: Set(BroadcastId::new()),
        bot_id: Set(bot),
        segment: Set(draft.segment),
        state: Set(BroadcastState::Draft),
        letter: Set(letter),
        send_at: Set(None),
        frozen_to: Set(None),
        frozen_at: Set(None),
        run_job: Set(None),
        run_epoch: Set(None),
        halt: Set(None),
        deleting: Set(false),
        started_at: Set(None),
        ended_at: Set(None),
        created_at: Set(tx.now()),
    };
    Ok(row.insert(tx.raw()).await?)
}

/// Sends it: at `at`, or now. `shop` is the language that everybody can be given.
///
/// # Errors
/// [`BroadcastRefused`].
pub async fn send(
    tx: &TenantTx,
    id: BroadcastId,
    at: Option<DateTime<Utc>>,
    shop: Locale,
) -> Result<(), BroadcastRefused> {
    let row = lock_in(tx, id, &[BroadcastState::Draft, BroadcastState::Scheduled]).await?;
    let wrong = letter_of(&row)?.wrong(shop, &picture::those_of(tx, id).await?);
    if !wrong.is_empty() {
        return Err(BroadcastRefused::Letter(wrong));
    }
    if at.is_some_and(|at| at <= tx.now()) {
        return Err(BroadcastRefused::Past);
    }
    let mut row = row.into_active_model();
    row.send_at = Set(at);
    match at {
        Some(_) => row.state = Set(BroadcastState::Scheduled),
        None => {
            row.state = Set(BroadcastState::Sending);
            row.started_at = Set(Some(tx.now()));
        }
    }
    row.update(tx.raw()).await?;
    work(tx, id, at.unwrap_or_else(|| tx.now())).await
}

/// Not at its time after all: it can be changed again.
///
/// # Errors
/// [`BroadcastRefused`].
pub async fn call_off(tx: &TenantTx, id: BroadcastId) -> Result<(), BroadcastRefused> {
    let mut row = lock_in(tx, id, &[BroadcastState::Scheduled]).await?.into_active_model();
    row.state = Set(BroadcastState::Draft);
    row.send_at = Set(None);
    row.update(tx.raw()).await?;
    Ok(())
}

/// What is in hand is still sent.
///
/// # Errors
/// [`BroadcastRefused`].
pub async fn pause(tx: &TenantTx, id: BroadcastId) -> Result<(), BroadcastRefused> {
    let mut row = lock_in(tx, id, &[BroadcastState::Sending]).await?.into_active_model();
    row.state = Set(BroadcastState::Paused);
    row.halt = Set(None);
    row.update(tx.raw()).await?;
    Ok(())
}

/// # Errors
/// [`BroadcastRefused`].
pub async fn resume(tx: &TenantTx, id: BroadcastId) -> Result<(), BroadcastRefused> {
    let row = lock_in(tx, id, &[BroadcastState::Paused]).await?;
    begin_again(tx, row).await
}

/// For good: whoever waits gets nothing.
///
/// # Errors
/// [`BroadcastRefused`].
pub async fn stop(tx: &TenantTx, id: BroadcastId) -> Result<(), BroadcastRefused> {
    let mut row =
        lock_in(tx, id, &[BroadcastState::Sending, BroadcastState::Paused]).await?.into_active_model();
    row.state = Set(BroadcastState::Stopped);
    row.halt = Set(None);
    row.ended_at = Set(Some(tx.now()));
    row.update(tx.raw()).await?;
    Ok(())
}

/// Forgets one that was never sent.
///
/// # Errors
/// [`BroadcastRefused`].
pub async fn discard(tx: &TenantTx, id: BroadcastId) -> Result<(), BroadcastRefused> {
    lock_in(tx, id, &[BroadcastState::Draft]).await?;
    broadcast_picture::Entity::delete_many()
        .filter(broadcast_picture::COLUMN.broadcast_id.eq(id))
        .exec(tx.raw())
        .await?;
    Entity::delete_by_id(id).exec(tx.raw()).await?;
    Ok(())
}

/// A person has seen what is unknown or failed and has it sent again.
///
/// # Errors
/// [`BroadcastRefused`].
pub async fn send_again(
    tx: &TenantTx,
    id: BroadcastId,
    state: RecipientState,
) -> Result<(), BroadcastRefused> {
    let from = [BroadcastState::Sending, BroadcastState::Paused, BroadcastState::Done];
    let row = lock_in(tx, id, &from).await?;
    if !matches!(state, RecipientState::Unknown | RecipientState::Failed) || row.deleting {
        return Err(BroadcastRefused::State);
    }
    let moved = recipient::Entity::update_many()
        .col_expr(recipient::Column::State, Expr::value(RecipientState::Waiting))
        .col_expr(recipient::Column::Run, Expr::value(None::<RowId>))
        .col_expr(recipient::Column::Reason, Expr::value(None::<String>))
        .col_expr(recipient::Column::MovedAt, Expr::value(tx.now()))
        .filter(recipient::COLUMN.broadcast_id.eq(id))
        .filter(recipient::COLUMN.state.eq(state))
        .exec(tx.raw())
        .await?;
    match (moved.rows_affected, row.state) {
        (0, _) => Err(BroadcastRefused::Nobody),
        (_, BroadcastState::Paused) => Ok(()),
        _ => begin_again(tx, row).await,
    }
}

/// Takes back from the chats what was sent.
///
/// # Errors
/// [`BroadcastRefused`].
pub async fn delete_sent(tx: &TenantTx, id: BroadcastId) -> Result<(), BroadcastRefused> {
    let row = lock_in(tx, id, &[BroadcastState::Stopped, BroadcastState::Done]).await?;
    if list::counts(tx, id).await?.of(RecipientState::Sent) == 0 {
        return Err(BroadcastRefused::Nobody);
    }
    let mut row = row.into_active_model();
    row.deleting = Set(true);
    row.update(tx.raw()).await?;
    Ok(jobs::enqueue(tx, &DeleteBroadcast { broadcast: id }, tx.now()).await?)
}

/// The row for a change, if it is in one of these states.
pub(super) async fn lock_in(
    tx: &TenantTx,
    id: BroadcastId,
    states: &[BroadcastState],
) -> Result<Model, BroadcastRefused> {
    let row = lock(tx, id).await?.ok_or(BroadcastRefused::Gone)?;
    if states.contains(&row.state) { Ok(row) } else { Err(BroadcastRefused::State) }
}

pub(super) async fn lock(tx: &TenantTx, id: BroadcastId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(tx.raw()).await?)
}

async fn begin_again(tx: &TenantTx, row: Model) -> Result<(), BroadcastRefused> {
    let id = row.id;
    let mut row = row.into_active_model();
    row.state = Set(BroadcastState::Sending);
    row.halt = Set(None);
    row.ended_at = Set(None);
    row.update(tx.raw()).await?;
    work(tx, id, tx.now()).await
}

async fn work(tx: &TenantTx, id: BroadcastId, at: DateTime<Utc>) -> Result<(), BroadcastRefused> {
    Ok(jobs::enqueue(tx, &SendBroadcast { broadcast: id, in_doubt: false }, at).await?)
}
