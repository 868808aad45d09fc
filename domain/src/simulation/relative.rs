//! The design that the prover shows to be wrong: "so many days more" instead of an end.

use chrono::Duration;

use crate::{
    db::TenantDb,
    jobs::JobError,
    ports::{AccountTarget, PanelAccess, VpnPanel},
    safeguards::{Safeguard, is_off},
    shop::subscription::service::grants_of,
};

/// The newest grant on top of whatever the panel has, when that safeguard is off.
pub(crate) async fn instead_of(
    mut target: AccountTarget,
    db: &TenantDb,
    port: &dyn VpnPanel,
    access: &PanelAccess,
) -> Result<AccountTarget, JobError> {
    if !is_off(Safeguard::AbsoluteTarget) {
        return Ok(target);
    }
    let tx = db.read().await?;
    let newest = grants_of(&tx, target.subscription).await?.pop();
    drop(tx);
    let there = port.account(access, &target.username).await.map_err(JobError::retry)?;
    if let (Some(grant), Some(end)) = (newest, there.and_then(|account| account.expire)) {
        target.expire = Some(end + Duration::seconds(grant.seconds));
    }
    Ok(target)
}
