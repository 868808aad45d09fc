//! What the owner sees of each panel: how full it is, what it gets, what waits for it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

use super::{
    jobs::{SyncPanel, lane},
    rules,
    service::{all, candidates},
    sync::broken_off,
};
use crate::{
    clock::Clock,
    db::{StoreError, TenantConn},
    entities::tenant::{
        job::{self, JobState},
        panel::Model,
        panel_drift,
    },
    ids::PanelId,
    jobs::Job,
    shop::subscription::jobs::Provision,
};

/// A panel in numbers.
#[derive(Clone, Debug)]
pub struct Figures {
    pub panel: Model,
    /// Accounts of the shop that are there.
    pub held: u64,
    /// Its part of the new accounts, in percent; `None` when it gets none.
    pub share: Option<u64>,
    /// Accounts that have to be brought there yet.
    pub waiting: u64,
    /// What the last comparison found.
    pub differences: u64,
    /// A comparison is under way, or begins in a moment.
    pub comparing: bool,
    /// When the latest comparison broke off.
    pub broken_off: Option<DateTime<Utc>>,
}

/// The figures of all panels, in the order in which they were connected.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_all(tx: &impl TenantConn) -> Result<Vec<Figures>, StoreError> {
    let places = candidates(tx).await?;
    let places: HashMap<PanelId, (u64, Option<u64>)> = rules::shares(&places)
        .into_iter()
        .zip(&places)
        .map(|(share, place)| (place.id, (place.held, share)))
        .collect();
    let mut figures = Vec::new();
    for panel in all(tx).await? {
        let (held, share) = places.get(&panel.id).copied().unwrap_or_default();
        let (waiting, comparing) = (waiting(tx, panel.id).await?, comparing(tx, panel.id).await?);
        let differences = differences(tx, panel.id).await?;
        let broken_off = broken_off(tx, panel.id).await?;
        figures.push(Figures { panel, held, share, waiting, differences, comparing, broken_off });
    }
    Ok(figures)
}

/// The figures of one panel; its share follows from the others.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of(tx: &impl TenantConn, id: PanelId) -> Result<Option<Figures>, StoreError> {
    Ok(of_all(tx).await?.into_iter().find(|figures| figures.panel.id == id))
}

async fn waiting(tx: &impl TenantConn, id: PanelId) -> Result<u64, StoreError> {
    let open = job::COLUMN.state.is_in([JobState::Ready, JobState::Running]);
    let of_lane = job::Entity::find()
        .filter(job::COLUMN.lane.eq(Some(lane(id))))
        .filter(job::COLUMN.kind.eq(Provision::KIND))
        .filter(open);
    Ok(of_lane.count(tx.raw()).await?)
}

/// The next one of the schedule waits in the same row until its time.
async fn comparing(tx: &impl TenantConn, id: PanelId) -> Result<bool, StoreError> {
    let due = Condition::all()
        .add(job::COLUMN.state.eq(JobState::Ready))
        .add(job::COLUMN.run_at.lte(tx.clock().now()));
    let at_work = Condition::any().add(job::COLUMN.state.eq(JobState::Running)).add(due);
    let found = job::Entity::find()
        .filter(job::COLUMN.kind.eq(SyncPanel::KIND))
        .filter(job::COLUMN.dedupe_key.eq(SyncPanel { panel: id }.dedupe_key()))
        .filter(at_work)
        .limit(1)
        .count(tx.raw())
        .await?;
    Ok(found > 0)
}

async fn differences(tx: &impl TenantConn, id: PanelId) -> Result<u64, StoreError> {
    let found = panel_drift::Entity::find().filter(panel_drift::COLUMN.panel_id.eq(id));
    Ok(found.count(tx.raw()).await?)
}
