//! A real server on a free port, and a browser for it.

pub mod bank;
mod browser;
mod chat;
pub mod child;
mod database;
pub mod flow;
pub mod guest;
pub mod outworld;
mod page;
mod phone;
mod seller;
pub mod stars;

use std::{net::SocketAddr, sync::Arc};

use domain::{
    clock::MockClock,
    platform::billing::verify::platform,
    shop::ledger::verify::{self, Breach},
};
use server::{
    compose::{Handle, Server, Start},
    config::{Config, Mode, Overrides},
    state::AppState,
};
use tempfile::TempDir;

pub use bank::Bank;
pub use browser::{Answer, Browser};
pub use chat::Chat;
pub use child::Child;
pub use database::Database;
pub use flow::{Flow, until};
pub use guest::Guest;
pub use phone::Phone;
pub use seller::Seller;

/// A running sandbox server with a clock that stands still. Stopped and removed by [`Self::stop`].
pub struct TestServer {
    pub clock: MockClock,
    handle: Handle,
    _folder: Option<TempDir>,
}

impl TestServer {
    pub async fn sandbox() -> Self {
        Self::start(Mode::Sandbox, &[]).await
    }

    /// Starts with settings as the environment would give them.
    pub async fn start(mode: Mode, settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let overrides = Overrides {
            file: None,
            listen: Some(([127, 0, 0, 1], 0).into()),
            data: Some(folder.path().display().to_string()),
        };
        let settings = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let config = Config::load_from(&overrides, settings).expect("settings");
        Self { _folder: Some(folder), ..Self::with(mode, config).await }
    }

    /// Starts on a database that outlives it.
    pub async fn on(database: &Database) -> Self {
        Self::with(Mode::Sandbox, database.config()).await
    }

    /// As [`Self::on`], where another one listened before.
    pub async fn at(address: SocketAddr, database: &Database) -> Self {
        Self::with(Mode::Sandbox, database.config_at(address)).await
    }

    async fn with(mode: Mode, config: Config) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let clock = MockClock::new();
        let start = Start { config, mode, clock: Arc::new(clock.clone()) };
        let handle = Server::start(start).await.expect("the server starts");
        Self { clock, handle, _folder: None }
    }

    pub fn state(&self) -> &AppState {
        &self.handle.state
    }

    pub fn address(&self) -> SocketAddr {
        self.handle.address
    }

    /// A browser that nobody has used, at `http://127.0.0.1:<port>`.
    pub fn browser(&self) -> Browser {
        self.browser_at("127.0.0.1")
    }

    /// A browser that came by another name of this machine.
    pub fn browser_at(&self, host: &str) -> Browser {
        Browser::new(self.handle.address, host)
    }

    /// A browser with a new account signed in.
    pub async fn signed_up(&self, email: &str) -> Browser {
        let browser = self.browser();
        let fields = [("email", email), ("password", PASSWORD), ("cycle", "month")];
        let answer = browser.post("/signup", &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        browser
    }

    /// What `verify-money` finds in all shops.
    pub async fn breaches(&self) -> Vec<Breach> {
        let store = &self.state().store;
        let mut breaches = platform(store.master()).await.expect("the platform's books");
        for shop in store.ids().await.expect("the shops") {
            let tx = store.open(shop).await.expect("a shop").read().await.expect("a transaction");
            breaches.extend(verify::shop(&tx).await.expect("the shop's books"));
        }
        breaches
    }

    pub async fn stop(self) {
        self.handle.stop().await.expect("the server stops");
    }
}

/// Held by tests that keep the whole machine busy for minutes: beside each other they starve the rest.
pub static BUSY: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Long enough, and on no list.
pub const PASSWORD: &str = "seven green kites over Yazd";
