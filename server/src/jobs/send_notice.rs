//! Sends a notice to a user.

use domain::{
    db::{MasterDb, TenantDb},
    jobs::{Claimed, JobError},
    platform::tenant,
    ports::Notifier,
    shop::notification::{jobs::SendNotice, service},
};

pub async fn run(
    master: &MasterDb,
    db: &TenantDb,
    (notifier, has_mail): (&dyn Notifier, bool),
    job: &Claimed,
) -> Result<(), JobError> {
    let SendNotice { notification } = job.payload()?;
    let zone = tenant::service::zone(master, db.tenant()).await?;
    service::send(db, (notifier, has_mail), zone, notification).await
}
