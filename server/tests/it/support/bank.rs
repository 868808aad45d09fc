//! The pretend bank's side of a shop: payments that are made, and webhooks written by hand.

use std::net::SocketAddr;

use chrono::Duration;
use domain::{
    db::{Conn as _, TenantConn as _, TenantDb},
    entities::tenant::{order, payment_method},
    ids::{BotId, OrderId},
    locale::Locale,
    money::Money,
    platform::bot::service as bots,
    shop::{
        order::service::{self as orders, NewOrder},
        payment::{open, providers},
        plan::service::offers,
        user::service as users,
        wallet::top_up::{self, NewTopUp},
    },
    testing,
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sea_orm::{EntityTrait as _, QueryFilter as _};
use secrecy::ExposeSecret as _;
use serde_json::json;
use server::state::AppState;

/// A shop's account at the bank.
pub struct Bank {
    client: reqwest::Client,
    webhook_url: String,
    account: String,
    secret: String,
}

impl Bank {
    /// `server` is where the shop's server is reached.
    pub async fn of(server: SocketAddr, db: &TenantDb) -> Self {
        let tx = db.read().await.expect("a transaction");
        let own = payment_method::COLUMN.provider.eq("test");
        let found = payment_method::Entity::find().filter(own).one(tx.raw()).await.expect("an answer");
        let method = found.expect("a payment method");
        let place = providers::place("sealed_webhook_secret", method.id.0);
        let secret = tx.sealer().open(place, &method.sealed_webhook_secret).expect("a secret");
        Self {
            client: reqwest::Client::builder().no_proxy().build().expect("a client"),
            webhook_url: format!("http://{server}/pay/{}/test", db.tenant()),
            account: method.account_id,
            secret: secret.expose_secret().to_owned(),
        }
    }

    /// What the bank writes when the payment of the order was made.
    pub fn event(&self, order: &order::Model, id: &str) -> String {
        json!({
            "id": id,
            "type": "payment.paid",
            "account": self.account,
            "payment": order.provider_payment_id,
            "order": order.id.to_string(),
            "created_at": order.created_at,
        })
        .to_string()
    }

    /// Sends it, signed at this second of Unix time; gives the status.
    pub async fn send(&self, body: &str, second: i64) -> u16 {
        self.send_signed(body, &signature(&self.secret, second, body)).await
    }

    pub async fn send_signed(&self, body: &str, signature: &str) -> u16 {
        let request = self.client.post(&self.webhook_url).header("x-card-signature", signature);
        let answer = request.body(body.to_owned()).send().await.expect("an answer");
        answer.status().as_u16()
    }
}

/// `t=…,v1=…`: HMAC-SHA256 over `t.body`.
pub fn signature(secret: &str, second: i64, body: &str) -> String {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
    mac.update(format!("{second}.{body}").as_bytes());
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={second},v1={hex}")
}

/// An order of the shortest plan by a user of this Telegram id, with a payment that is open.
pub async fn order(state: &AppState, db: &TenantDb, telegram_id: i64) -> order::Model {
    order_by(state, db, telegram_id, "test").await
}

/// As [`order()`], at this provider.
pub async fn order_by(
    state: &AppState,
    db: &TenantDb,
    telegram_id: i64,
    provider: &'static str,
) -> order::Model {
    let bot = bots::of_tenant(state.master(), db.tenant()).await.expect("bots").remove(0);
    order_through(state, db, bot.id, telegram_id, provider).await
}

/// As [`order_by()`], through this bot of the shop.
pub async fn order_through(
    state: &AppState,
    db: &TenantDb,
    bot: BotId,
    telegram_id: i64,
    provider: &'static str,
) -> order::Model {
    let tx = db.write().await.expect("a transaction");
    let user = users::seen(&tx, &testing::person(telegram_id), Locale::En).await.expect("a user");
    let offers = offers(&tx).await.expect("offers");
    let month = offers.iter().find(|offer| offer.plan.days.0 == 30).expect("a plan of a month");
    let new = NewOrder { user: &user, plan: month.plan.id, bot, provider };
    let placed = orders::place(&tx, &state.providers, new).await.expect("an order");
    tx.commit().await.expect("a commit");
    opened(state, db, placed.id).await
}

/// An order of the shortest plan whose payment the provider is to repeat by itself.
pub async fn repeated_by(
    state: &AppState,
    db: &TenantDb,
    telegram_id: i64,
    provider: &'static str,
) -> order::Model {
    let bot = bots::of_tenant(state.master(), db.tenant()).await.expect("bots").remove(0).id;
    let tx = db.write().await.expect("a transaction");
    let user = users::seen(&tx, &testing::person(telegram_id), Locale::En).await.expect("a user");
    let offers = offers(&tx).await.expect("offers");
    let month = offers.iter().find(|offer| offer.plan.days.0 == 30).expect("a plan of a month");
    let new = NewOrder { user: &user, plan: month.plan.id, bot, provider };
    let placed = orders::place_repeated(&tx, &state.providers, new).await.expect("an order");
    tx.commit().await.expect("a commit");
    opened(state, db, placed.id).await
}

/// An order that fills the wallet of a user of this Telegram id, with a payment that is open.
pub async fn top_up_by(
    state: &AppState,
    db: &TenantDb,
    telegram_id: i64,
    provider: &'static str,
    amount: Money,
) -> order::Model {
    let bot = bots::of_tenant(state.master(), db.tenant()).await.expect("bots").remove(0).id;
    let tx = db.write().await.expect("a transaction");
    let user = users::seen(&tx, &testing::person(telegram_id), Locale::En).await.expect("a user");
    let new = NewTopUp { user: &user, amount, bot, provider };
    let placed = top_up::place(&tx, &state.providers, new).await.expect("an order");
    tx.commit().await.expect("a commit");
    opened(state, db, placed.id).await
}

async fn opened(state: &AppState, db: &TenantDb, order: OrderId) -> order::Model {
    let back = "https://t.me/first_shop_bot".parse().expect("an address");
    open::open(db, &state.providers, order, "A month".into(), back).await.expect("a payment");
    let tx = db.read().await.expect("a transaction");
    orders::find(&tx, order).await.expect("an answer").expect("the order")
}

/// The second of real time at which a bank stamps, this much from now.
pub fn second(db: &TenantDb, from_now: Duration) -> i64 {
    (db.clock().base().now() + from_now).timestamp()
}
