//! Tells those who wait for room in a full shop.

use domain::{db::TenantDb, jobs::JobError, shop::waiting};

pub(super) async fn run(db: &TenantDb) -> Result<(), JobError> {
    waiting::service::run(db).await
}
