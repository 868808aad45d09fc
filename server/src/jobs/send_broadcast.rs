//! Sends a part of a broadcast.

use domain::{
    db::{MasterDb, TenantDb},
    jobs::{Claimed, JobError},
    platform::tenant::{broadcasts, service as tenants},
    ports::BroadcastSender,
    shop::broadcast::{freeze::Reach, send},
};

pub async fn run(
    master: &MasterDb,
    db: &TenantDb,
    sender: &dyn BroadcastSender,
    job: &Claimed,
) -> Result<(), JobError> {
    let Some(shop) = tenants::find(master, db.tenant()).await? else { return Ok(()) };
    let bots = broadcasts::bots_of(master, shop.id).await?;
    let reach = Reach { bots: &bots, locale: broadcasts::language_of(&shop) };
    send::run(db, sender, reach, job).await
}
