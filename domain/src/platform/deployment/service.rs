//! Deployments and their steps as rows.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};

use super::rules;
use crate::{
    db::{Conn, MasterConn, MasterTx, StoreError},
    entities::master::{
        deployment::{self, COLUMN, DeploymentState, Entity},
        deployment_step::{self, Step, StepState},
    },
    faults,
    ids::{BotId, DeploymentId, RowId, TenantId},
};

/// A deployment and its steps in their order.
#[derive(Clone, Debug)]
pub struct Progress {
    pub deployment: deployment::Model,
    pub steps: Vec<deployment_step::Model>,
}

impl Progress {
    pub fn step(&self, step: Step) -> Option<&deployment_step::Model> {
        self.steps.iter().find(|row| row.step == step)
    }

    pub fn is_done(&self, step: Step) -> bool {
        self.step(step).is_some_and(|row| row.state == StepState::Done)
    }
}

/// Begins the way of a new shop; every step waits.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn begin(tx: &MasterTx, tenant: TenantId) -> Result<DeploymentId, StoreError> {
    insert(tx, tenant, None, &[]).await
}

async fn insert(
    tx: &MasterTx,
    tenant: TenantId,
    bot: Option<BotId>,
    done: &[deployment_step::Model],
) -> Result<DeploymentId, StoreError> {
    let id = DeploymentId::new();
    let row = deployment::ActiveModel {
        id: Set(id),
        tenant_id: Set(tenant),
        bot_id: Set(bot),
        state: Set(DeploymentState::Open),
        started_at: Set(tx.now()),
        paid_at: Set(None),
        live_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(tx.raw()).await?;
    let steps = (1..).zip(rules::ALL).map(|(position, step)| {
        let done = done.iter().find(|row| row.step == step && row.state == StepState::Done);
        deployment_step::ActiveModel {
            id: Set(RowId::new()),
            deployment_id: Set(id),
            position: Set(position),
            step: Set(step),
            state: Set(done.map_or(StepState::Waiting, |row| row.state)),
            detail: Set(done.and_then(|row| row.detail.clone())),
            error: Set(None),
            started_at: Set(done.and_then(|row| row.started_at)),
            ended_at: Set(done.and_then(|row| row.ended_at)),
        }
    });
    deployment_step::Entity::insert_many(steps).exec_without_returning(tx.raw()).await?;
    Ok(id)
}

/// The tenant's latest deployment.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_tenant(conn: &impl MasterConn, tenant: TenantId) -> Result<Option<Progress>, StoreError> {
    let found = Entity::find()
        .filter(COLUMN.tenant_id.eq(tenant))
        .order_by_desc(deployment::Column::Id)
        .one(conn.raw())
        .await?;
    with_steps(conn, found).await
}

/// The bot's own deployment. A bot has none until it is on its way to live.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_bot(conn: &impl MasterConn, bot: BotId) -> Result<Option<Progress>, StoreError> {
    let found = Entity::find().filter(COLUMN.bot_id.eq(Some(bot))).one(conn.raw()).await?;
    with_steps(conn, found).await
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(conn: &impl MasterConn, id: DeploymentId) -> Result<Option<Progress>, StoreError> {
    let found = Entity::find_by_id(id).one(conn.raw()).await?;
    with_steps(conn, found).await
}

/// The bot's own way to live. The shop's first bot takes the shop's; each further one begins another,
/// on which what concerns the shop is done.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn for_bot(tx: &MasterTx, tenant: TenantId, bot: BotId) -> Result<Progress, StoreError> {
    if let Some(progress) = of_bot(tx, bot).await? {
        return Ok(progress);
    }
    let latest = of_tenant(tx, tenant).await?.ok_or(StoreError::NoTenant(tenant))?;
    let id = if latest.deployment.bot_id.is_none() {
        let mut row = latest.deployment.into_active_model();
        row.bot_id = Set(Some(bot));
        row.update(tx.raw()).await?.id
    } else {
        let of_shop: Vec<_> =
            latest.steps.into_iter().filter(|row| rules::OF_SHOP.contains(&row.step)).collect();
        insert(tx, tenant, Some(bot), &of_shop).await?
    };
    find(tx, id).await?.ok_or(StoreError::NoTenant(tenant))
}

/// The step is done; one that was done keeps its times.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn mark_done(
    tx: &MasterTx,
    tenant: TenantId,
    step: Step,
    detail: Option<&str>,
) -> Result<(), StoreError> {
    let Some(progress) = of_tenant(tx, tenant).await? else { return Ok(()) };
    mark(tx, &progress, step, StepState::Done, detail, None).await?;
    if step == Step::PaymentVerified && progress.deployment.paid_at.is_none() {
        let mut row = progress.deployment.into_active_model();
        row.paid_at = Set(Some(tx.now()));
        row.update(tx.raw()).await?;
    }
    Ok(())
}

/// Writes where one step stands; `error` is an `error-…` key: why it failed, why it is tried again, or
/// what did not come of it.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn mark(
    tx: &MasterTx,
    progress: &Progress,
    step: Step,
    state: StepState,
    detail: Option<&str>,
    error: Option<&str>,
) -> Result<(), StoreError> {
    let Some(row) = progress.step(step) else { return Ok(()) };
    let mut changed = row.clone().into_active_model();
    changed.state = Set(state);
    changed.error = Set(error.map(str::to_owned));
    if detail.is_some() {
        changed.detail = Set(detail.map(str::to_owned));
    }
    if row.started_at.is_none() {
        changed.started_at = Set(Some(tx.now()));
    }
    let ended = match state {
        StepState::Done | StepState::Failed => row.ended_at.or(Some(tx.now())),
        StepState::Waiting | StepState::Running => None,
    };
    changed.ended_at = Set(ended);
    changed.update(tx.raw()).await?;
    Ok(())
}

/// Commits what ends the step, between its two fault points.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn commit_step(tx: MasterTx, step: Step) -> Result<(), StoreError> {
    let [before, after] = rules::fault_points(step);
    faults::hit(before);
    tx.commit().await?;
    faults::hit(after);
    Ok(())
}

/// Whether the tenant's shop has been live.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn was_live(conn: &impl MasterConn, tenant: TenantId) -> Result<bool, StoreError> {
    let live = Entity::find()
        .filter(COLUMN.tenant_id.eq(tenant))
        .filter(deployment::Column::LiveAt.is_not_null())
        .one(conn.raw())
        .await?;
    Ok(live.is_some())
}

/// Whether this bot has been live.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn was_bot_live(conn: &impl MasterConn, bot: BotId) -> Result<bool, StoreError> {
    let live = Entity::find()
        .filter(COLUMN.bot_id.eq(Some(bot)))
        .filter(deployment::Column::LiveAt.is_not_null())
        .one(conn.raw())
        .await?;
    Ok(live.is_some())
}

async fn with_steps(
    conn: &impl MasterConn,
    found: Option<deployment::Model>,
) -> Result<Option<Progress>, StoreError> {
    let Some(deployment) = found else { return Ok(None) };
    let steps = deployment_step::Entity::find()
        .filter(deployment_step::COLUMN.deployment_id.eq(deployment.id))
        .order_by_asc(deployment_step::Column::Position)
        .all(conn.raw())
        .await?;
    Ok(Some(Progress { deployment, steps }))
}
