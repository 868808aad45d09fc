//! Shops that take real providers' payments: each with its account at the emulated one.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta};
use domain::{
    db::Conn as _,
    entities::tenant::{
        order::{self, OrderState},
        payment_inbox::{self, InboxKind},
    },
    ids::OrderId,
    shop::payment::providers,
};
use sea_orm::EntityTrait as _;
use serde_json::json;
use server::sandbox::hosted::{HostedPayments, HostedState};

use crate::support::{Database, Flow, bank, flow, until};

#[tokio::test]
async fn a_shop_sells_a_month_by_crypto_pay_whether_its_webhook_comes_twice_or_never() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let cryptopay = flow.sandbox().cryptopay.clone();
        flow.connect("cryptopay", "4711", "4711:AAFlowToken").await;
        sells_a_month(flow, &cryptopay).await;
    }
}

#[tokio::test]
async fn a_shop_sells_a_month_by_wata_whether_its_webhook_comes_twice_or_never() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let wata = flow.sandbox().wata.clone();
        flow.connect("wata", "0f6c1c52-7a3e-4b8e-9d53-2f1f6f0a9e11", "jwt-of-the-shop").await;
        sells_a_month(flow, &wata).await;
    }
}

#[tokio::test]
async fn whoever_has_paid_by_wata_is_not_shown_the_form_again() {
    let flow = Flow::live(&Database::sqlite()).await;
    flow.connect("wata", "terminal", "jwt-of-the-shop").await;
    let order = bank::order_by(flow.server.state(), &flow.db, 700_003, "wata").await;
    let payer = flow.server.browser_at("localhost");
    let path = format!("/sandbox/pay/wata/{}", page_of(&order));
    assert!(payer.get(&path).await.shows("formnovalidate"));
    let paid = payer.post(&path, &[("act", "pay")]).await;
    let page = payer.follow(paid).await;
    assert!(!page.shows("formnovalidate"), "{}", page.body);
    flow.becomes(order.id, OrderState::Provisioned).await;
    flow.end().await;
}

#[tokio::test]
async fn wata_is_told_at_once_whether_an_order_may_be_paid_even_while_the_panel_is_down() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let state = flow.server.state().clone();
        flow.connect("wata", "terminal", "jwt-of-the-shop").await;
        let order = bank::order_by(&state, &flow.db, 700_003, "wata").await;
        let other = bank::order(&state, &flow.db, 700_004).await;
        let shop = flow.db.tenant();
        flow.sandbox().marzban.knobs(&shop.to_string()).unwrap().set_down(true);
        let begin = Instant::now();
        assert_eq!(may_pay(&flow, &order.id.to_string()).await, 200, "from memory");
        state.open_orders.forget(shop, order.id);
        assert_eq!(may_pay(&flow, &order.id.to_string()).await, 200, "from the shop's row");
        assert!(state.open_orders.is_open(shop, order.id), "and kept");
        for unknown in [other.id.to_string(), OrderId::new().to_string(), "7".to_owned()] {
            assert_eq!(may_pay(&flow, &unknown).await, 404, "{unknown}");
        }
        assert!(begin.elapsed() < Duration::from_secs(1), "{:?}", begin.elapsed());
        flow.sandbox().marzban.knobs(&shop.to_string()).unwrap().set_down(false);

        flow.sandbox().wata.pay(&page_of(&order)).await.unwrap();
        flow.becomes(order.id, OrderState::Provisioned).await;
        assert_eq!(may_pay(&flow, &order.id.to_string()).await, 404, "paid once is enough");
        flow.end().await;
    }
}

async fn may_pay(flow: &Flow, order: &str) -> u16 {
    let question =
        json!({ "kind": "Payment", "transactionId": "t", "transactionStatus": "Created", "orderId": order });
    flow.told("wata", &question.to_string()).await
}

#[tokio::test]
async fn two_shops_that_make_up_the_same_account_do_not_see_each_others_payments() {
    let flow = Flow::live(&Database::sqlite()).await;
    let state = flow.server.state().clone();
    let (_, _, other) = flow::another(&flow.server, "second_shop_bot").await;
    for (person, provider) in (700_010..).zip(["yookassa", "cryptopay", "wata"]) {
        for db in [&flow.db, &other] {
            flow::connect(&flow.server, db, provider, "1", "test").await;
        }
        let order = bank::order_by(&state, &flow.db, person, provider).await;
        let foreign = bank::order_by(&state, &other, person, provider).await;
        let pages = flow.sandbox().payments();
        let pages = pages.iter().find(|pages| pages.provider() == provider).unwrap();
        pages.pay(&page_of(&order)).await.unwrap();
        until("its own shop is told", async || webhooks(&flow, provider).await == 1).await;
        flow.becomes(order.id, OrderState::Provisioned).await;

        let found = state.providers.find(provider).unwrap();
        let tx = other.read().await.unwrap();
        assert!(payment_inbox::Entity::find().all(tx.raw()).await.unwrap().is_empty(), "{provider}");
        let account = providers::account(&tx, found).await.unwrap().unwrap();
        drop(tx);
        let id = order.provider_payment_id.as_deref().unwrap();
        let read = found.gateway.read(&account, id).await;
        assert!(read.as_ref().map_or(true, |facts| facts.amount.minor == 0), "{provider}: {read:?}");
        let listed = found.gateway.list(&account, DateTime::UNIX_EPOCH).await.unwrap();
        assert!(listed.iter().all(|facts| facts.order == Some(foreign.id)), "{provider}: {listed:?}");
    }
    flow::drained(state.master(), &other).await;
    flow.end().await;
}

async fn sells_a_month(flow: Flow, pages: &dyn HostedPayments) {
    let state = flow.server.state().clone();
    let (provider, knobs, webhook) = (pages.provider(), pages.knobs(), pages.paid_event());
    let place = async |person| bank::order_by(&state, &flow.db, person, provider).await;
    let (told, untold) = (place(700_001).await, place(700_002).await);

    knobs.duplicate_next(webhook, 1);
    pages.pay(&page_of(&told)).await.unwrap();
    flow.becomes(told.id, OrderState::Provisioned).await;
    assert_eq!(flow.grants_of(told.id).await, 1);
    until("the webhook is kept", async || webhooks(&flow, provider).await == 1).await;
    assert!(reports_by_hand_are_refused(&flow, provider).await);

    knobs.lose_next(webhook, 1);
    pages.pay(&page_of(&untold)).await.unwrap();
    assert_eq!(pages.payment(&page_of(&untold)).unwrap().state, HostedState::Paid);
    assert_eq!(flow.order(untold.id).await.state, OrderState::Pending);
    flow.server.clock.advance(TimeDelta::minutes(2));
    flow.becomes(untold.id, OrderState::Provisioned).await;
    assert_eq!((flow.grants_of(untold.id).await, flow.accounts().len()), (1, 2));
    assert_eq!(webhooks(&flow, provider).await, 1, "none came for the second");
    flow.end().await;
}

/// Bodies that nobody signed.
async fn reports_by_hand_are_refused(flow: &Flow, provider: &str) -> bool {
    let before = flow.orders().await;
    let forged = [
        "",
        "{}",
        r#"{"update_id":1,"update_type":"invoice_paid","payload":{"invoice_id":2}}"#,
        r#"{"transactionId":"a","transactionStatus":"Paid","orderId":"7"}"#,
    ];
    for body in forged {
        if flow.told(provider, body).await != 400 {
            return false;
        }
    }
    flow.orders().await == before
}

async fn webhooks(flow: &Flow, provider: &str) -> usize {
    let tx = flow.db.read().await.unwrap();
    let rows = payment_inbox::Entity::find().all(tx.raw()).await.unwrap();
    rows.iter().filter(|row| row.provider == provider && row.kind == InboxKind::Webhook).count()
}

/// What stands last in the payer's address.
fn page_of(order: &order::Model) -> String {
    order.pay_url.as_deref().unwrap().rsplit('/').next().unwrap().to_owned()
}
