//! A live shop on a real server in this process, with everything of it at hand.

use std::time::Duration;

use domain::{
    clock::Clock as _,
    db::{Conn as _, MasterDb, TenantDb},
    entities::tenant::{
        grant, job,
        order::{self, OrderState},
    },
    ids::{OrderId, PlanId},
    jobs::{Job as _, open_jobs},
    money::Currency,
    platform::{
        anchor,
        billing::{poll::PollCheckout, verify::platform},
    },
    shop::{
        ledger::{nightly::CheckMoney, verify},
        notification::jobs::{RemindUsers, SendNotice},
        panel::jobs::SyncPanel,
        payment::{
            Providers,
            import::ImportPayments,
            jobs::PollPayment,
            method::{self, Typed},
        },
        renewal::jobs::RenewSubscriptions,
    },
};
use sea_orm::EntityTrait as _;
use server::sandbox::{accounts, marzban::User, store::Sandbox};

use super::{Chat, Database, Seller, TestServer};

/// The providers, and the accounts that shops make up at them. The account at the bank of the sandbox is
/// there from the beginning.
pub const GATEWAYS: [(&str, &str); 5] = [
    ("test", ""),
    ("yookassa", "100001"),
    ("wata", "0f6c1c52-7a3e-4b8e-9d53-2f1f6f0a9e11"),
    ("cryptopay", "4711"),
    ("stripe", ""),
];

/// A server, its seller and their live shop.
pub struct Flow {
    pub server: TestServer,
    pub seller: Seller,
    pub overview: String,
    pub db: TenantDb,
}

impl Flow {
    /// A shop that went live through the wizard.
    pub async fn live(database: &Database) -> Self {
        let server = TestServer::on(database).await;
        let (seller, overview, db) = another(&server, "first_shop_bot").await;
        Self { server, seller, overview, db }
    }

    pub fn sandbox(&self) -> &Sandbox {
        self.server.state().sandbox.as_ref().expect("a sandbox")
    }

    pub fn chat(&self) -> Chat<'_> {
        Chat::new(&self.seller.browser, &self.overview)
    }

    /// The accounts on the shop's panel.
    pub fn accounts(&self) -> Vec<User> {
        self.sandbox().marzban.users(&self.db.tenant().to_string())
    }

    pub async fn orders(&self) -> Vec<order::Model> {
        let tx = self.db.read().await.expect("a transaction");
        order::Entity::find().all(tx.raw()).await.expect("orders")
    }

    pub async fn order(&self, id: OrderId) -> order::Model {
        self.orders().await.into_iter().find(|order| order.id == id).expect("the order")
    }

    pub async fn becomes(&self, id: OrderId, state: OrderState) {
        until(&format!("{state:?}"), async || self.order(id).await.state == state).await;
    }

    /// Gives the shop an account at this provider.
    pub async fn connect(&self, provider: &str, account: &str, key: &str) {
        connect(&self.server, &self.db, provider, account, key).await;
    }

    /// Switches this way to pay on, whose account nobody types.
    pub async fn switch_on(&self, provider: &str, prices: Vec<(PlanId, Currency, Option<i64>)>) {
        let way = self.server.state().providers.way(provider).expect("a way to pay");
        let tx = self.db.write().await.expect("a transaction");
        method::save(&tx, way, &Typed { prices, ..Typed::default() }).await.expect("a method");
        method::switch(&tx, provider, true).await.expect("a method");
        tx.commit().await.expect("a commit");
    }

    /// Tells the shop this in the provider's place; gives the status.
    pub async fn told(&self, provider: &str, body: &str) -> u16 {
        self.told_with(provider, body, None).await
    }

    /// As [`Self::told`], with a header that signs it.
    pub async fn told_with(&self, provider: &str, body: &str, signature: Option<(&str, &str)>) -> u16 {
        let url = format!("http://{}/pay/{}/{provider}", self.server.address(), self.db.tenant());
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let mut request = client.post(url).body(body.to_owned());
        if let Some((header, signature)) = signature {
            request = request.header(header, signature);
        }
        request.send().await.expect("an answer").status().as_u16()
    }

    pub async fn grants_of(&self, order: OrderId) -> usize {
        let tx = self.db.read().await.expect("a transaction");
        let grants = grant::Entity::find().all(tx.raw()).await.expect("grants");
        grants.iter().filter(|grant| grant.order_id == Some(order)).count()
    }

    /// Moves the clock and waits until what is in hand then is done: leases end by this clock, and a
    /// machine under load needs longer for a job than a test lets pass.
    pub async fn advance(&self, by: chrono::Duration) {
        self.nothing_in_hand().await;
        self.server.clock.advance(by);
        tokio::time::sleep(Duration::from_millis(100)).await;
        self.nothing_in_hand().await;
    }

    /// Lets time pass unless something is due that nobody has taken up yet: on a machine under load the
    /// clock would be far ahead of the work.
    pub async fn pass(&self, by: chrono::Duration) {
        if !self.has_due().await {
            self.advance(by).await;
        }
    }

    /// Waits until all that is due was taken up and is done: what is under way when the outside changes
    /// may still meet it as it was, and tries again much later.
    pub async fn rests(&self) {
        until("nothing is due", async || !self.has_due().await).await;
        self.nothing_in_hand().await;
    }

    async fn has_due(&self) -> bool {
        let tx = self.db.read().await.expect("a transaction");
        let open = open_jobs(&tx).await.expect("jobs");
        open.iter().any(|job| job.run_at <= self.db.clock().now())
    }

    async fn nothing_in_hand(&self) {
        until("what is in hand is done", async || {
            let tx = self.db.read().await.expect("a transaction");
            let shop = open_jobs(&tx).await.expect("jobs");
            drop(tx);
            let platform = open_jobs(self.server.state().master()).await.expect("jobs");
            !shop.iter().chain(&platform).any(|job| job.state == job::JobState::Running)
        })
        .await;
    }

    /// Waits until no job is left but the looks at payments that lie in the future.
    pub async fn drained(&self) {
        drained(self.server.state().master(), &self.db).await;
    }

    /// Nothing left to do, every invariant holds, and the server stops.
    pub async fn end(self) {
        self.drained().await;
        verified(self.server.state().master(), &self.db).await;
        self.server.stop().await;
    }
}

/// One more seller with a live shop on the same server.
pub async fn another(server: &TestServer, username: &str) -> (Seller, String, TenantDb) {
    let mut seller = Seller::new(server.browser(), server.browser_at("localhost"), username);
    let before = server.state().store.ids().await.expect("tenants");
    let overview = seller.go_through_the_wizard().await;
    let after = server.state().store.ids().await.expect("tenants");
    let new = after.into_iter().find(|id| !before.contains(id)).expect("a new shop");
    let db = server.state().store.open(new).await.expect("the shop's data");
    (seller, overview, db)
}

/// Gives a shop an account at this provider, as its page does.
pub async fn connect(server: &TestServer, db: &TenantDb, provider: &str, account: &str, key: &str) {
    let state = server.state();
    add_method(&state.providers, db, provider, account, key).await;
    let sandbox = state.sandbox.as_ref().expect("a sandbox");
    accounts::open(sandbox, &state.providers, db).await.expect("an account");
}

/// The shop's side of it: a sandbox that starts later opens the account.
pub async fn add_method(all: &Providers, db: &TenantDb, provider: &str, account: &str, key: &str) {
    let way = all.way(provider).expect("a way to pay");
    let secret = format!("whsec_{key}");
    let typed = [("account_id", account), ("api_key", key), ("webhook_secret", secret.as_str())];
    let account = typed.map(|(name, text)| (name, text.into()));
    let typed = Typed { account: account.into(), ..Typed::default() };
    let tx = db.write().await.expect("a transaction");
    method::save(&tx, way, &typed).await.expect("a method");
    method::switch(&tx, provider, true).await.expect("a method");
    tx.commit().await.expect("a commit");
}

/// The jobs that are left, without the looks at payments and panels and the reminders that lie in the
/// future.
pub async fn work_left(master: &MasterDb, db: &TenantDb) -> Vec<job::Model> {
    let tx = db.read().await.expect("a transaction");
    let shop = open_jobs(&tx).await.expect("jobs");
    drop(tx);
    let platform = open_jobs(master).await.expect("jobs");
    let looks = [
        PollPayment::KIND,
        PollCheckout::KIND,
        SyncPanel::KIND,
        ImportPayments::KIND,
        CheckMoney::KIND,
        RenewSubscriptions::KIND,
        RemindUsers::KIND,
    ];
    let now = db.clock().now();
    let is_planned = |job: &job::Model| job.kind == SendNotice::KIND && job.attempts == 0 && job.run_at > now;
    let is_left = |job: &job::Model| !looks.contains(&job.kind.as_str()) && !is_planned(job);
    shop.into_iter().chain(platform).filter(is_left).collect()
}

pub async fn drained(master: &MasterDb, db: &TenantDb) {
    for _ in 0..1_200 {
        if work_left(master, db).await.is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("not done within a minute: {:?}", work_left(master, db).await);
}

/// Every invariant of the shop and of the platform's books holds.
pub async fn verified(master: &MasterDb, db: &TenantDb) {
    let tx = db.read().await.expect("a transaction");
    assert_eq!(verify::shop(&tx).await.expect("an answer"), []);
    drop(tx);
    assert_eq!(anchor::check(master, db).await.expect("an answer"), []);
    assert_eq!(platform(master).await.expect("an answer"), []);
}

/// Waits for what happens in the background; a machine under load takes its time.
pub async fn until(what: &str, holds: impl AsyncFn() -> bool) {
    for _ in 0..1_200 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("not within a minute: {what}");
}
