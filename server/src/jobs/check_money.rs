//! Checks the books of a shop, alone and with what its panels and providers say.

use domain::{
    db::TenantDb,
    jobs::JobError,
    ports::VpnPanel,
    shop::{ledger::nightly, payment::Providers},
};

pub async fn run(db: &TenantDb, panel: &dyn VpnPanel, providers: &Providers) -> Result<(), JobError> {
    nightly::run(db, panel, providers).await
}
