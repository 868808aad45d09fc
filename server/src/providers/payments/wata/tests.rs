//! The adapter against the emulator: asked for, paid, told, read again, and lied to.

mod webhooks;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use chrono::{DateTime, TimeDelta};
use domain::{
    clock::{Clock, MockClock, ShopClock},
    ids::{OrderId, TenantId},
    money::{Currency, Money},
    ports::{
        CreatedPayment, GatewayAccount, GatewayError, GatewayEvent, NewPayment, PaymentFacts, PaymentGateway,
        PaymentStatus, RefusedWebhook,
    },
};
use rstest::rstest;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use url::Url;

use super::{OpenOrders, PayerHook, WataGateway, hook, wire};
use crate::{
    providers::{http, payments::answer},
    sandbox::{
        desk::{Account, DeskSettings},
        hosted::{HostedError, HostedPayments, HostedState},
        knobs::Fault,
        wata::WataEmulator,
    },
};

type Told = (HeaderMap, Vec<u8>);

struct Setup {
    real: MockClock,
    clock: ShopClock,
    emulator: WataEmulator,
    gateway: WataGateway,
    orders: OpenOrders,
    base: Url,
    hooks: mpsc::UnboundedReceiver<Told>,
}

impl Setup {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base: Url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let real = MockClock::new();
        let emulator = emulator(&base, &real);
        let clock = ShopClock::new(Arc::new(real.clone()), TimeDelta::zero());
        for number in [1, 2] {
            emulator.open_account(terminal(&base, &clock, number));
        }
        let (sender, hooks) = mpsc::unbounded_channel();
        let app =
            Router::new().route("/hook", post(endpoint)).with_state(sender).nest("/api", emulator.router());
        tokio::spawn(async move { axum::serve(listener, app).await });
        let orders = OpenOrders::default();
        let gateway = WataGateway::new(http::client().unwrap(), Arc::new(real.clone()), orders.clone());
        Self { real, clock, emulator, gateway, orders, base, hooks }
    }

    fn account(&self, number: u8) -> GatewayAccount {
        GatewayAccount {
            base_url: self.base.join(&format!("api/{number}/")).unwrap(),
            account_id: format!("term_{number}"),
            api_key: format!("token_{number}").into(),
            webhook_secret: String::new().into(),
            settings: Value::Null,
        }
    }

    fn payment(&self) -> NewPayment {
        NewPayment {
            tenant: TenantId::new(),
            order: OrderId::new(),
            amount: Money::new(29_910, Currency::Rub),
            description: "30 days".into(),
            return_url: "https://t.me/shop_bot".parse().unwrap(),
            expires_at: self.clock.now() + TimeDelta::hours(1),
            keeps_method: false,
            repeats_every: None,
        }
    }

    async fn created(&self, payment: &NewPayment) -> CreatedPayment {
        self.gateway.create(&self.account(1), payment).await.unwrap()
    }

    async fn read(&self, payment: &NewPayment) -> PaymentFacts {
        self.gateway.read(&self.account(1), &payment.order.to_string()).await.unwrap()
    }

    async fn paid(&mut self, payment: &NewPayment) -> Told {
        let created = self.created(payment).await;
        self.emulator.pay(page(&created)).await.unwrap();
        self.told().await
    }

    async fn told(&mut self) -> Told {
        self.hooks.recv().await.unwrap()
    }

    async fn verify(&self, number: u8, told: &Told) -> Result<GatewayEvent, RefusedWebhook> {
        let header = |name: &str| Some(told.0.get(name)?.to_str().ok()?.to_owned());
        self.gateway.verify(&self.account(number), &header, &told.1, self.real.now()).await
    }
}

/// Says yes to each question, and hands on each report.
async fn endpoint(
    State(sender): State<mpsc::UnboundedSender<Told>>,
    headers: HeaderMap,
    body: bytes::Bytes,
) -> StatusCode {
    if !matches!(hook(&body), Some(PayerHook::MayItPay(Some(_)))) {
        sender.send((headers, body.to_vec())).unwrap();
    }
    StatusCode::OK
}

fn emulator(base: &Url, real: &MockClock) -> WataEmulator {
    WataEmulator::new(DeskSettings {
        page_base: base.join("pay/").unwrap(),
        real: Arc::new(real.clone()),
        client: http::client().unwrap(),
        retry_after: vec![Duration::from_millis(1)],
    })
}

fn terminal(base: &Url, clock: &ShopClock, number: u8) -> Account {
    Account {
        shop: number.to_string(),
        id: format!("term_{number}"),
        key: format!("token_{number}"),
        secret: String::new(),
        webhook_url: base.join("hook").unwrap(),
        clock: Arc::new(clock.clone()),
    }
}

/// What stands last in the payer's address.
fn page(created: &CreatedPayment) -> &str {
    created.pay_url.path_segments().unwrap().next_back().unwrap()
}

#[tokio::test]
async fn a_payment_is_asked_for_paid_told_and_read_again() {
    let mut setup = Setup::start().await;
    let wanted = setup.payment();
    let created = setup.created(&wanted).await;
    assert!(setup.orders.is_open(wanted.tenant, wanted.order));
    let shown = setup.emulator.payment(page(&created)).unwrap();
    assert_eq!((shown.amount, shown.state), (wanted.amount, HostedState::Open));
    let pending = setup.read(&wanted).await;
    assert_eq!((pending.status, pending.amount), (PaymentStatus::Pending, wanted.amount));

    let told = setup.paid(&wanted).await;
    let event = setup.verify(1, &told).await.unwrap();
    assert_eq!((event.order, event.account_id.as_str()), (Some(wanted.order), "term_1"));
    assert_eq!(event.provider_payment_id, created.provider_payment_id);
    assert_eq!(hook(&told.1), Some(PayerHook::Paid(wanted.order)));
    let paid = setup.read(&wanted).await;
    assert_eq!((paid.status, paid.amount), (PaymentStatus::Paid, wanted.amount));
    assert_eq!((paid.order, paid.paid_at), (Some(wanted.order), Some(setup.clock.now())));
    assert_eq!((paid.refunded, paid.account_id.as_str()), (0, "term_1"));
    assert_eq!(setup.emulator.pay(page(&created)).await, Err(HostedError::Settled));
}

#[tokio::test]
async fn a_declined_try_leaves_the_order_open_for_another() {
    let mut setup = Setup::start().await;
    let wanted = setup.payment();
    let created = setup.created(&wanted).await;
    setup.emulator.decline(page(&created)).unwrap();
    let told = setup.told().await;
    setup.verify(1, &told).await.unwrap();
    assert_eq!(setup.read(&wanted).await.status, PaymentStatus::Pending);
    setup.paid(&wanted).await;
    assert_eq!(setup.read(&wanted).await.status, PaymentStatus::Paid);
}

#[tokio::test]
async fn a_payment_about_which_the_shop_does_not_answer_is_declined() {
    let mut setup = Setup::start().await;
    let wanted = setup.payment();
    setup.emulator.knobs().lose_next("webhook:pre-payment", 1);
    let (_, body) = setup.paid(&wanted).await;
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["transactionStatus"], "Declined");
    assert_eq!(setup.read(&wanted).await.status, PaymentStatus::Pending);
}

#[tokio::test]
async fn what_went_back_in_the_cabinet_is_read() {
    let mut setup = Setup::start().await;
    let wanted = setup.payment();
    setup.paid(&wanted).await;
    for (part, whole) in [(10_000, 10_000), (19_910, 29_910)] {
        setup.emulator.refund(&wanted.order.to_string(), part).unwrap();
        let told = setup.told().await;
        setup.verify(1, &told).await.unwrap();
        let read = setup.read(&wanted).await;
        assert_eq!((read.status, read.amount, read.refunded), (PaymentStatus::Paid, wanted.amount, whole));
    }
}

#[tokio::test]
async fn one_order_has_one_link_even_when_the_answer_is_lost() {
    let setup = Setup::start().await;
    let wanted = setup.payment();
    setup.emulator.knobs().lose_answer("POST /links", 1);
    let lost = setup.gateway.create(&setup.account(1), &wanted).await;
    assert!(matches!(lost, Err(GatewayError::Unavailable(_))));
    let (first, second) = (setup.created(&wanted).await, setup.created(&wanted).await);
    assert_eq!(first.pay_url, second.pay_url);
    assert_eq!(setup.emulator.links(&wanted.order.to_string()), 1);
}

/// An old link is deleted, so nobody can say any more that it was not paid.
#[tokio::test]
async fn an_order_whose_link_is_gone_stays_pending_until_it_runs_out_with_us() {
    let setup = Setup::start().await;
    let wanted = setup.payment();
    let created = setup.created(&wanted).await;
    setup.clock.set_offset(TimeDelta::minutes(70));
    assert_eq!(setup.emulator.payment(page(&created)).unwrap().state, HostedState::Expired);
    assert_eq!(setup.emulator.pay(page(&created)).await, Err(HostedError::Settled));
    assert_eq!(setup.read(&wanted).await.status, PaymentStatus::Pending);
}

#[rstest]
#[case("Closed", None, PaymentStatus::Expired)]
#[case("Closed", Some("Declined"), PaymentStatus::Expired)]
#[case("Closed", Some("Pending"), PaymentStatus::Pending)]
#[case("Opened", Some("Declined"), PaymentStatus::Pending)]
#[case("Opened", Some("HalfPaid"), PaymentStatus::Pending)]
#[case("Locked", None, PaymentStatus::Pending)]
#[case("Closed", Some("Paid"), PaymentStatus::Paid)]
fn a_word_that_nobody_knows_is_not_taken_for_money(
    #[case] link: &str,
    #[case] transaction: Option<&str>,
    #[case] wanted: PaymentStatus,
) {
    let link = json!({ "url": "https://wata.pro/x", "amount": 10, "currency": "RUB", "status": link });
    let transactions = transaction
        .map(|status| json!({ "amount": 10.0, "currency": "RUB", "status": status, "kind": "Payment" }));
    let transactions = answer::each(transactions.into_iter().collect()).unwrap();
    let facts = wire::facts(OrderId::new(), "t", transactions, answer::each(vec![link]).unwrap()).unwrap();
    assert_eq!((facts.status, facts.amount), (wanted, Money::new(1_000, Currency::Rub)));
}

#[rstest]
#[case(json!(299), Some(29_900))]
#[case(json!(299.1), Some(29_910))]
#[case(json!(0.07), Some(7))]
#[case(json!(999_999.99), Some(99_999_999))]
#[case(json!(1.005), None)]
#[case(json!(1e30), None)]
fn a_number_becomes_money_without_rounding(#[case] amount: Value, #[case] minor: Option<i64>) {
    let paid = json!({ "amount": amount, "currency": "RUB", "status": "Paid", "kind": "Payment" });
    let facts = wire::facts(OrderId::new(), "t", answer::each(vec![paid]).unwrap(), Vec::new());
    assert_eq!(facts.ok().map(|facts| facts.amount.minor), minor);
}

#[tokio::test]
async fn the_list_goes_over_all_pages_and_reads_what_was_paid() {
    let mut setup = Setup::start().await;
    let wanted = setup.payment();
    setup.paid(&wanted).await;
    let mut snapshot = setup.emulator.snapshot();
    let paid = snapshot["transactions"][0].clone();
    let tries = (0..2_500).map(|number| {
        let mut declined = paid.clone();
        declined["id"] = format!("try_{number}").into();
        declined["order"] = "the shop's own".into();
        declined["status"] = "Declined".into();
        declined
    });
    snapshot["transactions"] = tries.chain([paid.clone()]).collect();
    setup.emulator.restore(&snapshot).unwrap();
    let account = setup.account(1);
    let all = setup.gateway.list(&account, DateTime::UNIX_EPOCH).await.unwrap();
    assert_eq!(all, [setup.read(&wanted).await]);
    let later = setup.clock.now() + TimeDelta::days(1);
    assert!(setup.gateway.list(&account, later).await.unwrap().is_empty());
}

#[tokio::test]
async fn shops_cannot_reach_each_others_payments() {
    let mut setup = Setup::start().await;
    let wanted = setup.payment();
    let told = setup.paid(&wanted).await;
    let foreign = setup.gateway.read(&setup.account(2), &wanted.order.to_string()).await.unwrap();
    assert_eq!((foreign.status, foreign.amount.minor), (PaymentStatus::Pending, 0));
    for odd in ["", "../links", "x"] {
        assert!(matches!(setup.gateway.read(&setup.account(1), odd).await, Err(GatewayError::NotFound)));
    }
    let stranger = GatewayAccount { api_key: "token_3".to_owned().into(), ..setup.account(1) };
    let refused = setup.gateway.read(&stranger, &wanted.order.to_string()).await;
    assert!(matches!(refused, Err(GatewayError::Credentials)));
    // One key signs for everybody.
    assert_eq!(setup.verify(2, &told).await, Err(RefusedWebhook::Account));

    setup.gateway.probe(&setup.account(1)).await.unwrap();
    let swapped = GatewayAccount { account_id: "term_2".into(), ..setup.account(1) };
    assert!(matches!(setup.gateway.probe(&swapped).await, Err(GatewayError::Refused(_))));
    assert!(matches!(setup.gateway.probe(&stranger).await, Err(GatewayError::Credentials)));
}

#[rstest]
#[case(401, Value::Null, "the provider refused our credentials")]
#[case(202, json!({ "items": [] }), "the provider did not answer: the request is still worked on")]
#[case(429, Value::Null, "the provider did not answer: too many requests")]
#[case(500, Value::Null, "the provider did not answer: the provider answered 500")]
#[case(200, json!("<html>"), "the provider did not answer: the answer is not the provider's")]
#[case(200, json!({}), "the provider did not answer: the answer is not the provider's")]
#[case(400, json!({ "error": { "details": "'Amount' is required." } }), "the provider refused the request: 'Amount' is required.")]
#[tokio::test]
async fn an_error_says_whether_to_try_again(#[case] status: u16, #[case] body: Value, #[case] said: &str) {
    let setup = Setup::start().await;
    setup.emulator.knobs().fail_next("*", 1, status, body);
    let order = OrderId::new().to_string();
    let error = setup.gateway.read(&setup.account(1), &order).await.unwrap_err();
    assert_eq!(error.to_string(), said);
}

#[tokio::test]
async fn webhooks_can_come_twice_and_the_provider_can_be_down() {
    let mut setup = Setup::start().await;
    let wanted = setup.payment();
    setup.emulator.knobs().duplicate_next("webhook:Payment", 1);
    let (first, second) = (setup.paid(&wanted).await, setup.told().await);
    let (first, second) = (setup.verify(1, &first).await, setup.verify(1, &second).await);
    assert_eq!(first.unwrap().event_id, second.unwrap().event_id);
    setup.emulator.knobs().set("GET *", Fault::Down, Some(1));
    let down = setup.gateway.read(&setup.account(1), &wanted.order.to_string()).await;
    assert!(matches!(down, Err(GatewayError::Unavailable(_))));
}

#[tokio::test]
async fn a_restart_keeps_payments_and_sends_the_webhook_that_was_cut_off() {
    let mut setup = Setup::start().await;
    let wanted = setup.payment();
    setup.paid(&wanted).await;
    let mut snapshot = setup.emulator.snapshot();
    snapshot["transactions"][0]["told"] = false.into();
    let other = emulator(&setup.base, &setup.real);
    other.restore(&snapshot).unwrap();
    other.open_account(terminal(&setup.base, &setup.clock, 1));
    let told = setup.told().await;
    assert_eq!(setup.verify(1, &told).await.unwrap().order, Some(wanted.order));
}

#[test]
fn an_order_that_can_be_paid_is_forgotten_when_it_was_paid_or_its_time_is_over() {
    let (orders, now) = (OpenOrders::default(), MockClock::new().now());
    let (shop, first, second) = (TenantId::new(), OrderId::new(), OrderId::new());
    orders.keep(shop, first, now + TimeDelta::hours(1), now);
    assert!(orders.is_open(shop, first) && !orders.is_open(TenantId::new(), first));
    orders.keep(shop, second, now + TimeDelta::hours(3), now + TimeDelta::hours(2));
    assert!(!orders.is_open(shop, first));
    orders.forget(shop, second);
    assert!(!orders.is_open(shop, second));
}
