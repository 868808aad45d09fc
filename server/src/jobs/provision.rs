//! Drives the panel to a subscription's target.

use domain::{
    db::TenantDb,
    jobs::{Claimed, JobError},
    ports::VpnPanel,
    shop::subscription::{jobs::Provision, provision},
};

pub async fn run(db: &TenantDb, panel: &dyn VpnPanel, job: &Claimed) -> Result<(), JobError> {
    let Provision { subscription, .. } = job.payload()?;
    provision::provision(db, panel, subscription).await
}
