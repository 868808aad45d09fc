//! The real binary, ended at every fault point in the middle of the main job, and started again.
//!
//! The emulators live in the ended process; a point has their states written before it ends, because
//! what the outside world has applied outlives us.

use std::{
    collections::BTreeSet,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use domain::{
    clock::{Clock as _, SystemClock},
    db::{Conn as _, MasterDb, TenantDb, TenantStore},
    entities::{
        master::{
            deployment::{self, DeploymentState},
            package_payment::{self, PackagePaymentState},
        },
        tenant::{grant, order, order::OrderState, panel, subscription},
    },
    faults::{self, Point},
    ports::VpnPanel as _,
    shop::panel::service::access,
    testing,
};
use futures::future::join_all;
use sea_orm::EntityTrait as _;
use server::{
    compose,
    outside::Beside,
    providers::{
        http::{PanelAddressRules, PanelHttp},
        panels::marzban::Marzban,
    },
};

use crate::support::{
    BUSY, Bank, Chat, Child, Database, Seller,
    child::{self, dies, free_address},
    flow::{GATEWAYS, add_method, verified, work_left},
};

/// How long the part of the main job may take that leads to a point.
const DRIVE: Duration = Duration::from_secs(60);
/// After a restart everything that was cut off has to be done within this time.
const RECOVERY: Duration = Duration::from_secs(10);

/// In the order in which a new shop's way to its live bot reaches them.
const WAY_TO_LIVE: &[Point] = &[
    faults::DEPLOY_SHOP_BEFORE,
    faults::DEPLOY_SHOP_AFTER,
    faults::DEPLOY_ORDER_BEFORE,
    faults::DEPLOY_ORDER_AFTER,
    faults::BILLING_INBOX_BEFORE,
    faults::BILLING_INBOX_AFTER,
    faults::BILLING_ANSWER_BEFORE,
    faults::BILLING_READ_BEFORE,
    faults::BILLING_SETTLE_BEFORE,
    faults::DEPLOY_PAYMENT_BEFORE,
    faults::DEPLOY_PAYMENT_AFTER,
    faults::DEPLOY_TOKEN_BEFORE,
    faults::DEPLOY_TOKEN_AFTER,
    faults::DEPLOY_PANEL_BEFORE,
    faults::DEPLOY_PANEL_AFTER,
    faults::DEPLOY_PLANS_BEFORE,
    faults::DEPLOY_PLANS_AFTER,
    faults::DEPLOY_BOT_BEFORE,
    faults::DEPLOY_BOT_AFTER,
    faults::DEPLOY_LINK_BEFORE,
    faults::DEPLOY_LINK_AFTER,
    // After the same commit as one above, so on another shop's way.
    faults::BILLING_SETTLE_AFTER,
];

#[tokio::test]
async fn a_process_that_is_killed_anywhere_loses_nothing_and_does_nothing_twice() {
    let _alone = BUSY.lock().await;
    let begin = Instant::now();
    let databases = Database::all();
    let count = databases.len();
    let worlds = join_all(databases.into_iter().map(|database| Box::pin(World::run(database)))).await;
    let (mut runs_made, mut reached) = (0, 0);
    let mut missed = Vec::new();
    for world in worlds {
        runs_made += world.runs;
        reached += world.reached.len();
        let all = faults::ALL.iter().map(|point| point.name());
        let name = world.database.name();
        missed.extend(
            all.filter(|point| !world.reached.contains(point)).map(|point| format!("{point} on {name}")),
        );
        missed.extend(world.missed);
        testing::say(&format!("{name}: the slowest recovery took {} ms", world.slowest.as_millis()));
    }
    testing::say(&format!(
        "{} points × {count} databases: {runs_made} runs, {reached} reached, {} s",
        faults::ALL.len(),
        begin.elapsed().as_secs()
    ));
    assert!(missed.is_empty(), "never reached: {missed:?}");
}

/// Who buys, and where.
struct Buyer<'a> {
    seller: &'a Seller,
    overview: &'a str,
    store: &'a TenantStore,
    db: &'a TenantDb,
}

/// One database, on which all points are tried one after the other.
struct World {
    database: Database,
    address: SocketAddr,
    sellers: usize,
    reached: BTreeSet<&'static str>,
    /// Points that payments at one of the other providers do not meet.
    missed: Vec<String>,
    runs: usize,
    slowest: Duration,
}

impl World {
    async fn run(database: Database) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (address, slowest) = (free_address(), Duration::ZERO);
        let (reached, missed) = (BTreeSet::new(), Vec::new());
        let mut world = Self { database, address, sellers: 0, reached, missed, runs: 0, slowest };
        let (seller, overview) = world.go_live_in_spite_of(WAY_TO_LIVE).await;
        let way: BTreeSet<_> = WAY_TO_LIVE.iter().map(|point| point.name()).collect();
        let server = world.start(None).await;
        let store = world.store().await;
        check_shops(&store, world.sellers).await;
        let chat = Chat::new(&seller.browser, &overview);
        chat.reach_the_menu().await;
        server.stop();
        let db = shop_of(&store, &seller.username).await;
        let buyer = Buyer { seller: &seller, overview: &overview, store: &store, db: &db };
        world.connect_gateways(&db).await;
        let once = faults::ALL.iter().filter(|point| !way.contains(point.name())).map(|point| (*point, ""));
        // The second delivery of a webhook meets the first one's row.
        let twice = [faults::INBOX_INSERT_BEFORE, faults::WEBHOOK_ANSWER_BEFORE].map(|point| (point, ":2"));
        let points: Vec<_> = once.chain(twice).collect();
        for (provider, _) in GATEWAYS {
            // What comes after the books is the same whoever took the money.
            let is_met = |point: &Point| provider == "test" || point.name().starts_with("pay.");
            for (point, time) in points.iter().filter(|(point, _)| is_met(point)) {
                world.buy(&buyer, provider, *point, time).await;
            }
        }
        world.verify_money();
        world
    }

    /// Ways through the wizard, killed at each of the points. A seller who is past a point when its
    /// turn comes goes live, and the next one meets it: the page that waits for a payment may settle it
    /// before the webhook does.
    async fn go_live_in_spite_of(&mut self, points: &[Point]) -> (Seller, String) {
        let mut seller = self.new_seller().await;
        // The second delivery of a webhook meets the first one's row.
        let duplicate = (faults::BILLING_ANSWER_BEFORE, ":2");
        for (point, time) in points.iter().map(|point| (*point, "")).chain([duplicate]) {
            if self.is_killed_on_the_way(&mut seller, point, time).await {
                self.note(point, true);
                continue;
            }
            self.go_on_unharmed(&mut seller).await;
            seller = self.new_seller().await;
            let died = self.is_killed_on_the_way(&mut seller, point, time).await;
            self.note(point, died);
        }
        let overview = self.go_on_unharmed(&mut seller).await;
        (seller, overview)
    }

    async fn new_seller(&mut self) -> Seller {
        self.sellers += 1;
        let server = self.start(None).await;
        let username = format!("killed_{}_bot", self.sellers);
        let seller = Seller::new(server.browser("127.0.0.1"), server.browser("localhost"), &username);
        seller.sign_up().await;
        server.stop();
        seller
    }

    async fn go_on_unharmed(&self, seller: &mut Seller) -> String {
        let server = self.start(None).await;
        let overview = seller.go_on().await;
        server.stop();
        overview
    }

    /// The way to a point begins with the recovery from the one before.
    async fn is_killed_on_the_way(&mut self, seller: &mut Seller, point: Point, time: &str) -> bool {
        let begin = Instant::now();
        let mut server = self.start(Some(&format!("{}{time}", point.name()))).await;
        tokio::select! {
            died = dies(&mut server, DRIVE) => {
                self.recovered(begin.elapsed(), point.name());
                return died;
            }
            _ = seller.go_on() => {}
        }
        // A page shows what is committed; the point after the commit is not far.
        let died = dies(&mut server, Duration::from_secs(1)).await;
        if !died {
            server.stop();
        }
        died
    }

    fn recovered(&mut self, took: Duration, what: &str) {
        assert!(took < RECOVERY, "{what} on {}: recovered after {took:?}", self.database.name());
        self.slowest = self.slowest.max(took);
    }

    /// Gives the shop an account at every provider; the next server opens them.
    async fn connect_gateways(&self, db: &TenantDb) {
        let beside = Beside::new(&self.database.config(), Arc::new(SystemClock)).expect("the providers");
        for (provider, account) in GATEWAYS.into_iter().filter(|(provider, _)| *provider != "test") {
            add_method(beside.providers.of(db.kind()), db, provider, account, "key_of_the_shop").await;
        }
    }

    /// A purchase that is killed at the point, brought to its end by the next process, and told of by
    /// its provider twice.
    async fn buy(&mut self, buyer: &Buyer<'_>, provider: &str, point: Point, time: &str) {
        let Buyer { seller, overview, store, db } = *buyer;
        let before = orders(db).await.len();
        let mut server = self.start(Some(&format!("{}{time}", point.name()))).await;
        let died = {
            let drive = async {
                let link = Chat::new(&seller.browser, overview).order_a_month_by(provider).await;
                seller.pay_by_card(&link, "twice").await;
                std::future::pending::<()>().await;
            };
            tokio::select! {
                died = dies(&mut server, DRIVE) => died,
                () = drive => false,
            }
        };
        self.note(point, died);
        if !died {
            self.missed.push(format!("{} by {provider} on {}", point.name(), self.database.name()));
            server.stop();
        }

        let (name, begin) = (point.name(), Instant::now());
        let server = self.start(None).await;
        until_done(store.master(), db, before, name).await;
        self.recovered(begin.elapsed(), name);

        let newest = orders(db).await.pop().expect("an order");
        assert_eq!(newest.provider, provider);
        if provider == "test" {
            // And by another event, much later.
            let bank = Bank::of(self.address, db).await;
            let again = bank.event(&newest, &format!("evt_again_{before}"));
            assert_eq!(bank.send(&again, SystemClock.now().timestamp()).await, 200);
            until_done(store.master(), db, before, name).await;
        }
        self.check_purchase(store.master(), db, &newest).await;
        server.stop();
    }

    async fn check_purchase(&self, master: &MasterDb, db: &TenantDb, order: &order::Model) {
        let tx = db.read().await.expect("a transaction");
        let grants = grant::Entity::find().all(tx.raw()).await.expect("grants");
        let granted = grants.iter().filter(|grant| grant.order_id == Some(order.id)).count();
        let panel = panel::Entity::find().one(tx.raw()).await.expect("an answer").expect("a panel");
        let target = subscription::Entity::find().one(tx.raw()).await.expect("an answer").expect("a target");
        let access = access(&tx, db.kind(), &panel).expect("the way to the panel");
        drop(tx);
        assert_eq!(granted, 1);
        let account = marzban().account(&access, &target.username).await.expect("an answer");
        let account = account.expect("an account");
        assert_eq!(account.expire.map(|at| at.timestamp()), Some(target.target_expire.timestamp()));
        assert_eq!(account.data_limit, target.target_data_limit);
        verified(master, db).await;
    }

    async fn start(&self, fault: Option<&str>) -> Child {
        Child::start(&self.database, self.address, fault).await
    }

    async fn store(&self) -> TenantStore {
        compose::open_data(&self.database.config(), Arc::new(SystemClock)).await.expect("the data")
    }

    fn note(&mut self, point: Point, died: bool) {
        self.runs += 1;
        if died {
            self.reached.insert(point.name());
        } else {
            testing::say(&format!("{} was not reached on {}", point.name(), self.database.name()));
        }
    }

    fn verify_money(&self) {
        let ended = child::command(&self.database, &["admin", "verify-money"]).status();
        assert!(ended.expect("a process").success(), "verify-money on {}", self.database.name());
    }
}

/// Each went live, and paid once.
async fn check_shops(store: &TenantStore, count: usize) {
    let raw = store.master().raw();
    let deployments = deployment::Entity::find().all(raw).await.expect("deployments");
    assert_eq!(deployments.len(), count);
    assert!(deployments.iter().all(|row| row.state == DeploymentState::Live), "{deployments:?}");
    let payments = package_payment::Entity::find().all(raw).await.expect("payments");
    let paid = payments.iter().filter(|row| row.state == PackagePaymentState::Paid).count();
    assert_eq!(paid, count, "{payments:?}");
}

async fn shop_of(store: &TenantStore, username: &str) -> TenantDb {
    use domain::entities::master::bot_instance;
    let bots = bot_instance::Entity::find().all(store.master().raw()).await.expect("bots");
    let bot = bots.into_iter().find(|bot| bot.username.as_deref() == Some(username)).expect("the bot");
    store.open(bot.tenant_id).await.expect("the shop's data")
}

/// Fails with what is left when it takes too long.
async fn until_done(master: &MasterDb, db: &TenantDb, before: usize, what: &str) {
    let begin = Instant::now();
    while !is_done(master, db, before).await {
        if begin.elapsed() > 2 * RECOVERY {
            let states: Vec<_> = orders(db).await.iter().map(|order| order.state).collect();
            panic!("{what}: {states:?} after {before}, left: {:?}", work_left(master, db).await);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// There is one order more, it and all before it are delivered, and nothing is left to do.
async fn is_done(master: &MasterDb, db: &TenantDb, before: usize) -> bool {
    let orders = orders(db).await;
    orders.len() == before + 1
        && orders.iter().all(|order| order.state == OrderState::Provisioned)
        && work_left(master, db).await.is_empty()
}

/// Oldest first.
async fn orders(db: &TenantDb) -> Vec<order::Model> {
    use sea_orm::QueryOrder as _;
    let tx = db.read().await.expect("a transaction");
    order::Entity::find().order_by_asc(order::Column::Id).all(tx.raw()).await.expect("orders")
}

fn marzban() -> Marzban {
    let allow_private = vec!["127.0.0.0/8".parse().expect("a network")];
    let rules = PanelAddressRules { allow_private, ..PanelAddressRules::default() };
    Marzban::new(PanelHttp::new(rules).expect("a client"), Arc::new(SystemClock))
}
