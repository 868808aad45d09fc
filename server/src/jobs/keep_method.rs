//! Keeps how an order was paid, or forgets what was withdrawn.

use domain::{
    db::TenantDb,
    jobs::{Claimed, JobError},
    shop::{
        payment::Providers,
        renewal::{self, jobs::KeepMethod},
    },
};

pub(super) async fn run(db: &TenantDb, all: &Providers, job: &Claimed) -> Result<(), JobError> {
    let KeepMethod { order } = job.payload()?;
    renewal::saved::keep(db, all, order).await
}
