//! Answers that get lost after they took effect, and webhooks that never come.

use chrono::{DateTime, Duration};
use domain::{
    clock::Clock as _,
    db::{Conn as _, TenantConn as _},
    entities::tenant::{order::OrderState, subscription},
    locale::Locale,
    platform::bot::service as bots,
    shop::{
        order::service::{self as orders, NewOrder},
        payment::open,
        plan::service::offers,
        user::service as users,
    },
    testing,
};
use sea_orm::EntityTrait as _;

use super::{Gateway, selling};
use crate::support::{Database, Flow, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_stays_a_month_though_every_answer_on_its_way_is_lost_once_and_nobody_tells() {
    for database in Database::all() {
        let flow = selling(&database).await;
        let panel = flow.sandbox().marzban.knobs(&flow.db.tenant().to_string()).unwrap();
        for (gateway, person) in Gateway::all(&flow).await.iter().zip(900_001..) {
            let knobs = gateway.pages.knobs();
            knobs.lose_answer("POST *", 1);
            let order = opened_in_two_tries(&flow, gateway, person).await;
            let paid = order.pay_url.as_deref().unwrap();
            gateway.lose_webhooks(1);
            gateway.pay(&order).await;

            knobs.lose_answer("*", 1);
            panel.lose_answer("*", 1);
            let name = gateway.name;
            until(&format!("{name} has sold a month"), async || {
                flow.server.clock.advance(Duration::seconds(5));
                flow.order(order.id).await.state == OrderState::Provisioned
            })
            .await;
            assert_eq!(flow.grants_of(order.id).await, 1, "{name} on {}", database.name());
            let listed = gateway.provider.gateway.list(&gateway.account, DateTime::UNIX_EPOCH).await.unwrap();
            assert_eq!(listed.len(), 1, "{name}: one order is one payment: {listed:?}, {paid}");
            assert!(knobs.rules().is_empty() && panel.rules().is_empty(), "{name}: every knob was met");
        }
        flow.drained().await;
        months_are_whole(&flow).await;
        flow.end().await;
    }
}

/// The first try dies without an answer, as the second finds out.
async fn opened_in_two_tries(
    flow: &Flow,
    gateway: &Gateway,
    person: i64,
) -> domain::entities::tenant::order::Model {
    let state = flow.server.state();
    let bot = bots::of_tenant(state.master(), flow.db.tenant()).await.unwrap().remove(0);
    let tx = flow.db.write().await.unwrap();
    let user = users::seen(&tx, &testing::person(person), Locale::En).await.unwrap();
    let offers = offers(&tx).await.unwrap();
    let month = offers.iter().find(|offer| offer.plan.days.0 == 30).unwrap();
    let new = NewOrder { user: &user, plan: month.plan.id, bot: bot.id, provider: gateway.name };
    let placed = orders::place(&tx, &state.providers, new).await.unwrap();
    tx.commit().await.unwrap();
    let open = async || {
        let back = "https://t.me/first_shop_bot".parse().unwrap();
        open::open(&flow.db, &state.providers, placed.id, "A month".into(), back).await
    };
    assert!(open().await.is_err(), "{}: the answer is lost", gateway.name);
    open().await.unwrap();
    let tx = flow.db.read().await.unwrap();
    orders::find(&tx, placed.id).await.unwrap().unwrap()
}

/// What the panel holds is what was bought, to the second.
async fn months_are_whole(flow: &Flow) {
    let tx = flow.db.read().await.unwrap();
    let rows = subscription::Entity::find().all(tx.raw()).await.unwrap();
    let now = tx.clock().now();
    drop(tx);
    let accounts = flow.accounts();
    assert_eq!(accounts.len(), rows.len());
    for row in rows {
        let account = accounts.iter().find(|account| account.username == row.username).unwrap();
        assert_eq!(account.expire, Some(row.target_expire.timestamp()));
        let left = row.target_expire - now;
        assert!(left <= Duration::days(30) && left > Duration::days(29), "{left}");
    }
}
