//! Has every shop's panels compared.

use domain::{
    db::TenantStore,
    jobs::{Claimed, JobError},
    platform::panel_sync,
};

pub async fn run(store: &TenantStore, job: &Claimed) -> Result<(), JobError> {
    Ok(panel_sync::sync_shops(store, job.payload()?).await?)
}
