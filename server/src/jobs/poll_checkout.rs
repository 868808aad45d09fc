//! Looks at an open payment for a package.

use domain::{
    db::MasterDb,
    events::Events,
    jobs::{Claimed, JobError},
    platform::billing::{poll, settle::Settled},
    ports::BillingGateway,
};

use super::tell::tell_payer;

pub async fn run(
    master: &MasterDb,
    billing: &dyn BillingGateway,
    events: &Events,
    job: &Claimed,
) -> Result<(), JobError> {
    let settled = poll::poll(master, billing, job.payload()?).await.map_err(JobError::retry)?;
    if let Some(Settled::Payment(payment, _)) = settled {
        tell_payer(master, events, payment).await?;
    }
    Ok(())
}
