//! Two shops on one server: neither reaches into the other.

use bots::callback::Callback;
use chrono::Duration;
use domain::entities::tenant::order::OrderState;
use serde_json::json;
use server::sandbox::{hosted::HostedPayments as _, telegram::Pressed};

use crate::support::{Bank, Chat, Database, Flow, bank, flow, until};

/// Sara, who holds the phone.
const SARA: i64 = 5_000_001;

#[tokio::test]
async fn nothing_of_one_shop_can_be_named_in_another() {
    for database in Database::all() {
        let first = Flow::live(&database).await;
        let (seller, overview, db) = flow::another(&first.server, "second_shop_bot").await;
        let order = bank::order(first.server.state(), &first.db, SARA).await;

        let absent = format!("/app/b/{}", uuid::Uuid::now_v7().simple());
        for page in ["", "/preview"] {
            let foreign = seller.browser.get(&format!("{}{page}", first.overview)).await;
            let none = seller.browser.get(&format!("{absent}{page}")).await;
            assert_eq!((foreign.status, none.status), (404, 404), "{page}");
        }
        let pause = seller.browser.post(&first.overview, &[("act", "pause")]).await;
        assert_eq!(pause.status, 404);
        assert_eq!(seller.browser.get(&overview).await.status, 200, "their own is there");

        Chat::new(&seller.browser, &overview).reach_the_menu().await;
        foreign_button(&first, &seller, order.id).await;

        // The second shop's bank, and then the first one's key, speak of the first shop's payment.
        let cards = &first.sandbox().card;
        cards.knobs().lose_next("webhook:payment.paid", 1);
        cards.pay(order.provider_payment_id.as_deref().unwrap()).await.unwrap();
        let second = bank::second(&db, Duration::zero());
        let (own, other) =
            (Bank::of(first.server.address(), &first.db).await, Bank::of(first.server.address(), &db).await);
        other.send(&other.event(&order, "evt_1"), second).await;
        let body = own.event(&order, "evt_2");
        assert_eq!(other.send_signed(&body, "t=0,v1=00").await, 400);
        assert_eq!(own.send(&other.event(&order, "evt_3"), second).await, 400, "another account");
        flow::drained(first.server.state().master(), &db).await;
        assert_eq!(first.orders().await[0].state, OrderState::Pending, "nobody else can settle it");
        assert_eq!(first.grants_of(order.id).await, 0);
        flow::verified(first.server.state().master(), &db).await;

        assert_eq!(own.send(&body, second).await, 200);
        until("its own bank can", async || first.orders().await[0].state == OrderState::Provisioned).await;
        first.end().await;
    }
}

/// A button in the second shop's chat that names an order of the first.
async fn foreign_button(first: &Flow, seller: &crate::support::Seller, order: domain::ids::OrderId) {
    let telegram = &first.sandbox().telegram;
    let bot = telegram.bot_named(&seller.username).unwrap();
    let token = seller.token().await.unwrap();
    let data = Callback::OrderCheck(order).encode();
    let keyboard = json!({"inline_keyboard": [[{"text": "Pay", "callback_data": data}]]});
    let url = format!("{}/emulator/telegram/bot{token}/sendMessage", seller.browser.origin());
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let message = json!({"chat_id": SARA, "text": "Pay here", "reply_markup": keyboard});
    let sent = client.post(url).json(&message).send().await.unwrap();
    let sent: serde_json::Value = sent.json().await.unwrap();
    let id = sent["result"]["message_id"].as_i64().unwrap();
    let Pressed::Callback(query) = telegram.press_data(bot, SARA, id, &data).unwrap() else {
        panic!("a button asks the bot");
    };
    until("the button is answered", async || telegram.callback_answer(&query).is_some()).await;
    let said = telegram.callback_answer(&query).unwrap().text.unwrap_or_default();
    assert!(said.contains("out of date"), "{said:?}");
}
