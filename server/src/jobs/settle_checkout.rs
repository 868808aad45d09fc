//! Settles a checkout of a package.

use domain::{
    db::MasterDb,
    events::Events,
    jobs::{Claimed, JobError},
    platform::billing::settle::{self, SettleCheckout, SettleError, Settled},
    ports::{BillingGateway, GatewayError},
};

use super::tell::tell_payer;

pub async fn run(
    master: &MasterDb,
    billing: &dyn BillingGateway,
    events: &Events,
    job: &Claimed,
) -> Result<(), JobError> {
    let SettleCheckout { session_id } = job.payload()?;
    let settled = settle::settle(master, billing, &session_id).await.map_err(retry)?;
    if let Settled::Payment(payment, _) = settled {
        tell_payer(master, events, payment).await?;
    }
    Ok(())
}

/// Only a checkout that the provider does not have is not worth another try.
pub(super) fn retry(error: SettleError) -> JobError {
    match error {
        SettleError::Gateway(GatewayError::NotFound) => JobError::fail(error),
        other => JobError::retry(other),
    }
}
