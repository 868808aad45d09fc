//! Looking at open payments, so that a webhook that never comes does no harm.

use serde::{Deserialize, Serialize};

use super::{
    rules, service,
    settle::{self, SettleError, Settled},
};
use crate::{
    db::{MasterDb, StoreError},
    entities::master::package_payment::PackagePaymentState,
    ids::PackagePaymentId,
    jobs::{self, Job},
    ports::BillingGateway,
};

/// Looks at one payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollCheckout {
    pub payment: PackagePaymentId,
    /// How many looks there were, this one included.
    pub looks: u32,
}

impl Job for PollCheckout {
    const KIND: &'static str = "poll_checkout";

    fn dedupe_key(&self) -> Option<String> {
        Some(self.payment.to_string())
    }
}

/// Settles the payment if it is open, and plans the next look if it stays so.
///
/// # Errors
/// [`SettleError`]: try again.
pub async fn poll(
    master: &MasterDb,
    gateway: &dyn BillingGateway,
    job: PollCheckout,
) -> Result<Option<Settled>, SettleError> {
    let Some(payment) = service::find_payment(master, job.payment).await? else { return Ok(None) };
    let (PackagePaymentState::Pending, Some(session)) = (payment.state, &payment.session_id) else {
        return Ok(None);
    };
    let settled = settle::settle(master, gateway, session).await?;
    if matches!(settled, Settled::Payment(_, PackagePaymentState::Pending)) {
        plan_next(master, &payment, job.looks).await?;
    }
    Ok(Some(settled))
}

async fn plan_next(
    master: &MasterDb,
    payment: &crate::entities::master::package_payment::Model,
    looks: u32,
) -> Result<(), StoreError> {
    let tx = master.write().await?;
    if let Some(at) = rules::next_look(payment.created_at, tx.now(), looks) {
        jobs::enqueue(&tx, &PollCheckout { payment: payment.id, looks: looks + 1 }, at).await?;
    }
    tx.commit().await
}
