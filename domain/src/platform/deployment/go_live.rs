//! The customer's last press of a button: everything after it runs by itself.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    rules,
    service::{self, Progress},
};
use crate::{
    args,
    db::{Conn, MasterDb, MasterTx, StoreError},
    entities::master::{
        bot_instance::BotState,
        deployment::DeploymentState,
        deployment_step::{Step, StepState},
    },
    error::Explain,
    ids::{AccountId, DeploymentId, TenantId},
    jobs::{self, Job},
    locale::Args,
    platform::{audit, bot},
};

/// Runs the automatic steps of one deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deploy {
    pub deployment: DeploymentId,
}

impl Job for Deploy {
    const KIND: &'static str = "deploy";

    fn dedupe_key(&self) -> Option<String> {
        Some(self.deployment.to_string())
    }
}

/// Why a shop does not go live yet.
#[derive(Debug, thiserror::Error)]
pub enum GoLiveError {
    /// These steps are still the customer's.
    #[error("not everything is ready: {0:?}")]
    Missing(Vec<Step>),
    #[error(transparent)]
    Bot(#[from] bot::service::BotError),
    #[error(transparent)]
    Internal(#[from] StoreError),
}

impl Explain for GoLiveError {
    fn explain(&self) -> Option<(&'static str, Args)> {
        match self {
            Self::Missing(steps) if steps.contains(&Step::PaymentVerified) => {
                Some(("error-package-needed", args![]))
            }
            Self::Missing(_) => Some(("error-conflict", args![])),
            Self::Bot(error) => error.explain(),
            Self::Internal(_) => None,
        }
    }
}

/// Starts the automatic steps, or starts them again where they failed. A press while they run makes
/// them due at once, also when what ran them is gone; when the shop is live it changes nothing.
///
/// # Errors
/// [`GoLiveError`].
pub async fn go_live(master: &MasterDb, account: AccountId, tenant: TenantId) -> Result<(), GoLiveError> {
    let tx = master.write().await?;
    let progress = service::of_tenant(&tx, tenant).await?.ok_or(StoreError::NoTenant(tenant))?;
    let id = progress.deployment.id;
    match progress.deployment.state {
        DeploymentState::Open | DeploymentState::Failed => {}
        DeploymentState::Running => {
            jobs::enqueue(&tx, &Deploy { deployment: id }, tx.now()).await?;
            return Ok(tx.commit().await?);
        }
        DeploymentState::Live => return Ok(()),
    }
    let missing = rules::missing(&progress.steps);
    let bot = match progress.deployment.bot_id {
        Some(bot) if missing.is_empty() => bot,
        _ => return Err(GoLiveError::Missing(missing)),
    };
    reset_failed(&tx, &progress).await?;
    bot::service::set_state(&tx, bot, BotState::Deploying, None).await?;
    let mut row = progress.deployment.into_active_model();
    row.state = Set(DeploymentState::Running);
    row.update(tx.raw()).await.map_err(StoreError::from)?;
    jobs::enqueue(&tx, &Deploy { deployment: id }, tx.now()).await?;
    let entry = audit::Entry {
        account: Some(account),
        tenant: Some(tenant),
        action: "deployment.go_live",
        subject: id.to_string(),
        detail: json!({}),
    };
    audit::append(&tx, entry).await?;
    Ok(tx.commit().await?)
}

async fn reset_failed(tx: &MasterTx, progress: &Progress) -> Result<(), StoreError> {
    for row in progress.steps.iter().filter(|row| row.state == StepState::Failed) {
        service::mark(tx, progress, row.step, StepState::Waiting, None, None).await?;
    }
    Ok(())
}
