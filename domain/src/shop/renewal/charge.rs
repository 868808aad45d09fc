//! Charging a saved method: asked for once, whatever dies in between, because the order is the provider's
//! key of idempotence.

use chrono::Duration;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use secrecy::SecretString;

use super::{
    saved,
    service::{failed, is_wanted, of_order},
};
use crate::{
    db::{Conn, StoreError, TenantDb, TenantTx},
    entities::tenant::{
        order::{Model, OrderState},
        renewal,
    },
    faults,
    ids::OrderId,
    jobs::{self, JobError},
    locale::Locale,
    money::Money,
    ports::{GatewayAccount, GatewayError, PaymentFacts, SavedCharge},
    shop::{
        order::{list::title, rules::Step, service as orders},
        payment::{
            Provider, Providers,
            jobs::PollPayment,
            providers,
            settle::{self, Settled},
        },
    },
};

/// So long a key of idempotence is asked with again: providers forget theirs after a day. What the
/// provider took meanwhile is found by the import.
const ASK_FOR: Duration = Duration::hours(23);

/// The job.
///
/// # Errors
/// [`JobError::Retry`] until the provider has answered.
pub async fn run(db: &TenantDb, all: &Providers, id: OrderId) -> Result<(), JobError> {
    let Some(wanted) = Wanted::load(db, all, id).await? else { return Ok(()) };
    let charge = SavedCharge {
        tenant: db.tenant(),
        order: id,
        amount: Money::new(wanted.order.amount_minor, wanted.order.currency),
        // Of the order alone: asked again it has to be the same.
        description: format!("{} · {}", id.short(), title(&wanted.order, Locale::En)),
        token: wanted.token,
    };
    faults::hit(faults::PROVIDER_READ_BEFORE);
    let charged = wanted.provider.gateway.charge(&wanted.account, &charge).await;
    faults::hit(faults::PROVIDER_READ_AFTER);
    match charged {
        Ok(facts) => Ok(settled(db, &wanted.order, &facts).await?),
        Err(error @ (GatewayError::Unavailable(_) | GatewayError::Credentials)) => {
            Err(JobError::retry(error))
        }
        Err(error @ (GatewayError::Refused(_) | GatewayError::NotFound)) => {
            Ok(refused(db, id, &error.to_string()).await?)
        }
    }
}

/// A charge that is to be asked for.
struct Wanted<'a> {
    order: Model,
    provider: &'a Provider,
    account: GatewayAccount,
    token: SecretString,
}

impl<'a> Wanted<'a> {
    /// `None` when there is nothing to ask for: it was answered, or is not wanted any more. What may have
    /// been asked for is asked for again, whatever the user wants by now: only the answer says what to undo.
    async fn load(db: &TenantDb, all: &'a Providers, id: OrderId) -> Result<Option<Self>, StoreError> {
        let tx = db.write().await?;
        let Some(order) = orders::lock(&tx, id).await? else { return Ok(None) };
        let Some(row) = of_order(&tx, id).await? else { return Ok(None) };
        if order.state != OrderState::New {
            return Ok(None);
        }
        let is_too_late = row.asked_at.is_some_and(|at| tx.now() - at > ASK_FOR);
        if is_too_late || (row.asked_at.is_none() && !is_wanted(&tx, &row).await?) {
            give_up(tx, &order, is_too_late).await?;
            return Ok(None);
        }
        let Some(wanted) = Self::ready(&tx, all, order.clone()).await? else {
            // Removed since the order was made: as if it had been refused.
            give_up(tx, &order, row.asked_at.is_some()).await?;
            return Ok(None);
        };
        if row.asked_at.is_none() {
            mark_asked(&tx, row).await?;
        }
        tx.commit().await?;
        Ok(Some(wanted))
    }

    async fn ready(tx: &TenantTx, all: &'a Providers, order: Model) -> Result<Option<Self>, StoreError> {
        let Some(provider) = all.find(&order.provider) else { return Ok(None) };
        let account = providers::account(tx, provider).await?;
        let account = account.filter(|account| account.account_id == order.provider_account);
        let saved = saved::of_user(tx, order.user_id).await?;
        let is_there = |saved: &crate::entities::tenant::saved_method::Model| {
            saved.provider == order.provider && saved.account_id == order.provider_account
        };
        let (Some(account), Some(saved)) = (account, saved.filter(is_there)) else { return Ok(None) };
        let Some(token) = saved::token(tx, &saved)? else { return Ok(None) };
        Ok(Some(Self { order, provider, account, token }))
    }
}

async fn mark_asked(tx: &TenantTx, row: renewal::Model) -> Result<(), StoreError> {
    let mut row = row.into_active_model();
    row.asked_at = Set(Some(tx.now()));
    row.update(tx.raw()).await?;
    Ok(())
}

/// Nobody is asked any more. `unknown`: a charge may have been made, which the import finds.
async fn give_up(tx: TenantTx, order: &Model, unknown: bool) -> Result<(), StoreError> {
    if orders::advance(&tx, order, OrderState::Expired).await? == Step::Moves {
        let kind = if unknown { "charge_unknown" } else { "charge_called_off" };
        orders::record(&tx, order.id, kind, None).await?;
    }
    tx.commit().await
}

/// The provider's answer is its word on the payment.
async fn settled(db: &TenantDb, order: &Model, facts: &PaymentFacts) -> Result<(), StoreError> {
    let tx = db.write().await?;
    let known = settle::apply_in(&tx, &order.provider, &facts.provider_payment_id, facts).await?;
    if known == Settled::StillPending
        && let Some(order) = orders::lock(&tx, order.id).await?
    {
        orders::advance(&tx, &order, OrderState::Pending).await?;
        jobs::enqueue(&tx, &PollPayment { order: order.id }, tx.now() + Duration::minutes(1)).await?;
    }
    faults::hit(faults::SETTLE_COMMIT_BEFORE);
    tx.commit().await?;
    faults::hit(faults::SETTLE_COMMIT_AFTER);
    Ok(())
}

/// The provider understood and said no: nothing was charged.
async fn refused(db: &TenantDb, id: OrderId, reason: &str) -> Result<(), StoreError> {
    let tx = db.write().await?;
    if let Some(order) = orders::lock(&tx, id).await?
        && orders::advance(&tx, &order, OrderState::Failed).await? == Step::Moves
    {
        orders::record(&tx, id, "charge_refused", Some(reason.to_owned())).await?;
        failed(&tx, &order).await?;
    }
    tx.commit().await
}
