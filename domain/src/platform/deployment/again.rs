//! The shop's bot is deleted: everything else that was done stands for its next one.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::service;
use crate::{
    db::{Conn, MasterTx, StoreError},
    entities::master::{
        deployment::DeploymentState,
        deployment_step::{Step, StepState},
    },
    ids::{BotId, TenantId},
};

/// Begins the way of the next bot, when the latest one was about `bot`. A run that is under way ends.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn without(tx: &MasterTx, tenant: TenantId, bot: BotId) -> Result<(), StoreError> {
    let Some(progress) = service::of_tenant(tx, tenant).await? else { return Ok(()) };
    if progress.deployment.bot_id != Some(bot) {
        return Ok(());
    }
    if progress.deployment.state != DeploymentState::Live {
        let mut row = progress.deployment.into_active_model();
        row.state = Set(DeploymentState::Failed);
        row.update(tx.raw()).await?;
    }
    let id = service::begin(tx, tenant).await?;
    let Some(next) = service::find(tx, id).await? else { return Ok(()) };
    let of_the_bot = [Step::TokenChecked, Step::BotRunning, Step::LinkSent];
    let stands = |step: &Step, state| state == StepState::Done && !of_the_bot.contains(step);
    for row in progress.steps.iter().filter(|row| stands(&row.step, row.state)) {
        service::mark(tx, &next, row.step, StepState::Done, row.detail.as_deref(), None).await?;
    }
    Ok(())
}
