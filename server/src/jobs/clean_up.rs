//! Removes what nobody needs any more.

use domain::{
    db::TenantStore,
    jobs::{Claimed, JobError},
    platform::upkeep,
};

pub async fn run(store: &TenantStore, job: &Claimed) -> Result<(), JobError> {
    Ok(upkeep::clean_up(store, job.payload()?).await?)
}
