//! Mails a notice to a user.

use domain::{
    db::{MasterDb, TenantDb},
    jobs::{Claimed, JobError},
    platform::tenant,
    shop::mail::{
        jobs::{SendCode, SendMail},
        send::{self, Office},
    },
};

pub async fn run(
    master: &MasterDb,
    db: &TenantDb,
    office: Office<'_>,
    job: &Claimed,
) -> Result<(), JobError> {
    let SendMail { notification } = job.payload()?;
    let zone = tenant::service::zone(master, db.tenant()).await?;
    send::run(db, office, zone, notification).await
}

/// The code by which an address is confirmed.
pub async fn run_code(db: &TenantDb, office: Office<'_>, job: &Claimed) -> Result<(), JobError> {
    send::run_code(db, office, &job.payload::<SendCode>()?).await
}
