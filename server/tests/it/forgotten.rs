//! "Delete my data" through the real server: what the bot says before, what is left after, and who comes again.

use chrono::Duration;
use domain::{
    db::Conn as _,
    entities::tenant::{order::OrderState, user},
};
use sea_orm::EntityTrait as _;

use crate::support::{Chat, Database, Flow, until};

async fn users(flow: &Flow) -> Vec<user::Model> {
    let tx = flow.db.read().await.unwrap();
    user::Entity::find().all(tx.raw()).await.unwrap()
}

async fn ask(chat: &Chat<'_>) {
    chat.say("/settings").await;
    chat.press("bot-settings-btn-privacy").await;
    chat.press("bot-privacy-btn-erase").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_deletes_his_data_and_begins_anew() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let chat = flow.chat();
        chat.reach_the_menu().await;
        let page = chat.order_a_month().await;
        flow.seller.pay_by_card(&page, "at_once").await;
        let order = flow.orders().await.remove(0);
        flow.becomes(order.id, OrderState::Provisioned).await;
        flow.drained().await;
        let before = users(&flow).await.into_iter().find(|user| user.id == order.user_id).unwrap();
        assert_eq!(flow.accounts().len(), 1);

        ask(&chat).await;
        until("what goes and what stays", async || {
            let text = chat.text().await;
            text.contains("What goes") && text.contains("What stays") && text.contains("ends at once")
        })
        .await;
        chat.press("bot-privacy-btn-erase-yes").await;
        until("it is done", async || chat.text().await.contains("does not know you any more")).await;
        until("the account is gone", async || flow.accounts().is_empty()).await;
        let after = users(&flow).await.into_iter().find(|user| user.id == order.user_id).unwrap();
        assert!(after.telegram_id < 0 && after.username.is_none(), "{}: {after:?}", database.name());
        assert_ne!(after.first_name, before.first_name);

        chat.say("/start").await;
        until("somebody new", async || {
            users(&flow).await.iter().any(|user| user.telegram_id == before.telegram_id)
        })
        .await;
        let again = users(&flow).await.into_iter().find(|user| user.telegram_id == before.telegram_id);
        assert_ne!(again.unwrap().id, before.id, "{}", database.name());
        assert_eq!(flow.order(order.id).await.amount_minor, order.amount_minor, "the books keep it");
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_money_under_way_is_told_what_it_is_and_keeps_his_data() {
    let flow = Flow::live(&Database::sqlite()).await;
    let chat = flow.chat();
    chat.reach_the_menu().await;
    let panel = flow.sandbox().marzban.knobs(&flow.db.tenant().to_string()).unwrap();
    let page = chat.order_a_month().await;
    panel.set_down(true);
    flow.seller.pay_by_card(&page, "at_once").await;
    let order = flow.orders().await.remove(0);
    flow.becomes(order.id, OrderState::Paid).await;
    ask(&chat).await;
    let line = format!("Order {} is not finished", order.id.short());
    until("the order", async || chat.text().await.contains(&line)).await;
    assert!(!chat.try_press("bot-privacy-btn-erase-yes").await, "there is no such button");
    let kept = users(&flow).await.into_iter().find(|user| user.id == order.user_id).unwrap();
    assert!(kept.telegram_id > 0);
    panel.set_down(false);
    until("it is delivered", async || {
        flow.advance(Duration::minutes(1)).await;
        flow.order(order.id).await.state == OrderState::Provisioned
    })
    .await;
    flow.end().await;
}
