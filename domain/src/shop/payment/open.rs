//! Opening a payment at the provider.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use url::Url;

use super::{Providers, jobs::PollPayment, providers};
use crate::{
    db::{Conn, StoreError, TenantDb},
    entities::tenant::order::{Model, OrderState},
    ids::OrderId,
    jobs,
    money::Money,
    ports::{GatewayError, NewPayment},
    safeguards::{Safeguard, is_off},
    shop::{
        order::{rules, service as orders},
        renewal::{agreement, service as renewals, standing},
    },
};

/// Why there is nothing to pay on.
#[derive(Debug, thiserror::Error)]
pub enum OpenRefused {
    /// Paid already, given up, or not there.
    #[error("the order is not open")]
    NotOpen,
    /// The method was removed.
    #[error("the payment method is not on offer")]
    MethodGone,
    #[error(transparent)]
    Provider(#[from] GatewayError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Gives the address on which the order can be paid; opens the payment when that has not happened.
/// The order is the provider's idempotency key, so a crash in between opens no second payment.
/// Network, so outside any transaction.
///
/// # Errors
/// [`OpenRefused`].
pub async fn open(
    db: &TenantDb,
    all: &Providers,
    id: OrderId,
    description: String,
    return_url: Url,
) -> Result<Url, OpenRefused> {
    let tx = db.read().await?;
    let order = orders::find(&tx, id).await?.filter(is_open).ok_or(OpenRefused::NotOpen)?;
    if renewals::of_order(&tx, id).await?.is_some() {
        return Err(OpenRefused::NotOpen);
    }
    if let Some(url) = order.pay_url.as_deref().and_then(|text| Url::parse(text).ok()) {
        return Ok(url);
    }
    let provider = all.find(&order.provider).ok_or(OpenRefused::MethodGone)?;
    let account = providers::account_of(&tx, provider, &order).await?.ok_or(OpenRefused::MethodGone)?;
    let said = match order.plan_id {
        Some(plan) => agreement::about(&tx, order.user_id, plan).await?,
        None => None,
    };
    let is_repeated = standing::of_order(&tx, id).await?.is_some();
    drop(tx);
    let payment = NewPayment {
        tenant: db.tenant(),
        order: id,
        amount: Money::new(order.amount_minor, order.currency),
        description,
        return_url,
        expires_at: order.expires_at,
        repeats_every: order.plan_days.filter(|_| is_repeated),
        keeps_method: said.is_some() && provider.gateway.charges_saved(),
    };
    let created = provider.gateway.create(&account, &payment).await?;

    let tx = db.write().await?;
    let order = orders::lock(&tx, id).await?.ok_or(OpenRefused::NotOpen)?;
    let mut row = order.clone().into_active_model();
    row.provider_payment_id = Set(Some(created.provider_payment_id));
    row.pay_url = Set(Some(created.pay_url.to_string()));
    let order = row.update(tx.raw()).await.map_err(StoreError::from)?;
    orders::advance(&tx, &order, OrderState::Pending).await?;
    if !is_off(Safeguard::Reconciler) {
        jobs::enqueue(&tx, &PollPayment { order: id }, tx.now() + chrono::Duration::minutes(1)).await?;
    }
    tx.commit().await?;
    Ok(created.pay_url)
}

fn is_open(order: &Model) -> bool {
    rules::is_open(order.state)
}
