//! Money that people put into their wallets: typed on the phone, paid by a bank, a gateway and from card to
//! card, and sent back.

use chrono::Duration;
use domain::{
    entities::tenant::order::{self, OrderState},
    locale::digits,
    money::{Currency, Money},
    platform::tenant::service as tenants,
    shop::{
        payment::method::{self, Typed},
        receipt::service as receipts,
        wallet::{service as wallet, top_up},
    },
};
use server::sandbox::hosted::HostedPayments as _;

use crate::support::{Database, Flow, bank, until};

/// A live shop that takes wallets, and by each other way from 50 to 9 000.
async fn live(database: &Database, methods: &[&str]) -> (Flow, Currency) {
    let flow = Box::pin(Flow::live(database)).await;
    flow.switch_on("wallet", Vec::new()).await;
    let shop = tenants::find(flow.server.state().master(), flow.db.tenant()).await.unwrap().unwrap();
    let hundred = 10_i64.pow(shop.currency.exponent());
    let tx = flow.db.write().await.unwrap();
    for name in methods {
        let way = flow.server.state().providers.way(name).unwrap();
        let (min_minor, max_minor) = (Some(50 * hundred), Some(9_000 * hundred));
        method::save(&tx, way, &Typed { min_minor, max_minor, ..Typed::default() }).await.unwrap();
    }
    tx.commit().await.unwrap();
    (flow, shop.currency)
}

async fn balance(flow: &Flow, order: &order::Model) -> i64 {
    let tx = flow.db.read().await.unwrap();
    wallet::balance(&tx, order.user_id, order.currency).await.unwrap().minor
}

async fn only_order(flow: &Flow) -> order::Model {
    until("an order", async || flow.orders().await.iter().any(|order| order.pay_url.is_some())).await;
    flow.orders().await.remove(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_amount_is_typed_in_persian_digits_paid_once_and_sent_back_from_the_orders_page() {
    for database in Database::all() {
        let (flow, currency) = live(&database, &["test"]).await;
        let chat = flow.chat();
        chat.reach_the_menu().await;
        chat.say("/my").await;
        chat.press("bot-profile-btn-wallet").await;
        chat.press("bot-wallet-btn-fill").await;
        until("it asks", async || chat.text().await.contains("How much would you like")).await;
        chat.say("a lot").await;
        until("no number", async || chat.text().await.contains("could not read that")).await;
        chat.say("۴۹").await;
        until("too little", async || chat.text().await.contains("too little")).await;
        chat.say("9001").await;
        until("too much", async || chat.text().await.contains("too much at once")).await;
        assert!(flow.orders().await.is_empty());
        chat.say("۱۲۵").await;
        let order = only_order(&flow).await;
        let amount = 125 * 10_i64.pow(currency.exponent());
        assert_eq!((order.amount_minor, order.currency, order.plan_id), (amount, currency, None));

        let payment = order.provider_payment_id.clone().unwrap();
        flow.sandbox().card.pay(&payment).await.unwrap();
        flow.becomes(order.id, OrderState::Provisioned).await;
        assert_eq!(flow.told("test", &format!(r#"{{"payment":"{payment}"}}"#)).await / 100, 4, "invented");
        until("its owner is told", async || chat.text().await.contains("is in your wallet")).await;
        assert_eq!((balance(&flow, &order).await, flow.grants_of(order.id).await), (amount, 0));
        assert_eq!(chat.count("is in your wallet").await, 1, "once, on {}", database.name());
        chat.say("/my").await;
        chat.press("bot-profile-btn-wallet").await;
        until("its history", async || chat.text().await.contains("you filled it")).await;

        let own = format!("{}/orders/{}", flow.overview, order.id);
        let browser = &flow.seller.browser;
        let page = browser.get(&own).await;
        assert!(page.shows("Wallet top-up") && page.shows("Put into the wallet"), "{}", page.body);
        assert!(browser.get(&format!("{}/orders", flow.overview)).await.shows("Wallet top-up"));
        let left = amount.to_string();
        let fields = [("act", "refund"), ("left", left.as_str()), ("amount", ""), ("reason", "a mistake")];
        browser.follow(browser.post(&own, &fields).await).await;
        flow.becomes(order.id, OrderState::Refunded).await;
        assert_eq!(balance(&flow, &order).await, 0);
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_spent_is_not_offered_to_be_sent_back() {
    let (flow, currency) = live(&Database::sqlite(), &[]).await;
    let chat = flow.chat();
    chat.reach_the_menu().await;
    chat.say("/my").await;
    chat.press("bot-profile-btn-wallet").await;
    chat.press("bot-wallet-btn-fill").await;
    // The first amount that is proposed is what the shortest plan costs.
    let tx = flow.db.read().await.unwrap();
    let offer = top_up::offer(&tx, &flow.server.state().providers).await.unwrap().unwrap();
    drop(tx);
    let price = offer.proposed[0];
    chat.say(&digits::typed_money(price)).await;
    let order = only_order(&flow).await;
    flow.sandbox().card.pay(order.provider_payment_id.as_deref().unwrap()).await.unwrap();
    flow.becomes(order.id, OrderState::Provisioned).await;
    chat.choose_a_month().await;
    chat.press("bot-pay-summary-btn-pay").await;
    chat.press("bot-pay-methods-btn-wallet").await;
    chat.press("bot-wallet-confirm-btn-pay").await;
    until("a month is paid", async || {
        let orders = flow.orders().await;
        orders.len() == 2 && orders.iter().all(|order| order.state == OrderState::Provisioned)
    })
    .await;
    assert_eq!((order.currency, balance(&flow, &order).await), (currency, 0));
    let page = flow.seller.browser.get(&format!("{}/orders/{}", flow.overview, order.id)).await;
    assert!(page.shows("Nothing to send back"), "{}", page.body);
    let own = format!("{}/orders/{}", flow.overview, order.id);
    let fields = [("act", "refund"), ("left", "0"), ("amount", "1"), ("reason", "a try")];
    let page = flow.seller.browser.follow(flow.seller.browser.post(&own, &fields).await).await;
    assert!(page.shows("has spent it meanwhile"), "{}", page.body);
    flow.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateways_money_fills_the_wallet_once_though_its_webhook_is_lost() {
    for database in Database::all() {
        let (flow, currency) = live(&database, &[]).await;
        flow.connect("yookassa", "100001", "test_secret").await;
        let amount = Money::new(123_400, currency);
        let order = bank::top_up_by(flow.server.state(), &flow.db, 900_001, "yookassa", amount).await;
        let page = order.pay_url.as_deref().unwrap();
        flow.seller.pay_by_card(page, "never").await;
        flow.drained().await;
        assert_eq!(flow.order(order.id).await.state, OrderState::Pending, "on {}", database.name());
        flow.server.clock.advance(Duration::minutes(2));
        flow.becomes(order.id, OrderState::Provisioned).await;
        assert_eq!(balance(&flow, &order).await, order.amount_minor);
        flow.end().await;
    }
}

#[tokio::test]
async fn a_transfer_from_card_to_card_fills_the_wallet_when_a_person_has_seen_it() {
    for database in Database::all() {
        let (flow, _) = live(&database, &[]).await;
        let browser = &flow.seller.browser;
        let own = format!("{}/methods/card", flow.overview);
        let card = [("act", "save"), ("number", "6037 9912 3456 7893"), ("holder", "Sara Rezaei")];
        browser.post(&own, &card).await;
        browser.post(&own, &[("act", "on")]).await;
        browser.post(&format!("{}/methods/test", flow.overview), &[("act", "off")]).await;
        let chat = flow.chat();
        chat.reach_the_menu().await;
        chat.say("/my").await;
        chat.press("bot-profile-btn-wallet").await;
        chat.press("bot-wallet-btn-fill").await;
        until("it asks", async || chat.text().await.contains("How much would you like")).await;
        chat.say("500").await;
        until("the card", async || chat.text().await.contains("then the money is in your wallet")).await;
        let order = flow.orders().await.remove(0);
        chat.press("bot-card-btn-send").await;
        until("it is asked for", async || chat.text().await.contains("Now send the picture")).await;
        chat.send_picture(None).await;
        let sent = async || {
            let tx = flow.db.read().await.unwrap();
            receipts::of_order(&tx, order.id).await.unwrap().pop()
        };
        until("the picture is here", async || sent().await.is_some_and(|row| row.sha256.is_some())).await;
        let (receipt, page) =
            (sent().await.unwrap().id.to_string(), format!("{}/orders/{}", flow.overview, order.id));
        let approve = [("act", "approve"), ("receipt", receipt.as_str()), ("came", "")];
        let answer = browser.follow(browser.post(&page, &approve).await).await;
        assert!(answer.shows("wallet."), "{}", answer.body);
        flow.becomes(order.id, OrderState::Provisioned).await;
        assert_eq!(balance(&flow, &order).await, order.amount_minor, "on {}", database.name());
        until("its owner is told", async || chat.text().await.contains("is in your wallet")).await;
        flow.end().await;
    }
}
