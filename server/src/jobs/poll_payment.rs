//! Asks the provider about a payment whose webhook has not come.

use domain::{
    db::TenantDb,
    jobs::{Claimed, JobError},
    shop::payment::{Providers, jobs::PollPayment, poll},
};

pub async fn run(db: &TenantDb, providers: &Providers, job: &Claimed) -> Result<(), JobError> {
    let PollPayment { order } = job.payload()?;
    poll::poll(db, providers, order, job.row.attempts).await
}
