//! Calls off what somebody began by paying twice.

use domain::{
    db::TenantDb,
    jobs::{Claimed, JobError},
    shop::{payment::Providers, renewal::standing},
};

pub(super) async fn run(db: &TenantDb, all: &Providers, job: &Claimed) -> Result<(), JobError> {
    standing::call_off(db, all, &job.payload()?).await
}
