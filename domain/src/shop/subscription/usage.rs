//! What the panel says of an account: usage, state and links.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::service::{find, lock};
use crate::{
    db::{Conn, StoreError, TenantDb},
    entities::tenant::subscription::{ActiveModel, Model},
    ids::SubscriptionId,
    ports::{AccountStatus, PanelAccount, PanelError, VpnPanel},
    shop::panel,
};

/// Reads usage, state and links from the panel and keeps them. Network, so outside any transaction.
///
/// # Errors
/// The panel's error class; the last known values stay.
pub async fn refresh_from_panel(
    db: &TenantDb,
    port: &dyn VpnPanel,
    id: SubscriptionId,
) -> Result<Option<Model>, RefreshError> {
    let tx = db.read().await?;
    let Some(subscription) = find(&tx, id).await? else { return Ok(None) };
    let Some(panel) = panel::service::find(&tx, subscription.panel_id).await? else { return Ok(None) };
    let access = panel::service::access(&tx, db.kind(), &panel)?;
    drop(tx);
    let Some(account) = port.account(&access, &subscription.username).await? else {
        return Err(RefreshError::Panel(PanelError::NotFound));
    };
    let tx = db.write().await?;
    let Some(row) = lock(&tx, id).await? else { return Ok(None) };
    let mut row = row.into_active_model();
    read_into(&mut row, &account, tx.now());
    let row = row.update(tx.raw()).await.map_err(StoreError::from)?;
    tx.commit().await?;
    Ok(Some(row))
}

/// Why usage was not read.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    #[error(transparent)]
    Panel(#[from] PanelError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Copies what the panel reports into the row.
pub(in crate::shop) fn read_into(
    row: &mut ActiveModel,
    account: &PanelAccount,
    now: chrono::DateTime<chrono::Utc>,
) {
    row.used_traffic = Set(account.used_traffic);
    row.panel_status = Set(Some(status_name(account.status).to_owned()));
    row.links = Set(serde_json::json!(account.links));
    row.subscription_url = Set(Some(account.subscription_url.clone()));
    row.read_at = Set(Some(now));
}

/// The stored name of a panel's state: `active`, `on_hold`, `disabled`, `limited` or `expired`.
pub fn status_name(status: AccountStatus) -> &'static str {
    match status {
        AccountStatus::Active => "active",
        AccountStatus::OnHold => "on_hold",
        AccountStatus::Disabled => "disabled",
        AccountStatus::Limited => "limited",
        AccountStatus::Expired => "expired",
    }
}
