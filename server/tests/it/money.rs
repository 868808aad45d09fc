//! Money that nobody told of is found, and the books are checked by themselves.

use std::process::Stdio;

use chrono::Duration;
use domain::{
    clock::Clock as _,
    db::Conn as _,
    entities::tenant::payment_inbox::{self, InboxKind},
    ids::OrderId,
    money::{Currency, Money},
    ports::NewPayment,
    shop::{ledger::nightly, payment::providers},
};
use sea_orm::EntityTrait as _;
use server::sandbox::hosted::HostedPayments as _;

use crate::support::{Database, Flow, child, until};

/// The account's owner takes money by it elsewhere.
async fn paid_elsewhere(flow: &Flow) -> String {
    let provider = flow.server.state().providers.find("test").unwrap();
    let tx = flow.db.read().await.unwrap();
    let account = providers::account(&tx, provider).await.unwrap().unwrap();
    drop(tx);
    let payment = NewPayment {
        tenant: flow.db.tenant(),
        order: OrderId::new(),
        amount: Money::new(12_300, Currency::Rub),
        description: "A lamp".into(),
        return_url: "https://lamps.example/".parse().unwrap(),
        expires_at: flow.server.clock.now() + Duration::hours(1),
        keeps_method: false,
        repeats_every: None,
    };
    let created = provider.gateway.create(&account, &payment).await.unwrap();
    flow.sandbox().card.pay(&created.provider_payment_id).await.unwrap();
    created.provider_payment_id
}

async fn set_aside(flow: &Flow) -> usize {
    let tx = flow.db.read().await.unwrap();
    let rows = payment_inbox::Entity::find().all(tx.raw()).await.unwrap();
    rows.iter().filter(|row| row.kind == InboxKind::Import).count()
}

/// What a command says beside the server; off the test's thread, which answers it.
async fn said(flow: &Flow, database: &Database, words: &[&str]) -> String {
    let mut command = child::command(database, words);
    command.env("BOTYARD__SERVER__LISTEN", flow.server.address().to_string()).stdout(Stdio::piped());
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    assert!(output.status.success(), "{words:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_payment_of_no_order_and_the_nightly_check_are_shown_to_owner_and_operator() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let orders = format!("{}/orders", flow.overview);
        let payment = paid_elsewhere(&flow).await;
        until("the payment is set aside", async || {
            flow.advance(Duration::minutes(20)).await;
            set_aside(&flow).await == 1
        })
        .await;
        let page = flow.seller.browser.get(&orders).await;
        assert!(page.shows("no order asked for") && page.shows(&payment), "{}", page.body);
        assert!(!page.shows("Books checked"), "nothing was checked yet");

        until("the books are checked", async || {
            flow.advance(Duration::minutes(20)).await;
            nightly::last(&flow.db.read().await.unwrap()).await.unwrap().is_some()
        })
        .await;
        let page = flow.seller.browser.get(&orders).await;
        assert!(page.shows("everything adds up, here and at"), "{}", page.body);
        assert_eq!(set_aside(&flow).await, 1, "{}: once, however often it is listed", database.name());

        let inbox = said(&flow, &database, &["admin", "inbox"]).await;
        assert!(inbox.contains("unknown payment") && inbox.contains(&payment), "{inbox}");
        let last = said(&flow, &database, &["admin", "verify-money", "--last"]).await;
        assert!(
            last.contains("platform  checked 20") && last.contains("1 shops checked, 0 breaches"),
            "{last}"
        );
        let online = said(&flow, &database, &["admin", "verify-money", "--online"]).await;
        assert!(online.contains("1 shops checked, 0 breaches") && !online.contains("not asked"), "{online}");
        flow.end().await;
    }
}
