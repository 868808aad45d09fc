//! Refunds as rows.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use serde_json::json;

use super::{
    jobs::SendBack,
    rules::{self, RefundRefused},
};
use crate::{
    args,
    db::{Conn, StoreError, TenantConn, TenantDb, TenantTx},
    entities::tenant::{
        order,
        refund::{COLUMN, Column, Entity, Model, RefundState},
    },
    error::Explain,
    ids::{OrderId, RefundId},
    jobs::{self, JobError},
    locale::Args,
    money::Money,
    ports::{GatewayError, PaymentFacts, RefundRequest, Refunds},
    shop::{
        order::service as orders,
        payment::{Providers, Way, method, providers, settle},
        wallet::service as wallet,
    },
};

/// What staff wants to send back.
#[derive(Clone, Debug)]
pub struct NewRefund<'a> {
    pub order: OrderId,
    pub minor: i64,
    pub reason: &'a str,
    pub requested_by: String,
}

/// Why no refund is made.
#[derive(Debug, thiserror::Error)]
pub enum RefundError {
    #[error("there is no such order")]
    NoOrder,
    /// Somebody else, or the same press once more, was faster: one goes back after the other, so that
    /// it is known how much each of them has to reach.
    #[error("another refund of the order was made meanwhile or is on its way")]
    Changed,
    #[error(transparent)]
    Refused(#[from] RefundRefused),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Explain for RefundError {
    fn explain(&self) -> Option<(&'static str, Args)> {
        let key = match self {
            Self::NoOrder | Self::Store(_) => return None,
            Self::Changed => "error-refund-changed",
            Self::Refused(RefundRefused::NotPaid) => "error-refund-not-paid",
            Self::Refused(RefundRefused::Amount) => "error-refund-amount",
            Self::Refused(RefundRefused::WholeOnly) => "error-refund-whole",
            Self::Refused(RefundRefused::ByHand) => "error-refund-by-hand",
            Self::Refused(RefundRefused::Spent) => "error-refund-spent",
        };
        Some((key, args![]))
    }
}

/// Writes a refund down and queues it; the order is told apart by its lock, so that two presses cannot
/// promise more than was paid.
///
/// # Errors
/// [`RefundError`].
pub async fn request(tx: &TenantTx, provider: Refunds, new: NewRefund<'_>) -> Result<Model, RefundError> {
    let order = orders::lock(tx, new.order).await?.ok_or(RefundError::NoOrder)?;
    if is_awaited(tx, order.id).await? {
        return Err(RefundError::Changed);
    }
    rules::check(&order, new.minor, provider)?;
    if new.minor > still_there(tx, &order).await? {
        return Err(RefundRefused::Spent.into());
    }
    let amount = Money::new(new.minor, order.currency).to_string();
    let row = insert(tx, &order, new).await?;
    orders::record(tx, order.id, "refund_requested", Some(amount)).await?;
    if !wallet::is_payer(&order) {
        jobs::enqueue(tx, &SendBack { refund: row.id }, tx.now()).await?;
        return Ok(row);
    }
    // Nobody has to be asked.
    wallet::give_back(tx, &order, row.target_minor).await?;
    end_now(tx, row).await
}

/// Writes down what the shop has sent back itself. It is as if a provider had said so.
///
/// # Errors
/// [`RefundError`].
pub async fn record(tx: &TenantTx, new: NewRefund<'_>) -> Result<Model, RefundError> {
    let order = orders::lock(tx, new.order).await?.ok_or(RefundError::NoOrder)?;
    if is_awaited(tx, order.id).await? {
        return Err(RefundError::Changed);
    }
    rules::check(&order, new.minor, Refunds::ByHand)?;
    if new.minor > still_there(tx, &order).await? {
        return Err(RefundRefused::Spent.into());
    }
    let said = settle::last_said(tx, order.id).await?.ok_or(RefundRefused::NotPaid)?;
    let facts = PaymentFacts {
        refunded: said.refunded + new.minor,
        raw: json!({ "sent_back": new.minor, "said_by": new.requested_by }),
        ..said
    };
    // While it is on its way what goes back is the order's and not the surplus's.
    let row = insert(tx, &order, new).await?;
    settle::apply_in(tx, &order.provider, &facts.provider_payment_id, &facts).await?;
    end_now(tx, row).await
}

async fn end_now(tx: &TenantTx, row: Model) -> Result<Model, RefundError> {
    let mut row = row.into_active_model();
    row.state = Set(RefundState::Done);
    row.done_at = Set(Some(tx.now()));
    Ok(row.update(tx.raw()).await.map_err(StoreError::from)?)
}

async fn insert(tx: &TenantTx, order: &order::Model, new: NewRefund<'_>) -> Result<Model, StoreError> {
    let row = crate::entities::tenant::refund::ActiveModel {
        id: Set(RefundId::new()),
        order_id: Set(order.id),
        amount_minor: Set(new.minor),
        target_minor: Set(order.refunded_minor + new.minor),
        state: Set(RefundState::Requested),
        reason: Set(new.reason.to_owned()),
        requested_by: Set(new.requested_by),
        created_at: Set(tx.now()),
        done_at: Set(None),
    };
    Ok(row.insert(tx.raw()).await?)
}

/// What can be sent back of an order's money: nothing without the account into which it was paid.
///
/// # Errors
/// [`StoreError`].
pub async fn able(
    tx: &impl TenantConn,
    all: &Providers,
    order: &order::Model,
) -> Result<Refunds, StoreError> {
    let provider = match all.way(&order.provider) {
        Some(Way::Provider(provider)) => provider,
        Some(house @ Way::House(_)) => return Ok(house.refunds()),
        None => return Ok(Refunds::None),
    };
    let is_held = method::find(tx, &order.provider).await?.is_some()
        && providers::account_of(tx, provider, order).await?.is_some();
    Ok(if is_held { provider.gateway.refunds() } else { Refunds::None })
}

/// What can be sent back of an order now: nothing while a refund of it is on its way.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn left(tx: &impl TenantConn, order: &order::Model) -> Result<i64, StoreError> {
    match rules::has_money(order) && !is_awaited(tx, order.id).await? {
        true => still_there(tx, order).await,
        false => Ok(0),
    }
}

/// What has not gone back of an order; of a top-up, as far as its buyer has not spent it.
async fn still_there(tx: &impl TenantConn, order: &order::Model) -> Result<i64, StoreError> {
    let left = order.amount_minor - order.refunded_minor;
    if !order.is_top_up() {
        return Ok(left);
    }
    Ok(left.min(wallet::spendable(tx, order.user_id, order.currency).await?.minor))
}

/// The order's refunds, the oldest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_order(tx: &impl TenantConn, order: OrderId) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find().filter(COLUMN.order_id.eq(order)).order_by_asc(Column::Id).all(tx.raw()).await?)
}

/// The job: asks, reads, and is done when the provider says that the money has gone.
///
/// # Errors
/// [`JobError`].
pub async fn send_back(db: &TenantDb, all: &Providers, id: RefundId) -> Result<(), JobError> {
    let tx = db.read().await?;
    let Some(row) = find(&tx, id).await?.filter(|row| row.state == RefundState::Requested) else {
        return Ok(());
    };
    let order = order_of(&tx, &row).await?;
    let provider =
        all.find(&order.provider).ok_or_else(|| JobError::fail("no such provider on this server"))?;
    let account = providers::account_of(&tx, provider, &order).await?;
    drop(tx);
    let Some(account) = account else {
        return end(db, &row, RefundState::Failed, Some(("refund_no_account", None))).await;
    };
    let payment = order
        .provider_payment_id
        .clone()
        .ok_or_else(|| JobError::fail("the order has no payment that could go back"))?;
    // What somebody sent back at the provider meanwhile is not sent once more.
    if order.refunded_minor < row.target_minor {
        if !rules::has_money(&order) {
            return end(db, &row, RefundState::Failed, Some(("refund_given_up", None))).await;
        }
        let request = RefundRequest {
            refund: id,
            provider_payment_id: payment.clone(),
            amount: Money::new(row.amount_minor, order.currency),
            paid: Money::new(order.amount_minor, order.currency),
        };
        match provider.gateway.refund(&account, &request).await {
            Ok(()) => {}
            Err(GatewayError::Unavailable(reason)) => return Err(JobError::retry(reason)),
            Err(error @ GatewayError::Credentials) => return Err(JobError::retry(error)),
            Err(error @ (GatewayError::Refused(_) | GatewayError::NotFound)) => {
                let refused = ("refund_failed", Some(error.to_string()));
                return end(db, &row, RefundState::Failed, Some(refused)).await;
            }
        }
        settle::settle(db, all, &order.provider, &payment).await?;
    }
    let tx = db.read().await?;
    let order = order_of(&tx, &row).await?;
    drop(tx);
    if order.refunded_minor < row.target_minor {
        return Err(JobError::retry("the provider has not sent the money back yet"));
    }
    end(db, &row, RefundState::Done, None).await
}

/// What has to have gone back of the order's money for the refund that is on its way; 0 without one.
///
/// # Errors
/// [`StoreError::Database`].
pub(in crate::shop) async fn target(tx: &impl TenantConn, order: OrderId) -> Result<i64, StoreError> {
    let rows = of_order(tx, order).await?;
    let open = rows.iter().filter(|row| row.state == RefundState::Requested);
    Ok(open.map(|row| row.target_minor).max().unwrap_or(0))
}

async fn is_awaited(tx: &impl TenantConn, order: OrderId) -> Result<bool, StoreError> {
    Ok(of_order(tx, order).await?.iter().any(|row| row.state == RefundState::Requested))
}

async fn find(tx: &impl TenantConn, id: RefundId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id).one(tx.raw()).await?)
}

async fn order_of(tx: &impl TenantConn, row: &Model) -> Result<order::Model, JobError> {
    orders::find(tx, row.order_id).await?.ok_or_else(|| JobError::fail("the refund's order is gone"))
}

async fn end(
    db: &TenantDb,
    row: &Model,
    state: RefundState,
    event: Option<(&str, Option<String>)>,
) -> Result<(), JobError> {
    let tx = db.write().await?;
    let mut changed = row.clone().into_active_model();
    changed.state = Set(state);
    changed.done_at = Set(Some(tx.now()));
    changed.update(tx.raw()).await.map_err(StoreError::from)?;
    if let Some((kind, detail)) = event {
        orders::record(&tx, row.order_id, kind, detail).await?;
    }
    tx.commit().await?;
    Ok(())
}
