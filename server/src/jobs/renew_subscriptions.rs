//! Looks for subscriptions that are renewed by themselves.

use domain::{
    db::TenantDb,
    jobs::JobError,
    shop::{payment::Providers, renewal},
};

pub(super) async fn run(db: &TenantDb, all: &Providers) -> Result<(), JobError> {
    renewal::service::run(db, all).await
}
