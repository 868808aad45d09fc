//! Deletes a part of what a broadcast has sent.

use domain::{
    db::TenantDb,
    jobs::{Claimed, JobError},
    ports::BroadcastSender,
    shop::broadcast::{jobs::DeleteBroadcast, remove},
};

pub async fn run(db: &TenantDb, sender: &dyn BroadcastSender, job: &Claimed) -> Result<(), JobError> {
    let DeleteBroadcast { broadcast } = job.payload()?;
    remove::run(db, sender, broadcast).await
}
