//! Live shops with known users, written into a data folder before the server starts.

use std::{path::Path, sync::Arc};

use domain::{
    clock::SystemClock,
    db::{DatabaseSettings, MasterDb, TenantDb, TenantStore, load_or_create_key},
    entities::master::{bot_instance::BotState, tenant::TenantKind},
    locale::Locale,
    platform::{bot::token, tenant::fill},
    shop::user::service::{accept_rules, seen},
    testing,
};
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
    let mut shops = Vec::with_capacity(count);
    for number in 0..i64::try_from(count)? {
        shops.push(shop(&store, number).await?);
    }
    Ok(shops)
}

async fn shop(store: &TenantStore, number: i64) -> anyhow::Result<Shop> {
    let db = testing::shop_in(store, TenantKind::Live).await;
    testing::run_package(store, db.tenant()).await;
    let token = SecretString::from(format!("{}:{}", 7_000_000_000 + number, "A".repeat(35)));
    let bot = testing::bot(store.master(), db.tenant(), Some(&token), BotState::Live);
    testing::insert_bot(store.master(), &bot).await;
    let secret = token::webhook_secret(store.master().sealer(), &bot).expose_secret().to_owned();
    fill::fill(store, db.tenant()).await?;
    let first_user = 1_000_000 + number * USERS;
    know(&db, first_user).await?;
    Ok(Shop { public_id: bot.public_id, secret, first_user })
}

async fn know(db: &TenantDb, first: i64) -> anyhow::Result<()> {
    let tx = db.write().await?;
    for telegram_id in first..first + USERS {
        let user = seen(&tx, &testing::person(telegram_id), Locale::En).await?;
        accept_rules(&tx, user.id).await?;
    }
    Ok(tx.commit().await?)
}
