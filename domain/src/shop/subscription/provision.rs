//! Driving the panel to a target and writing down that it is there.
//!
//! The target is absolute, so a lost answer, a crash or a second worker changes nothing; the panel is
//! read back, because it answers 200 before its cores know of the change.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::{
    jobs::Provision,
    rules,
    service::{compensate, find, grants_of, lock},
    usage::read_into,
};
use crate::{
    db::{Conn, StoreError, TenantDb, TenantTx},
    entities::tenant::{
        grant::GrantReason,
        order::{self, OrderState},
        panel::PanelState,
        subscription::{Model, TargetState},
        user,
    },
    faults,
    ids::{PanelId, SubscriptionId, UserId},
    jobs::{self, JobError},
    ports::{AccountTarget, Notice, PanelAccess, PanelAccount, PanelError, TargetStatus, VpnPanel},
    safeguards::{Safeguard, is_off},
    shop::{
        gift,
        ledger::verify::LATENESS,
        notification::service::{self as notification, Recipient},
        order::service as orders,
        panel, trial,
    },
};

/// How long a job waits for a panel that is away, when nobody calls it before. Not longer, because it
/// may be put aside in the moment in which the panel returns.
const PARKED: Duration = Duration::minutes(10);

/// The job.
///
/// # Errors
/// [`JobError::Retry`] while the panel cannot be reached; [`JobError::Fail`] when a person has to act.
pub async fn provision(db: &TenantDb, port: &dyn VpnPanel, id: SubscriptionId) -> Result<(), JobError> {
    let tx = db.read().await?;
    let Some(subscription) = find(&tx, id).await? else { return Ok(()) };
    if subscription.applied_version == subscription.target_version {
        return Ok(());
    }
    let Some(panel) = panel::service::find(&tx, subscription.panel_id).await? else {
        return Err(JobError::fail("the subscription's panel is gone"));
    };
    if panel.state != PanelState::Up {
        drop(tx);
        return park(db, id, panel.id).await;
    }
    let access = panel::service::access(&tx, db.kind(), &panel)?;
    drop(tx);

    let Some(target) = target_of(&subscription, panel::service::inbounds(&panel)) else {
        return remove(db, port, &access, &subscription).await;
    };
    #[cfg(test)]
    let target = crate::simulation::relative::instead_of(target, db, port, &access).await?;
    faults::hit(faults::PANEL_PUT_BEFORE);
    let driven = port.ensure(&access, &target).await.and_then(|account| held(account, &target));
    faults::hit(faults::PANEL_PUT_AFTER);
    match driven {
        Ok(account) => {
            let tx = db.write().await?;
            panel::service::answered(&tx, panel.id).await?;
            applied(&tx, id, subscription.target_version, &account).await?;
            faults::hit(faults::TARGET_STORED_BEFORE);
            tx.commit().await?;
            faults::hit(faults::TARGET_STORED_AFTER);
            Ok(())
        }
        Err(error) => {
            let tx = db.write().await?;
            panel::service::failed(&tx, panel.id, &error).await?;
            tell_once(&tx, id).await?;
            tx.commit().await?;
            Err(outcome(error))
        }
    }
}

/// Takes the account from the panel. One that is not there is what is wanted.
async fn remove(
    db: &TenantDb,
    port: &dyn VpnPanel,
    access: &PanelAccess,
    subscription: &Model,
) -> Result<(), JobError> {
    faults::hit(faults::PANEL_PUT_BEFORE);
    let gone = port.delete(access, &subscription.username).await;
    faults::hit(faults::PANEL_PUT_AFTER);
    let tx = db.write().await?;
    if let Err(error) = gone {
        panel::service::failed(&tx, subscription.panel_id, &error).await?;
        tx.commit().await?;
        return Err(outcome(error));
    }
    panel::service::answered(&tx, subscription.panel_id).await?;
    let Some(row) = lock(&tx, subscription.id).await.map_err(JobError::from)? else { return Ok(()) };
    if row.applied_version < subscription.target_version {
        let mut row = row.into_active_model();
        row.applied_version = Set(subscription.target_version);
        row.applied_at = Set(Some(tx.now()));
        // What was read from the panel while the account was still there.
        row.links = Set(serde_json::json!([]));
        row.subscription_url = Set(None);
        row.panel_status = Set(None);
        row.update(tx.raw()).await.map_err(StoreError::from)?;
    }
    faults::hit(faults::TARGET_STORED_BEFORE);
    tx.commit().await?;
    faults::hit(faults::TARGET_STORED_AFTER);
    Ok(())
}

/// The panel is known to be away: waits for the look at it, which makes this job due, and tells
/// whoever waits. Nothing is sent to the panel.
async fn park(db: &TenantDb, id: SubscriptionId, panel: PanelId) -> Result<(), JobError> {
    let tx = db.write().await?;
    panel::service::look_soon(&tx, panel).await?;
    tell_once(&tx, id).await?;
    tx.commit().await?;
    Err(JobError::retry_after("the panel is away", PARKED))
}

/// The port promises it; money does not rest on a promise of the outside. Panels count whole seconds.
fn held(account: PanelAccount, target: &AccountTarget) -> Result<PanelAccount, PanelError> {
    let second = |at: Option<DateTime<Utc>>| at.map(|at| at.timestamp());
    let is_held = second(account.expire) == second(target.expire) && account.data_limit == target.data_limit;
    if is_held || is_off(Safeguard::ReadBack) { Ok(account) } else { Err(PanelError::NotHeld) }
}

/// Refused credentials wait too: when the owner has repaired them, what was paid is delivered.
fn outcome(error: PanelError) -> JobError {
    match error {
        PanelError::Taken => JobError::fail(error),
        error => JobError::retry(error),
    }
}

/// `None` when there is to be no account.
fn target_of(subscription: &Model, inbounds: Vec<String>) -> Option<AccountTarget> {
    let status = match subscription.target_status {
        TargetState::Active => TargetStatus::Active,
        TargetState::Disabled => TargetStatus::Disabled,
        TargetState::Removed => return None,
    };
    Some(AccountTarget {
        username: subscription.username.clone(),
        subscription: subscription.id,
        expire: Some(subscription.target_expire),
        data_limit: subscription.target_data_limit,
        status,
        inbounds,
    })
}

/// Writes down that the panel holds the target of this version, gives back lost time, and finishes
/// the orders that waited. A newer target is queued already by whoever set it.
async fn applied(
    tx: &TenantTx,
    id: SubscriptionId,
    version: i64,
    account: &PanelAccount,
) -> Result<(), StoreError> {
    let Some(subscription) = lock(tx, id).await? else { return Ok(()) };
    if subscription.applied_version >= version {
        return Ok(());
    }
    let now = tx.now();
    let first = subscription.provisioned_at.is_none();
    let mut row = subscription.clone().into_active_model();
    row.applied_version = Set(version);
    row.applied_at = Set(Some(now));
    if first {
        row.provisioned_at = Set(Some(now));
    }
    read_into(&mut row, account, now);
    let subscription = row.update(tx.raw()).await?;

    // An order that was paid while the panel was being driven is not in what it holds now.
    let held: Vec<_> =
        grants_of(tx, id).await?.into_iter().filter(|grant| grant.target_version <= version).collect();
    let mut waiting = waiting_orders(tx, id).await?;
    waiting.retain(|order| held.iter().any(|grant| grant.order_id == Some(order.id)));
    let lost = held
        .iter()
        .filter(|grant| match grant.order_id {
            Some(order) => waiting.iter().any(|waits| waits.id == order),
            None => first && !matches!(grant.reason, GrantReason::Order | GrantReason::Compensation),
        })
        .filter_map(|grant| rules::compensation(grant.period_start, now, LATENESS))
        .max();
    if let Some(lost) = lost {
        compensate(tx, &subscription, lost).await?;
    }
    if subscription.target_version > version {
        jobs::enqueue(tx, &Provision { subscription: id, panel: subscription.panel_id }, now).await?;
    }
    for order in waiting {
        orders::delivered(tx, &order, now).await?;
        let notice = Notice::OrderProvisioned { order: order.id, subscription: id };
        let key = format!("provisioned:{}", order.id);
        tell(tx, &order, subscription.user_id, &key, &notice).await?;
    }
    notification::release(tx, &format!("trial:{id}")).await
}

/// The orders of a subscription whose money is here and whose time is not on the panel yet.
async fn waiting_orders(tx: &TenantTx, id: SubscriptionId) -> Result<Vec<order::Model>, StoreError> {
    let has_money = [OrderState::Paid, OrderState::Disputed, OrderState::Won];
    Ok(order::Entity::find()
        .filter(order::COLUMN.subscription_id.eq(Some(id)))
        .filter(order::COLUMN.state.is_in(has_money))
        .filter(order::COLUMN.provisioned_at.is_null())
        .all(tx.raw())
        .await?)
}

/// Tells whoever waits, once, that nothing is lost.
async fn tell_once(tx: &TenantTx, id: SubscriptionId) -> Result<(), StoreError> {
    trial::service::tell_slow(tx, id).await?;
    for order in waiting_orders(tx, id).await? {
        let key = format!("delayed:{}", order.id);
        // Of a gift its buyer hears that it was opened.
        if gift::service::of_order(tx, order.id).await?.is_none() {
            tell(tx, &order, order.user_id, &key, &Notice::OrderDelayed { order: order.id }).await?;
        }
    }
    Ok(())
}

/// Whoever has the access, where they are: a gift's buyer has not.
async fn tell(
    tx: &TenantTx,
    order: &order::Model,
    to: UserId,
    key: &str,
    notice: &Notice,
) -> Result<(), StoreError> {
    let Some(user) = user::Entity::find_by_id(to).one(tx.raw()).await? else { return Ok(()) };
    let opened_in = gift::service::of_order(tx, order.id).await?.and_then(|gift| gift.bot_id);
    let to = Recipient { bot: opened_in.unwrap_or(order.bot_id), telegram_id: user.telegram_id };
    notification::queue(tx, to, key, notice).await
}
