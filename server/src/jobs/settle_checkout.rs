//! Settles a checkout of a package.

use domain::{
    db::MasterDb,
    events::Events,
    jobs::{Claimed, JobError},
    platform::billing::settle::{self, SettleCheckout, Settled},
    ports::BillingGateway,
};

use super::tell::tell_payer;

pub async fn run(
    master: &MasterDb,
    billing: &dyn BillingGateway,
    events: &Events,
    job: &Claimed,
) -> Result<(), JobError> {
    let SettleCheckout { session_id } = job.payload()?;
    let settled = settle::settle(master, billing, &session_id).await.map_err(JobError::retry)?;
    if let Settled::Payment(payment, _) = settled {
        tell_payer(master, events, payment).await?;
    }
    Ok(())
}
