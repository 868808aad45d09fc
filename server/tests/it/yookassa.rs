//! A shop that sells by YooKassa, whose webhooks nobody signs.

use chrono::Duration;
use domain::{
    entities::tenant::order::{self, OrderState},
    ports::Refunds,
    shop::{
        refund::service::{self as refunds, NewRefund},
        subscription::service as subscriptions,
    },
};
use serde_json::json;
use server::sandbox::{hosted::HostedPayments as _, yookassa::YooKassaEmulator};

use crate::support::{Database, Flow, bank, flow, until};

/// A live shop with an account at YooKassa.
async fn selling(database: &Database) -> Flow {
    let flow = Flow::live(database).await;
    flow.connect("yookassa", "100001", "test_secret").await;
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

async fn told(flow: &Flow, body: &serde_json::Value) -> u16 {
    flow.told("yookassa", &body.to_string()).await
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
        flow.becomes(twice.id, OrderState::Provisioned).await;

        let (never, payment) = ordered(&flow, 900_002).await;
        page(never.pay_url.as_deref().unwrap(), "never").await;
        flow.drained().await;
        assert_eq!(flow.order(never.id).await.state, OrderState::Pending, "on {}", database.name());
        flow.server.clock.advance(Duration::minutes(2));
        flow.becomes(never.id, OrderState::Provisioned).await;
        assert_eq!((flow.grants_of(twice.id).await, flow.grants_of(never.id).await), (1, 1));
        assert!(emulator(&flow).pay(&payment).await.is_err(), "it cannot be paid again");

        let (declined, _) = ordered(&flow, 900_003).await;
        emulator(&flow).decline(declined.provider_payment_id.as_deref().unwrap()).unwrap();
        flow.becomes(declined.id, OrderState::Failed).await;
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_takes_the_days_back() {
    for database in Database::all() {
        let flow = selling(&database).await;
        let (order, payment) = ordered(&flow, 900_001).await;
        emulator(&flow).pay(&payment).await.unwrap();
        flow.becomes(order.id, OrderState::Provisioned).await;
        for minor in [order.amount_minor / 2, order.amount_minor - order.amount_minor / 2] {
            let tx = flow.db.write().await.unwrap();
            let new =
                NewRefund { order: order.id, minor, reason: "asked nicely", requested_by: "owner".into() };
            refunds::request(&tx, Refunds::Partial, new).await.unwrap();
            tx.commit().await.unwrap();
            flow.drained().await;
        }
        flow.becomes(order.id, OrderState::Refunded).await;
        assert_eq!(emulator(&flow).refunds(&payment).len(), 2);
        let tx = flow.db.read().await.unwrap();
        let access = subscriptions::current_of(&tx, order.user_id).await.unwrap().unwrap();
        drop(tx);
        let left = access.target_expire - flow.order(order.id).await.created_at;
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
        assert_eq!(flow.order(order.id).await.state, OrderState::Pending, "on {}", database.name());
        assert_eq!(flow.grants_of(order.id).await, 0);

        emulator(&flow).pay(&payment).await.unwrap();
        flow.becomes(order.id, OrderState::Provisioned).await;
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
    flow.becomes(order.id, OrderState::Provisioned).await;
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
