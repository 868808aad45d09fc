//! Looks for what users are to be told of their subscriptions soon.

use domain::{
    db::{MasterDb, TenantDb},
    jobs::JobError,
    platform::tenant,
    shop::notification::remind,
};

pub async fn run(master: &MasterDb, db: &TenantDb) -> Result<(), JobError> {
    remind::run(db, tenant::service::zone(master, db.tenant()).await?).await
}
