//! The providers that this server can speak to.

use std::{collections::BTreeMap, fmt, sync::Arc};

use sea_orm::{EntityTrait, QueryFilter, QueryOrder};
use url::Url;
use uuid::Uuid;

use super::{jobs::SettlePayment, method};
use crate::{
    db::{SealedIn, StoreError, TenantConn},
    entities::tenant::{
        order, payment_inbox,
        payment_method::{self, COLUMN, Entity},
    },
    ids::{BotId, OrderId, TenantId},
    jobs::Job,
    platform::bot,
    ports::{GatewayAccount, Holder, PaymentGateway},
    shop::order::service as orders,
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

/// The tenant's own account at a provider, with its secrets opened for one call. A method that was
/// switched off still answers for the payments that it opened. `None` also where bots hold the accounts.
///
/// # Errors
/// [`StoreError`].
pub async fn account(
    tx: &impl TenantConn,
    provider: &Provider,
) -> Result<Option<GatewayAccount>, StoreError> {
    if provider.gateway.holder() == Holder::Bot {
        return Ok(None);
    }
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

/// The account into which an order is paid. `None` when the shop has none there any more, or the bot that
/// held it is gone.
///
/// # Errors
/// [`StoreError`].
pub async fn account_of(
    tx: &impl TenantConn,
    provider: &Provider,
    order: &order::Model,
) -> Result<Option<GatewayAccount>, StoreError> {
    named(tx, provider, &order.provider_account).await
}

/// Every account of the tenant at a provider.
///
/// # Errors
/// [`StoreError`].
pub async fn accounts(tx: &impl TenantConn, provider: &Provider) -> Result<Vec<GatewayAccount>, StoreError> {
    match provider.gateway.holder() {
        Holder::Shop => Ok(account(tx, provider).await?.into_iter().collect()),
        Holder::Bot => of_bots(tx, provider).await,
    }
}

/// The account at which a payment is asked for, of which nothing but its id is known: its order knows, or
/// whoever told us of it.
pub(super) async fn account_for(
    tx: &impl TenantConn,
    provider: &Provider,
    payment: &str,
) -> Result<Option<GatewayAccount>, StoreError> {
    let name = provider.gateway.name();
    if provider.gateway.holder() == Holder::Shop {
        return account(tx, provider).await;
    }
    let own = order::Entity::find()
        .filter(order::COLUMN.provider.eq(name))
        .filter(order::COLUMN.provider_payment_id.eq(Some(payment.to_owned())))
        .one(tx.raw())
        .await?;
    // The process may have died before the order knew its payment, which bears its name.
    let order = match (own, payment.parse::<OrderId>()) {
        (None, Ok(id)) => orders::find(tx, id).await?.filter(|order| order.provider == name),
        (own, _) => own,
    };
    if let Some(order) = order {
        return account_of(tx, provider, &order).await;
    }
    let job = SettlePayment { provider: name.to_owned(), provider_payment_id: payment.to_owned() };
    let told = payment_inbox::Entity::find()
        .filter(payment_inbox::COLUMN.job_key.eq(job.dedupe_key()))
        .order_by_desc(payment_inbox::Column::Id)
        .one(tx.raw())
        .await?;
    match told {
        Some(event) => named(tx, provider, &event.account_id).await,
        None => Ok(None),
    }
}

async fn named(
    tx: &impl TenantConn,
    provider: &Provider,
    account_id: &str,
) -> Result<Option<GatewayAccount>, StoreError> {
    match provider.gateway.holder() {
        Holder::Shop => account(tx, provider).await,
        Holder::Bot => {
            let all = of_bots(tx, provider).await?;
            Ok(all.into_iter().find(|account| account.account_id == account_id))
        }
    }
}

/// The bots' tokens are the keys. Their addresses need no tenant: no two shops have the same bot.
async fn of_bots(tx: &impl TenantConn, provider: &Provider) -> Result<Vec<GatewayAccount>, StoreError> {
    if method::find(tx, provider.gateway.name()).await?.is_none() {
        return Ok(Vec::new());
    }
    let mut accounts = Vec::new();
    for row in bot::service::of_tenant(tx.master(), tx.tenant()).await? {
        let (Some(id), Some(token)) = (row.telegram_id, bot::token::open(tx.master(), &row)?) else {
            continue;
        };
        accounts.push(GatewayAccount {
            base_url: provider.base_url.clone(),
            account_id: id.to_string(),
            api_key: token,
            webhook_secret: bot::token::webhook_secret(tx.master().sealer(), &row),
            settings: serde_json::Value::Null,
        });
    }
    Ok(accounts)
}

/// The name of the account that takes an order's money: the method's, or the bot's.
pub(in crate::shop) async fn account_name(
    tx: &impl TenantConn,
    provider: Option<&Provider>,
    method: &payment_method::Model,
    through: BotId,
) -> Result<Option<String>, StoreError> {
    match provider.map_or(Holder::Shop, |provider| provider.gateway.holder()) {
        Holder::Shop => Ok(Some(method.account_id.clone())),
        Holder::Bot => {
            let row = bot::service::find_of(tx.master(), tx.tenant(), through).await?;
            Ok(row.and_then(|row| row.telegram_id).map(|id| id.to_string()))
        }
    }
}

/// Where a method's secrets are sealed.
pub fn place(column: &'static str, row: Uuid) -> SealedIn<'static> {
    SealedIn { table: "payment_methods", column, row }
}
