//! Brings the picture of a receipt here.

use domain::{
    db::TenantDb,
    jobs::{Claimed, JobError},
    ports::FileSource,
    shop::receipt::{fetch, jobs::FetchReceipt},
};

pub async fn run(db: &TenantDb, files: &dyn FileSource, job: &Claimed) -> Result<(), JobError> {
    let FetchReceipt { receipt } = job.payload()?;
    fetch::fetch(db, files, receipt).await
}
