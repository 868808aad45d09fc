//! The outside world of these tests, and a seller in it.

use std::sync::{
    Mutex,
    atomic::{AtomicU32, Ordering},
};

use async_trait::async_trait;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use secrecy::{ExposeSecret, SecretString};

use super::*;

pub(super) type Unsent = fn() -> Result<Delivery, NotifyError>;

/// Telegram, a bot host and a notifier in one, with answers that a test sets.
#[derive(Default)]
pub(super) struct World {
    pub(super) refuse_token: bool,
    pub(super) host: Mutex<Option<BotHostError>>,
    /// How a message to the owner fails.
    pub(super) unsent: Mutex<Option<Unsent>>,
    pub(super) started: AtomicU32,
    pub(super) told: Mutex<Vec<(i64, Notice)>>,
}

#[async_trait]
impl TelegramProbe for World {
    async fn get_me(&self, token: &SecretString) -> Result<BotProfile, ProbeError> {
        if self.refuse_token {
            return Err(ProbeError::Unauthorized);
        }
        let id: i64 = token.expose_secret().split(':').next().unwrap().parse().unwrap();
        Ok(BotProfile { telegram_id: id, username: format!("shop{id}_bot"), name: "Fastline".into() })
    }

    async fn chat_member(&self, _: &SecretString, _: &str, _: i64) -> Result<ChatRank, ProbeError> {
        Ok(ChatRank::Member)
    }
}

#[async_trait]
impl BotHost for World {
    async fn ensure_running(&self, _: BotId) -> Result<(), BotHostError> {
        self.started.fetch_add(1, Ordering::SeqCst);
        match self.host.lock().unwrap().clone() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }
}

#[async_trait]
impl Notifier for World {
    async fn notify(
        &self,
        _: TenantId,
        _: BotId,
        telegram_id: i64,
        notice: &Notice,
    ) -> Result<Delivery, NotifyError> {
        if let Some(outcome) = *self.unsent.lock().unwrap() {
            return outcome();
        }
        self.told.lock().unwrap().push((telegram_id, notice.clone()));
        Ok(Delivery::Sent { message_id: 1 })
    }

    async fn wording(
        &self,
        _: TenantId,
        _: BotId,
        _: i64,
        _: &Notice,
    ) -> Result<Option<String>, NotifyError> {
        Ok(None)
    }
}

pub(super) struct Seller {
    pub(super) account: AccountId,
    pub(super) customer: CustomerId,
    pub(super) shop: TenantId,
}

pub(super) fn token(bot: i64) -> SecretString {
    format!("{bot}:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw_").into()
}

/// A seller with a shop in its trial.
pub(super) async fn seller(test: &TestStore, email: &str) -> Seller {
    package::service::seed(test.master()).await.unwrap();
    let passwords = Passwords::new(2).unwrap();
    let new = NewAccount {
        email: email.into(),
        password: "three small ponies".into(),
        name: None,
        locale: Locale::Ru,
        address: None,
    };
    let made = sign_up(test.master(), &passwords, new).await.unwrap();
    let form = ShopForm {
        name: "Fastline".into(),
        locale: Locale::Ru,
        currency: Currency::Rub,
        utc_offset_minutes: 180,
        pack: "russia".into(),
    };
    let save = || {
        crate::platform::tenant::service::save(
            &test.store,
            made.account.id,
            made.customer,
            TenantKind::Sandbox,
            &form,
        )
    };
    let shop = save().await.unwrap();
    assert_eq!(save().await.unwrap(), shop, "a second press makes no second shop");
    billing::service::start_trial(test.master(), made.account.id, made.customer).await.unwrap();
    Seller { account: made.account.id, customer: made.customer, shop }
}

pub(super) async fn connect_panel(test: &TestStore, seller: &Seller) {
    let db = test.store.open(seller.shop).await.unwrap();
    let new = NewPanel {
        base_url: url::Url::parse("https://panel.example.com:8000").unwrap(),
        username: "admin".into(),
        password: "hunter2hunter2".into(),
        inbounds: vec![],
        version: Some("0.8.4".into()),
    };
    panel::save(test.master(), &db, seller.account, new).await.unwrap();
}

/// A shop that has everything but the press on the button.
pub(super) async fn ready(
    test: &TestStore,
    world: &World,
) -> (Seller, crate::entities::master::bot_instance::Model) {
    let seller = seller(test, "ali@example.com").await;
    let bot = bot::token::connect(test.master(), world, seller.account, seller.shop, &token(110_201_543))
        .await
        .unwrap();
    connect_panel(test, &seller).await;
    (seller, bot)
}

/// To a package with more than one bot.
pub(super) async fn upgrade(test: &TestStore, customer: CustomerId) {
    let tx = test.master().write().await.unwrap();
    package_subscription::Entity::update_many()
        .col_expr(package_subscription::Column::Package, Expr::value("professional"))
        .filter(package_subscription::COLUMN.customer_id.eq(customer))
        .exec(tx.raw())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

pub(super) async fn progress(test: &TestStore, seller: &Seller) -> service::Progress {
    service::of_tenant(test.master(), seller.shop).await.unwrap().unwrap()
}
