//! Queueing and sending notices.

use chrono::{DateTime, Duration, FixedOffset, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, sea_query::OnConflict,
};

use super::{
    jobs::SendNotice,
    wanted::{Wanted, wanted},
};
use crate::{
    clock::Clock,
    db::{Conn, StoreError, TenantConn, TenantDb, TenantTx},
    entities::tenant::notification::{ActiveModel, COLUMN, Entity, MailState, Model, NotificationState},
    faults,
    ids::{BotId, RowId},
    jobs::{self, JobError},
    ports::{Delivery, Notice, Notifier, NotifyError},
    shop::mail::{jobs::SendMail, send as mail},
};

/// To whom, through which bot.
#[derive(Clone, Copy, Debug)]
pub struct Recipient {
    pub bot: BotId,
    pub telegram_id: i64,
}

impl Recipient {
    /// Who had his data deleted is known by a number that is nobody's at Telegram.
    const fn is_nobody(self) -> bool {
        self.telegram_id < 0
    }
}

/// Queues a notice in the transaction of its reason. The key makes it once: a notice that exists is
/// not queued again.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn queue(tx: &TenantTx, to: Recipient, key: &str, notice: &Notice) -> Result<(), StoreError> {
    queue_at(tx, to, key, notice, tx.now()).await
}

/// As [`queue`], to be sent at `at`.
///
/// # Errors
/// [`StoreError::Database`].
pub(super) async fn queue_at(
    tx: &TenantTx,
    to: Recipient,
    key: &str,
    notice: &Notice,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    hold(tx, to, key, notice).await?;
    release_at(tx, key, at).await
}

/// Whether a notice of this key was written down, whatever became of it.
///
/// # Errors
/// [`StoreError::Database`].
pub(super) async fn is_known(tx: &impl TenantConn, key: &str) -> Result<bool, StoreError> {
    Ok(Entity::find().filter(COLUMN.dedupe_key.eq(key)).count(tx.raw()).await? > 0)
}

/// Writes a notice down without sending it: its reason has not happened yet.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn hold(tx: &TenantTx, to: Recipient, key: &str, notice: &Notice) -> Result<(), StoreError> {
    if to.is_nobody() {
        return Ok(());
    }
    let value = serde_json::to_value(notice).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
    let row = ActiveModel {
        id: Set(RowId::new()),
        bot_id: Set(to.bot),
        telegram_id: Set(to.telegram_id),
        dedupe_key: Set(key.to_owned()),
        notice: Set(value),
        state: Set(NotificationState::Waiting),
        created_at: Set(tx.now()),
        sent_at: Set(None),
        mail: Set(None),
        mailed_at: Set(None),
    };
    let keep = OnConflict::new().do_nothing().to_owned();
    Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// To whom the notice of this key goes, while it was not sent.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn waiting(tx: &impl TenantConn, key: &str) -> Result<Option<Recipient>, StoreError> {
    let row = Entity::find()
        .filter(COLUMN.dedupe_key.eq(key))
        .filter(COLUMN.state.eq(NotificationState::Waiting))
        .one(tx.raw())
        .await?;
    Ok(row.map(|row| Recipient { bot: row.bot_id, telegram_id: row.telegram_id }))
}

/// Sends the notice of this key, if there is one that was not sent.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn release(tx: &TenantTx, key: &str) -> Result<(), StoreError> {
    release_at(tx, key, tx.now()).await
}

async fn release_at(tx: &TenantTx, key: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    let row = Entity::find()
        .filter(COLUMN.dedupe_key.eq(key))
        .filter(COLUMN.state.eq(NotificationState::Waiting))
        .one(tx.raw())
        .await?;
    if let Some(row) = row {
        jobs::enqueue(tx, &SendNotice { notification: row.id }, at).await?;
    }
    Ok(())
}

/// The job: sends one notice, if it is still wanted. A process that dies between Telegram's answer and
/// our commit sends it twice; nothing can tell the two apart. Where `has_mail`, its mail is queued with what
/// became of it.
///
/// # Errors
/// [`JobError`].
pub async fn send(
    db: &TenantDb,
    (notifier, has_mail): (&dyn Notifier, bool),
    zone: FixedOffset,
    id: RowId,
) -> Result<(), JobError> {
    let tx = db.read().await?;
    let row = Entity::find_by_id(id).one(tx.raw()).await.map_err(StoreError::from)?;
    let Some(row) = row.filter(|row| row.state == NotificationState::Waiting) else { return Ok(()) };
    let notice: Notice = serde_json::from_value(row.notice.clone()).map_err(JobError::fail)?;
    let wanted = wanted(&tx, &row, &notice, zone).await?;
    drop(tx);
    match wanted {
        Wanted::Now => {}
        Wanted::No => return keep(db, row, NotificationState::Suppressed, None).await,
        Wanted::Later(at) => {
            let tx = db.write().await?;
            jobs::enqueue(&tx, &SendNotice { notification: id }, at).await?;
            return Ok(tx.commit().await?);
        }
    }

    faults::hit(faults::MESSAGE_SENT_BEFORE);
    let sent = notifier.notify(db.tenant(), row.bot_id, row.telegram_id, &notice).await;
    faults::hit(faults::MESSAGE_SENT_AFTER);
    let state = match sent {
        Ok(Delivery::Sent { .. }) => NotificationState::Sent,
        Ok(Delivery::Unreachable) => NotificationState::Unreachable,
        Err(NotifyError::Failed(reason)) => {
            tracing::error!(notification = %id, reason, "a notice cannot be sent");
            NotificationState::Failed
        }
        Err(NotifyError::Unknown(reason)) => {
            tracing::warn!(notification = %id, reason, "nobody knows whether a notice arrived");
            NotificationState::Unknown
        }
        Err(NotifyError::Retry { reason, after_seconds: Some(seconds) }) => {
            let after = Duration::seconds(i64::try_from(seconds).unwrap_or(60));
            return Err(JobError::retry_after(reason, after));
        }
        Err(NotifyError::Retry { reason, after_seconds: None }) => return Err(JobError::retry(reason)),
    };
    keep(db, row, state, has_mail.then_some(&notice)).await?;
    faults::hit(faults::MESSAGE_STORED_AFTER);
    Ok(())
}

/// With the notice, its mail is queued as well where it goes.
async fn keep(
    db: &TenantDb,
    row: Model,
    state: NotificationState,
    mailed: Option<&Notice>,
) -> Result<(), JobError> {
    let tx = db.write().await?;
    let is_mailed = match mailed {
        Some(notice) => mail::is_due(&tx, &row, notice, state).await?,
        None => false,
    };
    if is_mailed {
        jobs::enqueue(&tx, &SendMail { notification: row.id }, tx.now()).await?;
    }
    let mut change = row.into_active_model();
    change.state = Set(state);
    change.mail = Set(is_mailed.then_some(MailState::Waiting));
    change.sent_at = Set((state != NotificationState::Suppressed).then(|| tx.clock().now()));
    change.update(tx.raw()).await.map_err(StoreError::from)?;
    Ok(tx.commit().await?)
}
