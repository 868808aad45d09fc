//! Receiving a webhook: check it, store it, queue the work, and only then acknowledge it.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter,
    sea_query::{OnConflict, SimpleExpr},
};
use sha2::{Digest, Sha256};

use super::{Providers, jobs::SettlePayment, providers};
use crate::{
    db::{Conn, StoreError, TenantDb, TenantTx},
    entities::tenant::{
        order,
        payment_inbox::{ActiveModel, COLUMN, Entity, InboxKind, InboxState},
    },
    faults,
    ids::{OrderId, RowId},
    jobs::{self, Job},
    ports::{GatewayEvent, RefusedWebhook},
    safeguards::{Safeguard, is_off},
    shop::order::service as orders,
};

/// Refused webhooks of a provider that are kept in an hour: enough to see an attack or a wrong secret,
/// too few to fill a disk.
const REFUSED_AN_HOUR: u64 = 200;
/// Events about payments of no order that are kept in an hour: anybody can write those of a provider
/// that signs nothing.
const STRANGE_AN_HOUR: u64 = 200;
/// Events about one payment that are kept in an hour: more than tries of any payer and refunds of any
/// shop, and an end to what somebody can make up who knows a payment's id.
const OF_A_PAYMENT_AN_HOUR: u64 = 50;
/// Most of a refused body that is kept, in bytes.
const REFUSED_BODY: usize = 4_096;

/// What became of a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// Stored now; the order is settled by a job.
    Stored,
    /// It was stored before: the same answer again.
    Known,
}

/// Why a webhook is not acknowledged.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    #[error("no such provider in this shop")]
    NoProvider,
    #[error(transparent)]
    Refused(#[from] RefusedWebhook),
    /// The provider brings a true one again.
    #[error("too many events about one payment, or about payments that nobody here has asked for")]
    TooMany,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes a webhook. When this returns without error the event is durable and its work is queued.
///
/// # Errors
/// [`IntakeError`]; nothing but a record of the refusal has changed then.
pub async fn receive(
    db: &TenantDb,
    all: &Providers,
    provider: &str,
    header: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
    body: &[u8],
) -> Result<Received, IntakeError> {
    let found = all.find(provider).ok_or(IntakeError::NoProvider)?;
    let tx = db.read().await?;
    let account = providers::account(&tx, found).await?.ok_or(IntakeError::NoProvider)?;
    drop(tx);
    // Providers stamp their webhooks with real time, whatever this shop's clock shows.
    let real_now = db.clock().base().now();
    match found.gateway.verify(&account, header, body, real_now).await {
        Ok(event) => store(db, provider, &event, found.gateway.kept_body(body)).await,
        Err(refused) => {
            record_refusal(db, provider, refused, body).await?;
            Err(refused.into())
        }
    }
}

/// Takes what a provider tells by another way than by HTTP: kept and queued in a transaction of the
/// caller's, who acknowledges after its commit. Who told it is known, so nothing is too much.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn hear(tx: &TenantTx, provider: &str, event: &GatewayEvent, body: &str) -> Result<(), StoreError> {
    let order = order_of(tx, provider, event).await?;
    let job = job_of(provider, event);
    if insert(tx, row_of(tx, provider, event, order, body)).await? {
        return jobs::enqueue(tx, &job, tx.now()).await;
    }
    again(tx, provider, event, &job).await.map(drop)
}

async fn store(
    db: &TenantDb,
    provider: &str,
    event: &GatewayEvent,
    body: String,
) -> Result<Received, IntakeError> {
    faults::hit(faults::INBOX_INSERT_BEFORE);
    let tx = db.write().await?;
    let order = order_of(&tx, provider, event).await?;
    let strange = COLUMN.provider.eq(provider).and(COLUMN.order_ref.is_null());
    if order.is_none() && lately(&tx, strange).await? >= STRANGE_AN_HOUR {
        return Err(IntakeError::TooMany);
    }
    let job = job_of(provider, event);
    let row = row_of(&tx, provider, event, order, &body);
    if !insert(&tx, row).await? {
        if again(&tx, provider, event, &job).await? {
            tx.commit().await?;
        }
        return Ok(Received::Known);
    }
    if lately(&tx, COLUMN.job_key.eq(job.dedupe_key())).await? > OF_A_PAYMENT_AN_HOUR {
        return Err(IntakeError::TooMany);
    }
    faults::hit(faults::INBOX_INSERT_AFTER);
    let tx = match is_off(Safeguard::SameTransactionEnqueue) {
        false => tx,
        true => {
            tx.commit().await?;
            faults::hit(faults::INBOX_COMMIT_AFTER);
            db.write().await?
        }
    };
    jobs::enqueue(&tx, &job, tx.now()).await?;
    tx.commit().await?;
    faults::hit(faults::INBOX_COMMIT_AFTER);
    Ok(Received::Stored)
}

fn job_of(provider: &str, event: &GatewayEvent) -> SettlePayment {
    SettlePayment { provider: provider.to_owned(), provider_payment_id: event.provider_payment_id.clone() }
}

fn row_of(
    tx: &TenantTx,
    provider: &str,
    event: &GatewayEvent,
    order: Option<OrderId>,
    body: &str,
) -> ActiveModel {
    ActiveModel {
        id: Set(RowId::new()),
        provider: Set(provider.to_owned()),
        account_id: Set(event.account_id.clone()),
        event_id: Set(match is_off(Safeguard::InboxUniqueness) {
            false => event.event_id.clone(),
            true => RowId::new().to_string(),
        }),
        kind: Set(InboxKind::Webhook),
        order_ref: Set(order.map(|id| id.to_string())),
        job_key: Set(job_of(provider, event).dedupe_key()),
        body: Set(body.to_owned()),
        state: Set(InboxState::Pending),
        reason: Set(None),
        received_at: Set(tx.now()),
        processed_at: Set(None),
    }
}

/// A copy of an event that was worked off is looked at again: where nothing is signed, the first one may
/// have been written by somebody, before there was anything to see. Whether that was queued.
async fn again(
    tx: &TenantTx,
    provider: &str,
    event: &GatewayEvent,
    job: &SettlePayment,
) -> Result<bool, StoreError> {
    let waiting = Entity::find()
        .filter(COLUMN.provider.eq(provider))
        .filter(COLUMN.account_id.eq(event.account_id.as_str()))
        .filter(COLUMN.event_id.eq(event.event_id.as_str()))
        .filter(COLUMN.state.eq(InboxState::Pending));
    if waiting.count(tx.raw()).await? > 0 {
        return Ok(false);
    }
    jobs::enqueue(tx, job, tx.now()).await?;
    Ok(true)
}

/// The webhooks of these that were kept in the last hour.
async fn lately(tx: &TenantTx, these: SimpleExpr) -> Result<u64, StoreError> {
    let lately = Entity::find()
        .filter(these)
        .filter(COLUMN.kind.eq(InboxKind::Webhook))
        .filter(COLUMN.received_at.gt(tx.now() - chrono::Duration::hours(1)));
    Ok(lately.count(tx.raw()).await?)
}

/// The order that the payment belongs to, by our own row first.
async fn order_of(
    tx: &TenantTx,
    provider: &str,
    event: &GatewayEvent,
) -> Result<Option<OrderId>, StoreError> {
    let own = order::Entity::find()
        .filter(order::COLUMN.provider.eq(provider))
        .filter(order::COLUMN.provider_account.eq(event.account_id.as_str()))
        .filter(order::COLUMN.provider_payment_id.eq(Some(event.provider_payment_id.clone())))
        .one(tx.raw())
        .await?;
    Ok(own.map(|order| order.id).or(event.order))
}

/// Keeps a trace of a webhook that was not believed: in the inbox, on the timeline of the order that
/// it names, and once in the log. A repeated one adds nothing.
async fn record_refusal(
    db: &TenantDb,
    provider: &str,
    refused: RefusedWebhook,
    body: &[u8],
) -> Result<(), StoreError> {
    let tx = db.write().await?;
    let lately = Entity::find()
        .filter(COLUMN.provider.eq(provider))
        .filter(COLUMN.kind.eq(InboxKind::Refused))
        .filter(COLUMN.received_at.gt(tx.now() - chrono::Duration::hours(1)))
        .count(tx.raw())
        .await?;
    let claimed = claimed_order(&tx, body).await?;
    let digest = hex::encode(&Sha256::digest(body)[..16]);
    let row = ActiveModel {
        id: Set(RowId::new()),
        provider: Set(provider.to_owned()),
        account_id: Set(String::new()),
        event_id: Set(format!("{digest}:{refused:?}")),
        kind: Set(InboxKind::Refused),
        order_ref: Set(claimed.map(|id| id.to_string())),
        job_key: Set(None),
        // PostgreSQL's text holds no NUL.
        body: Set(String::from_utf8_lossy(&body[..body.len().min(REFUSED_BODY)]).replace('\0', "")),
        state: Set(InboxState::Refused),
        reason: Set(Some(refused.to_string())),
        received_at: Set(tx.now()),
        processed_at: Set(Some(tx.now())),
    };
    if lately >= REFUSED_AN_HOUR || !insert(&tx, row).await? {
        return Ok(());
    }
    if let Some(order) = claimed {
        orders::record(&tx, order, "webhook_refused", Some(refused.to_string())).await?;
    }
    tx.commit().await?;
    tracing::warn!(tenant = %db.tenant(), provider, reason = %refused, "a payment webhook was refused");
    Ok(())
}

/// The order whose id stands anywhere in the body: a claim, used for the timeline only.
async fn claimed_order(tx: &TenantTx, body: &[u8]) -> Result<Option<OrderId>, StoreError> {
    let text = String::from_utf8_lossy(body);
    let candidates = text.split(|letter: char| !letter.is_ascii_hexdigit() && letter != '-');
    let ids = candidates
        .filter(|word| matches!(word.len(), 32 | 36))
        .filter_map(|word| word.parse::<OrderId>().ok());
    for id in ids.take(4) {
        if orders::find(tx, id).await?.is_some() {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

pub(super) async fn insert(tx: &TenantTx, row: ActiveModel) -> Result<bool, StoreError> {
    let keep = OnConflict::new().do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await? == 1)
}
