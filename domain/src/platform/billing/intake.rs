//! A webhook of the billing provider: believed only when its signature holds, kept before anything
//! is done about it, and answered with 200 only after the commit.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};
use sha2::{Digest, Sha256};

use super::settle::SettleCheckout;
use crate::{
    db::{Conn, MasterConn, MasterDb, MasterTx, StoreError},
    entities::master::payment_inbox::{self, COLUMN, Entity, InboxKind, InboxState},
    faults,
    ids::RowId,
    jobs::{self, Job},
    ports::{BillingEvent, BillingGateway, RefusedWebhook},
};

/// Refused webhooks kept in an hour; whoever sends more learns nothing and fills nothing.
const REFUSED_AN_HOUR: u64 = 200;
/// Characters of a refused body that are kept.
const REFUSED_BODY: usize = 4096;

/// What became of a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intake {
    /// Kept; the work is queued.
    Accepted,
    /// A copy of one that we have: the same answer.
    Duplicate,
    Refused(RefusedWebhook),
}

/// Takes a webhook in.
///
/// # Errors
/// [`StoreError`]: answer with a failure, and the provider sends it again.
pub async fn take(
    master: &MasterDb,
    gateway: &dyn BillingGateway,
    signature: Option<&str>,
    body: &[u8],
) -> Result<Intake, StoreError> {
    match gateway.verify(signature, body, master.clock().now()) {
        Ok(event) => keep(master, gateway, &event, body).await,
        Err(why) => {
            keep_refused(master, gateway, why, body).await?;
            Ok(Intake::Refused(why))
        }
    }
}

/// The latest rows, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn latest(conn: &impl MasterConn, limit: u64) -> Result<Vec<payment_inbox::Model>, StoreError> {
    Ok(Entity::find().order_by_desc(payment_inbox::Column::Id).limit(limit).all(conn.raw()).await?)
}

async fn keep(
    master: &MasterDb,
    gateway: &dyn BillingGateway,
    event: &BillingEvent,
    body: &[u8],
) -> Result<Intake, StoreError> {
    let tx = master.write().await?;
    let job = event.session_id.clone().map(|session_id| SettleCheckout { session_id });
    let state = if event.session_id.is_some() { InboxState::Pending } else { InboxState::Processed };
    let row = payment_inbox::ActiveModel {
        id: Set(RowId::new()),
        provider: Set(gateway.name().to_owned()),
        account_id: Set(gateway.account_id().to_owned()),
        event_id: Set(event.event_id.clone()),
        kind: Set(InboxKind::Webhook),
        order_ref: Set(event.session_id.clone()),
        job_key: Set(job.as_ref().and_then(Job::dedupe_key)),
        body: Set(String::from_utf8_lossy(body).into_owned()),
        state: Set(state),
        reason: Set(event.session_id.is_none().then(|| format!("not about a checkout: {}", event.kind))),
        received_at: Set(tx.now()),
        processed_at: Set(event.session_id.is_none().then(|| tx.now())),
    };
    if !insert(&tx, row).await? {
        return Ok(Intake::Duplicate);
    }
    if let Some(job) = job {
        jobs::enqueue(&tx, &job, tx.now()).await?;
    }
    faults::hit(faults::BILLING_INBOX_BEFORE);
    tx.commit().await?;
    faults::hit(faults::BILLING_INBOX_AFTER);
    Ok(Intake::Accepted)
}

/// Keeps a refused webhook once, by its body, and says so in the log once.
async fn keep_refused(
    master: &MasterDb,
    gateway: &dyn BillingGateway,
    why: RefusedWebhook,
    body: &[u8],
) -> Result<(), StoreError> {
    let digest = hex::encode(Sha256::digest(body));
    let tx = master.write().await?;
    let lately = Entity::find()
        .filter(COLUMN.kind.eq(InboxKind::Refused))
        .filter(COLUMN.received_at.gt(tx.now() - chrono::Duration::hours(1)))
        .count(tx.raw())
        .await?;
    if lately >= REFUSED_AN_HOUR {
        return Ok(());
    }
    let row = payment_inbox::ActiveModel {
        id: Set(RowId::new()),
        provider: Set(gateway.name().to_owned()),
        account_id: Set(gateway.account_id().to_owned()),
        event_id: Set(digest),
        kind: Set(InboxKind::Refused),
        order_ref: Set(None),
        job_key: Set(None),
        body: Set(String::from_utf8_lossy(body).chars().filter(|c| *c != '\0').take(REFUSED_BODY).collect()),
        state: Set(InboxState::Refused),
        reason: Set(Some(why.to_string())),
        received_at: Set(tx.now()),
        processed_at: Set(Some(tx.now())),
    };
    if insert(&tx, row).await? {
        tx.commit().await?;
        tracing::warn!(provider = gateway.name(), %why, "a webhook was refused");
    }
    Ok(())
}

/// Whether the row is new.
async fn insert(tx: &MasterTx, row: payment_inbox::ActiveModel) -> Result<bool, StoreError> {
    let keep = OnConflict::new().do_nothing().to_owned();
    let inserted = Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await?;
    Ok(inserted == 1)
}
