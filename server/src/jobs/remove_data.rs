//! Removes the data of an erased shop.

use domain::{
    db::TenantStore,
    jobs::{Claimed, JobError},
    platform::tenant::erase::RemoveData,
};

pub async fn run(store: &TenantStore, job: &Claimed) -> Result<(), JobError> {
    let RemoveData { tenant } = job.payload()?;
    Ok(store.remove(tenant).await?)
}
