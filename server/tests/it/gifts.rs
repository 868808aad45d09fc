//! Gifts: one person pays, another follows the link and has access.

use domain::{
    clock::Clock as _,
    entities::tenant::order::{self, OrderState},
    shop::{
        gift::service as gifts, plan::service as plans, subscription::service as subscriptions,
        user::service as users,
    },
};
use server::sandbox::hosted::HostedPayments as _;

use crate::support::{Chat, Database, Flow, Guest, guest::plain, until};

/// Who holds the phone of the preview page buys; the others have phones of their own.
const SARA: i64 = 5_000_001;
const NIMA: i64 = 6_000_001;
const LEILA: i64 = 6_000_002;

/// From the plans to the bank's page of a gift; gives its order.
async fn ordered(flow: &Flow, chat: &Chat<'_>) -> order::Model {
    let before: Vec<_> = flow.orders().await.into_iter().map(|order| order.id).collect();
    let new = async || flow.orders().await.into_iter().find(|order| !before.contains(&order.id));
    let asked = chat.count("After paying you get a link").await;
    chat.choose_a_month().await;
    chat.press("bot-gift-btn-buy").await;
    until("the ways to pay", async || {
        chat.count("After paying you get a link").await > asked || new().await.is_some()
    })
    .await;
    // What is told of an earlier order may come below the ways to pay.
    until("its order", async || {
        let is_there = new().await.is_some();
        is_there || (chat.try_press("bot-gift-btn-way").await && new().await.is_some())
    })
    .await;
    until("it is open at the bank", async || {
        new().await.is_some_and(|order| order.provider_payment_id.is_some())
    })
    .await;
    new().await.expect("it was there")
}

async fn pay(flow: &Flow, order: &order::Model) {
    flow.sandbox().card.pay(order.provider_payment_id.as_deref().unwrap()).await.unwrap();
    flow.becomes(order.id, OrderState::Paid).await;
}

/// What follows `/start` in the link of an order's gift.
async fn link_of(flow: &Flow, order: &order::Model) -> String {
    let tx = flow.db.read().await.unwrap();
    let gift = gifts::of_order(&tx, order.id).await.unwrap().expect("a gift");
    format!("gift_{}", gift.token)
}

/// When somebody's access ends.
async fn end_of(flow: &Flow, telegram_id: i64) -> Option<chrono::DateTime<chrono::Utc>> {
    let tx = flow.db.read().await.unwrap();
    let user = users::find_by_telegram(&tx, telegram_id).await.unwrap()?;
    let own = subscriptions::current_of(&tx, user.id).await.unwrap();
    own.map(|row| row.target_expire)
}

async fn follows(guest: &Guest<'_>, link: &str, says: &str) {
    let before = guest.count(says);
    guest.say(&format!("/start {link}"));
    until(says, async || guest.count(says) > before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gift_is_paid_by_one_and_opened_by_another_who_is_new() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let chat = flow.chat();
        chat.reach_the_menu().await;
        let order = ordered(&flow, &chat).await;
        let link = link_of(&flow, &order).await;
        let nima = Guest::new(&flow, NIMA, "Nima");
        follows(&nima, &link, "not paid for yet").await;

        pay(&flow, &order).await;
        until("she has the link", async || chat.text().await.contains("Your gift is ready")).await;
        assert!(plain(&chat.text().await).contains(&format!("start={link}")), "{}", chat.text().await);
        let share = chat.link("bot-gift-btn-share").await;
        assert!(share.starts_with("https://t.me/share/url?url=https") && share.contains(&link), "{share}");
        chat.say(&format!("/start {link}")).await;
        until("it is her own", async || chat.text().await.contains("your own gift")).await;
        assert_eq!(end_of(&flow, SARA).await, None, "nothing of it is hers");

        // He has not chosen his language yet: he has the gift, and goes on with his first steps.
        flow.advance(chrono::Duration::days(3)).await;
        follows(&nima, &link, "The gift is yours").await;
        assert!(nima.press("English"), "{:?}", nima.chat());
        nima.accepts_the_rules().await;
        flow.becomes(order.id, OrderState::Provisioned).await;
        until("he is told", async || nima.shows("A gift for you")).await;
        until("she is told", async || chat.text().await.contains("was opened")).await;
        let month = {
            let tx = flow.db.read().await.unwrap();
            plans::offers(&tx).await.unwrap()[0].plan.days
        };
        let end = end_of(&flow, NIMA).await.expect("access");
        assert_eq!(end, flow.db.clock().now() + chrono::Duration::days(month.0), "{}", database.name());
        assert_eq!((flow.accounts().len(), flow.grants_of(order.id).await), (1, 1));
        nima.say("/config");
        until("his link", async || nima.shows("/s/")).await;

        follows(&nima, &link, "it is yours").await;
        let leila = Guest::settled(&flow, LEILA, "Leila").await;
        follows(&leila, &link, "Somebody has opened this gift").await;
        assert_eq!((end_of(&flow, NIMA).await, end_of(&flow, LEILA).await), (Some(end), None));
        assert_eq!(flow.grants_of(order.id).await, 1);
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gift_whose_money_went_back_says_so_and_one_that_is_kept_is_the_buyers() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let chat = flow.chat();
        chat.reach_the_menu().await;
        let refunded = ordered(&flow, &chat).await;
        pay(&flow, &refunded).await;
        let own = format!("{}/orders/{}", flow.overview, refunded.id);
        let left = refunded.amount_minor.to_string();
        let fields = [("act", "refund"), ("left", left.as_str()), ("amount", ""), ("reason", "a mistake")];
        flow.seller.browser.follow(flow.seller.browser.post(&own, &fields).await).await;
        flow.becomes(refunded.id, OrderState::Refunded).await;

        let nima = Guest::settled(&flow, NIMA, "Nima").await;
        follows(&nima, &link_of(&flow, &refunded).await, "The money of this gift went back").await;
        follows(&nima, "gift_nothing", "There is no such gift").await;
        assert_eq!(end_of(&flow, NIMA).await, None, "{}", database.name());
        chat.say(&format!("/start {}", link_of(&flow, &refunded).await)).await;
        until("she reads the same", async || {
            chat.text().await.contains("so its link does not work any more")
        })
        .await;

        let kept = ordered(&flow, &chat).await;
        let ready = chat.count("Your gift is ready").await;
        pay(&flow, &kept).await;
        until("the other is ready", async || chat.count("Your gift is ready").await > ready).await;
        chat.press("bot-gift-btn-keep").await;
        chat.press("bot-gift-keep-btn-yes").await;
        flow.becomes(kept.id, OrderState::Provisioned).await;
        assert!(end_of(&flow, SARA).await.is_some());
        chat.try_press("bot-gift-keep-btn-yes").await;
        follows(&nima, &link_of(&flow, &kept).await, "Somebody has opened this gift").await;
        chat.say("/my").await;
        chat.press("bot-gift-btn-list").await;
        until("both are listed", async || {
            let text = plain(&chat.text().await);
            text.contains("· the money went back") && text.contains("· opened")
        })
        .await;
        assert_eq!((flow.grants_of(kept.id).await, flow.grants_of(refunded.id).await), (1, 0));
        flow.end().await;
    }
}
