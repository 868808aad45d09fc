//! Sends money back to a buyer.

use domain::{
    db::TenantDb,
    jobs::{Claimed, JobError},
    shop::{
        payment::Providers,
        refund::{jobs::SendBack, service},
    },
};

pub async fn run(db: &TenantDb, providers: &Providers, job: &Claimed) -> Result<(), JobError> {
    let SendBack { refund } = job.payload()?;
    service::send_back(db, providers, refund).await
}
