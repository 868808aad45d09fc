//! A new link: ours is void with the transaction that says so; the panel is told by a job, until it has
//! given new keys.

use chrono::Duration;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};

use super::service::forget_bodies;
use crate::{
    db::{Conn, TenantDb},
    entities::tenant::{link::Entity, panel::PanelState},
    ids::{PanelId, SubscriptionId},
    jobs::{Job, JobError},
    ports::{PanelError, VpnPanel},
    shop::{
        panel,
        subscription::{
            service::{find, lock},
            usage::read_into,
        },
    },
};

/// How long the job waits for a panel that is away.
const PARKED: Duration = Duration::minutes(10);

/// Has the panel give new keys.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RevokeLink {
    pub subscription: SubscriptionId,
    pub panel: PanelId,
}

impl Job for RevokeLink {
    const KIND: &'static str = "revoke_link";
    /// As long as a panel may be away: until then whoever had the link has access.
    const MAX_ATTEMPTS: i32 = 20_000;

    fn dedupe_key(&self) -> Option<String> {
        Some(self.subscription.to_string())
    }

    fn lane(&self) -> Option<String> {
        Some(panel::jobs::lane(self.panel))
    }
}

/// The job. Keys that were given and not heard of are replaced once more: nobody has got them yet.
///
/// # Errors
/// [`JobError::Retry`] while the panel cannot be reached; [`JobError::Fail`] when a person has to act.
pub async fn run(db: &TenantDb, port: &dyn VpnPanel, id: SubscriptionId) -> Result<(), JobError> {
    let tx = db.read().await?;
    let Some(subscription) = find(&tx, id).await? else { return Ok(()) };
    let is_wanted = Entity::find_by_id(id).one(tx.raw()).await.map_err(JobError::retry)?;
    if !is_wanted.is_some_and(|link| link.revoking) {
        return Ok(());
    }
    let Some(panel) = panel::service::find(&tx, subscription.panel_id).await? else {
        return Err(JobError::fail("the subscription's panel is gone"));
    };
    if panel.state != PanelState::Up {
        return Err(JobError::retry_after("the panel is away", PARKED));
    }
    let access = panel::service::access(&tx, db.kind(), &panel)?;
    drop(tx);
    let account = match port.revoke_link(&access, &subscription.username, id).await {
        Ok(account) => account,
        Err(error @ PanelError::Taken) => return Err(JobError::fail(error)),
        Err(error) => return Err(JobError::retry(error)),
    };
    let tx = db.write().await?;
    let Some(row) = lock(&tx, id).await? else { return Ok(()) };
    let mut row = row.into_active_model();
    read_into(&mut row, &account, tx.now());
    row.update(tx.raw()).await.map_err(JobError::retry)?;
    forget_bodies(&tx, id).await?;
    if let Some(link) = Entity::find_by_id(id).one(tx.raw()).await.map_err(JobError::retry)? {
        let mut link = link.into_active_model();
        link.revoking = Set(false);
        link.update(tx.raw()).await.map_err(JobError::retry)?;
    }
    Ok(tx.commit().await?)
}
