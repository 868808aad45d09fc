//! The settlement of a checkout: asks the provider, keeps the answer, and moves payment, ledger,
//! package and deployment in one transaction. Running it again changes nothing.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    rules::{self, Verdict},
    service,
};
use crate::{
    db::{Conn, MasterDb, MasterTx, StoreError},
    entities::master::{
        customer,
        deployment_step::Step,
        package_payment::{self, PackagePaymentState},
        package_subscription::{self, PackageState},
        payment_inbox::{self, InboxKind, InboxState},
    },
    faults,
    ids::{PackagePaymentId, PackageSubscriptionId, RowId},
    jobs::{self, Job},
    platform::{audit, deployment},
    ports::{BillingGateway, CheckoutFacts, GatewayError},
    shop::ledger::service::{self as ledger, Booking, Leg},
};

/// Settles one checkout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettleCheckout {
    pub session_id: String,
}

impl Job for SettleCheckout {
    const KIND: &'static str = "settle_checkout";
    const PRIORITY: i32 = 10;

    fn dedupe_key(&self) -> Option<String> {
        Some(self.session_id.clone())
    }
}

/// How a settlement ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// The payment stands so now.
    Payment(PackagePaymentId, PackagePaymentState),
    /// The provider knows the checkout, we do not: not ours to settle.
    Unknown,
}

/// Why a checkout is not settled yet.
#[derive(Debug, thiserror::Error)]
pub enum SettleError {
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    #[error(transparent)]
    Internal(#[from] StoreError),
}

/// Settles the checkout by the provider's own word.
///
/// # Errors
/// [`SettleError`]: try again.
pub async fn settle(
    master: &MasterDb,
    gateway: &dyn BillingGateway,
    session_id: &str,
) -> Result<Settled, SettleError> {
    faults::hit(faults::BILLING_READ_BEFORE);
    let facts = match gateway.read_checkout(session_id).await {
        Ok(facts) => facts,
        // Signed, yet about nothing that we could settle: asking again would not change it.
        Err(error @ (GatewayError::NotFound | GatewayError::Refused(_))) => {
            return set_aside(master, gateway, session_id, &error.to_string()).await;
        }
        Err(error) => return Err(error.into()),
    };
    let tx = master.write().await?;
    let Some(payment) = payment_of(&tx, gateway, session_id, &facts).await? else {
        drop(tx);
        return set_aside(master, gateway, session_id, "the checkout is none of ours").await;
    };
    keep_evidence(&tx, gateway, &payment, &facts).await?;
    let verdict = rules::judge(&payment, gateway.account_id(), &facts);
    let state = match verdict {
        Verdict::Keep => payment.state,
        Verdict::Expire => PackagePaymentState::Expired,
        Verdict::Pay => PackagePaymentState::Paid,
        Verdict::Mismatch => PackagePaymentState::Mismatch,
    };
    if state != payment.state {
        move_to(&tx, &payment, session_id, state).await?;
    }
    match verdict {
        Verdict::Pay => {
            if book(&tx, &payment, session_id).await? {
                activate(&tx, &payment, &facts).await?;
            }
            service::mark_paid_steps_of_all(&tx, payment.customer_id).await?;
            note(&tx, &payment, "package.paid").await?;
        }
        Verdict::Mismatch => {
            note(&tx, &payment, "package.mismatch").await?;
            tracing::error!(payment = %payment.id, "a package was paid with another amount, currency or account");
        }
        Verdict::Keep | Verdict::Expire => {}
    }
    let outcome = format!("{verdict:?}").to_lowercase();
    close_inbox(&tx, gateway, session_id, InboxState::Processed, &outcome).await?;
    commit(tx, verdict).await?;
    Ok(Settled::Payment(payment.id, state))
}

/// Asks for a settlement now, for a customer who waits on the return page.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn ask(master: &MasterDb, payment: &package_payment::Model) -> Result<(), StoreError> {
    let Some(session_id) = payment.session_id.clone() else { return Ok(()) };
    let tx = master.write().await?;
    jobs::enqueue(&tx, &SettleCheckout { session_id }, tx.now()).await?;
    tx.commit().await
}

async fn commit(tx: MasterTx, verdict: Verdict) -> Result<(), StoreError> {
    if verdict != Verdict::Pay {
        return tx.commit().await;
    }
    faults::hit(faults::BILLING_SETTLE_BEFORE);
    deployment::commit_step(tx, Step::PaymentVerified).await?;
    faults::hit(faults::BILLING_SETTLE_AFTER);
    Ok(())
}

/// By the session, or by our own identifier when we were killed before the session was stored. Locked:
/// of two settlements at once the second sees what the first has done.
async fn payment_of(
    tx: &MasterTx,
    gateway: &dyn BillingGateway,
    session_id: &str,
    facts: &CheckoutFacts,
) -> Result<Option<package_payment::Model>, StoreError> {
    let by_session = package_payment::Entity::find()
        .filter(package_payment::COLUMN.provider.eq(gateway.name()))
        .filter(package_payment::COLUMN.session_id.eq(Some(session_id.to_owned())))
        .lock_exclusive()
        .one(tx.raw())
        .await?;
    match (by_session, facts.payment) {
        (Some(payment), _) => Ok(Some(payment)),
        (None, Some(id)) => {
            let named = package_payment::Entity::find_by_id(id).lock_exclusive().one(tx.raw()).await?;
            Ok(named.filter(|payment| payment.session_id.is_none()))
        }
        (None, None) => Ok(None),
    }
}

async fn move_to(
    tx: &MasterTx,
    payment: &package_payment::Model,
    session_id: &str,
    state: PackagePaymentState,
) -> Result<(), StoreError> {
    let mut row = payment.clone().into_active_model();
    row.state = Set(state);
    row.session_id = Set(Some(session_id.to_owned()));
    if state == PackagePaymentState::Paid {
        row.paid_at = Set(Some(tx.now()));
    }
    row.update(tx.raw()).await?;
    Ok(())
}

/// What the provider said is kept, so that a replay comes to the same rows.
async fn keep_evidence(
    tx: &MasterTx,
    gateway: &dyn BillingGateway,
    payment: &package_payment::Model,
    facts: &CheckoutFacts,
) -> Result<(), StoreError> {
    let row = payment_inbox::ActiveModel {
        id: Set(RowId::new()),
        provider: Set(gateway.name().to_owned()),
        account_id: Set(gateway.account_id().to_owned()),
        event_id: Set(format!("{}:{:?}", facts.session_id, facts.status).to_lowercase()),
        kind: Set(InboxKind::Read),
        order_ref: Set(Some(payment.id.to_string())),
        job_key: Set(None),
        body: Set(facts.raw.to_string()),
        state: Set(InboxState::Processed),
        reason: Set(None),
        received_at: Set(tx.now()),
        processed_at: Set(Some(tx.now())),
    };
    let keep = OnConflict::new().do_nothing().to_owned();
    payment_inbox::Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// False when the money is in the books already.
async fn book(tx: &MasterTx, payment: &package_payment::Model, session_id: &str) -> Result<bool, StoreError> {
    let booking = Booking {
        order_ref: payment.id.to_string(),
        kind: "package_payment",
        provider_ref: session_id.to_owned(),
        at: tx.now(),
        legs: vec![
            Leg::new(
                ledger::clearing(&payment.provider, &payment.provider_account),
                payment.amount_minor,
                payment.currency,
            ),
            Leg::new(ledger::REVENUE, -payment.amount_minor, payment.currency),
        ],
    };
    ledger::book(tx, booking).await
}

async fn activate(
    tx: &MasterTx,
    payment: &package_payment::Model,
    facts: &CheckoutFacts,
) -> Result<(), StoreError> {
    // Two payments of one customer are activated one after the other.
    customer::Entity::find_by_id(payment.customer_id).lock_exclusive().one(tx.raw()).await?;
    if facts.provider_customer_id.is_some() {
        let row = customer::ActiveModel {
            id: Set(payment.customer_id),
            provider_customer_id: Set(facts.provider_customer_id.clone()),
            ..Default::default()
        };
        row.update(tx.raw()).await?;
    }
    let existing = service::subscription_of(tx, payment.customer_id).await?;
    // Paid twice in a row: the second period follows the first.
    let start = match &existing {
        Some(running) if running.state == PackageState::Active => {
            Ord::max(running.period_end, tx.platform_now())
        }
        _ => tx.platform_now(),
    };
    let model = package_subscription::Model {
        id: existing.as_ref().map_or_else(PackageSubscriptionId::new, |row| row.id),
        customer_id: payment.customer_id,
        package: payment.package.clone(),
        cycle: Some(payment.cycle),
        state: PackageState::Active,
        period_start: start,
        period_end: rules::period_end(start, payment.cycle),
        provider: Some(payment.provider.clone()),
        provider_subscription_id: facts.provider_subscription_id.clone(),
        created_at: existing.as_ref().map_or_else(|| tx.now(), |row| row.created_at),
        updated_at: tx.now(),
    };
    let row = model.into_active_model().reset_all();
    match existing {
        Some(_) => {
            row.update(tx.raw()).await?;
        }
        None => {
            package_subscription::Entity::insert(row).exec_without_returning(tx.raw()).await?;
        }
    }
    Ok(())
}

/// An event about a checkout that we cannot settle is kept with its reason, so that it is seen and
/// nothing waits for it.
async fn set_aside(
    master: &MasterDb,
    gateway: &dyn BillingGateway,
    session_id: &str,
    reason: &str,
) -> Result<Settled, SettleError> {
    tracing::warn!(session_id, reason, "a checkout is set aside");
    let tx = master.write().await?;
    close_inbox(&tx, gateway, session_id, InboxState::Refused, reason).await?;
    tx.commit().await?;
    Ok(Settled::Unknown)
}

/// The webhooks about this checkout are done with; a later copy asks again and changes nothing.
async fn close_inbox(
    tx: &MasterTx,
    gateway: &dyn BillingGateway,
    session_id: &str,
    state: InboxState,
    reason: &str,
) -> Result<(), StoreError> {
    payment_inbox::Entity::update_many()
        .col_expr(payment_inbox::Column::State, Expr::value(state))
        .col_expr(payment_inbox::Column::Reason, Expr::value(Some(reason.to_owned())))
        .col_expr(payment_inbox::Column::ProcessedAt, Expr::value(Some(tx.now())))
        .filter(payment_inbox::COLUMN.provider.eq(gateway.name()))
        .filter(payment_inbox::COLUMN.order_ref.eq(Some(session_id.to_owned())))
        .filter(payment_inbox::COLUMN.state.eq(InboxState::Pending))
        .exec(tx.raw())
        .await?;
    Ok(())
}

async fn note(tx: &MasterTx, payment: &package_payment::Model, action: &str) -> Result<(), StoreError> {
    let entry = audit::Entry {
        account: None,
        tenant: None,
        action,
        subject: payment.id.to_string(),
        detail: json!({ "package": payment.package }),
    };
    audit::append(tx, entry).await
}
