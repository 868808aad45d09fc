//! Opening a hosted checkout: our row first, then the provider, then what it answered.
//!
//! The payment's identifier is the idempotency key, so a crash between the two commits leaves a row
//! that the next press of the button takes up again.

use chrono::Duration;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use url::Url;

use super::{poll::PollCheckout, rules, service};
use crate::{
    args,
    db::{Conn, MasterDb, StoreError},
    entities::master::{
        deployment_step::Step,
        package_payment::{self, Entity, PackagePaymentState},
        package_subscription::PackageState,
    },
    error::Explain,
    ids::{CustomerId, PackagePaymentId},
    jobs,
    locale::Args,
    platform::{deployment, package},
    ports::{BillingGateway, CheckoutStatus, CreatedCheckout, Cycle, GatewayError, NewCheckout},
};

/// How long an opened checkout is offered again; well below the provider's day.
const REUSE_FOR: Duration = Duration::hours(12);

/// What the customer chose, and where the provider sends him back to.
#[derive(Clone, Debug)]
pub struct CheckoutForm {
    pub customer: CustomerId,
    pub package: String,
    pub cycle: Cycle,
    /// What the payer reads at the provider.
    pub product_name: String,
    pub email: String,
    pub success_url: Url,
    pub cancel_url: Url,
}

/// Why there is no checkout.
#[derive(Debug, thiserror::Error)]
pub enum CheckoutError {
    #[error("no such package")]
    Package,
    /// A paid package runs, or the payment has just arrived.
    #[error("it is paid already")]
    AlreadyPaid,
    #[error("the provider does not answer: {0}")]
    Provider(GatewayError),
    #[error(transparent)]
    Internal(#[from] StoreError),
}

impl Explain for CheckoutError {
    fn explain(&self) -> Option<(&'static str, Args)> {
        match self {
            Self::Package => Some(("error-choice", args![])),
            Self::AlreadyPaid => Some(("error-conflict", args![])),
            Self::Provider(_) => Some(("error-payment-provider", args![])),
            Self::Internal(_) => None,
        }
    }
}

/// Gives the address of a checkout page for what the customer chose.
///
/// # Errors
/// [`CheckoutError`].
pub async fn open(
    master: &MasterDb,
    gateway: &dyn BillingGateway,
    form: CheckoutForm,
) -> Result<Url, CheckoutError> {
    let running = service::subscription_of(master, form.customer).await?;
    if running.is_some_and(|subscription| subscription.state == PackageState::Active) {
        return Err(CheckoutError::AlreadyPaid);
    }
    let payment = match reusable(master, gateway, &form).await? {
        Some(Reuse::Page(url)) => return Ok(url),
        Some(Reuse::Row(payment)) => payment,
        None => place(master, gateway, &form).await?,
    };
    let checkout = NewCheckout {
        customer: form.customer,
        payment: payment.id,
        product_name: form.product_name,
        price: crate::money::Money::new(payment.amount_minor, payment.currency),
        cycle: form.cycle,
        customer_email: form.email,
        success_url: form.success_url,
        cancel_url: form.cancel_url,
    };
    let created = gateway.create_checkout(&checkout).await.map_err(CheckoutError::Provider)?;
    keep(master, payment.id, &created).await?;
    Ok(created.pay_url)
}

/// Whether money of this customer's has arrived at the provider, also where we have not heard of it
/// yet: such a customer needs no trial.
///
/// # Errors
/// [`CheckoutError`].
pub async fn has_paid(
    master: &MasterDb,
    gateway: &dyn BillingGateway,
    customer: CustomerId,
) -> Result<bool, CheckoutError> {
    let payments = Entity::find()
        .filter(package_payment::COLUMN.customer_id.eq(customer))
        .all(master.raw())
        .await
        .map_err(StoreError::from)?;
    for payment in payments {
        match (payment.state, &payment.session_id) {
            (PackagePaymentState::Paid | PackagePaymentState::Mismatch, _) => return Ok(true),
            (PackagePaymentState::Pending, Some(session)) => {
                let facts = gateway.read_checkout(session).await.map_err(CheckoutError::Provider)?;
                if facts.status == CheckoutStatus::Paid {
                    return Ok(true);
                }
            }
            _ => {}
        }
    }
    Ok(false)
}

/// Writes down which checkout it is. A payer may have been quicker: what is settled stays settled.
async fn keep(master: &MasterDb, id: PackagePaymentId, created: &CreatedCheckout) -> Result<(), StoreError> {
    let tx = master.write().await?;
    let Some(payment) = service::find_payment(&tx, id).await? else { return Ok(()) };
    if payment.state != PackagePaymentState::New {
        return Ok(());
    }
    let created_at = payment.created_at;
    let mut row = payment.into_active_model();
    row.session_id = Set(Some(created.session_id.clone()));
    row.pay_url = Set(Some(created.pay_url.to_string()));
    row.state = Set(PackagePaymentState::Pending);
    row.update(tx.raw()).await?;
    if let Some(at) = rules::next_look(created_at, tx.now(), 0) {
        jobs::enqueue(&tx, &PollCheckout { payment: id, looks: 1 }, at).await?;
    }
    tx.commit().await
}

enum Reuse {
    /// A checkout that is still open.
    Page(Url),
    /// A row whose checkout was perhaps never opened.
    Row(package_payment::Model),
}

async fn reusable(
    master: &MasterDb,
    gateway: &dyn BillingGateway,
    form: &CheckoutForm,
) -> Result<Option<Reuse>, CheckoutError> {
    let latest = service::latest_payment(master, form.customer).await?;
    let Some(payment) = latest.filter(|payment| {
        payment.package == form.package
            && payment.cycle == form.cycle
            && payment.provider == gateway.name()
            && payment.provider_account == gateway.account_id()
            && master.clock().now() - payment.created_at < REUSE_FOR
    }) else {
        return Ok(None);
    };
    match (payment.state, &payment.session_id) {
        (PackagePaymentState::New, _) => Ok(Some(Reuse::Row(payment))),
        (PackagePaymentState::Pending, Some(session)) => {
            let facts = gateway.read_checkout(session).await.map_err(CheckoutError::Provider)?;
            match facts.status {
                CheckoutStatus::Open => {
                    let url = payment.pay_url.as_deref().and_then(|url| Url::parse(url).ok());
                    Ok(url.map(Reuse::Page))
                }
                CheckoutStatus::Paid => Err(CheckoutError::AlreadyPaid),
                CheckoutStatus::Expired => Ok(None),
            }
        }
        _ => Ok(None),
    }
}

async fn place(
    master: &MasterDb,
    gateway: &dyn BillingGateway,
    form: &CheckoutForm,
) -> Result<package_payment::Model, CheckoutError> {
    let tx = master.write().await?;
    let package = package::service::find(&tx, &form.package).await?.ok_or(CheckoutError::Package)?;
    let price = package::service::price(&package, form.cycle);
    let payment = package_payment::Model {
        id: PackagePaymentId::new(),
        customer_id: form.customer,
        package: package.code,
        cycle: form.cycle,
        amount_minor: price.minor,
        currency: price.currency,
        state: PackagePaymentState::New,
        provider: gateway.name().to_owned(),
        provider_account: gateway.account_id().to_owned(),
        session_id: None,
        pay_url: None,
        created_at: tx.now(),
        paid_at: None,
    };
    let row = package_payment::ActiveModel::from(payment.clone()).reset_all();
    Entity::insert(row).exec_without_returning(tx.raw()).await.map_err(StoreError::from)?;
    for shop in service::shops_of(&tx, form.customer).await? {
        deployment::mark_done(&tx, shop, Step::OrderPlaced, Some(&payment.package)).await?;
    }
    deployment::commit_step(tx, Step::OrderPlaced).await?;
    Ok(payment)
}
