//! What every provider of shops has to withstand, each by its emulator: copies, lost answers, forgeries,
//! and money that goes back out of turn.

mod forged;
mod lost;
mod refunds;
mod storm;

use std::sync::{Arc, Mutex};

use axum::{Router, body::Bytes, extract::State, http::HeaderMap};
use domain::{
    db::TenantDb,
    entities::tenant::order,
    ports::GatewayAccount,
    shop::payment::{Provider, providers},
};
use secrecy::ExposeSecret as _;
use server::sandbox::{desk::Account, hosted::HostedPayments};

use crate::support::{Database, Flow, bank, flow::GATEWAYS};

/// A live shop that takes all of them.
async fn selling(database: &Database) -> Flow {
    let flow = Flow::live(database).await;
    for (provider, account) in GATEWAYS.into_iter().filter(|(provider, _)| *provider != "test") {
        flow.connect(provider, account, "key_of_the_shop").await;
    }
    flow
}

/// One of them, seen from a shop.
struct Gateway {
    name: &'static str,
    provider: Provider,
    account: GatewayAccount,
    pages: Arc<dyn HostedPayments>,
}

impl Gateway {
    async fn of(flow: &Flow, db: &TenantDb, name: &'static str) -> Self {
        let provider = flow.server.state().providers.find(name).expect("a provider").clone();
        let tx = db.read().await.expect("a transaction");
        let account = providers::account(&tx, &provider).await.expect("an answer").expect("an account");
        let pages = flow.sandbox().payments().into_iter().find(|pages| pages.provider() == name);
        Self { name, provider, account, pages: pages.expect("an emulator") }
    }

    async fn all(flow: &Flow) -> Vec<Self> {
        let mut all = Vec::new();
        for (name, _) in GATEWAYS {
            all.push(Self::of(flow, &flow.db, name).await);
        }
        all
    }

    async fn order(&self, flow: &Flow, person: i64) -> order::Model {
        bank::order_by(flow.server.state(), &flow.db, person, self.name).await
    }

    async fn pay(&self, order: &order::Model) {
        self.pages.pay(page_of(order)).await.expect("a payment");
    }

    /// What becomes of the next webhook that tells of a payment.
    fn lose_webhooks(&self, count: u32) {
        self.pages.knobs().lose_next(self.pages.paid_event(), count);
    }

    /// Has the provider tell somebody else, who keeps what is told.
    async fn overhear(&self, db: &TenantDb) -> Ear {
        let ear = Ear::listening().await;
        self.tell(db, ear.url.clone());
        ear
    }

    fn tell(&self, db: &TenantDb, webhook_url: url::Url) {
        self.pages.open_account(Account {
            shop: db.tenant().to_string(),
            id: self.account.account_id.clone(),
            key: self.account.api_key.expose_secret().to_owned(),
            secret: self.account.webhook_secret.expose_secret().to_owned(),
            webhook_url,
            clock: Arc::new(db.clock().clone()),
        });
    }
}

/// What stands last in the payer's address.
fn page_of(order: &order::Model) -> &str {
    order.pay_url.as_deref().and_then(|url| url.rsplit('/').next()).expect("a page")
}

/// A webhook as it came.
#[derive(Clone, Debug)]
struct Told {
    headers: HeaderMap,
    body: Bytes,
}

impl Told {
    /// Brings it to a shop; gives the status.
    async fn bring(&self, flow: &Flow, db: &TenantDb, provider: &str) -> u16 {
        let url = format!("http://{}/pay/{}/{provider}", flow.server.address(), db.tenant());
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let mut request = client.post(url).body(self.body.clone());
        for (name, value) in &self.headers {
            let is_of_the_way = matches!(name.as_str(), "host" | "content-length" | "accept");
            if !is_of_the_way {
                request = request.header(name, value);
            }
        }
        request.send().await.expect("an answer").status().as_u16()
    }
}

/// Takes webhooks in a shop's place.
struct Ear {
    url: url::Url,
    told: Arc<Mutex<Vec<Told>>>,
}

impl Ear {
    async fn listening() -> Self {
        let told = Arc::new(Mutex::new(Vec::new()));
        let keep = async |State(told): State<Arc<Mutex<Vec<Told>>>>, headers: HeaderMap, body: Bytes| {
            told.lock().expect("the list").push(Told { headers, body });
        };
        let app = Router::new().fallback(keep).with_state(told.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { url: format!("http://{address}/").parse().expect("an address"), told }
    }

    /// What was told of payments that were made. Wata asks before each whether it may be.
    fn told(&self) -> Vec<Told> {
        let all = self.told.lock().expect("the list").clone();
        let is_a_question = |told: &Told| String::from_utf8_lossy(&told.body).contains("\"Created\"");
        all.into_iter().filter(|told| !is_a_question(told)).collect()
    }
}
