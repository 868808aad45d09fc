//! Charges a saved method for a renewal.

use domain::{
    db::TenantDb,
    jobs::{Claimed, JobError},
    shop::{
        payment::Providers,
        renewal::{self, jobs::ChargeSaved},
    },
};

pub(super) async fn run(db: &TenantDb, all: &Providers, job: &Claimed) -> Result<(), JobError> {
    let ChargeSaved { order } = job.payload()?;
    renewal::charge::run(db, all, order).await
}
