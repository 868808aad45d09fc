//! Live shops with known users, written into a data folder before the server starts.

use std::{path::Path, sync::Arc};

use domain::{
    clock::SystemClock,
    db::{Conn as _, DatabaseSettings, MasterDb, NewTenant, SealedIn, TenantStore, load_or_create_key},
    entities::master::{
        bot_instance::{self, BotState},
        customer,
        package_subscription::{self, PackageState},
        tenant::TenantKind,
    },
    ids::{BotId, CustomerId, PackageSubscriptionId, TenantId},
    locale::Locale,
    money::Currency,
    platform::{bot::token, package, tenant::fill},
    ports::Cycle,
    shop::user::service::{TelegramPerson, accept_rules, seen},
};
use sea_orm::{ActiveValue::Set, EntityTrait as _};
use secrecy::{ExposeSecret as _, SecretString};

/// Known users of each shop.
pub const USERS: i64 = 10;

/// A shop's bot, as Telegram would reach it.
#[derive(Clone, Debug)]
pub struct Shop {
    pub public_id: String,
    pub secret: String,
    /// Its users' ids: this one and the next [`USERS`] − 1.
    pub first_user: i64,
}

/// Makes `count` shops in `folder`.
pub async fn shops(folder: &Path, count: usize) -> anyhow::Result<Vec<Shop>> {
    let key = load_or_create_key(&folder.join("botyard.key"))?;
    let settings = DatabaseSettings::folder(folder);
    let master = MasterDb::open(&settings, key, Arc::new(SystemClock)).await?;
    let store = TenantStore::open_all(&settings, master).await?;
    package::service::seed(store.master()).await?;
    let mut shops = Vec::with_capacity(count);
    for number in 0..i64::try_from(count)? {
        shops.push(shop(&store, number).await?);
    }
    Ok(shops)
}

async fn shop(store: &TenantStore, number: i64) -> anyhow::Result<Shop> {
    let tx = store.master().write().await?;
    let now = tx.now();
    let customer = CustomerId::new();
    let row = customer::ActiveModel {
        id: Set(customer),
        name: Set(format!("Seller {number}")),
        provider_customer_id: Set(None),
        created_at: Set(now),
    };
    customer::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    let row = package_subscription::ActiveModel {
        id: Set(PackageSubscriptionId::new()),
        customer_id: Set(customer),
        package: Set("starter".into()),
        cycle: Set(Some(Cycle::Month)),
        state: Set(PackageState::Active),
        period_start: Set(now),
        period_end: Set(now + chrono::Duration::days(30)),
        provider: Set(None),
        provider_subscription_id: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
    };
    package_subscription::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    let new = NewTenant {
        customer,
        name: format!("Shop {number}"),
        kind: TenantKind::Live,
        locale: "en".into(),
        currency: Currency::Usd,
        utc_offset_minutes: 0,
        starter_pack: "international".into(),
    };
    let tenant = store.create(&tx, new).await?;
    let bot = bot(store, tenant, 7_000_000_000 + number)?;
    let secret = token::webhook_secret(store.master().sealer(), &bot).expose_secret().to_owned();
    let public_id = bot.public_id.clone();
    bot_instance::Entity::insert(bot_instance::ActiveModel::from(bot))
        .exec_without_returning(tx.raw())
        .await?;
    tx.commit().await?;
    fill::fill(store, tenant).await?;
    let first_user = 1_000_000 + number * USERS;
    know(store, tenant, first_user).await?;
    Ok(Shop { public_id, secret, first_user })
}

fn bot(store: &TenantStore, tenant: TenantId, telegram_id: i64) -> anyhow::Result<bot_instance::Model> {
    let id = BotId::new();
    let token = SecretString::from(format!("{telegram_id}:{}", "A".repeat(35)));
    let place = SealedIn { table: "bot_instances", column: "sealed_token", row: id.0 };
    let now = store.master().clock().now();
    Ok(bot_instance::Model {
        id,
        tenant_id: tenant,
        public_id: format!("bench{telegram_id}"),
        telegram_id: Some(telegram_id),
        username: Some(format!("shop_{telegram_id}_bot")),
        name: Some("Shop".into()),
        sealed_token: Some(store.master().sealer().seal(place, &token)?),
        token_hint: Some("bench".into()),
        state: BotState::Live,
        reason: None,
        state_since: now,
        owner_nonce: format!("nonce{telegram_id}"),
        owner_telegram_id: None,
        channel: None,
        restarts: 0,
        webhook_set: None,
        secret_epoch: 1,
        created_at: now,
    })
}

async fn know(store: &TenantStore, tenant: TenantId, first: i64) -> anyhow::Result<()> {
    let tx = store.open(tenant).await?.write().await?;
    for telegram_id in first..first + USERS {
        let person = TelegramPerson {
            telegram_id,
            first_name: "User".into(),
            username: None,
            language_code: Some("en".into()),
        };
        let user = seen(&tx, &person, Locale::En).await?;
        accept_rules(&tx, user.id).await?;
    }
    Ok(tx.commit().await?)
}
