//! Renewing by itself through the real server: a card that YooKassa keeps, the hourly round, and what the
//! user is told.

use chrono::Duration;
use domain::{
    clock::Clock as _,
    db::Conn as _,
    entities::tenant::{notification, order, order::OrderState, renewal, subscription},
    shop::{
        renewal::{agreement, saved},
        subscription::service as subscriptions,
    },
};
use sea_orm::EntityTrait as _;
use server::sandbox::{hosted::HostedPayments as _, yookassa::YooKassaEmulator};

use crate::support::{Database, Flow, until};

/// A live shop with an account at YooKassa, and somebody who bought a month there and agreed to go on.
async fn with_member(database: &Database) -> (Flow, order::Model) {
    let flow = Box::pin(Flow::live(database)).await;
    flow.connect("yookassa", "100001", "test_secret").await;
    let chat = flow.chat();
    chat.reach_the_menu().await;
    chat.choose_a_month().await;
    chat.press("bot-renew-summary-btn-on").await;
    until("it says what will be charged", async || chat.text().await.contains("a day before each end")).await;
    chat.press("bot-pay-summary-btn-pay").await;
    chat.press("bot-pay-methods-btn-yookassa").await;
    chat.link("bot-pay-open-btn-pay").await;
    let order = flow.orders().await.remove(0);
    emulator(&flow).pay(order.provider_payment_id.as_deref().unwrap()).await.unwrap();
    flow.becomes(order.id, OrderState::Provisioned).await;
    until("the card is kept", async || has_card(&flow, &order).await).await;
    (flow, order)
}

fn emulator(flow: &Flow) -> YooKassaEmulator {
    flow.sandbox().yookassa.clone()
}

async fn has_card(flow: &Flow, order: &order::Model) -> bool {
    let tx = flow.db.read().await.unwrap();
    saved::of_user(&tx, order.user_id).await.unwrap().is_some()
}

async fn access(flow: &Flow, order: &order::Model) -> subscription::Model {
    let tx = flow.db.read().await.unwrap();
    subscriptions::current_of(&tx, order.user_id).await.unwrap().unwrap()
}

/// So long before the end; the rounds go on from there.
async fn before_the_end(flow: &Flow, order: &order::Model, left: Duration) {
    let end = access(flow, order).await.target_expire;
    flow.advance(end - left - flow.server.clock.now()).await;
}

/// The tries that were made for the present end.
async fn tries(flow: &Flow) -> i32 {
    let tx = flow.db.read().await.unwrap();
    let rows = renewal::Entity::find().all(tx.raw()).await.unwrap();
    rows.iter().map(|row| row.tries).sum()
}

async fn told(flow: &Flow, kind: &str) -> usize {
    let tx = flow.db.read().await.unwrap();
    let rows = notification::Entity::find().all(tx.raw()).await.unwrap();
    rows.iter().filter(|row| row.notice["kind"] == kind).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kept_card_renews_in_the_last_day_by_the_hourly_round() {
    for database in Database::all() {
        let (flow, first) = with_member(&database).await;
        let end = access(&flow, &first).await.target_expire;
        before_the_end(&flow, &first, Duration::hours(26)).await;
        until("it is renewed", async || {
            flow.advance(Duration::minutes(20)).await;
            let orders = flow.orders().await;
            orders.len() == 2 && orders.iter().all(|order| order.state == OrderState::Provisioned)
        })
        .await;
        let now = flow.server.clock.now();
        assert!(end - now <= Duration::hours(24), "not earlier than was said: {}", end - now);
        let second = flow.orders().await.into_iter().find(|order| order.id != first.id).unwrap();
        assert_eq!((second.provider.as_str(), second.pay_url), ("yookassa", None));
        assert_eq!(access(&flow, &first).await.target_expire, end + Duration::days(30));
        // The rounds of the day do no more.
        for _ in 0..6 {
            flow.advance(Duration::hours(1)).await;
        }
        assert_eq!((flow.orders().await.len(), tries(&flow).await), (2, 1), "{}", database.name());
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_withdrawn_card_is_forgotten_and_the_user_is_told_once() {
    for database in Database::all() {
        let (flow, first) = with_member(&database).await;
        emulator(&flow).change_methods("100001", |method| method.refuses = Some("permission_revoked".into()));
        before_the_end(&flow, &first, Duration::hours(24)).await;
        until("it was tried", async || {
            flow.advance(Duration::minutes(20)).await;
            tries(&flow).await == 1 && !has_card(&flow, &first).await
        })
        .await;
        let failed = flow.orders().await.into_iter().find(|order| order.id != first.id).unwrap();
        assert_eq!(failed.state, OrderState::Failed, "{}", database.name());
        before_the_end(&flow, &first, Duration::hours(6)).await;
        until("and once more, with nothing to charge", async || {
            flow.advance(Duration::minutes(20)).await;
            tries(&flow).await == 2
        })
        .await;
        assert_eq!(told(&flow, "renewal_failed").await, 1);
        assert_eq!(
            (told(&flow, "saved_method_withdrawn").await, told(&flow, "payment_failed").await),
            (1, 0)
        );
        let tx = flow.db.read().await.unwrap();
        assert!(agreement::of_user(&tx, first.user_id).await.unwrap().is_some(), "it is still wanted");
        drop(tx);
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_switched_off_and_the_card_is_forgotten_in_the_profile() {
    let (flow, first) = with_member(&Database::sqlite()).await;
    let chat = flow.chat();
    chat.say("/my").await;
    chat.press("bot-profile-btn-renewal-on").await;
    until("it says what pays", async || chat.text().await.contains("*4444 pays")).await;
    chat.press("bot-renew-btn-off").await;
    until("it is off", async || chat.text().await.contains("nothing is charged.")).await;
    chat.press("bot-renew-btn-forget").await;
    chat.press("bot-renew-btn-forget-yes").await;
    until("the card is forgotten", async || !has_card(&flow, &first).await).await;
    until("nothing would pay", async || chat.text().await.contains("no card is saved")).await;
    before_the_end(&flow, &first, Duration::hours(24)).await;
    for _ in 0..4 {
        flow.advance(Duration::minutes(40)).await;
    }
    assert_eq!((flow.orders().await.len(), tries(&flow).await), (1, 0));
    flow.end().await;
}
