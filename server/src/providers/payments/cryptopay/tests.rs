//! The adapter against the emulator: asked for, paid, told, read again, and lied to.

use std::{sync::Arc, time::Duration};

use axum::{Router, http::HeaderMap, routing::post};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    clock::{Clock, MockClock, ShopClock},
    ids::{OrderId, TenantId},
    money::{Currency, Money},
    ports::{
        CreatedPayment, GatewayAccount, GatewayError, GatewayEvent, NewPayment, PaymentGateway,
        PaymentStatus, RefusedWebhook,
    },
};
use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use url::Url;

use super::{CryptoPayGateway, is_signed, wire};
use crate::{
    providers::http,
    sandbox::{
        cryptopay::CryptoPayEmulator,
        desk::{Account, DeskSettings},
        hosted::{HostedError, HostedPayments, HostedState},
        knobs::Fault,
    },
};

struct Setup {
    real: MockClock,
    clock: ShopClock,
    emulator: CryptoPayEmulator,
    gateway: CryptoPayGateway,
    base: Url,
    hooks: mpsc::UnboundedReceiver<(HeaderMap, Vec<u8>)>,
}

impl Setup {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base: Url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let real = MockClock::new();
        let emulator = emulator(&base, &real);
        let clock = ShopClock::new(Arc::new(real.clone()), TimeDelta::zero());
        for number in [1, 2] {
            emulator.open_account(app(&base, &clock, number));
        }
        let (sender, hooks) = mpsc::unbounded_channel();
        let endpoint = move |headers: HeaderMap, body: bytes::Bytes| async move {
            sender.send((headers, body.to_vec())).unwrap();
        };
        let app = Router::new().route("/hook", post(endpoint)).nest("/api", emulator.router());
        tokio::spawn(async move { axum::serve(listener, app).await });
        let gateway = CryptoPayGateway::new(http::client().unwrap(), Arc::new(real.clone()));
        Self { real, clock, emulator, gateway, base, hooks }
    }

    fn account(&self, number: u8) -> GatewayAccount {
        GatewayAccount {
            base_url: self.base.join(&format!("api/{number}/")).unwrap(),
            account_id: number.to_string(),
            api_key: token(number).into(),
            webhook_secret: String::new().into(),
            settings: Value::Null,
        }
    }

    fn payment(&self, amount: Money) -> NewPayment {
        NewPayment {
            tenant: TenantId::new(),
            order: OrderId::new(),
            amount,
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

    async fn told(&mut self) -> (HeaderMap, Vec<u8>) {
        self.hooks.recv().await.unwrap()
    }

    async fn verify(&self, number: u8, headers: &HeaderMap, body: &[u8]) -> Verdict {
        let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
        self.gateway.verify(&self.account(number), &header, body, self.real.now()).await
    }
}

type Verdict = Result<GatewayEvent, RefusedWebhook>;

fn emulator(base: &Url, real: &MockClock) -> CryptoPayEmulator {
    CryptoPayEmulator::new(DeskSettings {
        page_base: base.join("pay/").unwrap(),
        real: Arc::new(real.clone()),
        client: http::client().unwrap(),
        retry_after: vec![Duration::from_millis(1)],
    })
}

fn app(base: &Url, clock: &ShopClock, number: u8) -> Account {
    Account {
        shop: number.to_string(),
        id: number.to_string(),
        key: token(number),
        secret: String::new(),
        webhook_url: base.join("hook").unwrap(),
        clock: Arc::new(clock.clone()),
    }
}

fn token(number: u8) -> String {
    format!("{number}:AAtoken{number}")
}

fn month() -> Money {
    Money::new(999, Currency::Usd)
}

/// What stands last in the payer's address.
fn hash(created: &CreatedPayment) -> &str {
    created.pay_url.path_segments().unwrap().next_back().unwrap()
}

#[rstest]
#[case(Money::new(999, Currency::Usd))]
#[case(Money::new(29_900, Currency::Rub))]
#[case(Money::new(5, Currency::Usdt))]
#[tokio::test]
async fn a_payment_is_asked_for_paid_told_and_read_again(#[case] amount: Money) {
    let mut setup = Setup::start().await;
    let (account, wanted) = (setup.account(1), setup.payment(amount));
    let created = setup.created(&wanted).await;
    let shown = setup.emulator.payment(hash(&created)).unwrap();
    assert_eq!((shown.amount, shown.state), (amount, HostedState::Open));
    assert_eq!(shown.return_url.as_ref(), Some(&wanted.return_url));
    let pending = setup.gateway.read(&account, &created.provider_payment_id).await.unwrap();
    assert_eq!(pending.status, PaymentStatus::Pending);

    setup.emulator.pay(hash(&created)).await.unwrap();
    let (headers, body) = setup.told().await;
    let event = setup.verify(1, &headers, &body).await.unwrap();
    assert_eq!((event.order, event.account_id.as_str()), (Some(wanted.order), "1"));
    let paid = setup.gateway.read(&account, &event.provider_payment_id).await.unwrap();
    assert_eq!((paid.status, paid.amount), (PaymentStatus::Paid, amount));
    assert_eq!((paid.order, paid.paid_at), (Some(wanted.order), Some(setup.clock.now())));
    assert_eq!((paid.refunded, paid.account_id.as_str()), (0, "1"));
    assert_eq!(setup.emulator.pay(hash(&created)).await, Err(HostedError::Settled));
}

#[tokio::test]
async fn who_turns_away_can_come_back_until_the_invoice_runs_out() {
    let setup = Setup::start().await;
    let created = setup.created(&setup.payment(month())).await;
    setup.emulator.decline(hash(&created)).unwrap();
    let read = async || setup.gateway.read(&setup.account(1), &created.provider_payment_id).await.unwrap();
    assert_eq!(read().await.status, PaymentStatus::Pending);
    setup.clock.set_offset(TimeDelta::hours(1));
    assert_eq!(setup.emulator.pay(hash(&created)).await, Err(HostedError::Settled));
    assert_eq!(read().await.status, PaymentStatus::Expired);
}

#[tokio::test]
async fn one_order_has_one_invoice_even_when_the_answer_is_lost() {
    let setup = Setup::start().await;
    let (account, wanted) = (setup.account(1), setup.payment(month()));
    setup.emulator.knobs().lose_answer("POST /createInvoice", 1);
    let lost = setup.gateway.create(&account, &wanted).await;
    assert!(matches!(lost, Err(GatewayError::Unavailable(_))));
    let (first, second) = (setup.created(&wanted).await, setup.created(&wanted).await);
    assert_eq!(first.provider_payment_id, second.provider_payment_id);
    assert_eq!(first.pay_url, second.pay_url);
    assert_eq!(setup.emulator.count(), 1);
    let other = setup.created(&setup.payment(month())).await;
    assert_ne!(other.provider_payment_id, first.provider_payment_id);
}

#[tokio::test]
async fn of_two_invoices_made_at_once_the_older_stays() {
    let setup = Setup::start().await;
    let wanted = setup.payment(month());
    let many = futures::future::join_all((0..8).map(|_| setup.created(&wanted))).await;
    let again = setup.created(&wanted).await;
    assert_eq!(setup.emulator.count(), 1);
    for created in many {
        assert_eq!(created.provider_payment_id, again.provider_payment_id);
    }
}

#[tokio::test]
async fn an_order_finds_its_invoice_among_more_than_one_page_of_them() {
    let setup = Setup::start().await;
    let wanted = setup.payment(month());
    let first = setup.created(&wanted).await;
    let mut snapshot = setup.emulator.snapshot();
    let invoice = snapshot["invoices"][0].clone();
    let others = (2..=2_001).map(|id| {
        let mut other = invoice.clone();
        other["id"] = id.into();
        other["payload"] = OrderId::new().to_string().into();
        other
    });
    snapshot["invoices"].as_array_mut().unwrap().extend(others);
    setup.emulator.restore(&snapshot).unwrap();
    assert_eq!(setup.created(&wanted).await.provider_payment_id, first.provider_payment_id);

    let account = setup.account(1);
    let all = setup.gateway.list(&account, DateTime::UNIX_EPOCH).await.unwrap();
    assert_eq!(all.len(), 2_001);
    let later = setup.clock.now() + TimeDelta::days(1);
    assert!(setup.gateway.list(&account, later).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_was_sold_in_a_currency_that_shops_do_not_have_is_left_out_of_the_list() {
    let setup = Setup::start().await;
    let foreign = json!({ "invoice_id": 7, "status": "paid", "asset": "TON", "amount": "0.123456789",
        "bot_invoice_url": "https://t.me/CryptoBot?start=x", "created_at": "2026-01-01T00:00:00.000Z" });
    let answer = json!({ "ok": true, "result": { "items": [foreign] } });
    setup.emulator.knobs().fail_next("GET /getInvoices", 2, 200, answer);
    let account = setup.account(1);
    assert!(setup.gateway.list(&account, DateTime::UNIX_EPOCH).await.unwrap().is_empty());
    let read = setup.gateway.read(&account, "7").await;
    assert!(matches!(read, Err(GatewayError::Refused(_))), "{read:?}");
}

#[tokio::test]
async fn shops_cannot_reach_each_others_invoices() {
    let mut setup = Setup::start().await;
    let created = setup.created(&setup.payment(month())).await;
    let id = &created.provider_payment_id;
    let foreign = setup.gateway.read(&setup.account(2), id).await;
    assert!(matches!(foreign, Err(GatewayError::NotFound)));
    for odd in ["1,2", "../getMe", "", "x"] {
        assert!(matches!(setup.gateway.read(&setup.account(1), odd).await, Err(GatewayError::NotFound)));
    }
    let stranger = GatewayAccount { api_key: token(3).into(), ..setup.account(1) };
    assert!(matches!(setup.gateway.read(&stranger, id).await, Err(GatewayError::Credentials)));

    setup.emulator.pay(hash(&created)).await.unwrap();
    let (headers, body) = setup.told().await;
    assert_eq!(setup.verify(2, &headers, &body).await, Err(RefusedWebhook::Signature));
    let changed = String::from_utf8(body).unwrap().replace("9.99", "0.01");
    assert_eq!(setup.verify(1, &headers, changed.as_bytes()).await, Err(RefusedWebhook::Signature));
    assert_eq!(setup.verify(1, &HeaderMap::new(), b"{}").await, Err(RefusedWebhook::Signature));
}

#[tokio::test]
async fn a_token_is_tested_and_belongs_to_the_app_that_was_named() {
    let setup = Setup::start().await;
    setup.gateway.probe(&setup.account(1)).await.unwrap();
    let swapped = GatewayAccount { account_id: "1".into(), ..setup.account(2) };
    assert!(matches!(setup.gateway.probe(&swapped).await, Err(GatewayError::Refused(_))));
    let unknown = GatewayAccount { api_key: token(3).into(), ..setup.account(1) };
    assert!(matches!(setup.gateway.probe(&unknown).await, Err(GatewayError::Credentials)));
}

#[tokio::test]
async fn a_status_that_nobody_knows_is_not_taken_for_money() {
    let setup = Setup::start().await;
    let created = setup.created(&setup.payment(month())).await;
    let account = setup.account(1);
    let raw = setup.gateway.read(&account, &created.provider_payment_id).await.unwrap().raw;
    let mut odd = raw.clone();
    odd["status"] = "half_paid".into();
    let answer = json!({ "ok": true, "result": { "items": [odd] } });
    setup.emulator.knobs().fail_next("GET /getInvoices", 1, 200, answer);
    let read = setup.gateway.read(&account, &created.provider_payment_id).await.unwrap();
    assert_eq!(read.status, PaymentStatus::Pending);
}

#[rstest]
#[case(401, json!({ "ok": false, "error": { "code": 401, "name": "UNAUTHORIZED" } }), "the provider refused our credentials")]
#[case(202, json!({ "ok": true, "result": { "items": [] } }), "the provider did not answer: the request is still worked on")]
#[case(429, Value::Null, "the provider did not answer: too many requests")]
#[case(500, Value::Null, "the provider did not answer: the provider answered 500")]
#[case(502, json!("<html>"), "the provider did not answer: the provider answered 502")]
#[case(200, json!("<html>"), "the provider did not answer: the answer is not the provider's")]
#[case(200, json!({ "ok": true, "result": {} }), "the provider did not answer: the answer is not the provider's")]
#[case(400, json!({ "ok": false, "error": { "code": 400, "name": "AMOUNT_INVALID" } }), "the provider refused the request: AMOUNT_INVALID")]
#[tokio::test]
async fn an_error_says_whether_to_try_again(#[case] status: u16, #[case] body: Value, #[case] said: &str) {
    let setup = Setup::start().await;
    setup.emulator.knobs().fail_next("*", 1, status, body);
    let error = setup.gateway.read(&setup.account(1), "1").await.unwrap_err();
    assert_eq!(error.to_string(), said);
}

#[tokio::test]
async fn webhooks_can_come_twice_and_the_provider_can_be_down() {
    let mut setup = Setup::start().await;
    let created = setup.created(&setup.payment(month())).await;
    setup.emulator.knobs().duplicate_next("webhook:invoice_paid", 1);
    setup.emulator.pay(hash(&created)).await.unwrap();
    let (first, second) = (setup.told().await, setup.told().await);
    assert_eq!(first.1, second.1, "the same event");
    let (first, second) =
        (setup.verify(1, &first.0, &first.1).await, setup.verify(1, &second.0, &second.1).await);
    assert_eq!(first.unwrap().event_id, second.unwrap().event_id);
    setup.emulator.knobs().set("GET /getInvoices", Fault::Down, Some(1));
    let down = setup.gateway.read(&setup.account(1), &created.provider_payment_id).await;
    assert!(matches!(down, Err(GatewayError::Unavailable(_))));
}

#[tokio::test]
async fn a_restart_keeps_invoices_and_sends_the_webhook_that_was_cut_off() {
    let mut setup = Setup::start().await;
    let created = setup.created(&setup.payment(month())).await;
    setup.emulator.knobs().lose_next("webhook:*", 1);
    setup.emulator.pay(hash(&created)).await.unwrap();
    let other = emulator(&setup.base, &setup.real);
    other.restore(&setup.emulator.snapshot()).unwrap();
    other.open_account(app(&setup.base, &setup.clock, 1));
    assert_eq!(other.payment(hash(&created)).unwrap().state, HostedState::Paid);
    let (headers, body) = setup.told().await;
    assert_eq!(
        setup.verify(1, &headers, &body).await.unwrap().provider_payment_id,
        created.provider_payment_id
    );
}

/// From a machine that is not ours: Python's `hmac.new(sha256(token).digest(), body, sha256)`.
#[test]
fn the_signature_is_the_one_that_is_documented() {
    let signature = "1c55a0ce8ca8f06197641b071780959b1c71bece6703746bc65c9acb04bc7711";
    assert!(is_signed(signature, &"1:AAtoken1".to_owned().into(), br#"{"update_id":1}"#));
    assert!(!is_signed(signature, &"1:AAtoken1".to_owned().into(), br#"{"update_id":2}"#));
    assert!(!is_signed("", &"1:AAtoken1".to_owned().into(), b""));
}

#[rstest]
#[case("", Err(RefusedWebhook::Malformed))]
#[case("[]", Err(RefusedWebhook::Malformed))]
#[case(r#"{"update_id":1,"update_type":"other","payload":{"invoice_id":1}}"#, Err(RefusedWebhook::Malformed))]
#[case(r#"{"update_id":1,"update_type":"invoice_paid","payload":{}}"#, Err(RefusedWebhook::Malformed))]
#[case(r#"{"update_id":1,"update_type":"invoice_paid","payload":{"invoice_id":7}}"#, Ok("1:7"))]
fn an_event_is_read_or_refused(#[case] body: &str, #[case] wanted: Result<&str, RefusedWebhook>) {
    let read = wire::event(body.as_bytes(), "1").map(|event| event.event_id);
    assert_eq!(read, wanted.map(str::to_owned));
}

fn now() -> DateTime<Utc> {
    MockClock::new().now()
}

#[test]
fn an_invoice_lives_as_long_as_its_order_but_within_the_providers_bounds() {
    let lives = |until: TimeDelta| {
        let payment = NewPayment {
            tenant: TenantId::new(),
            order: OrderId::new(),
            amount: month(),
            description: "x".repeat(2_000),
            return_url: "https://t.me/shop_bot".parse().unwrap(),
            expires_at: now() + until,
            keeps_method: false,
            repeats_every: None,
        };
        let request = wire::request(&payment, now());
        assert_eq!(request["description"].as_str().unwrap().len(), 1_024);
        request["expires_in"].as_i64().unwrap()
    };
    assert_eq!(lives(TimeDelta::hours(1)), 3_600);
    assert_eq!(lives(TimeDelta::hours(-1)), 60);
    assert_eq!(lives(TimeDelta::days(90)), 2_678_400);
}

proptest! {
    #[test]
    fn no_body_and_no_header_makes_the_checks_panic(
        body in proptest::collection::vec(any::<u8>(), 0..200),
        header in ".{0,80}",
        amount in ".{0,20}",
    ) {
        prop_assert!(!is_signed(&header, &"1:AA".to_owned().into(), &body));
        let _ = wire::event(&body, "1");
        let _ = wire::result(serde_json::from_slice(&body).unwrap_or_default());
        let item = json!({ "invoice_id": 1, "status": "paid", "fiat": "USD", "amount": amount,
            "bot_invoice_url": "https://t.me/x", "paid_at": header });
        for (invoice, raw) in wire::invoices(json!({ "items": [item] })).unwrap() {
            if let Ok(facts) = invoice.into_facts("1", raw) {
                prop_assert!(Money::from_decimal(&amount, Currency::Usd) == Ok(facts.amount));
            }
        }
    }
}
