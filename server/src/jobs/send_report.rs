//! Sends the day's figures to the people who run a shop.

use domain::{
    db::{MasterDb, TenantDb},
    jobs::JobError,
    platform::{bot, tenant},
    shop::stat::report,
};

pub async fn run(master: &MasterDb, db: &TenantDb) -> Result<(), JobError> {
    let zone = tenant::service::zone(master, db.tenant()).await?;
    let bots = bot::service::of_tenant(master, db.tenant()).await?;
    let owners: Vec<_> = bots.into_iter().filter_map(|bot| Some((bot.id, bot.owner_telegram_id?))).collect();
    report::run(db, &owners, zone).await
}
