//! Compares all accounts of a panel with ours.

use domain::{
    db::TenantDb,
    jobs::{Claimed, JobError},
    ports::VpnPanel,
    shop::panel::{jobs::SyncPanel, sync},
};

pub async fn run(db: &TenantDb, port: &dyn VpnPanel, job: &Claimed) -> Result<(), JobError> {
    let SyncPanel { panel } = job.payload()?;
    sync::run(db, port, panel).await
}
