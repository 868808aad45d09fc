//! A panel's row, its secret, and the look at its health.

use std::collections::HashMap;

use chrono::Duration;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryOrder, QuerySelect,
};
use url::Url;

use super::{
    jobs::{ProbePanel, lane},
    rules::{self, Candidate},
};
use crate::{
    db::{Conn, SealedIn, StoreError, TenantConn, TenantDb, TenantTx},
    entities::{
        master::tenant::TenantKind,
        tenant::{
            panel::{Column, Entity, Model, PanelState},
            subscription,
        },
    },
    ids::PanelId,
    jobs::{self, JobError},
    ports::{PanelAccess, PanelError, VpnPanel},
};

/// Pause between two looks at a panel that is down.
pub const PROBE_EVERY: Duration = Duration::seconds(15);
/// A returned panel is given one waiting job each so often.
const PACE: Duration = Duration::milliseconds(50);

/// Consecutive failures after which a panel counts as down: its jobs are parked then.
const OPEN_AFTER: i32 = 3;

/// The panel for a new account: of those that have room, one that answers if there is any.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn choose(tx: &impl TenantConn) -> Result<Option<PanelId>, StoreError> {
    Ok(rules::pick(&candidates(tx).await?))
}

/// How many more accounts [`choose`] finds a panel for.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn room(tx: &impl TenantConn) -> Result<u64, StoreError> {
    Ok(rules::room(&candidates(tx).await?))
}

/// As [`choose`], for access that is paid for: full and closed panels are better than none.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn choose_for_paid(tx: &impl TenantConn) -> Result<Option<PanelId>, StoreError> {
    Ok(rules::pick_for_paid(&candidates(tx).await?))
}

pub(super) async fn candidates(tx: &impl TenantConn) -> Result<Vec<Candidate>, StoreError> {
    let panels = all(tx).await?;
    let held: HashMap<PanelId, i64> = subscription::Entity::find()
        .select_only()
        .column(subscription::Column::PanelId)
        .column_as(subscription::Column::Id.count(), "held")
        .group_by(subscription::Column::PanelId)
        .into_tuple()
        .all(tx.raw())
        .await?
        .into_iter()
        .collect();
    let candidate = |panel: &Model| Candidate {
        id: panel.id,
        is_open: panel.enabled && panel.state != PanelState::Refused,
        is_up: panel.state == PanelState::Up,
        weight: panel.weight,
        capacity: panel.capacity,
        held: held.get(&panel.id).map_or(0, |held| held.unsigned_abs()),
    };
    Ok(panels.iter().map(candidate).collect())
}

/// # Errors
/// [`StoreError::Database`].
pub async fn all(tx: &impl TenantConn) -> Result<Vec<Model>, StoreError> {
    let ordered = Entity::find().order_by_asc(Column::CreatedAt).order_by_asc(Column::Id);
    Ok(ordered.all(tx.raw()).await?)
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(tx: &impl TenantConn, id: PanelId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id).one(tx.raw()).await?)
}

/// Opens the panel's secret for one call.
///
/// # Errors
/// [`StoreError::Crypto`]; [`StoreError::Unsafe`] when the stored address is none.
pub fn access(tx: &impl TenantConn, kind: TenantKind, panel: &Model) -> Result<PanelAccess, StoreError> {
    let password = tx.sealer().open(password_place(panel.id), &panel.sealed_password)?;
    let base_url = Url::parse(&panel.base_url)
        .map_err(|_| StoreError::Unsafe(format!("the stored address of panel {} is none", panel.id)))?;
    Ok(PanelAccess {
        panel: panel.id,
        base_url,
        username: panel.username.clone(),
        password,
        sandboxed: kind != TenantKind::Live,
    })
}

/// Where a panel's password is sealed.
pub fn password_place(id: PanelId) -> SealedIn<'static> {
    SealedIn { table: "panels", column: "sealed_password", row: id.0 }
}

/// The tags that the shop uses on this panel.
pub fn inbounds(panel: &Model) -> Vec<String> {
    serde_json::from_value(panel.inbounds.clone()).unwrap_or_default()
}

/// Writes down that the panel answered; what waited for it becomes due, paced.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn answered(tx: &TenantTx, id: PanelId) -> Result<(), StoreError> {
    let Some(panel) = find(tx, id).await? else { return Ok(()) };
    let was_down = panel.state != PanelState::Up;
    let mut row = panel.into_active_model();
    row.state = Set(PanelState::Up);
    row.last_error = Set(None);
    row.down_since = Set(None);
    row.failures = Set(0);
    row.checked_at = Set(Some(tx.now()));
    row.update(tx.raw()).await?;
    if was_down {
        let waiting = jobs::make_lane_due(tx, &lane(id), PACE).await?;
        tracing::info!(panel = %id, waiting, "a panel answers again");
    }
    Ok(())
}

/// Writes down that the panel failed. After some failures in a row it counts as down: nothing but the
/// look at it calls it then.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn failed(tx: &TenantTx, id: PanelId, error: &PanelError) -> Result<(), StoreError> {
    let Some(panel) = find(tx, id).await? else { return Ok(()) };
    let failures = panel.failures.saturating_add(1);
    let state = match error {
        error if error.is_transient() && failures < OPEN_AFTER => panel.state,
        error if error.is_transient() => PanelState::Down,
        PanelError::Credentials | PanelError::Forbidden => PanelState::Refused,
        error if error.is_of_address() => PanelState::Refused,
        // It answers; the trouble is with one account.
        _ => return Ok(()),
    };
    let down_since = panel.down_since.unwrap_or_else(|| tx.now());
    let mut row = panel.into_active_model();
    row.state = Set(state);
    row.failures = Set(failures);
    row.last_error = Set(Some(error.to_string()));
    row.down_since = Set(Some(down_since));
    row.checked_at = Set(Some(tx.now()));
    row.update(tx.raw()).await?;
    match state {
        PanelState::Up => Ok(()),
        PanelState::Down | PanelState::Refused => look_soon(tx, id).await,
    }
}

/// Looks at a panel that is down, unless that is on its way.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn look_soon(tx: &TenantTx, id: PanelId) -> Result<(), StoreError> {
    jobs::enqueue(tx, &ProbePanel { panel: id }, tx.now() + PROBE_EVERY).await
}

/// The job: one look at a panel that failed.
///
/// # Errors
/// [`JobError::Retry`] while it stays away.
pub async fn probe(db: &TenantDb, port: &dyn VpnPanel, id: PanelId) -> Result<(), JobError> {
    let tx = db.read().await?;
    let Some(panel) = find(&tx, id).await? else { return Ok(()) };
    if panel.state == PanelState::Up {
        return Ok(());
    }
    let access = access(&tx, db.kind(), &panel)?;
    drop(tx);
    let looked = port.system(&access).await;
    let tx = db.write().await?;
    match looked {
        Ok(_) => {
            answered(&tx, id).await?;
            tx.commit().await?;
            Ok(())
        }
        Err(error) => Err(JobError::retry_after(error, PROBE_EVERY)),
    }
}
