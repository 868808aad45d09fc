//! Reports: signed, forged, signed by a key that changed, and of no form at all.

use chrono::TimeDelta;
use domain::ports::RefusedWebhook;
use futures::future::join_all;
use http::HeaderMap;
use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};

use super::Setup;
use crate::{
    providers::payments::wata::{hook, key, wire},
    sandbox::hosted::HostedPayments as _,
};

const TRUE_KEY: &str = include_str!("../../../../sandbox/wata/key_1.pub.pem");

#[tokio::test]
async fn a_changed_body_or_a_missing_signature_is_refused() {
    let mut setup = Setup::start().await;
    let wanted = setup.payment();
    let (headers, body) = setup.paid(&wanted).await;
    let changed = String::from_utf8(body.clone()).unwrap().replace("299.1", "9.1").into_bytes();
    assert_eq!(setup.verify(1, &(headers, changed)).await, Err(RefusedWebhook::Signature));
    assert_eq!(setup.verify(1, &(HeaderMap::new(), body)).await, Err(RefusedWebhook::Signature));
}

#[tokio::test]
async fn a_key_that_was_changed_is_fetched_again_but_not_for_every_forgery() {
    let mut setup = Setup::start().await;
    let first = setup.payment();
    let told = setup.paid(&first).await;
    setup.verify(1, &told).await.unwrap();
    setup.emulator.rotate_key();
    let second = setup.payment();
    let new = setup.paid(&second).await;
    assert_eq!(setup.verify(1, &new).await, Err(RefusedWebhook::Signature), "asked a moment ago");
    setup.real.advance(TimeDelta::minutes(1));
    setup.verify(1, &new).await.unwrap();
    assert_eq!(setup.verify(1, &told).await, Err(RefusedWebhook::Signature), "the old key is gone");
}

#[rstest]
#[case(503, Value::Null)]
#[case(200, json!("<html>"))]
#[case(200, json!({ "value": "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----" }))]
#[case(200, json!({ "value": TRUE_KEY, "more": "x".repeat(11 * 1024 * 1024) }))]
#[tokio::test]
async fn a_webhook_whose_key_cannot_be_fetched_is_to_come_again(#[case] status: u16, #[case] body: Value) {
    let mut setup = Setup::start().await;
    let wanted = setup.payment();
    let told = setup.paid(&wanted).await;
    setup.emulator.knobs().fail_next("GET /public-key", 1, status, body);
    assert_eq!(setup.verify(1, &told).await, Err(RefusedWebhook::KeyUnknown));
    setup.real.advance(TimeDelta::minutes(1));
    setup.verify(1, &told).await.unwrap();
}

#[tokio::test]
async fn while_no_key_is_known_forgeries_ask_for_it_no_more_often() {
    let mut setup = Setup::start().await;
    let wanted = setup.payment();
    let told = setup.paid(&wanted).await;
    setup.emulator.knobs().fail_next("GET /public-key", 9, 503, Value::Null);
    let asked = || 9 - setup.emulator.knobs().rules()[0].left.unwrap();
    let forged = (told.0.clone(), b"{}".to_vec());
    for answer in join_all((0..5).map(|_| setup.verify(1, &forged))).await {
        assert_eq!(answer, Err(RefusedWebhook::KeyUnknown));
    }
    assert_eq!(asked(), 1);
    assert_eq!(setup.verify(1, &told).await, Err(RefusedWebhook::KeyUnknown), "it comes again");
    setup.real.advance(TimeDelta::minutes(1));
    assert_eq!(setup.verify(1, &told).await, Err(RefusedWebhook::KeyUnknown));
    assert_eq!(asked(), 2);
}

#[tokio::test]
async fn webhooks_that_come_together_before_the_key_is_known_wait_for_it() {
    let mut setup = Setup::start().await;
    let wanted = setup.payment();
    let told = setup.paid(&wanted).await;
    for answer in join_all((0..5).map(|_| setup.verify(1, &told))).await {
        answer.unwrap();
    }
}

#[rstest]
#[case("", Err(RefusedWebhook::Malformed))]
#[case(r#"{"transactionId":"a","transactionStatus":"Paid"}"#, Err(RefusedWebhook::Malformed))]
#[case(
    r#"{"transactionId":"a","transactionStatus":"Paid","orderId":"7","terminalPublicId":"u"}"#,
    Err(RefusedWebhook::Account)
)]
#[case(
    r#"{"transactionId":"a","transactionStatus":"Paid","orderId":"7","terminalPublicId":"T"}"#,
    Ok("a:Paid")
)]
fn an_event_is_read_or_refused(#[case] body: &str, #[case] wanted: Result<&str, RefusedWebhook>) {
    let read = wire::event(body.as_bytes(), "t").map(|event| event.event_id);
    assert_eq!(read, wanted.map(str::to_owned));
}

proptest! {
    #[test]
    fn no_body_no_header_and_no_key_makes_the_checks_panic(
        body in proptest::collection::vec(any::<u8>(), 0..200),
        header in ".{0,80}",
    ) {
        prop_assert!(!key::is_signed(&body, &body, &body));
        let _ = key::signature(&header);
        let _ = key::of_pem(&header);
        let _ = wire::event(&body, "t");
        let _ = hook(&body);
    }

    #[test]
    fn a_broken_key_is_no_key(at in 0..294_usize, to in any::<u8>()) {
        use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
        let pem = include_str!("../../../../sandbox/wata/key_1.pub.pem");
        prop_assert!(key::of_pem(pem).is_some());
        let text: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
        let mut der = BASE64.decode(text).unwrap();
        der[at] = to;
        let _ = key::of_pem(&format!("-----BEGIN PUBLIC KEY-----{}-----END PUBLIC KEY-----", BASE64.encode(&der)));
        der.truncate(at);
        prop_assert_eq!(key::of_pem(&format!("-----BEGIN PUBLIC KEY-----{}-----", BASE64.encode(&der))), None);
    }
}
