//! Tells a provider whether it is to go on repeating a payment.

use domain::{
    db::TenantDb,
    jobs::{Claimed, JobError},
    shop::{
        payment::Providers,
        renewal::{jobs::TellStanding, standing},
    },
};

pub(super) async fn run(db: &TenantDb, all: &Providers, job: &Claimed) -> Result<(), JobError> {
    let TellStanding { standing } = job.payload()?;
    standing::tell(db, all, standing).await
}
