//! Shops' accounts at the emulated providers, each on its shop's clock.

use std::sync::Arc;

use domain::{
    db::{StoreError, TenantDb, TenantStore},
    entities::master::tenant::TenantKind,
    shop::payment::{Providers, providers},
};
use secrecy::ExposeSecret;

use super::store::Sandbox;

/// Opens the accounts that the shop's rows name, or gives them the shop's keys and clock again. To be
/// called whenever a row was saved.
///
/// # Errors
/// The tenant's database does not answer.
pub async fn open(sandbox: &Sandbox, all: &Providers, db: &TenantDb) -> Result<(), StoreError> {
    let Some(provider) = all.find("cryptopay").filter(|_| db.kind() != TenantKind::Live) else {
        return Ok(());
    };
    let tx = db.read().await?;
    if let Some(account) = providers::account(&tx, provider).await?
        && let Some(webhook_url) = all.webhook_url(db.tenant(), "cryptopay")
    {
        let (token, clock) = (account.api_key.expose_secret(), Arc::new(db.clock().clone()));
        sandbox.cryptopay.add_app(&account.account_id, token, webhook_url, clock);
    }
    Ok(())
}

/// After a restart: opens the accounts of all shops.
///
/// # Errors
/// A tenant's database does not open.
pub async fn take_up(sandbox: &Sandbox, all: &Providers, store: &TenantStore) -> Result<(), StoreError> {
    for tenant in store.ids().await? {
        open(sandbox, all, &store.open(tenant).await?).await?;
    }
    Ok(())
}
