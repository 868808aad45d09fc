//! A shop's accounts at the sandbox's payment providers, on the shop's clock.

use std::sync::Arc;

use domain::{
    db::{StoreError, TenantDb, TenantStore},
    entities::master::tenant::TenantKind,
    shop::payment::{Providers, providers},
};
use secrecy::ExposeSecret;

use super::{cardpage, store::Sandbox, stripe, yookassa};

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
    for method in [cardpage::METHOD, yookassa::METHOD, "cryptopay", "wata", stripe::METHOD] {
        let Some(provider) = all.find(method) else { continue };
        let Some(account) = providers::account(&tx, provider).await? else { continue };
        let Some(webhook_url) = all.webhook_url(db.tenant(), method) else { continue };
        let (id, key) = (account.account_id.as_str(), account.api_key.expose_secret());
        let clock = Arc::new(db.clock().clone());
        match method {
            yookassa::METHOD => sandbox.yookassa.add_account(id, key, webhook_url, clock),
            "cryptopay" => sandbox.cryptopay.add_app(id, key, webhook_url, clock),
            stripe::METHOD => {
                let webhook = (webhook_url, account.webhook_secret.expose_secret());
                sandbox.stripe.add_shop(id, key, webhook, clock);
            }
            "wata" => sandbox.wata.add_terminal(id, key, webhook_url, clock),
            _ => sandbox.card.add_account(id, key, account.webhook_secret.expose_secret(), clock),
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
