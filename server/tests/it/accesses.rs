//! Several accesses in one chat: a second one is bought beside the first, and the menu is about the chosen one.

use domain::{
    entities::tenant::order::{self, OrderState},
    shop::link::service as links,
};
use server::sandbox::hosted::HostedPayments as _;

use crate::support::{Chat, Database, Flow, guest::plain, until};

/// Pays the order that fits, and waits until its buyer has it and was told: the message would come between
/// whatever is pressed next.
async fn pays(flow: &Flow, chat: &Chat<'_>, is_it: impl Fn(&order::Model) -> bool) -> order::Model {
    until("the order", async || {
        flow.orders().await.iter().any(|order| is_it(order) && order.provider_payment_id.is_some())
    })
    .await;
    let order = flow.orders().await.into_iter().find(&is_it).unwrap();
    flow.sandbox().card.pay(order.provider_payment_id.as_deref().unwrap()).await.unwrap();
    flow.becomes(order.id, OrderState::Provisioned).await;
    let order = flow.order(order.id).await;
    let link = links::address_of(&flow.db, order.subscription_id.unwrap()).await.unwrap().write();
    reads(chat, &format!("/s/{link}")).await;
    order
}

async fn reads(chat: &Chat<'_>, text: &str) {
    until(text, async || plain(&chat.text().await).contains(text)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_access_is_bought_beside_the_first_and_either_can_be_chosen() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let chat = flow.chat();
        chat.reach_the_menu().await;
        chat.order_a_month().await;
        let first = pays(&flow, &chat, |order| !order.separate).await;
        let end = flow.accounts()[0].expire;

        chat.say("/my").await;
        chat.press("bot-access-btn-list").await;
        reads(&chat, "Your accesses").await;
        chat.press("bot-access-btn-more").await;
        reads(&chat, "access of its own").await;
        until("the plan", async || chat.press_first("bot-buy-plans-btn-plan").await).await;
        chat.press("bot-pay-summary-btn-pay").await;
        let second = pays(&flow, &chat, |order| order.separate).await;
        assert_ne!(first.subscription_id, second.subscription_id, "{}", database.name());
        let accounts = flow.accounts();
        assert_eq!(accounts.len(), 2, "each has an account of its own");
        assert!(accounts.iter().any(|account| account.expire == end), "the first is what it was");

        chat.say("/menu").await;
        reads(&chat, "Access 2 of 2").await;
        chat.press("bot-access-btn-list").await;
        until("the other one", async || chat.press_first("bot-access-btn-choose").await).await;
        reads(&chat, "Access 1 of 2").await;
        flow.end().await;
    }
}
