//! A shop's accounts at the sandbox's payment providers, on the shop's clock.

use std::sync::Arc;

use domain::{
    db::{StoreError, TenantDb, TenantStore},
    entities::master::tenant::TenantKind,
    shop::payment::{Providers, providers},
};
use secrecy::ExposeSecret;

use super::{desk::Account, store::Sandbox};

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
    for payments in sandbox.payments() {
        let method = payments.provider();
        let Some(provider) = all.find(method) else { continue };
        let Some(account) = providers::account(&tx, provider).await? else { continue };
        let Some(webhook_url) = all.webhook_url(db.tenant(), method) else { continue };
        payments.open_account(Account {
            shop: db.tenant().to_string(),
            id: account.account_id,
            key: account.api_key.expose_secret().to_owned(),
            secret: account.webhook_secret.expose_secret().to_owned(),
            webhook_url,
            clock: Arc::new(db.clock().clone()),
        });
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
