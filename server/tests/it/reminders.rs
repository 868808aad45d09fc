//! Reminders through the real server: the hourly round, the shop's hours, and what the user chooses.

use chrono::Duration;
use domain::{
    clock::Clock as _,
    db::Conn as _,
    entities::tenant::{
        notification::{self, NotificationState},
        order::OrderState,
        subscription,
    },
    shop::{
        notification::{choices, hours::Hours, kind::NoticeKind},
        subscription::service as subscriptions,
    },
};
use sea_orm::EntityTrait as _;

use crate::support::{Chat, Database, Flow, until};

/// A live shop and somebody who bought a month.
async fn with_member(database: &Database) -> Flow {
    let flow = Flow::live(database).await;
    let chat = flow.chat();
    chat.reach_the_menu().await;
    let page = chat.order_a_month().await;
    flow.seller.pay_by_card(&page, "at_once").await;
    let order = flow.orders().await.remove(0);
    flow.becomes(order.id, OrderState::Provisioned).await;
    flow.drained().await;
    flow
}

async fn access(flow: &Flow) -> subscription::Model {
    let order = flow.orders().await.remove(0);
    let tx = flow.db.read().await.unwrap();
    subscriptions::current_of(&tx, order.user_id).await.unwrap().unwrap()
}

/// Moves the shop's clock as the sandbox does; the seller stays signed in.
async fn before_the_end(flow: &Flow, left: Duration) {
    let by = access(flow).await.target_expire - left - flow.db.clock().now();
    flow.server.state().store.move_clock(flow.db.tenant(), by).await.unwrap();
    flow.drained().await;
}

/// Half an hour after half an hour, with the rounds in between, until the chat says so.
async fn hours_until(flow: &Flow, words: &str) {
    let chat = flow.chat();
    until(words, async || {
        flow.advance(Duration::minutes(30)).await;
        chat.text().await.contains(words)
    })
    .await;
}

async fn reminders(flow: &Flow) -> Vec<(String, NotificationState)> {
    let tx = flow.db.read().await.unwrap();
    let rows = notification::Entity::find().all(tx.raw()).await.unwrap();
    let reminders = rows.into_iter().filter(|row| row.dedupe_key.starts_with("remind:"));
    reminders.map(|row| (row.dedupe_key.split(':').nth(1).unwrap().to_owned(), row.state)).collect()
}

/// Through the screens, as a user would.
async fn switch_off(chat: &Chat<'_>, name: &str) {
    chat.say("/settings").await;
    chat.press("bot-settings-btn-notices").await;
    until("the kinds", async || chat.text().await.contains("Press one to switch it off")).await;
    chat.press(name).await;
    until("it is off", async || chat.text().await.contains(&format!("▫️ {}", english(name)))).await;
}

fn english(key: &str) -> String {
    domain::locale::plain(domain::locale::Locale::En, key, &domain::args![])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_is_told_three_days_ahead_and_renews_from_the_message() {
    for database in Database::all() {
        let flow = with_member(&database).await;
        let chat = flow.chat();
        before_the_end(&flow, Duration::hours(75)).await;
        hours_until(&flow, "Renew now and the days add up").await;
        assert_eq!(reminders(&flow).await, [("expiring_3d".into(), NotificationState::Sent)]);
        assert_eq!(chat.count("Renew now and the days add up").await, 1, "{}", database.name());
        chat.press("bot-menu-btn-renew").await;
        chat.press("bot-buy-plans-btn-plan").await;
        chat.press("bot-pay-summary-btn-pay").await;
        let page = async || {
            let orders = flow.orders().await;
            orders.into_iter().find(|order| order.state == OrderState::Pending)?.pay_url
        };
        until("its page", async || page().await.is_some()).await;
        flow.seller.pay_by_card(&page().await.unwrap(), "at_once").await;
        until("it is renewed", async || {
            flow.orders().await.iter().filter(|order| order.state == OrderState::Provisioned).count() == 2
        })
        .await;
        let renewed = access(&flow).await.target_expire;
        assert!(renewed - flow.db.clock().now() > Duration::days(30));
        // The old end comes and goes.
        for _ in 0..80 {
            flow.advance(Duration::hours(1)).await;
        }
        assert_eq!(reminders(&flow).await.len(), 1, "{}: the old end is no reason any more", database.name());
        flow.end().await;
    }
}

#[tokio::test]
async fn the_owner_chooses_what_is_told_and_when() {
    let flow = Flow::live(&Database::sqlite()).await;
    let (browser, own) = (&flow.seller.browser, format!("{}/notifications", flow.overview));
    let page = browser.get(&own).await;
    assert!(page.shows("The plan ends soon") && page.shows("10:00"), "{}", page.body);
    let wrong = [("act", "save"), ("from", "soon"), ("until", "20")];
    let page = browser.follow(browser.post(&own, &wrong).await).await;
    assert!(page.shows("from-error"), "{}", page.body);
    let fields = [("act", "save"), ("on", "expired"), ("on", "traffic"), ("from", "9"), ("until", "20")];
    let page = browser.follow(browser.post(&own, &fields).await).await;
    assert!(page.shows("Saved"), "{}", page.body);
    let tx = flow.db.read().await.unwrap();
    let choice = choices::of_shop(&tx).await.unwrap();
    drop(tx);
    assert_eq!(choice.hours, Hours::between(9, 20));
    let on: Vec<_> = NoticeKind::ALL.into_iter().filter(|kind| !choice.off.contains(kind)).collect();
    assert_eq!(on, [NoticeKind::Expired, NoticeKind::Traffic]);
    flow.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_more_of_these_means_none_and_the_end_is_still_told() {
    for database in Database::all() {
        let flow = with_member(&database).await;
        let chat = flow.chat();
        switch_off(&chat, "bot-notices-name-expiring").await;
        chat.press("bot-common-btn-back").await;
        chat.press("bot-settings-btn-quiet").await;
        until("the hours", async || chat.text().await.contains("Quiet hours")).await;
        chat.press("bot-quiet-btn-hours").await;
        until("they are set", async || chat.text().await.contains("Quiet from")).await;
        before_the_end(&flow, Duration::hours(75)).await;
        hours_until(&flow, "Your link is kept").await;
        assert_eq!(
            reminders(&flow).await,
            [("expired".into(), NotificationState::Sent)],
            "{}",
            database.name()
        );
        chat.press("bot-remind-btn-off").await;
        until("the choice", async || chat.text().await.contains("▫️ The plan has ended")).await;
        flow.end().await;
    }
}
