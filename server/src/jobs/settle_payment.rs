//! Settles a user's payment after its webhook.

use chrono::Duration;
use domain::{
    db::TenantDb,
    jobs::{Claimed, JobError},
    shop::payment::{
        Providers,
        jobs::SettlePayment,
        settle::{self, Settled},
    },
};

/// A webhook can overtake its own payment inside the provider; after these tries the poll takes over.
const LOOKS: i32 = 5;

pub async fn run(db: &TenantDb, providers: &Providers, job: &Claimed) -> Result<(), JobError> {
    let SettlePayment { provider, provider_payment_id } = job.payload()?;
    match settle::settle(db, providers, &provider, &provider_payment_id).await? {
        Settled::StillPending if job.row.attempts < LOOKS => {
            Err(JobError::retry_after("the provider does not know the outcome yet", Duration::seconds(5)))
        }
        Settled::StillPending | Settled::Done | Settled::Unknown => Ok(()),
    }
}
