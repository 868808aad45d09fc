//! Checks the books of a shop, alone and with what its panels and providers say, and writes down where
//! they stand.

use domain::{
    db::{MasterDb, TenantDb},
    jobs::JobError,
    platform::anchor,
    ports::VpnPanel,
    shop::{ledger::nightly, payment::Providers},
};

pub async fn run(
    master: &MasterDb,
    db: &TenantDb,
    panel: &dyn VpnPanel,
    providers: &Providers,
) -> Result<(), JobError> {
    nightly::run(db, panel, providers, anchor::check(master, db).await?).await?;
    anchor::renew(master, db).await?;
    Ok(())
}
