//! The providers that this server can speak to.

use std::{collections::BTreeMap, fmt, sync::Arc};

use sea_orm::{EntityTrait, QueryFilter};
use url::Url;
use uuid::Uuid;

use crate::{
    db::{SealedIn, StoreError, TenantConn},
    entities::tenant::payment_method::{COLUMN, Entity},
    ids::TenantId,
    ports::{GatewayAccount, PaymentGateway},
};

/// An adapter and where its provider is.
#[derive(Clone)]
pub struct Provider {
    pub gateway: Arc<dyn PaymentGateway>,
    /// Base address of the provider's API.
    pub base_url: Url,
    /// Whether it is an emulator. Accounts are made up there, and two shops may make up the same one:
    /// each shop has an address of its own below the base.
    pub emulated: bool,
}

impl Provider {
    /// Where this tenant's account is reached.
    fn address(&self, tenant: TenantId) -> Url {
        let mut url = self.base_url.clone();
        if self.emulated {
            url.set_path(&format!("{}/{tenant}", url.path().trim_end_matches('/')));
        }
        url
    }
}

/// All adapters, by the name in rows and addresses. Cheap to clone.
#[derive(Clone)]
pub struct Providers {
    all: Arc<BTreeMap<&'static str, Provider>>,
    /// Where providers reach us.
    public_url: Url,
}

impl fmt::Debug for Providers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.all.keys()).finish()
    }
}

impl Providers {
    pub fn new(public_url: Url, all: impl IntoIterator<Item = Provider>) -> Self {
        let all = all.into_iter().map(|provider| (provider.gateway.name(), provider)).collect();
        Self { all: Arc::new(all), public_url }
    }

    /// Every provider of this server, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Provider> {
        self.all.values()
    }

    pub fn find(&self, name: &str) -> Option<&Provider> {
        self.all.get(name)
    }

    /// Where `provider` reports payments of this tenant.
    pub fn webhook_url(&self, tenant: TenantId, provider: &str) -> Option<Url> {
        self.public_url.join(&format!("/pay/{tenant}/{provider}")).ok()
    }
}

/// The tenant's account at a provider, with its secrets opened for one call. A method that was
/// switched off still answers for the payments that it opened.
///
/// # Errors
/// [`StoreError`].
pub async fn account(
    tx: &impl TenantConn,
    provider: &Provider,
) -> Result<Option<GatewayAccount>, StoreError> {
    let row = Entity::find().filter(COLUMN.provider.eq(provider.gateway.name())).one(tx.raw()).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(GatewayAccount {
        base_url: provider.address(tx.tenant()),
        api_key: tx.sealer().open(place("sealed_api_key", row.id.0), &row.sealed_api_key)?,
        webhook_secret: tx
            .sealer()
            .open(place("sealed_webhook_secret", row.id.0), &row.sealed_webhook_secret)?,
        account_id: row.account_id,
        settings: row.settings,
    }))
}

/// Where a method's secrets are sealed.
pub fn place(column: &'static str, row: Uuid) -> SealedIn<'static> {
    SealedIn { table: "payment_methods", column, row }
}
