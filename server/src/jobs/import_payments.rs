//! Asks a provider for payments that nobody told us of.

use domain::{
    db::TenantDb,
    jobs::{Claimed, JobError},
    shop::payment::{Providers, import},
};

pub async fn run(db: &TenantDb, providers: &Providers, job: &Claimed) -> Result<(), JobError> {
    import::run(db, providers, &job.payload()?).await
}
