//! Claiming the trial.

use chrono::Duration;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, QuerySelect, Select, sea_query::OnConflict};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{
    clock::Clock,
    db::{Conn, Sealer, StoreError, TenantConn, TenantTx},
    entities::tenant::{
        grant::GrantReason,
        setting, subscription,
        trial_claim::{ActiveModel, COLUMN, Entity},
        user,
    },
    ids::{BotId, RowId, SubscriptionId},
    ports::Notice,
    shop::{
        notification::service::{self as notification, Recipient},
        panel, plan,
        subscription::{
            service::{self as subscriptions, NewGrant},
            several::Onto,
        },
    },
};

/// The setting that holds the salt of the claims. It moves with an exported shop, so that the claims
/// are still recognised after an import.
const SALT: &str = "trial_salt";

/// Why no trial is given.
#[derive(Debug, thiserror::Error)]
pub enum TrialRefused {
    #[error("the shop offers no trial")]
    NotOffered,
    #[error("this person had a trial")]
    Used,
    #[error("the shop has no panel that could serve it")]
    NoPanel,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for TrialRefused {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// Whether this person could claim a trial now.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn is_open(tx: &impl TenantConn, user: &user::Model) -> Result<bool, StoreError> {
    if plan::service::trial_plan(tx).await?.is_none() {
        return Ok(false);
    }
    has_none(tx, stored_salt(tx).await?.as_deref(), user).await
}

/// Whether this person has not claimed one yet. A shop without a salt has given none.
pub(in crate::shop) async fn has_none(
    tx: &impl TenantConn,
    salt: Option<&str>,
    user: &user::Model,
) -> Result<bool, StoreError> {
    let Some(salt) = salt else { return Ok(true) };
    let claim =
        Entity::find().filter(COLUMN.claimant.eq(claimant(salt, user.telegram_id))).one(tx.raw()).await?;
    Ok(claim.is_none())
}

/// Gives the trial, once for each person. The message that it is ready waits for the panel.
///
/// # Errors
/// [`TrialRefused`].
pub async fn claim(
    tx: &TenantTx,
    user: &user::Model,
    bot: BotId,
) -> Result<subscription::Model, TrialRefused> {
    let plan = plan::service::trial_plan(tx).await?.ok_or(TrialRefused::NotOffered)?;
    if panel::service::choose(tx).await?.is_none() {
        return Err(TrialRefused::NoPanel);
    }
    let salt = salt(tx).await?;
    let row = ActiveModel {
        id: Set(RowId::new()),
        claimant: Set(claimant(&salt, user.telegram_id)),
        claimed_at: Set(tx.clock().now()),
    };
    let keep = OnConflict::new().do_nothing().to_owned();
    if Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await? == 0 {
        return Err(TrialRefused::Used);
    }
    let grant = NewGrant {
        order: None,
        reason: GrantReason::Trial,
        plan: plan.id,
        duration: Duration::seconds(plan.days.seconds()),
        traffic: plan.traffic_bytes,
        onto: Onto::Present,
    };
    let subscription = subscriptions::give(tx, user, grant).await?.ok_or(TrialRefused::NoPanel)?;
    let to = Recipient { bot, telegram_id: user.telegram_id };
    let notice = Notice::TrialProvisioned { subscription: subscription.id };
    notification::hold(tx, to, &ready_key(subscription.id), &notice).await?;
    Ok(subscription)
}

/// The panel does not answer: tells whoever waits for this trial, once, that nothing is lost.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn tell_slow(tx: &TenantTx, id: SubscriptionId) -> Result<(), StoreError> {
    let Some(to) = notification::waiting(tx, &ready_key(id)).await? else { return Ok(()) };
    let notice = Notice::TrialDelayed { subscription: id };
    notification::queue(tx, to, &format!("trial-slow:{id}"), &notice).await
}

/// The key of the notice that the trial is ready, which the panel's answer releases.
fn ready_key(id: SubscriptionId) -> String {
    format!("trial:{id}")
}

/// Recognises a person without keeping who it is.
fn claimant(salt: &str, telegram_id: i64) -> String {
    hex::encode(Sha256::digest(format!("{salt}:{telegram_id}")))
}

async fn salt(tx: &impl TenantConn) -> Result<String, StoreError> {
    if let Some(salt) = stored_salt(tx).await? {
        return Ok(salt);
    }
    let fresh = hex::encode(Sealer::random_key()?);
    let row = setting::ActiveModel { name: Set(SALT.into()), value: Set(serde_json::json!(fresh)) };
    let keep = OnConflict::new().do_nothing().to_owned();
    setting::Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await?;
    Ok(stored_salt(tx).await?.unwrap_or(fresh))
}

async fn stored_salt(tx: &impl TenantConn) -> Result<Option<String>, StoreError> {
    let value = salt_setting().into_tuple::<Value>().one(tx.raw()).await?;
    Ok(value.as_ref().and_then(read_salt))
}

/// The salt as it is stored, for who asks for more at once.
pub(in crate::shop) fn salt_setting() -> Select<setting::Entity> {
    setting::Entity::find_by_id(SALT).select_only().column(setting::Column::Value)
}

pub(in crate::shop) fn read_salt(stored: &Value) -> Option<String> {
    stored.as_str().map(str::to_owned)
}
