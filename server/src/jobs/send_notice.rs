//! Sends a notice to a user.

use domain::{
    db::TenantDb,
    jobs::{Claimed, JobError},
    ports::Notifier,
    shop::notification::{jobs::SendNotice, service},
};

pub async fn run(db: &TenantDb, notifier: &dyn Notifier, job: &Claimed) -> Result<(), JobError> {
    let SendNotice { notification } = job.payload()?;
    service::send(db, notifier, notification).await
}
