//! The adapter against the emulator, and the signature against forgers.

use std::{sync::Arc, time::Duration};

use axum::{Router, http::HeaderMap, routing::post};
use chrono::TimeDelta;
use domain::{
    clock::{Clock, MockClock},
    ids::{CustomerId, PackagePaymentId},
    money::{Currency, Money},
    ports::{BillingGateway, CheckoutStatus, Cycle, GatewayError, NewCheckout, RefusedWebhook},
};
use hmac::{Hmac, KeyInit, Mac};
use rstest::rstest;
use secrecy::SecretString;
use serde_json::json;
use sha2::Sha256;
use tokio::sync::mpsc;
use url::Url;

use super::StripeBilling;
use crate::sandbox::{
    knobs::Fault,
    stripe::{StripeEmulator, StripeSettings},
};

struct Setup {
    clock: MockClock,
    emulator: StripeEmulator,
    billing: StripeBilling,
    base: Url,
    hooks: mpsc::UnboundedReceiver<(String, Vec<u8>)>,
}

impl Setup {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base: Url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let clock = MockClock::new();
        let settings = StripeSettings {
            api_key: "sk_test_1".into(),
            checkout_base: base.join("checkout").unwrap(),
            shops_base: base.join("pay").unwrap(),
            portal_base: base.join("portal").unwrap(),
            retry_after: vec![Duration::from_millis(1)],
        };
        let client = crate::providers::http::client().unwrap();
        let emulator = StripeEmulator::new(settings, Arc::new(clock.clone()), client);
        emulator.set_webhook(base.join("hook").unwrap(), &["whsec_new", "whsec_old"]);
        let (sender, hooks) = mpsc::unbounded_channel();
        let endpoint = move |headers: HeaderMap, body: bytes::Bytes| async move {
            sender.send((headers["stripe-signature"].to_str().unwrap().to_owned(), body.to_vec())).unwrap();
        };
        let app = Router::new().route("/hook", post(endpoint)).nest("/emulator/stripe", emulator.router());
        tokio::spawn(async move { axum::serve(listener, app).await });
        let billing = Self::billing(&base, "sk_test_1");
        Self { clock, emulator, billing, base, hooks }
    }

    fn billing(base: &Url, key: &str) -> StripeBilling {
        let url = base.join("emulator/stripe").unwrap();
        let secrets = vec![SecretString::from("whsec_old")];
        StripeBilling::new(&url, &key.to_owned().into(), "acct_1", secrets).unwrap()
    }
}

fn checkout() -> NewCheckout {
    NewCheckout {
        customer: CustomerId::new(),
        payment: PackagePaymentId::new(),
        product_name: "Starter".into(),
        price: Money::new(5000, Currency::Usd),
        cycle: Cycle::Year,
        customer_email: "a@example.com".into(),
        success_url: "https://botyard.example/app/billing?done=1".parse().unwrap(),
        cancel_url: "https://botyard.example/app/billing".parse().unwrap(),
    }
}

#[tokio::test]
async fn a_checkout_is_opened_paid_told_and_read() {
    let mut setup = Setup::start().await;
    let wanted = checkout();
    let created = setup.billing.create_checkout(&wanted).await.unwrap();
    assert!(created.pay_url.as_str().ends_with(&created.session_id));
    let open = setup.billing.read_checkout(&created.session_id).await.unwrap();
    assert_eq!((open.status, open.amount), (CheckoutStatus::Open, wanted.price));

    assert_eq!(setup.emulator.pay(&created.session_id).unwrap(), wanted.success_url.as_str());
    let mut kinds = Vec::new();
    for _ in 0..3 {
        let (signature, body) = setup.hooks.recv().await.unwrap();
        let event = setup.billing.verify(Some(&signature), &body, setup.clock.now()).unwrap();
        assert_eq!(event.payment, Some(wanted.payment), "{} names our payment", event.kind);
        let is_session = event.kind == "checkout.session.completed";
        assert_eq!(event.session_id.is_some(), is_session);
        kinds.push(event.kind);
    }
    assert_eq!(kinds, ["checkout.session.completed", "customer.subscription.created", "invoice.paid"]);

    let paid = setup.billing.read_checkout(&created.session_id).await.unwrap();
    assert_eq!((paid.status, paid.payment), (CheckoutStatus::Paid, Some(wanted.payment)));
    assert!(paid.provider_customer_id.unwrap().starts_with("cus_"));
    assert!(paid.provider_subscription_id.unwrap().starts_with("sub_"));
    assert_eq!(paid.raw["payment_status"], "paid");
    assert_eq!(paid.raw["metadata"]["botyard_customer"], wanted.customer.to_string());
}

#[tokio::test]
async fn one_payment_opens_one_session_even_when_the_answer_is_lost() {
    let setup = Setup::start().await;
    let wanted = checkout();
    setup.emulator.knobs().lose_answer("POST *", 1);
    let lost = setup.billing.create_checkout(&wanted).await;
    assert!(matches!(lost, Err(GatewayError::Unavailable(_))));
    let first = setup.billing.create_checkout(&wanted).await.unwrap();
    let second = setup.billing.create_checkout(&wanted).await.unwrap();
    assert_eq!(first.session_id, second.session_id);
    assert_eq!(setup.emulator.sessions().len(), 1);
}

#[tokio::test]
async fn failures_have_classes_and_quote_nothing() {
    let setup = Setup::start().await;
    let missing = setup.billing.read_checkout("cs_none").await;
    assert!(matches!(missing, Err(GatewayError::NotFound)));
    let stranger = Setup::billing(&setup.base, "sk_test_2");
    assert!(matches!(stranger.read_checkout("cs_none").await, Err(GatewayError::Credentials)));
    let toman = NewCheckout { price: Money::new(1, Currency::Irr), ..checkout() };
    assert!(matches!(setup.billing.create_checkout(&toman).await, Err(GatewayError::Refused(_))));
    let refusal = json!({ "error": { "type": "invalid_request_error", "code": "email_invalid",
        "message": "Invalid email address: a@example.com", "param": "customer_email" } });
    setup.emulator.knobs().fail_next("POST *", 1, 400, refusal);
    let error = setup.billing.create_checkout(&checkout()).await.unwrap_err().to_string();
    assert!(error.contains("email_invalid customer_email") && !error.contains('@'), "{error}");
    setup.emulator.knobs().set("*", Fault::Down, Some(1));
    let down = setup.billing.read_checkout("cs_none").await;
    assert!(matches!(down, Err(GatewayError::Unavailable(_))));
}

#[tokio::test]
async fn an_expired_session_is_expired() {
    let setup = Setup::start().await;
    let created = setup.billing.create_checkout(&checkout()).await.unwrap();
    setup.clock.advance(TimeDelta::hours(24));
    let read = setup.billing.read_checkout(&created.session_id).await.unwrap();
    assert_eq!(read.status, CheckoutStatus::Expired);
}

const BODY: &[u8] = br#"{"id":"evt_1","type":"checkout.session.completed","data":{"object":{"object":"checkout.session","id":"cs_1"}}}"#;

fn sign(secret: &str, second: i64, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{second}.").as_bytes());
    mac.update(body);
    hex::encode(mac.finalize().into_bytes())
}

#[rstest]
#[case::right("t=NOW,v1=GOOD", 0, Ok(()))]
#[case::among_others("t=NOW,v1=BAD,v1=GOOD,v0=x", 0, Ok(()))]
#[case::spaced("t=NOW, v1=GOOD", 0, Ok(()))]
#[case::old_but_near("t=NOW,v1=GOOD", -300, Ok(()))]
#[case::new_but_near("t=NOW,v1=GOOD", 300, Ok(()))]
#[case::too_old("t=NOW,v1=GOOD", -301, Err(RefusedWebhook::Timestamp))]
#[case::from_the_future("t=NOW,v1=GOOD", 301, Err(RefusedWebhook::Timestamp))]
#[case::wrong("t=NOW,v1=BAD", 0, Err(RefusedWebhook::Signature))]
#[case::missing("", 0, Err(RefusedWebhook::Signature))]
#[case::without_time("v1=GOOD", 0, Err(RefusedWebhook::Signature))]
#[case::another_time("t=1,v1=GOOD", 0, Err(RefusedWebhook::Signature))]
#[case::second_time("t=NOW,v1=BAD,t=1,v1=BAD", 0, Err(RefusedWebhook::Signature))]
#[case::only_v0("t=NOW,v0=GOOD", 0, Err(RefusedWebhook::Signature))]
#[case::cut_off("t=NOW,v1=HALF", 0, Err(RefusedWebhook::Signature))]
#[case::not_hex("t=NOW,v1=é", 0, Err(RefusedWebhook::Signature))]
#[tokio::test]
async fn a_signature_holds_or_does_not(
    #[case] header: &str,
    #[case] skew: i64,
    #[case] expected: Result<(), RefusedWebhook>,
) {
    let now = MockClock::new().now();
    let second = now.timestamp() + skew;
    let good = sign("whsec_old", second, BODY);
    let header = header
        .replace("NOW", &second.to_string())
        .replace("GOOD", &good)
        .replace("HALF", &good[..32])
        .replace("BAD", &sign("whsec_forged", second, BODY));
    let billing = Setup::billing(&"http://127.0.0.1:9/".parse().unwrap(), "sk_test_1");
    assert_eq!(billing.verify(Some(&header), BODY, now).map(drop), expected);
}

#[rstest]
#[case::changed_body(&br#"{"id":"evt_2"}"#[..], false, RefusedWebhook::Signature)]
#[case::not_json(&b"x"[..], true, RefusedWebhook::Malformed)]
#[case::not_an_event(&br#"{"id":"evt_1"}"#[..], true, RefusedWebhook::Malformed)]
#[case::another_account(
    &br#"{"id":"evt_1","type":"x","account":"acct_2","data":{"object":{}}}"#[..], true, RefusedWebhook::Account
)]
#[tokio::test]
async fn a_signed_body_must_be_an_event_of_ours(
    #[case] body: &[u8],
    #[case] is_signed: bool,
    #[case] expected: RefusedWebhook,
) {
    let now = MockClock::new().now();
    let signature = sign("whsec_old", now.timestamp(), if is_signed { body } else { BODY });
    let header = format!("t={},v1={signature}", now.timestamp());
    let billing = Setup::billing(&"http://127.0.0.1:9/".parse().unwrap(), "sk_test_1");
    assert_eq!(billing.verify(Some(&header), body, now), Err(expected));
    assert_eq!(billing.verify(None, body, now), Err(RefusedWebhook::Signature));
}
