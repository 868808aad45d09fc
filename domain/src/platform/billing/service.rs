//! The customer's package: the free trial, what runs now, and what that means for the wizard's steps.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, SqlErr};
use serde_json::json;

use super::rules;
use crate::{
    args,
    db::{Conn, MasterConn, MasterDb, MasterTx, StoreError},
    entities::master::{
        deployment_step::Step,
        package_payment,
        package_subscription::{self, COLUMN, Entity, PackageState},
        tenant,
    },
    error::Explain,
    ids::{AccountId, CustomerId, PackagePaymentId, PackageSubscriptionId, TenantId},
    locale::Args,
    platform::{audit, deployment, package},
};

/// What a step of the deployment says of a trial; a paid one is named by its package.
pub const TRIAL_DETAIL: &str = "trial";

/// Why there is no trial.
#[derive(Debug, thiserror::Error)]
pub enum TrialError {
    /// Once for each customer, also after it has ended.
    #[error("the customer has had a package")]
    Used,
    #[error(transparent)]
    Internal(#[from] StoreError),
}

impl Explain for TrialError {
    fn explain(&self) -> Option<(&'static str, Args)> {
        match self {
            Self::Used => Some(("error-conflict", args![])),
            Self::Internal(_) => None,
        }
    }
}

/// Begins the customer's free trial.
///
/// # Errors
/// [`TrialError`].
pub async fn start_trial(
    master: &MasterDb,
    account: AccountId,
    customer: CustomerId,
) -> Result<(), TrialError> {
    let tx = master.write().await?;
    if subscription_of(&tx, customer).await?.is_some() {
        return Err(TrialError::Used);
    }
    let id = PackageSubscriptionId::new();
    let row = package_subscription::ActiveModel {
        id: Set(id),
        customer_id: Set(customer),
        package: Set(package::service::TRIAL_PACKAGE.to_owned()),
        cycle: Set(None),
        state: Set(PackageState::Trialing),
        period_start: Set(tx.platform_now()),
        period_end: Set(tx.platform_now() + rules::TRIAL),
        provider: Set(None),
        provider_subscription_id: Set(None),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
    };
    match Entity::insert(row).exec_without_returning(tx.raw()).await {
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            return Err(TrialError::Used);
        }
        other => other.map_err(StoreError::from)?,
    };
    mark_paid_steps_of_all(&tx, customer).await?;
    let entry = audit::Entry {
        account: Some(account),
        tenant: None,
        action: "package.start_trial",
        subject: customer.to_string(),
        detail: json!({}),
    };
    audit::append(&tx, entry).await?;
    Ok(deployment::commit_step(tx, Step::PaymentVerified).await?)
}

/// The customer's package, whether it runs or has ended.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn subscription_of(
    conn: &impl MasterConn,
    customer: CustomerId,
) -> Result<Option<package_subscription::Model>, StoreError> {
    Ok(Entity::find().filter(COLUMN.customer_id.eq(customer)).one(conn.raw()).await?)
}

/// The customer's latest payment.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn latest_payment(
    conn: &impl MasterConn,
    customer: CustomerId,
) -> Result<Option<package_payment::Model>, StoreError> {
    Ok(package_payment::Entity::find()
        .filter(package_payment::COLUMN.customer_id.eq(customer))
        .order_by_desc(package_payment::Column::Id)
        .one(conn.raw())
        .await?)
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find_payment(
    conn: &impl MasterConn,
    id: PackagePaymentId,
) -> Result<Option<package_payment::Model>, StoreError> {
    Ok(package_payment::Entity::find_by_id(id).one(conn.raw()).await?)
}

/// Order and payment are behind a shop whose customer has a package.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn mark_paid_steps(tx: &MasterTx, customer: CustomerId, shop: TenantId) -> Result<(), StoreError> {
    let Some(subscription) = subscription_of(tx, customer).await? else { return Ok(()) };
    let detail = match subscription.state {
        PackageState::Trialing => TRIAL_DETAIL,
        _ => subscription.package.as_str(),
    };
    deployment::mark_done(tx, shop, Step::OrderPlaced, Some(detail)).await?;
    deployment::mark_done(tx, shop, Step::PaymentVerified, Some(detail)).await
}

/// [`mark_paid_steps`] for each of the customer's shops.
pub(super) async fn mark_paid_steps_of_all(tx: &MasterTx, customer: CustomerId) -> Result<(), StoreError> {
    for shop in shops_of(tx, customer).await? {
        mark_paid_steps(tx, customer, shop).await?;
    }
    Ok(())
}

/// # Errors
/// [`StoreError::Database`].
pub async fn shops_of(conn: &impl MasterConn, customer: CustomerId) -> Result<Vec<TenantId>, StoreError> {
    let shops =
        tenant::Entity::find().filter(tenant::COLUMN.customer_id.eq(customer)).all(conn.raw()).await?;
    Ok(shops.into_iter().map(|shop| shop.id).collect())
}
