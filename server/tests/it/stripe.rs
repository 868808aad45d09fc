//! A shop that sells by Stripe: a hosted session for each order, signed webhooks, refunds and disputes.

use chrono::Duration;
use domain::{
    db::Conn as _,
    entities::tenant::{
        order::{self, OrderState},
        payment_inbox::{self, InboxState},
        plan, price,
    },
    ids::UserId,
    money::Currency,
    ports::Refunds,
    shop::{
        payment::method,
        refund::service::{self as refunds, NewRefund},
    },
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _, IntoActiveModel as _};
use serde_json::json;
use server::sandbox::{hosted::HostedPayments as _, stripe::StripeEmulator};

use crate::support::{Browser, Database, Flow, bank, flow, until};

const KEY: &str = "sk_test_of_the_seller";
const SECRET: &str = "whsec_of_the_shop";

/// A live shop whose owner has typed their keys on its page.
async fn selling(database: &Database) -> Flow {
    let flow = Flow::live(database).await;
    type_keys(&flow.seller.browser, &flow.overview, KEY, SECRET).await;
    flow
}

async fn type_keys(browser: &Browser, overview: &str, key: &str, secret: &str) {
    let own = format!("{overview}/methods/stripe");
    let fields = [("act", "save"), ("api_key", key), ("webhook_secret", secret)];
    let saved = browser.post(&own, &fields).await;
    let page = browser.follow(saved).await;
    assert!(page.shows("Saved") && !page.shows(key) && !page.shows(secret), "{}", page.body);
    let tested = browser.post(&own, &[("act", "test")]).await;
    assert!(browser.follow(tested).await.shows("accepts these keys"));
    browser.post(&own, &[("act", "on")]).await;
}

fn emulator(flow: &Flow) -> StripeEmulator {
    flow.sandbox().stripe.clone()
}

async fn ordered(flow: &Flow, telegram_id: i64) -> (order::Model, String) {
    let order = bank::order_by(flow.server.state(), &flow.db, telegram_id, "stripe").await;
    let session = order.provider_payment_id.clone().unwrap();
    (order, session)
}

/// Events of the inbox that nobody has worked off.
async fn waiting(flow: &Flow) -> usize {
    let tx = flow.db.read().await.unwrap();
    let rows = payment_inbox::Entity::find().all(tx.raw()).await.unwrap();
    rows.iter().filter(|row| row.state == InboxState::Pending).count()
}

async fn told(flow: &Flow, body: &str, signature: Option<String>) -> u16 {
    let signature = signature.as_deref().map(|signature| ("stripe-signature", signature));
    flow.told_with("stripe", body, signature).await
}

fn completed(event: &str, order: &order::Model) -> String {
    let object = json!({
        "object": "checkout.session", "id": order.provider_payment_id, "payment_status": "paid",
        "metadata": { "botyard_order": order.id.to_string(), "botyard_account": order.provider_account },
    });
    json!({ "id": event, "type": "checkout.session.completed", "data": { "object": object } }).to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_is_sold_once_whether_the_webhook_comes_twice_or_never() {
    for database in Database::all() {
        let flow = selling(&database).await;
        let (twice, _) = ordered(&flow, 900_001).await;
        flow.seller.pay_by_card(twice.pay_url.as_deref().unwrap(), "twice").await;
        flow.becomes(twice.id, OrderState::Provisioned).await;

        let (never, session) = ordered(&flow, 900_002).await;
        flow.seller.pay_by_card(never.pay_url.as_deref().unwrap(), "never").await;
        flow.drained().await;
        assert_eq!(flow.order(never.id).await.state, OrderState::Pending, "on {}", database.name());
        flow.server.clock.advance(Duration::minutes(2));
        flow.becomes(never.id, OrderState::Provisioned).await;
        assert_eq!((flow.grants_of(twice.id).await, flow.grants_of(never.id).await), (1, 1));
        assert!(emulator(&flow).pay(&session).is_err(), "it cannot be paid again");

        // A card that is refused leaves the order open; the session ends half an hour after it.
        let (late, session) = ordered(&flow, 900_003).await;
        emulator(&flow).decline(&session).unwrap();
        flow.server.clock.advance(Duration::minutes(92));
        flow.becomes(late.id, OrderState::Expired).await;
        until("every event is worked off", async || waiting(&flow).await == 0).await;
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_signed_or_signed_at_another_time_or_for_another_shop_gives_nothing() {
    for database in Database::all() {
        let flow = selling(&database).await;
        let (other, overview, other_db) = flow::another(&flow.server, "second_shop_bot").await;
        type_keys(&other.browser, &overview, "sk_test_other", "whsec_other").await;
        let (order, session) = ordered(&flow, 900_001).await;
        let body = completed("evt_invented", &order);
        let sign = |secret: &str, second| Some(bank::signature(secret, second, &body));
        let second = |seconds| bank::second(&flow.db, Duration::seconds(seconds));
        for refused in [
            None,
            Some(String::new()),
            sign("whsec_invented", second(0)),
            sign("whsec_other", second(0)),
            sign(SECRET, second(-400)),
            sign(SECRET, second(400)),
        ] {
            assert_eq!(told(&flow, &body, refused.clone()).await, 400, "{refused:?}");
        }
        assert_eq!(told(&flow, "[]", Some(bank::signature(SECRET, second(0), "[]"))).await, 400);
        flow.drained().await;
        assert_eq!(flow.order(order.id).await.state, OrderState::Pending, "on {}", database.name());

        // Signed by the other shop's own secret and sent to it: this shop's payment opens nothing there.
        let url = format!("http://{}/pay/{}/stripe", flow.server.address(), other_db.tenant());
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let signature = bank::signature("whsec_other", second(0), &body);
        let request = client.post(url).header("stripe-signature", signature).body(body.clone());
        assert_eq!(request.send().await.unwrap().status(), 200);
        flow::drained(flow.server.state().master(), &other_db).await;

        // Rightly signed, but said before anybody has paid: the session is asked, and says no.
        assert_eq!(told(&flow, &body, sign(SECRET, second(0))).await, 200);
        until("nobody looks any more", async || {
            flow.server.clock.advance(Duration::seconds(6));
            flow::work_left(flow.server.state().master(), &flow.db).await.is_empty()
        })
        .await;
        assert_eq!(flow.order(order.id).await.state, OrderState::Pending);
        assert_eq!(flow.grants_of(order.id).await, 0);

        emulator(&flow).pay(&session).unwrap();
        flow.becomes(order.id, OrderState::Provisioned).await;
        flow::verified(flow.server.state().master(), &other_db).await;
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refunds_and_what_a_bank_calls_back_take_the_access_back() {
    for database in Database::all() {
        let flow = selling(&database).await;
        let (order, session) = ordered(&flow, 900_001).await;
        emulator(&flow).pay(&session).unwrap();
        flow.becomes(order.id, OrderState::Provisioned).await;
        for minor in [order.amount_minor / 2, order.amount_minor - order.amount_minor / 2] {
            let tx = flow.db.write().await.unwrap();
            let new =
                NewRefund { order: order.id, minor, reason: "asked nicely", requested_by: "owner".into() };
            refunds::request(&tx, Refunds::Partial, new).await.unwrap();
            tx.commit().await.unwrap();
            flow.drained().await;
        }
        flow.becomes(order.id, OrderState::Refunded).await;

        for (buyer, decided, state) in
            [(900_002, "won", OrderState::Won), (900_003, "lost", OrderState::Lost)]
        {
            let (order, session) = ordered(&flow, buyer).await;
            emulator(&flow).pay(&session).unwrap();
            flow.becomes(order.id, OrderState::Provisioned).await;
            emulator(&flow).dispute(&session, "needs_response").unwrap();
            flow.becomes(order.id, OrderState::Disputed).await;
            emulator(&flow).dispute(&session, decided).unwrap();
            flow.becomes(order.id, state).await;
        }
        until("every event is worked off", async || waiting(&flow).await == 0).await;
        flow.end().await;
    }
}

#[tokio::test]
async fn a_plan_below_stripes_least_is_not_sold_by_it() {
    let flow = selling(&Database::sqlite()).await;
    let tx = flow.db.write().await.unwrap();
    let plans = plan::Entity::find().all(tx.raw()).await.unwrap();
    let month = plans.iter().find(|plan| plan.days.0 == 30).unwrap().id;
    let is_offered = async || {
        let all = method::choices(&tx, &flow.server.state().providers, month, UserId::new()).await.unwrap();
        all.iter().any(|choice| choice.method.provider == "stripe")
    };
    assert!(is_offered().await);
    for row in price::Entity::find().all(tx.raw()).await.unwrap() {
        if row.plan_id == month && row.currency == Currency::Usd {
            let mut row = row.into_active_model();
            row.amount_minor = Set(49);
            row.update(tx.raw()).await.unwrap();
        }
    }
    assert!(!is_offered().await);
    drop(tx);
    flow.end().await;
}

#[tokio::test]
async fn the_payers_page_is_the_shops_and_not_the_packages() {
    let flow = selling(&Database::sqlite()).await;
    let (order, session) = ordered(&flow, 900_001).await;
    let path = format!("/sandbox/pay/stripe/{session}");
    assert!(order.pay_url.unwrap().ends_with(&path));
    let browser = flow.server.browser_at("localhost");
    let page = browser.get_in(&path, "en").await;
    assert!(page.status == 200 && page.shows("imitates a payment provider"), "{}", page.body);
    let package = emulator(&flow).sessions().into_iter().find(|page| page.id != session).unwrap();
    assert_eq!(browser.get(&format!("/sandbox/pay/stripe/{}", package.id)).await.status, 404);
    assert!(emulator(&flow).payment(&package.id).is_none());
    flow.end().await;
}
