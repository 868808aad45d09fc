//! Reads all accounts of a panel, keeps what they used, and writes down what is different. Changes
//! nothing on the panel: that is what the repair is for, and it deletes nothing either.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect,
};

use super::{
    drift::{Before, Drift, compare},
    jobs::SyncPanel,
    service::{access, find},
};
use crate::{
    clock::Clock,
    db::{Conn, StoreError, TenantConn, TenantDb, TenantTx},
    entities::tenant::{
        panel::{self, PanelState},
        panel_drift::{self, COLUMN, DriftKind, Entity},
        subscription,
    },
    ids::{PanelId, RowId, SubscriptionId},
    jobs::{self, JobError},
    ports::{PanelAccess, PanelAccount, PanelError, VpnPanel},
    shop::{
        ledger::verify::{Breach, breach},
        setting::service as settings,
        subscription::{
            service::redrive,
            usage::{RefreshError, status_name},
        },
    },
};

/// Accounts asked for at once: about two megabytes.
const PAGE: u64 = 500;
/// Accounts that were on no page and are asked for one by one.
const ASKED_AGAIN: usize = 50;
/// Rows written in one transaction, so that the shop is not held up.
const WRITTEN_AT_ONCE: usize = 500;

/// What a comparison found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Accounts on the panel, other people's too.
    pub accounts: usize,
    pub subscriptions: usize,
    pub drifts: Vec<Drift>,
}

struct Looked {
    began: DateTime<Utc>,
    accounts: Vec<PanelAccount>,
    subscriptions: Vec<subscription::Model>,
    drifts: Vec<Drift>,
}

/// The job. A panel that is away, or fails while it is read, is compared the next time: whether it is
/// up is for those to say who need it now.
///
/// # Errors
/// [`JobError::Retry`] when the store fails.
pub async fn run(db: &TenantDb, port: &dyn VpnPanel, id: PanelId) -> Result<(), JobError> {
    match sync(db, port, id).await {
        Ok(_) => Ok(()),
        Err(RefreshError::Store(error)) => Err(error.into()),
        Err(RefreshError::Panel(error)) => {
            tracing::warn!(panel = %id, %error, "a panel was not compared");
            let tx = db.write().await?;
            settings::put(&tx, &broken_off_setting(id), serde_json::json!(tx.now())).await?;
            tx.commit().await?;
            Ok(())
        }
    }
}

/// Compares a panel with us, keeps usage and states, and stores the report in place of the last one.
/// `None` when the panel is away or unknown.
///
/// # Errors
/// The panel's error class, or the store's.
pub async fn sync(db: &TenantDb, port: &dyn VpnPanel, id: PanelId) -> Result<Option<Report>, RefreshError> {
    let Some(looked) = look(db, port, id).await? else { return Ok(None) };
    keep_usage(db, &looked).await?;
    let tx = db.write().await?;
    store(&tx, id, &looked.drifts).await?;
    tx.commit().await?;
    let (accounts, subscriptions) = (looked.accounts.len(), looked.subscriptions.len());
    Ok(Some(Report { accounts, subscriptions, drifts: looked.drifts }))
}

/// I4: a panel that answers holds every target that we believe it to hold. `None` when the panel is
/// away or unknown.
///
/// # Errors
/// The panel's error class, or the store's.
pub async fn verify(
    db: &TenantDb,
    port: &dyn VpnPanel,
    id: PanelId,
) -> Result<Option<Vec<Breach>>, RefreshError> {
    let Some(looked) = look(db, port, id).await? else { return Ok(None) };
    let broken = looked
        .drifts
        .into_iter()
        .filter(|drift| matches!(drift.kind, DriftKind::Missing | DriftKind::Expire | DriftKind::Foreign));
    let told = broken.map(|Drift { kind, username, wanted, found, .. }| {
        let (wanted, found) = (wanted.unwrap_or_default(), found.unwrap_or_default());
        breach("I4", format!("{username}: {} {wanted} {found}", kind.name()).trim_end().to_owned())
    });
    Ok(Some(told.collect()))
}

/// Drives what the last comparison found different to its target again. What needs a person is left,
/// and nothing is deleted. Answers how many accounts it was.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn repair(tx: &TenantTx, id: PanelId) -> Result<usize, StoreError> {
    let mut repaired = HashSet::new();
    for row in drifts_of(tx, id).await?.into_iter().filter(|row| row.kind.is_repairable()) {
        if repaired.insert(row.subscription_id) {
            redrive(tx, row.subscription_id).await?;
        }
        Entity::delete_by_id(row.id).exec(tx.raw()).await?;
    }
    jobs::enqueue(tx, &SyncPanel { panel: id }, tx.now() + Duration::minutes(1)).await?;
    Ok(repaired.len())
}

/// What the last comparison found.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn drifts_of(tx: &impl TenantConn, id: PanelId) -> Result<Vec<panel_drift::Model>, StoreError> {
    Ok(Entity::find().filter(COLUMN.panel_id.eq(id)).all(tx.raw()).await?)
}

/// When the latest comparison broke off, unless one has succeeded since.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn broken_off(tx: &impl TenantConn, id: PanelId) -> Result<Option<DateTime<Utc>>, StoreError> {
    let value = settings::get(tx, &broken_off_setting(id)).await?;
    Ok(value.and_then(|value| serde_json::from_value(value).ok()))
}

fn broken_off_setting(id: PanelId) -> String {
    format!("panel_sync_broken:{id}")
}

async fn look(db: &TenantDb, port: &dyn VpnPanel, id: PanelId) -> Result<Option<Looked>, RefreshError> {
    let tx = db.read().await?;
    let Some(panel) = find(&tx, id).await? else { return Ok(None) };
    if panel.state != PanelState::Up {
        return Ok(None);
    }
    let access = access(&tx, db.kind(), &panel)?;
    let before = before(&tx, id).await?;
    drop(tx);
    let mut accounts = read_all(port, &access).await?;
    let tx = db.read().await?;
    let subscriptions = subscription::Entity::find()
        .filter(subscription::COLUMN.panel_id.eq(id))
        .all(tx.raw())
        .await
        .map_err(StoreError::from)?;
    drop(tx);
    let mut drifts = compare(&subscriptions, &accounts, &before);
    let hidden = ask_again(port, &access, &drifts).await?;
    if !hidden.is_empty() {
        accounts.extend(hidden);
        drifts = compare(&subscriptions, &accounts, &before);
    }
    Ok(Some(Looked { began: before.began, accounts, subscriptions, drifts }))
}

async fn before(tx: &impl TenantConn, id: PanelId) -> Result<Before, StoreError> {
    let began = tx.clock().now();
    let columns =
        [subscription::Column::Id, subscription::Column::AppliedVersion, subscription::Column::AppliedAt];
    let rows: Vec<(SubscriptionId, i64, Option<DateTime<Utc>>)> = subscription::Entity::find()
        .select_only()
        .columns(columns)
        .filter(subscription::COLUMN.panel_id.eq(id))
        .into_tuple()
        .all(tx.raw())
        .await?;
    let applied = rows.into_iter().map(|(id, version, at)| (id, (version, at))).collect();
    Ok(Before { began, applied })
}

async fn read_all(port: &dyn VpnPanel, access: &PanelAccess) -> Result<Vec<PanelAccount>, PanelError> {
    let mut all: HashMap<String, PanelAccount> = HashMap::new();
    let mut offset = 0;
    loop {
        let page = port.list(access, offset, PAGE).await?;
        let count = page.accounts.len() as u64;
        all.extend(page.accounts.into_iter().map(|account| (account.username.clone(), account)));
        offset += count;
        if count < PAGE || offset >= page.total {
            return Ok(all.into_values().collect());
        }
    }
}

/// What moved from page to page while accounts were deleted is there all the same.
async fn ask_again(
    port: &dyn VpnPanel,
    access: &PanelAccess,
    drifts: &[Drift],
) -> Result<Vec<PanelAccount>, PanelError> {
    let missing = drifts.iter().filter(|drift| drift.kind == DriftKind::Missing);
    let mut found = Vec::new();
    for drift in missing.take(ASKED_AGAIN) {
        match port.account(access, &drift.username).await {
            Ok(account) => found.extend(account),
            // Somebody else's, so not on our pages.
            Err(PanelError::Taken) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// Links are not kept: they differ from read to read. Nor is what was read since by somebody else.
async fn keep_usage(db: &TenantDb, looked: &Looked) -> Result<(), StoreError> {
    let held: HashMap<&str, &PanelAccount> =
        looked.accounts.iter().map(|account| (account.username.as_str(), account)).collect();
    let changed: Vec<_> = looked
        .subscriptions
        .iter()
        .filter_map(|row| held.get(row.username.as_str()).map(|account| (row, *account)))
        .filter(|(row, account)| account.subscription == Some(row.id) && has_moved(row, account))
        .collect();
    let read_at = subscription::COLUMN.read_at;
    let is_older = Condition::any().add(read_at.is_null()).add(read_at.lte(looked.began));
    for part in changed.chunks(WRITTEN_AT_ONCE) {
        let tx = db.write().await?;
        for (row, account) in part {
            let new = subscription::ActiveModel {
                used_traffic: Set(account.used_traffic),
                panel_status: Set(Some(status_name(account.status).to_owned())),
                read_at: Set(Some(looked.began)),
                ..Default::default()
            };
            subscription::Entity::update_many()
                .set(new)
                .filter(subscription::COLUMN.id.eq(row.id))
                .filter(is_older.clone())
                .exec(tx.raw())
                .await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

fn has_moved(row: &subscription::Model, account: &PanelAccount) -> bool {
    row.used_traffic != account.used_traffic
        || row.panel_status.as_deref() != Some(status_name(account.status))
}

async fn store(tx: &TenantTx, id: PanelId, drifts: &[Drift]) -> Result<(), StoreError> {
    let Some(panel) = find(tx, id).await? else { return Ok(()) };
    Entity::delete_many().filter(COLUMN.panel_id.eq(id)).exec(tx.raw()).await?;
    for drift in drifts {
        let row = panel_drift::ActiveModel {
            id: Set(RowId::new()),
            panel_id: Set(id),
            subscription_id: Set(drift.subscription),
            username: Set(drift.username.clone()),
            kind: Set(drift.kind),
            wanted: Set(drift.wanted.clone()),
            found: Set(drift.found.clone()),
            found_at: Set(tx.now()),
        };
        Entity::insert(row).exec_without_returning(tx.raw()).await?;
    }
    settings::remove(tx, &broken_off_setting(id)).await?;
    let mut row: panel::ActiveModel = panel.into_active_model();
    row.failures = Set(0);
    row.synced_at = Set(Some(tx.now()));
    row.update(tx.raw()).await?;
    Ok(())
}
