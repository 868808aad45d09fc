//! What was paid too much pays for the next month, and comes back into the wallet.

use domain::{
    entities::tenant::order::{self, OrderState},
    shop::wallet::service as wallet,
};
use server::sandbox::hosted::HostedPayments as _;

use crate::support::{Database, Flow, flow, until};

/// The shop's owner adds the wallet as a way to pay: nothing is to be typed.
async fn take_wallets(flow: &Flow) {
    let own = format!("{}/methods/wallet", flow.overview);
    let browser = &flow.seller.browser;
    let list = browser.get(&format!("{}/methods", flow.overview)).await;
    assert!(list.links().iter().any(|link| link.ends_with("/methods/wallet")), "{}", list.body);
    let saved = browser.post(&own, &[("act", "save")]).await;
    let page = browser.follow(saved).await;
    assert!(page.shows("Saved") && page.shows("Nothing has to be filled in"), "{}", page.body);
    let on = browser.post(&own, &[("act", "on")]).await;
    browser.follow(on).await;
}

async fn balance(flow: &Flow, order: &order::Model) -> i64 {
    let tx = flow.db.read().await.unwrap();
    wallet::balance(&tx, order.user_id, order.currency).await.unwrap().minor
}

/// The only order, paid with so much more than it costs.
async fn overpaid(flow: &Flow, times: i64) -> order::Model {
    let chat = flow.chat();
    chat.reach_the_menu().await;
    chat.order_a_month().await;
    let order = flow.orders().await.remove(0);
    let payment = order.provider_payment_id.clone().unwrap();
    flow.sandbox().card.overpay(&payment, times * order.amount_minor).unwrap();
    flow.sandbox().card.pay(&payment).await.unwrap();
    flow.becomes(order.id, OrderState::Provisioned).await;
    order
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_is_bought_from_the_wallet_and_its_money_comes_back_into_it() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let first = overpaid(&flow, 1).await;
        assert_eq!(balance(&flow, &first).await, first.amount_minor, "{}", database.name());
        take_wallets(&flow).await;

        let chat = flow.chat();
        chat.say("/my").await;
        chat.press("bot-profile-btn-wallet").await;
        until("the wallet", async || chat.text().await.contains("paid too much")).await;
        chat.choose_a_month().await;
        chat.press("bot-pay-summary-btn-pay").await;
        chat.press("bot-pay-methods-btn-wallet").await;
        until("it asks first", async || chat.text().await.contains("Balance afterwards")).await;
        assert_eq!(balance(&flow, &first).await, first.amount_minor, "nothing has moved yet");
        chat.press("bot-wallet-confirm-btn-pay").await;
        until("it is paid", async || flow.orders().await.iter().all(|order| order.paid_at.is_some())).await;
        chat.try_press("bot-wallet-confirm-btn-pay").await;
        let orders = flow.orders().await;
        let second = orders.iter().find(|order| order.id != first.id).unwrap().clone();
        assert_eq!((orders.len(), second.provider.as_str()), (2, "wallet"));
        flow.becomes(second.id, OrderState::Provisioned).await;
        assert_eq!((balance(&flow, &first).await, flow.grants_of(second.id).await), (0, 1));

        let own = format!("{}/orders/{}", flow.overview, second.id);
        let left = second.amount_minor.to_string();
        let fields = [("act", "refund"), ("left", left.as_str()), ("amount", ""), ("reason", "a gesture")];
        let page = flow.seller.browser.follow(flow.seller.browser.post(&own, &fields).await).await;
        assert!(page.shows("All of it paid back"), "{}", page.body);
        assert_eq!(balance(&flow, &first).await, first.amount_minor, "at once, on {}", database.name());
        until("its owner is told", async || chat.text().await.contains("is back in your wallet")).await;
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_surplus_that_was_spent_and_sent_back_by_the_provider_is_shown_to_the_owner() {
    let database = Database::sqlite();
    let flow = Flow::live(&database).await;
    let first = overpaid(&flow, 1).await;
    take_wallets(&flow).await;
    let chat = flow.chat();
    chat.choose_a_month().await;
    chat.press("bot-pay-summary-btn-pay").await;
    chat.press("bot-pay-methods-btn-wallet").await;
    chat.press("bot-wallet-confirm-btn-pay").await;
    until("it is paid", async || flow.orders().await.iter().all(|order| order.paid_at.is_some())).await;
    flow::drained(flow.server.state().master(), &flow.db).await;

    let payment = first.provider_payment_id.clone().unwrap();
    flow.sandbox().card.refund(&payment, "by hand", first.amount_minor).unwrap();
    let own = format!("{}/orders/{}", flow.overview, first.id);
    until("the owner sees it", async || {
        flow.seller.browser.get(&own).await.shows("had spent this meanwhile")
    })
    .await;
    assert_eq!(balance(&flow, &first).await, 0, "it owes nothing");
    assert_eq!(flow.order(first.id).await.state, OrderState::Provisioned);
    flow.end().await;
}
