//! A shop's account at the sandbox's card provider, on the shop's clock.

use std::sync::Arc;

use domain::{
    db::{StoreError, TenantDb, TenantStore},
    entities::master::tenant::TenantKind,
    shop::payment::{Providers, providers},
};
use secrecy::ExposeSecret;

use super::cardpage::CardEmulator;

/// The name of the payment method behind which the emulator stands.
pub const METHOD: &str = "test";

/// Opens the account that the shop's row names, or gives it the shop's clock again.
///
/// # Errors
/// The tenant's database does not answer.
pub async fn open_account(cards: &CardEmulator, all: &Providers, db: &TenantDb) -> Result<(), StoreError> {
    let Some(provider) = all.find(METHOD).filter(|_| db.kind() != TenantKind::Live) else { return Ok(()) };
    let tx = db.read().await?;
    if let Some(account) = providers::account(&tx, provider).await? {
        let (key, secret) = (account.api_key.expose_secret(), account.webhook_secret.expose_secret());
        cards.add_account(&account.account_id, key, secret, Arc::new(db.clock().clone()));
    }
    Ok(())
}

/// After a restart: opens the accounts of all shops.
///
/// # Errors
/// A tenant's database does not open.
pub async fn take_up(cards: &CardEmulator, all: &Providers, store: &TenantStore) -> Result<(), StoreError> {
    for tenant in store.ids().await? {
        open_account(cards, all, &store.open(tenant).await?).await?;
    }
    Ok(())
}
