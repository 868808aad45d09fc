//! Shops that take real providers' payments: each with its account at the emulated one.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use domain::{
    db::{Conn as _, TenantConn as _},
    entities::tenant::{
        order::{self, OrderState},
        payment_inbox::{self, InboxKind},
        payment_method,
    },
    ids::{OrderId, RowId},
    shop::payment::providers,
};
use sea_orm::{ActiveValue::Set, EntityTrait as _};
use secrecy::SecretString;
use serde_json::json;
use server::sandbox::{
    accounts,
    hosted::{HostedPayments, HostedState},
    knobs::Knobs,
};

use crate::support::{Database, Flow, bank, until};

#[tokio::test]
async fn a_shop_sells_a_month_by_crypto_pay_whether_its_webhook_comes_twice_or_never() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let cryptopay = flow.sandbox().cryptopay.clone();
        connect(&flow, "cryptopay", "4711", "4711:AAFlowToken").await;
        sells_a_month(flow, &cryptopay, cryptopay.knobs(), "webhook:invoice_paid").await;
    }
}

#[tokio::test]
async fn a_shop_sells_a_month_by_wata_whether_its_webhook_comes_twice_or_never() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let wata = flow.sandbox().wata.clone();
        connect(&flow, "wata", "0f6c1c52-7a3e-4b8e-9d53-2f1f6f0a9e11", "jwt-of-the-shop").await;
        sells_a_month(flow, &wata, wata.knobs(), "webhook:Payment").await;
    }
}

#[tokio::test]
async fn whoever_has_paid_by_wata_is_not_shown_the_form_again() {
    let flow = Flow::live(&Database::sqlite()).await;
    connect(&flow, "wata", "terminal", "jwt-of-the-shop").await;
    let order = bank::order_by(flow.server.state(), &flow.db, 700_003, "wata").await;
    let payer = flow.server.browser_at("localhost");
    let path = format!("/sandbox/pay/wata/{}", page_of(&order));
    assert!(payer.get(&path).await.shows("formnovalidate"));
    let paid = payer.post(&path, &[("act", "pay")]).await;
    let page = payer.follow(paid).await;
    assert!(!page.shows("formnovalidate"), "{}", page.body);
    until("it is delivered", async || state_of(&flow, &order).await == OrderState::Provisioned).await;
    flow.end().await;
}

#[tokio::test]
async fn wata_is_told_at_once_whether_an_order_may_be_paid_even_while_the_panel_is_down() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let state = flow.server.state().clone();
        connect(&flow, "wata", "terminal", "jwt-of-the-shop").await;
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
        until("it is delivered", async || state_of(&flow, &order).await == OrderState::Provisioned).await;
        assert_eq!(may_pay(&flow, &order.id.to_string()).await, 404, "paid once is enough");
        flow.end().await;
    }
}

async fn may_pay(flow: &Flow, order: &str) -> u16 {
    let url = format!("http://{}/pay/{}/wata", flow.server.address(), flow.db.tenant());
    let question =
        json!({ "kind": "Payment", "transactionId": "t", "transactionStatus": "Created", "orderId": order });
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    client.post(&url).body(question.to_string()).send().await.unwrap().status().as_u16()
}

/// As the shop's page will do it.
async fn connect(flow: &Flow, provider: &str, account: &str, key: &str) {
    let id = RowId::new();
    let tx = flow.db.write().await.unwrap();
    let seal = |column, secret: &str| {
        tx.sealer().seal(providers::place(column, id.0), &SecretString::from(secret)).unwrap()
    };
    let row = payment_method::ActiveModel {
        id: Set(id),
        provider: Set(provider.to_owned()),
        enabled: Set(true),
        position: Set(2),
        account_id: Set(account.to_owned()),
        sealed_api_key: Set(seal("sealed_api_key", key)),
        sealed_webhook_secret: Set(seal("sealed_webhook_secret", "")),
        settings: Set(json!({})),
        labels: Set(json!({})),
        min_minor: Set(None),
        max_minor: Set(None),
        created_at: Set(tx.now()),
    };
    payment_method::Entity::insert(row).exec_without_returning(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
    let state = flow.server.state();
    accounts::open(flow.sandbox(), &state.providers, &flow.db).await.unwrap();
}

async fn sells_a_month(flow: Flow, pages: &dyn HostedPayments, knobs: &Knobs, webhook: &str) {
    let state = flow.server.state().clone();
    let provider = pages.provider();
    let place = async |person| bank::order_by(&state, &flow.db, person, provider).await;
    let (told, untold) = (place(700_001).await, place(700_002).await);

    knobs.duplicate_next(webhook, 1);
    pages.pay(&page_of(&told)).await.unwrap();
    until("the month is delivered", async || state_of(&flow, &told).await == OrderState::Provisioned).await;
    assert_eq!(flow.grants_of(told.id).await, 1);
    until("the webhook is kept", async || webhooks(&flow, provider).await == 1).await;
    assert!(reports_by_hand_are_refused(&flow, provider).await);

    knobs.lose_next(webhook, 1);
    pages.pay(&page_of(&untold)).await.unwrap();
    let is_paid = || pages.payment(&page_of(&untold)).unwrap().state == HostedState::Paid;
    until("it is paid", async || is_paid()).await;
    assert_eq!(state_of(&flow, &untold).await, OrderState::Pending);
    flow.server.clock.advance(TimeDelta::minutes(2));
    until("the poll heals it", async || state_of(&flow, &untold).await == OrderState::Provisioned).await;
    assert_eq!((flow.grants_of(untold.id).await, flow.accounts().len()), (1, 2));
    assert_eq!(webhooks(&flow, provider).await, 1, "none came for the second");
    flow.end().await;
}

/// Bodies that nobody signed.
async fn reports_by_hand_are_refused(flow: &Flow, provider: &str) -> bool {
    let url = format!("http://{}/pay/{}/{provider}", flow.server.address(), flow.db.tenant());
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let before = flow.orders().await;
    let forged = [
        "",
        "{}",
        r#"{"update_id":1,"update_type":"invoice_paid","payload":{"invoice_id":2}}"#,
        r#"{"transactionId":"a","transactionStatus":"Paid","orderId":"7"}"#,
    ];
    for body in forged {
        let answer = client.post(&url).body(body).send().await.unwrap();
        if answer.status() != 400 {
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

async fn state_of(flow: &Flow, order: &order::Model) -> OrderState {
    flow.orders().await.into_iter().find(|row| row.id == order.id).unwrap().state
}

/// What stands last in the payer's address.
fn page_of(order: &order::Model) -> String {
    order.pay_url.as_deref().unwrap().rsplit('/').next().unwrap().to_owned()
}
