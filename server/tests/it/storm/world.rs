//! Shops that sell for Stars, everything around them in this process, and the real server in another.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use domain::{
    clock::SystemClock,
    db::{Conn as _, MasterDb, TenantDb, TenantStore},
    entities::master::{
        bot_instance::{self, BotState},
        package_subscription,
        tenant::TenantKind,
    },
    ids::PlanId,
    locale::Locale,
    money::Currency,
    platform::{bot::token, tenant::fill},
    shop::{
        payment::method::{self, Typed},
        plan::service::offers,
        promo::{
            rules::Effect,
            service::{self as promos, NewPromo},
        },
        referral::service as referrals,
        user::service::seen,
    },
    testing,
    units::Days,
};
use sea_orm::{EntityTrait as _, sea_query::Expr};
use secrecy::{ExposeSecret as _, SecretString};
use server::{compose, config::Config, outside::Beside, sandbox::marzban::MarzbanEmulator};
use tokio::sync::watch;
use tokio_util::task::TaskTracker;

use super::{
    chance::Chance,
    telegram::{Telegram, name_of},
};
use crate::{
    shop_bot::stage,
    support::{Child, Database, child},
};

pub const STARS: i64 = 150;
pub const CODE: &str = "STORM10";
const FIRST_BOT: i64 = 7_000_000_000;
/// Has been in each shop before.
const REFERRER: i64 = 1_000;
const PASSWORD: &str = "only-for-the-storm";

pub struct World {
    pub store: TenantStore,
    pub shops: Vec<Shop>,
    pub telegram: Telegram,
    pub panels: MarzbanEmulator,
    pub http: reqwest::Client,
    pub address: SocketAddr,
    pub chance: Chance,
    /// How often the server has been started.
    pub lives: watch::Sender<usize>,
    pub deliveries: AtomicU64,
    /// Copies that are still to come.
    pub late: TaskTracker,
    pub next_person: AtomicUsize,
    pub next_update: AtomicU64,
}

/// One of the shops, as Telegram reaches its bot.
pub struct Shop {
    pub db: TenantDb,
    pub row: bot_instance::Model,
    /// At Telegram.
    pub bot: i64,
    pub secret: String,
    pub plan: PlanId,
    /// Whose friends newcomers are.
    pub referral: String,
}

impl World {
    pub async fn new(database: &Database, shops: usize, seed: u64) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let chance = Chance::new(seed);
        let config = database.config();
        let store = compose::open_data(&config, Arc::new(SystemClock)).await.unwrap();
        let telegram = Telegram::start(chance.clone()).await;
        let panels = serve_panels().await;
        let mut all = Vec::new();
        for number in 0..shops {
            let number = i64::try_from(number).unwrap();
            all.push(Box::pin(shop(&store, &config, &panels, number)).await);
        }
        lift_limits(store.master()).await;
        let client = reqwest::Client::builder().no_proxy().pool_max_idle_per_host(1_024);
        Self {
            store,
            shops: all,
            telegram,
            panels,
            http: client.timeout(Duration::from_secs(60)).build().unwrap(),
            address: child::free_address(),
            chance,
            lives: watch::Sender::new(0),
            deliveries: AtomicU64::default(),
            late: TaskTracker::new(),
            next_person: AtomicUsize::default(),
            next_update: AtomicU64::new(1),
        }
    }

    pub fn master(&self) -> &MasterDb {
        self.store.master()
    }

    /// The real server, by webhook.
    pub async fn start(&self, database: &Database) -> Child {
        let mut command = child::command(database, &["serve", "--listen", &self.address.to_string()]);
        let setting = |name: &str, value: &str| (format!("BOTYARD__{name}"), value.to_owned());
        command.envs([
            setting("SERVER__PUBLIC_URL", "https://botyard.example"),
            setting("TELEGRAM__BASE_URL", &self.telegram.url()),
            setting("TELEGRAM__MODE", "webhook"),
            setting("TELEGRAM__RAMP_PER_MINUTE", "1000"),
            setting("PANELS__ALLOW_PRIVATE", "[\"127.0.0.0/8\"]"),
            setting("LOG__LEVEL", "error"),
        ]);
        let child = Child::spawn(command, self.address).await;
        self.lives.send_modify(|lives| *lives += 1);
        child
    }

    /// Each update of a bot has a higher number than those before it.
    pub fn update(&self) -> i64 {
        i64::try_from(self.next_update.fetch_add(1, Ordering::Relaxed)).unwrap()
    }
}

async fn serve_panels() -> MarzbanEmulator {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let panels = MarzbanEmulator::new(&format!("http://{}", listener.local_addr().unwrap()));
    let app = panels.router();
    tokio::spawn(async move { axum::serve(listener, app).await });
    panels
}

async fn shop(store: &TenantStore, config: &Config, panels: &MarzbanEmulator, number: i64) -> Shop {
    let db = testing::shop_in(store, TenantKind::Live).await;
    testing::run_package(store, db.tenant()).await;
    fill::fill(store, db.tenant()).await.unwrap();
    let name = db.tenant().to_string();
    panels.add_panel(&name, "admin", PASSWORD, Arc::new(SystemClock));
    stage::add_panel(&db, &panels.base_url(&name), PASSWORD).await;

    let bot = FIRST_BOT + number;
    let token = SecretString::from(format!("{bot}:{}", "A".repeat(35)));
    let row = bot_instance::Model {
        username: Some(name_of(bot)),
        ..testing::bot(store.master(), db.tenant(), Some(&token), BotState::Live)
    };
    testing::insert_bot(store.master(), &row).await;
    let secret = token::webhook_secret(store.master().sealer(), &row).expose_secret().to_owned();
    let (plan, referral) = stock(&db, config).await;
    Shop { db, row, bot, secret, plan, referral }
}

/// What it sells, a code, and somebody who brings friends.
async fn stock(db: &TenantDb, config: &Config) -> (PlanId, String) {
    let beside = Beside::new(config, Arc::new(SystemClock)).unwrap();
    let stars = beside.providers.of(TenantKind::Live).way("stars").unwrap();
    let tx = db.write().await.unwrap();
    let plans = offers(&tx).await.unwrap();
    let prices = plans.iter().map(|offer| (offer.plan.id, Currency::Xtr, Some(STARS)));
    let typed = Typed { prices: prices.collect(), ..Typed::default() };
    method::save(&tx, stars, &typed).await.unwrap();
    method::switch(&tx, "stars", true).await.unwrap();
    let promo = NewPromo {
        code: CODE.into(),
        effect: Effect::Days(Days(3)),
        plans: Vec::new(),
        valid_from: None,
        valid_until: None,
        max_uses: None,
        per_user: None,
        first_purchase: false,
    };
    promos::save(&tx, None, &promo).await.unwrap();
    let referrer = seen(&tx, &testing::person(REFERRER), Locale::En).await.unwrap();
    let code = referrals::code_of(&tx, referrer.id).await.unwrap();
    tx.commit().await.unwrap();
    (plans.last().unwrap().plan.id, code)
}

/// Nobody is turned away because the package is full.
async fn lift_limits(master: &MasterDb) {
    let rows = package_subscription::Entity::update_many();
    let rows = rows.col_expr(package_subscription::Column::Package, Expr::value("enterprise"));
    rows.exec(master.raw()).await.unwrap();
}
