//! Has the money of every shop looked after.

use domain::{
    db::TenantStore,
    jobs::{Claimed, JobError},
    platform::money_round,
};

pub async fn run(store: &TenantStore, job: &Claimed) -> Result<(), JobError> {
    Ok(money_round::go_round(store, job.payload()?).await?)
}
