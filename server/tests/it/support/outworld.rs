//! The outside world in this process and the servers under test in others, so that a server can die at
//! any moment and what it told Telegram, the panel and the bank stays told.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, http::StatusCode};
use domain::{db::TenantDb, shop::payment::providers};
use secrecy::ExposeSecret as _;
use server::{
    compose::{Handle, Server, Start},
    config::{Config, Mode, Overrides},
    sandbox::{desk::Account, hosted::HostedPayments as _, store::Sandbox},
    state::AppState,
};

use super::{Browser, Child, Database, Seller, child};

/// Pages and emulators, without jobs and bots: those are the children's.
pub struct Outworld {
    handle: Handle,
    pub db: TenantDb,
    webhooks: Arc<Webhooks>,
    /// The servers', beside those of the database.
    settings: Settings,
}

/// As the environment gives them.
pub type Settings = &'static [(&'static str, &'static str)];

/// The way from the bank to the servers: to each in turn.
struct Webhooks {
    client: reqwest::Client,
    servers: Vec<SocketAddr>,
    next: AtomicUsize,
    /// The events that a server said it has.
    acknowledged: Mutex<Vec<String>>,
}

impl Outworld {
    /// A live shop whose bank tells `servers`, and the servers, which are running.
    pub async fn live(database: &Database, servers: usize) -> (Self, Vec<Child>) {
        Self::live_with(database, servers, &[]).await
    }

    /// As [`Self::live`], with settings of the servers.
    pub async fn live_with(database: &Database, servers: usize, settings: Settings) -> (Self, Vec<Child>) {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let handle =
            Server::start(Start::new(without_work(database), Mode::Sandbox)).await.expect("a server");
        let addresses: Vec<_> = (0..servers).map(|_| child::free_address()).collect();
        let mut children = Vec::new();
        for address in &addresses {
            children.push(start(database, handle.address, *address, settings).await);
        }
        let browser = |host| Browser::new(handle.address, host);
        let mut seller = Seller::new(browser("127.0.0.1"), browser("localhost"), "first_shop_bot");
        seller.go_through_the_wizard().await;
        let shop = handle.state.store.ids().await.expect("shops").remove(0);
        let db = handle.state.store.open(shop).await.expect("the shop's data");
        let webhooks = Arc::new(Webhooks {
            client: reqwest::Client::builder().no_proxy().build().expect("a client"),
            servers: addresses,
            next: AtomicUsize::new(0),
            acknowledged: Mutex::default(),
        });
        let world = Self { handle, db, webhooks, settings };
        world.tell_the_servers().await;
        (world, children)
    }

    pub fn state(&self) -> &AppState {
        &self.handle.state
    }

    pub fn sandbox(&self) -> &Sandbox {
        self.state().sandbox.as_ref().expect("the emulators")
    }

    /// The same server once more.
    pub async fn restart(&self, database: &Database, server: usize) -> Child {
        start(database, self.handle.address, self.webhooks.servers[server], self.settings).await
    }

    /// What servers have said that they have.
    pub fn acknowledged(&self) -> Vec<String> {
        self.webhooks.acknowledged.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub async fn stop(self) {
        self.handle.stop().await.expect("the server stops");
    }

    /// By way of this process, which notes what was acknowledged.
    async fn tell_the_servers(&self) {
        let app = Router::new().fallback(bring).with_state(self.webhooks.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, app).await });
        let provider = self.state().providers.find("test").expect("a provider").clone();
        let tx = self.db.read().await.expect("a transaction");
        let account = providers::account(&tx, &provider).await.expect("an answer").expect("an account");
        drop(tx);
        let url = format!("http://{address}/pay/{}/test", self.db.tenant());
        self.sandbox().card.open_account(Account {
            shop: self.db.tenant().to_string(),
            id: account.account_id,
            key: account.api_key.expose_secret().to_owned(),
            secret: account.webhook_secret.expose_secret().to_owned(),
            webhook_url: url.parse().expect("an address"),
            clock: Arc::new(self.db.clock().clone()),
        });
    }
}

fn without_work(database: &Database) -> Config {
    let listen = Some(([127, 0, 0, 1], 0).into());
    let overrides = Overrides { file: None, listen, data: Some(database.data()) };
    let off =
        ["BOTYARD__ROLES__BOTS", "BOTYARD__ROLES__JOBS"].map(|name| (name.to_owned(), "false".to_owned()));
    Config::load_from(&overrides, database.settings().into_iter().chain(off)).expect("settings")
}

async fn start(database: &Database, emulators: SocketAddr, address: SocketAddr, settings: Settings) -> Child {
    let mut command = child::command(database, &["sandbox", "--listen", &address.to_string()]);
    command.env("BOTYARD__SANDBOX__EMULATORS", format!("http://{emulators}/"));
    command.envs(settings.iter().copied());
    Child::spawn(command, address).await
}

/// Hands a webhook on. A server that is dead or frozen has not taken it.
async fn bring(
    State(way): State<Arc<Webhooks>>,
    uri: axum::http::Uri,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let server = way.servers[way.next.fetch_add(1, Ordering::Relaxed) % way.servers.len()];
    let request = way.client.post(format!("http://{server}{}", uri.path())).timeout(Duration::from_secs(5));
    let signature = headers.get("x-card-signature").cloned().unwrap_or_else(|| "".parse().expect("a header"));
    let Ok(answer) = request.header("x-card-signature", signature).body(body.clone()).send().await else {
        return StatusCode::BAD_GATEWAY;
    };
    if answer.status().is_success() {
        let event: serde_json::Value = serde_json::from_slice(&body).expect("an event");
        let id = event["id"].as_str().expect("an id").to_owned();
        way.acknowledged.lock().unwrap_or_else(PoisonError::into_inner).push(id);
    }
    answer.status()
}
