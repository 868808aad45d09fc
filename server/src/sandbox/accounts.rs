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
    if db.kind() == TenantKind::Live {
        return Ok(());
    }
    let tx = db.read().await?;
    for name in ["cryptopay", "wata"] {
        let Some(provider) = all.find(name) else { continue };
        let (account, webhook_url) =
            (providers::account(&tx, provider).await?, all.webhook_url(db.tenant(), name));
        let (Some(account), Some(webhook_url)) = (account, webhook_url) else { continue };
        let (id, key, clock) =
            (&account.account_id, account.api_key.expose_secret(), Arc::new(db.clock().clone()));
        match name {
            "cryptopay" => sandbox.cryptopay.add_app(id, key, webhook_url, clock),
            _ => sandbox.wata.add_terminal(id, key, webhook_url, clock),
        }
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
