//! A shop that sells by YooKassa, whose webhooks nobody signs.

use chrono::Duration;
use domain::{
    db::{Conn as _, TenantConn as _},
    entities::tenant::{
        order::{self, OrderState},
        payment_method,
    },
    ids::RowId,
    ports::Refunds,
    shop::{
        payment::providers::place,
        refund::service::{self as refunds, NewRefund},
        subscription::service as subscriptions,
    },
};
use sea_orm::{ActiveValue::Set, EntityTrait as _};
use secrecy::SecretString;
use serde_json::json;
use server::sandbox::{accounts, hosted::HostedPayments as _, yookassa::YooKassaEmulator};

use crate::support::{Database, Flow, bank, flow, until};

const SHOP: &str = "100001";

/// A live shop with an account at YooKassa.
async fn selling(database: &Database) -> Flow {
    let flow = Flow::live(database).await;
    let (id, tx) = (RowId::new(), flow.db.write().await.unwrap());
    let seal = |column, text: &str| {
        tx.sealer().seal(place(column, id.0), &SecretString::from(text.to_owned())).unwrap()
    };
    let row = payment_method::ActiveModel {
        id: Set(id),
        provider: Set("yookassa".into()),
        enabled: Set(true),
        position: Set(2),
        account_id: Set(SHOP.into()),
        sealed_api_key: Set(seal("sealed_api_key", "test_secret")),
        sealed_webhook_secret: Set(seal("sealed_webhook_secret", "")),
        settings: Set(json!({})),
        labels: Set(json!({})),
        min_minor: Set(None),
        max_minor: Set(None),
        created_at: Set(tx.now()),
    };
    payment_method::Entity::insert(row).exec_without_returning(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
    accounts::open(flow.sandbox(), &flow.server.state().providers, &flow.db).await.unwrap();
    flow
}

fn emulator(flow: &Flow) -> YooKassaEmulator {
    flow.sandbox().yookassa.clone()
}

async fn ordered(flow: &Flow, telegram_id: i64) -> (order::Model, String) {
    let order = bank::order_by(flow.server.state(), &flow.db, telegram_id, "yookassa").await;
    let payment = order.provider_payment_id.clone().unwrap();
    (order, payment)
}

async fn find(flow: &Flow, wanted: &order::Model) -> order::Model {
    flow.orders().await.into_iter().find(|order| order.id == wanted.id).unwrap()
}

async fn becomes(flow: &Flow, order: &order::Model, state: OrderState) {
    until(&format!("{state:?}"), async || find(flow, order).await.state == state).await;
}

async fn told(flow: &Flow, body: &serde_json::Value) -> u16 {
    let url = format!("http://{}/pay/{}/yookassa", flow.server.address(), flow.db.tenant());
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    client.post(url).body(body.to_string()).send().await.unwrap().status().as_u16()
}

fn paid_notification(payment: &str) -> serde_json::Value {
    json!({
        "type": "notification",
        "event": "payment.succeeded",
        "object": { "id": payment, "status": "succeeded", "paid": true },
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_is_sold_once_whether_the_webhook_comes_twice_or_never() {
    for database in Database::all() {
        let flow = selling(&database).await;
        let page = async |link: &str, webhook| flow.seller.pay_by_card(link, webhook).await;
        let (twice, _) = ordered(&flow, 900_001).await;
        page(twice.pay_url.as_deref().unwrap(), "twice").await;
        becomes(&flow, &twice, OrderState::Provisioned).await;

        let (never, payment) = ordered(&flow, 900_002).await;
        page(never.pay_url.as_deref().unwrap(), "never").await;
        flow.drained().await;
        assert_eq!(find(&flow, &never).await.state, OrderState::Pending, "on {}", database.name());
        flow.server.clock.advance(Duration::minutes(2));
        becomes(&flow, &never, OrderState::Provisioned).await;
        assert_eq!((flow.grants_of(twice.id).await, flow.grants_of(never.id).await), (1, 1));
        assert!(emulator(&flow).pay(&payment).await.is_err(), "it cannot be paid again");

        let (declined, _) = ordered(&flow, 900_003).await;
        emulator(&flow).decline(declined.provider_payment_id.as_deref().unwrap()).unwrap();
        becomes(&flow, &declined, OrderState::Failed).await;
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_takes_the_days_back() {
    for database in Database::all() {
        let flow = selling(&database).await;
        let (order, payment) = ordered(&flow, 900_001).await;
        emulator(&flow).pay(&payment).await.unwrap();
        becomes(&flow, &order, OrderState::Provisioned).await;
        for minor in [order.amount_minor / 2, order.amount_minor - order.amount_minor / 2] {
            let tx = flow.db.write().await.unwrap();
            let new =
                NewRefund { order: order.id, minor, reason: "asked nicely", requested_by: "owner".into() };
            refunds::request(&tx, Refunds::Partial, new).await.unwrap();
            tx.commit().await.unwrap();
            flow.drained().await;
        }
        becomes(&flow, &order, OrderState::Refunded).await;
        assert_eq!(emulator(&flow).refunds(&payment).len(), 2);
        let tx = flow.db.read().await.unwrap();
        let access = subscriptions::current_of(&tx, order.user_id).await.unwrap().unwrap();
        drop(tx);
        let left = access.target_expire - find(&flow, &order).await.created_at;
        assert!(left < Duration::hours(1), "{left} on {}", database.name());
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invented_webhook_gives_nothing_and_does_not_hide_the_true_one() {
    for database in Database::all() {
        let flow = selling(&database).await;
        let (order, payment) = ordered(&flow, 900_001).await;
        assert_eq!(told(&flow, &json!({ "object": payment })).await, 400);
        // Another shop's payment, for which this shop's key reads nothing.
        let foreign = "22e12f66-000f-5000-8000-18db351245c7";
        assert_eq!(told(&flow, &paid_notification(foreign)).await, 200);
        // The true payment, before anybody has paid.
        assert_eq!(told(&flow, &paid_notification(&payment)).await, 200);
        until("nobody looks any more", async || {
            flow.server.clock.advance(Duration::seconds(6));
            flow::work_left(flow.server.state().master(), &flow.db).await.is_empty()
        })
        .await;
        assert_eq!(find(&flow, &order).await.state, OrderState::Pending, "on {}", database.name());
        assert_eq!(flow.grants_of(order.id).await, 0);

        emulator(&flow).pay(&payment).await.unwrap();
        becomes(&flow, &order, OrderState::Provisioned).await;
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_invented_webhooks_is_cut_off_and_the_true_ones_still_come() {
    let flow = selling(&Database::sqlite()).await;
    let (order, payment) = ordered(&flow, 900_001).await;
    let mut answers = Vec::new();
    for number in 0..210 {
        let invented = format!("22e12f66-000f-5000-8000-{number:012}");
        answers.push(told(&flow, &paid_notification(&invented)).await);
    }
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 200);
    assert_eq!(answers.last(), Some(&429));
    emulator(&flow).pay(&payment).await.unwrap();
    becomes(&flow, &order, OrderState::Provisioned).await;
    flow.end().await;
}

#[tokio::test]
async fn the_payers_page_works_without_scripts_in_every_language() {
    let flow = selling(&Database::sqlite()).await;
    let (order, payment) = ordered(&flow, 900_001).await;
    let path = format!("/sandbox/pay/yookassa/{payment}");
    assert!(order.pay_url.unwrap().ends_with(&path));
    let browser = flow.server.browser_at("localhost");
    for (language, text) in
        [("en", "imitates a payment provider"), ("fa", "درگاه پرداخت"), ("ru", "платёжный сервис")]
    {
        let page = browser.get_in(&path, language).await;
        assert!(page.status == 200 && page.shows(text), "{}", page.body);
    }
    assert_eq!(browser.get("/sandbox/pay/yookassa/none").await.status, 404);
    assert_eq!(browser.get(&format!("/sandbox/pay/test/{payment}")).await.status, 404);
    let rules = || flow.sandbox().yookassa.knobs().rules();
    let left = browser.post(&path, &[("act", "close")]).await;
    assert!(browser.follow(left).await.shows("formnovalidate"), "it is still open");
    let declined = browser.post(&path, &[("act", "decline")]).await;
    assert!(browser.follow(declined).await.shows("declined"));
    for over in [path, "/sandbox/pay/yookassa/none".to_owned()] {
        browser.post(&over, &[("act", "pay"), ("webhook", "never")]).await;
        assert!(rules().is_empty(), "nothing waits for the next payer: {:?}", rules());
    }
    flow.end().await;
}
