//! The customer looks through the shop's orders and sends money back.

use domain::{
    db::Conn as _,
    entities::{
        master::audit,
        tenant::{
            order::OrderState,
            refund::{self, RefundState},
        },
    },
};
use sea_orm::EntityTrait as _;

use crate::support::{Answer, Database, Flow, bank, flow, until};

#[tokio::test]
async fn an_order_is_found_and_its_money_sent_back_in_parts() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let list = format!("{}/orders", flow.overview);
        let browser = &flow.seller.browser;
        assert!(browser.get(&list).await.shows("No orders yet"), "{}", database.name());

        let order = bought(&flow, 700_200_300).await;
        let (number, own) = (order.id.short(), format!("{list}/{}", order.id));
        for query in ["", "?state=paid", "?q=700200300", &format!("?q={number}")] {
            let page = browser.get(&format!("{list}{query}")).await;
            assert!(page.shows(&number) && page.shows("Delivered"), "{query}: {}", page.body);
        }
        for query in ["?state=refunded", "?q=%40nobody", "?q=BY-00000000"] {
            let page = browser.get(&format!("{list}{query}")).await;
            assert!(page.shows("No order fits") && !page.shows(&number), "{query}");
        }
        let overview = browser.get(&flow.overview).await;
        assert!(overview.shows("Delivered") && overview.links().contains(&own), "{}", overview.body);
        let page = browser.get(&own).await;
        for words in ["Access delivered", "Test card", "30\u{a0}days", "Send the money back"] {
            assert!(page.shows(words), "{words}: {}", page.body);
        }

        let wrong = refund(&flow, &own, "0", "too little").await;
        assert!(wrong.shows("more than nothing"), "{}", wrong.body);
        assert!(refund(&flow, &own, "1", "").await.shows("reason-error"), "a reason is asked for");
        let page = refund(&flow, &own, "1", "a gesture").await;
        assert!(page.shows("on its way back") && page.shows("a gesture"), "{}", page.body);
        until("a part is back", async || refunds(&flow).await == [(100, RefundState::Done)]).await;
        let rest = ("left".to_owned(), (order.amount_minor - 100).to_string());
        let live = browser.get(&format!("{own}?fragment=order")).await;
        assert!(live.inputs().contains(&rest), "an open page learns what is left: {}", live.body);
        // The same form once more, as a second press would send it.
        let left = (order.amount_minor).to_string();
        let again = [("act", "refund"), ("left", left.as_str()), ("amount", "1"), ("reason", "twice")];
        let page = browser.follow(browser.post(&own, &again).await).await;
        assert!(page.shows("refund of this order was made meanwhile"), "{}", page.body);

        refund(&flow, &own, "", "all of it").await;
        until("all is back", async || flow.orders().await[0].state == OrderState::Refunded).await;
        flow.drained().await;
        let page = browser.get(&own).await;
        assert!(page.shows("Taken back") && page.shows("All of it paid back"), "{}", page.body);
        assert!(!page.shows("Send the money back"));
        let live = browser.get(&format!("{own}?fragment=order")).await;
        assert!(live.shows("Refunded") && !live.shows("Send the money back"), "{}", live.body);
        assert_eq!(
            refunds(&flow).await,
            [(100, RefundState::Done), (order.amount_minor - 100, RefundState::Done)]
        );
        let log = audit::Entity::find().all(flow.server.state().master().raw()).await.unwrap();
        let about = |action: &str| log.iter().filter(|entry| entry.action == action).count();
        assert_eq!(about("order.refund"), 2);
        flow.end().await;
    }
}

#[tokio::test]
async fn looking_again_asks_the_provider_and_tells_what_it_says() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let order = bank::order(flow.server.state(), &flow.db, 700_200_301).await;
        let own = format!("{}/orders/{}", flow.overview, order.id);
        let browser = &flow.seller.browser;
        let page = browser.follow(browser.post(&own, &[("act", "look")]).await).await;
        assert!(page.shows("no payment yet") && page.shows("Waiting for payment"), "{}", page.body);
        assert!(!page.shows("Send the money back"), "nothing was paid");
        let paid = [("act", "refund"), ("left", "1"), ("reason", "never paid")];
        let page = browser.follow(browser.post(&own, &paid).await).await;
        assert!(page.shows("nothing to send back") || page.shows("not paid"), "{}", page.body);

        flow.seller.pay_by_card(order.pay_url.as_deref().unwrap(), "never").await;
        let page = browser.follow(browser.post(&own, &[("act", "look")]).await).await;
        assert!(page.shows("up to date with the provider"), "{}", page.body);
        until("it is delivered", async || flow.orders().await[0].state == OrderState::Provisioned).await;
        flow.end().await;
    }
}

#[tokio::test]
async fn an_order_of_another_shop_is_as_absent_as_one_that_does_not_exist() {
    let flow = Flow::live(&Database::sqlite()).await;
    let order = bank::order(flow.server.state(), &flow.db, 700_200_302).await;
    let (other, overview, _) = flow::another(&flow.server, "second_shop_bot").await;
    let absent = uuid::Uuid::now_v7().simple().to_string();
    let foreign = order.id.to_string();
    for id in [foreign.as_str(), absent.as_str(), "no-id"] {
        let path = format!("{overview}/orders/{id}");
        assert_eq!(other.browser.get(&path).await.status, 404, "{id}");
        assert_eq!(other.browser.post(&path, &[("act", "look")]).await.status, 404, "{id}");
    }
    for path in ["orders", "methods", "methods/test", &format!("orders/{foreign}")] {
        let path = format!("{}/{path}", flow.overview);
        assert_eq!(other.browser.get(&path).await.status, 404, "a bot of somebody else: {path}");
    }
    flow.server.stop().await;
}

async fn bought(flow: &Flow, telegram_id: i64) -> domain::entities::tenant::order::Model {
    let order = bank::order(flow.server.state(), &flow.db, telegram_id).await;
    flow.seller.pay_by_card(order.pay_url.as_deref().unwrap(), "at_once").await;
    until("it is delivered", async || flow.orders().await[0].state == OrderState::Provisioned).await;
    flow.drained().await;
    order
}

/// Sends the form of the order's page.
async fn refund(flow: &Flow, own: &str, amount: &str, reason: &str) -> Answer {
    let browser = &flow.seller.browser;
    let inputs = browser.get(own).await.inputs();
    let left = inputs.iter().find(|(name, _)| name == "left").expect("the form").1.clone();
    let fields = [("act", "refund"), ("left", left.as_str()), ("amount", amount), ("reason", reason)];
    browser.follow(browser.post(own, &fields).await).await
}

async fn refunds(flow: &Flow) -> Vec<(i64, RefundState)> {
    let tx = flow.db.read().await.unwrap();
    let rows = refund::Entity::find().all(tx.raw()).await.unwrap();
    let mut rows: Vec<_> = rows.into_iter().map(|row| (row.id, row.amount_minor, row.state)).collect();
    rows.sort_unstable_by_key(|row| row.0);
    rows.into_iter().map(|(_, minor, state)| (minor, state)).collect()
}
