//! What tests of every crate start from: real databases, a clock that stands still, shops.

#![expect(clippy::expect_used, reason = "a test that cannot set its scene has failed")]

pub mod contracts;
mod fakes;
mod rows;
mod say;
mod shop;

pub use fakes::{Charging, FakeFiles, FakeGateway, FakeMailer, FakeNotifier, FakePanel};
pub use rows::{bot, insert_bot, person, run_package};
pub use say::{say, skipped};
pub use shop::TestShop;

use std::sync::Arc;

use chrono::{Duration, NaiveTime};
use sea_orm::{ActiveValue::Set, EntityTrait};
use tempfile::TempDir;

use crate::{
    clock::{Clock, MockClock},
    db::{Conn, DatabaseSettings, DatabaseUrl, MasterDb, NewTenant, TenantDb, TenantStore},
    entities::master::{customer, tenant::TenantKind},
    ids::{CustomerId, TenantId},
    money::Currency,
};

/// An empty platform on a real database, removed when dropped.
#[derive(Debug)]
pub struct TestStore {
    pub store: TenantStore,
    pub clock: MockClock,
    pub settings: DatabaseSettings,
    _folder: TempDir,
}

/// Why a test did not run on PostgreSQL.
pub const NO_POSTGRES: &str = "on PostgreSQL, because TEST_POSTGRES_URL is not set";

/// The server's key in tests.
pub const KEY: [u8; 32] = [42; 32];

/// One store on SQLite and, when `TEST_POSTGRES_URL` is set, one on PostgreSQL. Says loudly when
/// the second is missing.
pub async fn stores() -> Vec<TestStore> {
    let mut stores = vec![sqlite().await];
    match postgres_url() {
        Some(url) => stores.push(postgres(url).await),
        None => skipped(NO_POSTGRES),
    }
    stores
}

/// A store in a temporary folder.
pub async fn sqlite() -> TestStore {
    let Place { settings, folder } = sqlite_place();
    open(settings, folder).await
}

/// A store whose files lie in memory where the system has a folder for that: nothing survives a crash
/// of the machine, and everything one of the process.
pub async fn sqlite_in_memory() -> TestStore {
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
    let folder = folder.expect("a temporary folder");
    open(DatabaseSettings::folder(folder.path()), folder).await
}

/// A store in schemas of its own on the test server. They stay behind: the test command's server is
/// a temporary one.
pub async fn postgres(url: String) -> TestStore {
    let Place { settings, folder } = postgres_place(url);
    open(settings, folder).await
}

/// Where nothing has been opened yet.
#[derive(Debug)]
pub struct Place {
    pub settings: DatabaseSettings,
    pub folder: TempDir,
}

/// One place for SQLite and, as with [`stores`], one for PostgreSQL.
pub fn new_places() -> Vec<Place> {
    std::iter::once(sqlite_place()).chain(postgres_url().map(postgres_place)).collect()
}

fn sqlite_place() -> Place {
    let folder = tempfile::tempdir().expect("a temporary folder");
    Place { settings: DatabaseSettings::folder(folder.path()), folder }
}

fn postgres_place(url: String) -> Place {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut settings = DatabaseSettings::new(DatabaseUrl::Postgres(url));
    settings.schema_prefix = format!("t{}", uuid::Uuid::now_v7().as_simple());
    settings.max_connections = 6;
    Place { settings, folder }
}

/// Where a PostgreSQL for tests listens.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration")]
pub fn postgres_url() -> Option<String> {
    std::env::var("TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty())
}

/// Opens what `settings` say; `folder` is removed with the store.
pub async fn open(settings: DatabaseSettings, folder: TempDir) -> TestStore {
    let clock = MockClock::new();
    let shared: Arc<dyn Clock> = Arc::new(clock.clone());
    let master = MasterDb::open(&settings, KEY, shared).await.expect("the master database opens");
    let store = TenantStore::open_all(&settings, master).await.expect("the store opens");
    TestStore { store, clock, settings, _folder: folder }
}

impl TestStore {
    pub fn master(&self) -> &MasterDb {
        self.store.master()
    }

    /// The same data as another process opens it: its own connections and caches, the same clock.
    pub async fn reopened(&self) -> TenantStore {
        let master = MasterDb::open(&self.settings, KEY, Arc::new(self.clock.clone()));
        let master = master.await.expect("the master database opens");
        TenantStore::open_all(&self.settings, master).await.expect("the store opens")
    }

    /// Which database it is, for messages.
    pub fn name(&self) -> &'static str {
        if self.master().is_postgres() { "postgres" } else { "sqlite" }
    }

    /// Goes on to noon of the next day, by UTC.
    pub fn until_noon(&self) {
        let now = self.clock.now();
        let noon = NaiveTime::from_hms_opt(12, 0, 0).expect("a time");
        let noon = now.date_naive().and_time(noon).and_utc() + Duration::days(1);
        self.clock.advance(noon - now);
    }

    /// A customer with an empty sandbox shop.
    pub async fn shop(&self) -> TenantDb {
        self.shop_of_kind(TenantKind::Sandbox).await
    }

    pub async fn shop_of_kind(&self, kind: TenantKind) -> TenantDb {
        shop_in(&self.store, kind).await
    }

    /// Gives the shop's customer a running Starter package.
    pub async fn run_package(&self, tenant: TenantId) {
        run_package(&self.store, tenant).await;
    }
}

/// A customer with an empty shop in any store.
pub async fn shop_in(store: &TenantStore, kind: TenantKind) -> TenantDb {
    let tx = store.master().write().await.expect("a transaction");
    let customer = CustomerId::new();
    let row = customer::ActiveModel {
        id: Set(customer),
        name: Set("Fastline".into()),
        provider_customer_id: Set(None),
        created_at: Set(tx.now()),
    };
    customer::Entity::insert(row).exec_without_returning(tx.raw()).await.expect("a customer");
    let new = NewTenant {
        customer,
        name: "Fastline VPN".into(),
        kind,
        locale: "en".into(),
        currency: Currency::Rub,
        utc_offset_minutes: 180,
        starter_pack: "international".into(),
    };
    let tenant = store.create(&tx, new).await.expect("a tenant");
    tx.commit().await.expect("a commit");
    store.open(tenant).await.expect("the tenant opens")
}
