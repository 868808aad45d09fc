//! Asks a panel that did not answer whether it is back.

use domain::{
    db::TenantDb,
    jobs::{Claimed, JobError},
    ports::VpnPanel,
    shop::panel::{jobs::ProbePanel, service},
};

pub async fn run(db: &TenantDb, port: &dyn VpnPanel, job: &Claimed) -> Result<(), JobError> {
    let ProbePanel { panel } = job.payload()?;
    service::probe(db, port, panel).await
}
