//! What a platform that is at work has in its rows: running packages, bots, people.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    db::{Conn, MasterDb, SealedIn, TenantStore},
    entities::master::{
        bot_instance::{self, BotState},
        package_subscription::{self, PackageState},
        tenant,
    },
    ids::{BotId, PackageSubscriptionId, TenantId},
    platform::{bot, package},
    ports::Cycle,
    shop::user::service::TelegramPerson,
};

/// Gives the shop's customer a running Starter package.
pub async fn run_package(store: &TenantStore, tenant: TenantId) {
    let master = store.master();
    package::service::seed(master).await.expect("the packages");
    let shop = tenant::Entity::find_by_id(tenant).one(master.raw()).await;
    let customer = shop.expect("a query").expect("the shop").customer_id;
    let now = master.clock().now();
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
    let running = package_subscription::Entity::insert(row).exec_without_returning(master.raw()).await;
    running.expect("a running package");
}

/// A bot as the deployment leaves it; without a token nothing is asked of Telegram.
pub fn bot(
    master: &MasterDb,
    tenant: TenantId,
    token: Option<&SecretString>,
    state: BotState,
) -> bot_instance::Model {
    let (id, now) = (BotId::new(), master.clock().now());
    let place = SealedIn { table: "bot_instances", column: "sealed_token", row: id.0 };
    let telegram_id = token.and_then(|token| token.expose_secret().split(':').next()?.parse().ok());
    bot_instance::Model {
        id,
        tenant_id: tenant,
        public_id: id.0.simple().to_string(),
        telegram_id,
        username: Some(format!("bot_{}_bot", id.0.simple())),
        name: Some("Fastline".into()),
        sealed_token: token.map(|token| master.sealer().seal(place, token).expect("a sealed token")),
        token_hint: token.map(bot::rules::token_hint),
        state,
        reason: None,
        state_since: now,
        owner_nonce: "0123456789abcdef".into(),
        owner_telegram_id: None,
        channel: None,
        restarts: 0,
        secret_epoch: 1,
        webhook_set: None,
        created_at: now,
    }
}

pub async fn insert_bot(master: &MasterDb, bot: &bot_instance::Model) {
    let row = bot_instance::ActiveModel::from(bot.clone()).reset_all();
    bot_instance::Entity::insert(row).exec_without_returning(master.raw()).await.expect("a bot");
}

/// Somebody whose Telegram speaks English.
pub fn person(telegram_id: i64) -> TelegramPerson {
    TelegramPerson {
        telegram_id,
        first_name: "Nima".into(),
        username: None,
        language_code: Some("en".into()),
    }
}
