//! Has a panel give new keys.

use domain::{
    db::TenantDb,
    jobs::{Claimed, JobError},
    ports::VpnPanel,
    shop::link::renew::{self, RevokeLink},
};

pub async fn run(db: &TenantDb, panel: &dyn VpnPanel, job: &Claimed) -> Result<(), JobError> {
    let RevokeLink { subscription, .. } = job.payload()?;
    renew::run(db, panel, subscription).await
}
