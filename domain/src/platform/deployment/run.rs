//! The automatic steps. Each is found done or done again: killed anywhere, the next run goes on.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{
    rules,
    service::{self, Progress},
};
use crate::{
    db::{Conn, MasterTx, StoreError, TenantStore},
    entities::master::{
        bot_instance::{self, BotState},
        deployment::DeploymentState,
        deployment_step::{Step, StepState},
    },
    events::{EventKind, Events},
    ids::DeploymentId,
    platform::{
        bot::{self, service::BotError},
        tenant::fill,
    },
    ports::{BotHost, BotHostError, Delivery, Notice, Notifier, NotifyError},
    shop::plan::service::offers,
};

const OWNER_UNKNOWN: &str = "error-link-owner-unknown";
const NOT_REACHED: &str = "error-link-not-reached";

/// What the steps need.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    pub store: &'a TenantStore,
    pub host: &'a dyn BotHost,
    pub notifier: &'a dyn Notifier,
    pub events: &'a Events,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Live,
    /// A step failed for a reason that only the customer can remove: an `error-…` key.
    Failed(&'static str),
    /// There is nothing to run.
    Idle,
}

/// Why a run broke off; the next one goes on.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// `key` is an `error-…` key, for the customer; the reason is for the log.
    #[error("{reason}")]
    Retry { key: &'static str, reason: String },
    #[error(transparent)]
    Internal(#[from] StoreError),
}

impl RunError {
    fn key(&self) -> &'static str {
        match self {
            Self::Retry { key, .. } => key,
            Self::Internal(_) => "error-internal-retry",
        }
    }
}

/// Why a step is not done.
enum StepError {
    Failed(&'static str),
    Broken(RunError),
}

impl From<StoreError> for StepError {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

/// Takes the automatic steps that are not done.
///
/// # Errors
/// [`RunError`].
pub async fn run(around: Surroundings<'_>, id: DeploymentId) -> Result<Outcome, RunError> {
    for step in rules::AUTOMATIC {
        let Some(progress) = service::find(around.store.master(), id).await? else {
            return Ok(Outcome::Idle);
        };
        match progress.deployment.state {
            DeploymentState::Running | DeploymentState::Live => {}
            DeploymentState::Open | DeploymentState::Failed => return Ok(Outcome::Idle),
        }
        if progress.is_done(step) {
            continue;
        }
        note_running(around, &progress, step).await?;
        match take(around, &progress, step).await {
            Ok(()) => announce(around, &progress),
            Err(StepError::Broken(error)) => {
                note_retry(around, &progress, step, &error).await?;
                return Err(error);
            }
            Err(StepError::Failed(key)) => {
                note_failed(around, &progress, step, key).await?;
                return Ok(Outcome::Failed(key));
            }
        }
    }
    Ok(Outcome::Live)
}

/// The job has no attempts left: what it did not reach has failed, and a press on the button begins
/// again. A shop that is live stays so when only its link was not sent.
///
/// # Errors
/// [`RunError`].
pub async fn give_up(around: Surroundings<'_>, id: DeploymentId, error: &RunError) -> Result<(), RunError> {
    let Some(progress) = service::find(around.store.master(), id).await? else { return Ok(()) };
    let Some(step) = rules::AUTOMATIC.into_iter().find(|step| !progress.is_done(*step)) else {
        return Ok(());
    };
    match progress.deployment.state {
        DeploymentState::Running => note_failed(around, &progress, step, error.key()).await,
        DeploymentState::Live => {
            let tx = around.store.master().write().await?;
            service::mark(&tx, &progress, step, StepState::Done, None, Some(NOT_REACHED)).await?;
            tx.commit().await?;
            announce(around, &progress);
            Ok(())
        }
        DeploymentState::Open | DeploymentState::Failed => Ok(()),
    }
}

async fn take(around: Surroundings<'_>, progress: &Progress, step: Step) -> Result<(), StepError> {
    match step {
        Step::ShopCreated => create_shop(around, progress).await,
        Step::PlansReady => check_plans(around, progress).await,
        Step::BotRunning => run_bot(around, progress).await,
        Step::LinkSent => send_link(around, progress).await,
        // The customer's steps are not taken here.
        Step::OrderPlaced | Step::PaymentVerified | Step::TokenChecked | Step::PanelConnected => Ok(()),
    }
}

async fn create_shop(around: Surroundings<'_>, progress: &Progress) -> Result<(), StepError> {
    fill::fill(around.store, progress.deployment.tenant_id).await?;
    end(around, progress, Step::ShopCreated, None, None).await
}

async fn check_plans(around: Surroundings<'_>, progress: &Progress) -> Result<(), StepError> {
    let shop = around.store.open(progress.deployment.tenant_id).await?;
    let tx = shop.read().await?;
    let plans = offers(&tx).await?.len();
    drop(tx);
    if plans == 0 {
        return Err(StepError::Failed("error-plans-none"));
    }
    end(around, progress, Step::PlansReady, Some(&plans.to_string()), None).await
}

async fn run_bot(around: Surroundings<'_>, progress: &Progress) -> Result<(), StepError> {
    let bot = bot_of(around, progress).await?;
    match around.host.ensure_running(bot.id).await {
        Ok(()) => {}
        Err(BotHostError::TokenRevoked) => return Err(StepError::Failed("error-token-revoked")),
        Err(BotHostError::Conflict) => return Err(StepError::Failed("error-token-conflict")),
        Err(BotHostError::Unavailable(reason)) => return Err(telegram_down(reason)),
    }
    let tx = around.store.master().write().await?;
    set_state(&tx, &bot, BotState::Live, None).await?;
    let mut row = progress.deployment.clone().into_active_model();
    row.state = Set(DeploymentState::Live);
    row.live_at = Set(Some(progress.deployment.live_at.unwrap_or(tx.now())));
    row.update(tx.raw()).await.map_err(StoreError::from)?;
    let username = bot.username.as_deref().map(|name| format!("@{name}"));
    service::mark(&tx, progress, Step::BotRunning, StepState::Done, username.as_deref(), None).await?;
    service::commit_step(tx, Step::BotRunning).await?;
    around.events.publish(bot.tenant_id, EventKind::Bot, Some(bot.id.to_string()));
    Ok(())
}

/// Without a known owner the link is on the page only, and the page says so. An owner who has never
/// written to the bot cannot be written to, which is no failure of the shop either.
async fn send_link(around: Surroundings<'_>, progress: &Progress) -> Result<(), StepError> {
    let bot = bot_of(around, progress).await?;
    let link = bot::rules::link(bot.username.as_deref().unwrap_or_default());
    let Some(owner) = bot.owner_telegram_id else {
        return end(around, progress, Step::LinkSent, Some(&link), Some(OWNER_UNKNOWN)).await;
    };
    let notice = Notice::ShopLive { link: link.clone() };
    let missed = match around.notifier.notify(bot.tenant_id, bot.id, owner, &notice).await {
        Ok(Delivery::Sent { .. }) => None,
        Ok(Delivery::Unreachable) => Some(NOT_REACHED),
        Err(NotifyError::Retry { reason, .. }) => return Err(telegram_down(reason)),
        Err(NotifyError::Failed(reason) | NotifyError::Unknown(reason)) => {
            tracing::warn!(bot = %bot.id, %reason, "the owner was not told that the shop is live");
            Some(NOT_REACHED)
        }
    };
    end(around, progress, Step::LinkSent, Some(&link), missed).await
}

fn telegram_down(reason: String) -> StepError {
    StepError::Broken(RunError::Retry { key: "error-telegram-unreachable", reason })
}

async fn end(
    around: Surroundings<'_>,
    progress: &Progress,
    step: Step,
    detail: Option<&str>,
    missed: Option<&str>,
) -> Result<(), StepError> {
    let tx = around.store.master().write().await?;
    service::mark(&tx, progress, step, StepState::Done, detail, missed).await?;
    Ok(service::commit_step(tx, step).await?)
}

async fn note_running(around: Surroundings<'_>, progress: &Progress, step: Step) -> Result<(), StoreError> {
    if progress.step(step).is_some_and(|row| row.state == StepState::Running) {
        return Ok(());
    }
    let tx = around.store.master().write().await?;
    service::mark(&tx, progress, step, StepState::Running, None, None).await?;
    tx.commit().await?;
    announce(around, progress);
    Ok(())
}

/// Shown while the step is tried again; a step that runs once more keeps it until it is done.
async fn note_retry(
    around: Surroundings<'_>,
    progress: &Progress,
    step: Step,
    error: &RunError,
) -> Result<(), StoreError> {
    let tx = around.store.master().write().await?;
    service::mark(&tx, progress, step, StepState::Running, None, Some(error.key())).await?;
    tx.commit().await?;
    announce(around, progress);
    Ok(())
}

async fn note_failed(
    around: Surroundings<'_>,
    progress: &Progress,
    step: Step,
    key: &'static str,
) -> Result<(), RunError> {
    let tx = around.store.master().write().await?;
    service::mark(&tx, progress, step, StepState::Failed, None, Some(key)).await?;
    let mut row = progress.deployment.clone().into_active_model();
    row.state = Set(DeploymentState::Failed);
    row.update(tx.raw()).await.map_err(StoreError::from)?;
    if let Some(id) = progress.deployment.bot_id {
        let state = match key {
            "error-token-revoked" => BotState::NeedsToken,
            _ => BotState::Failed,
        };
        // Paused or without a token by now: its own state says more.
        if let Err(BotError::Internal(error)) = bot::service::set_state(&tx, id, state, Some(key)).await {
            return Err(error.into());
        }
    }
    tx.commit().await?;
    announce(around, progress);
    Ok(())
}

async fn bot_of(around: Surroundings<'_>, progress: &Progress) -> Result<bot_instance::Model, StepError> {
    let id = progress.deployment.bot_id.ok_or(StepError::Failed("error-token-format"))?;
    let found = bot::service::find(around.store.master(), id).await?;
    found.ok_or(StepError::Failed("error-token-format"))
}

async fn set_state(
    tx: &MasterTx,
    bot: &bot_instance::Model,
    to: BotState,
    reason: Option<&str>,
) -> Result<(), StepError> {
    bot::service::set_state(tx, bot.id, to, reason).await.map(|_| ()).map_err(|error| match error {
        BotError::Internal(error) => error.into(),
        // Paused or deleted while it was being started: look again.
        other => StepError::Broken(broken(other)),
    })
}

fn broken(error: BotError) -> RunError {
    match error {
        BotError::Internal(error) => RunError::Internal(error),
        other => RunError::Retry { key: "error-conflict", reason: other.to_string() },
    }
}

fn announce(around: Surroundings<'_>, progress: &Progress) {
    let id = progress.deployment.id.to_string();
    around.events.publish(progress.deployment.tenant_id, EventKind::Deployment, Some(id));
}
