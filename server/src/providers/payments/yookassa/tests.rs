//! The gateway against the emulator: asked for, paid, told, read again, sent back.

use chrono::{DateTime, TimeDelta};
use domain::{
    clock::Clock,
    money::{Currency, Money},
    ports::{
        GatewayAccount, GatewayError, GatewayEvent, Kept, NewPayment, PaymentGateway, PaymentStatus,
        RefusedWebhook,
    },
};
use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};

use super::{
    super::answer,
    wire::{self, Payment, Shop},
};
use crate::sandbox::{hosted::HostedPayments, knobs::Fault, yookassa::scene::Scene};

const SHOP: &str = "100001";

/// What the next notification says.
async fn told(scene: &mut Scene) -> GatewayEvent {
    let body = scene.hooks.recv().await.unwrap();
    let now = scene.clock.now();
    scene.gateway.verify(&scene.account(SHOP), &|_| None, &body, now).await.unwrap()
}

#[tokio::test]
async fn a_payment_is_asked_for_paid_told_and_read_again() {
    let mut scene = Scene::start().await;
    let (account, wanted) = (scene.account(SHOP), scene.wanted());
    let created = scene.gateway.create(&account, &wanted).await.unwrap();
    let id = created.provider_payment_id;
    assert!(created.pay_url.as_str().ends_with(&format!("/pay/{id}")));
    let pending = scene.gateway.read(&account, &id).await.unwrap();
    assert_eq!((pending.status, pending.paid_at), (PaymentStatus::Pending, None));

    scene.emulator.pay(&id).await.unwrap();
    let event = told(&mut scene).await;
    assert_eq!(event.event_id, format!("payment.succeeded:{id}"));
    assert_eq!((event.account_id.as_str(), event.order), (SHOP, None), "its body is not believed");
    let paid = scene.gateway.read(&account, &event.provider_payment_id).await.unwrap();
    assert_eq!(
        (paid.status, paid.amount, paid.order),
        (PaymentStatus::Paid, wanted.amount, Some(wanted.order))
    );
    assert_eq!((paid.account_id.as_str(), paid.refunded), (SHOP, 0));
    assert_eq!(paid.paid_at.unwrap().timestamp(), scene.clock.now().timestamp());
}

#[tokio::test]
async fn one_order_has_one_payment_even_when_the_answer_is_lost() {
    let scene = Scene::start().await;
    let (account, mut wanted) = (scene.account(SHOP), scene.wanted());
    scene.emulator.knobs().lose_answer("POST /payments", 1);
    let lost = scene.gateway.create(&account, &wanted).await;
    assert!(matches!(lost, Err(GatewayError::Unavailable(_))), "{lost:?}");
    let first = scene.gateway.create(&account, &wanted).await.unwrap();
    let second = scene.gateway.create(&account, &wanted).await.unwrap();
    assert_eq!(first.provider_payment_id, second.provider_payment_id);
    assert_eq!(scene.emulator.count(), 1);
    wanted.amount = Money::new(1, Currency::Rub);
    let other = scene.gateway.create(&account, &wanted).await;
    assert!(matches!(other, Err(GatewayError::Refused(_))), "{other:?}");
}

#[tokio::test]
async fn a_refused_card_fails_and_a_payment_out_of_time_expires() {
    let mut scene = Scene::start().await;
    let account = scene.account(SHOP);
    let wanted = scene.wanted();
    let refused = scene.gateway.create(&account, &wanted).await.unwrap().provider_payment_id;
    scene.emulator.decline(&refused).unwrap();
    let event = told(&mut scene).await;
    assert_eq!(event.event_id, format!("payment.canceled:{refused}"));
    assert_eq!(scene.gateway.read(&account, &refused).await.unwrap().status, PaymentStatus::Failed);
    let again = scene.gateway.create(&account, &wanted).await;
    assert!(matches!(again, Err(GatewayError::Refused(_))), "there is no page any more: {again:?}");

    let late = scene.created().await.provider_payment_id;
    scene.clock.advance(TimeDelta::hours(1));
    assert!(scene.emulator.pay(&late).await.is_err());
    assert_eq!(scene.gateway.read(&account, &late).await.unwrap().status, PaymentStatus::Expired);
}

#[tokio::test]
async fn a_card_is_kept_when_its_payer_agreed_and_charged_once_for_each_order() {
    let scene = Scene::start().await;
    let account = scene.account(SHOP);
    let plain = scene.paid().await;
    let kept = scene.gateway.kept(&account, &plain).await.unwrap();
    assert!(matches!(kept, Kept::Not), "nobody agreed: {kept:?}");
    let token = scene.kept().await;
    let charge = scene.charge(&token);
    scene.emulator.knobs().lose_answer("POST /payments", 1);
    let lost = scene.gateway.charge(&account, &charge).await;
    assert!(matches!(lost, Err(GatewayError::Unavailable(_))), "{lost:?}");
    let first = scene.gateway.charge(&account, &charge).await.unwrap();
    let second = scene.gateway.charge(&account, &charge).await.unwrap();
    assert_eq!(first.provider_payment_id, second.provider_payment_id);
    assert_eq!(
        (first.status, first.amount, first.order),
        (PaymentStatus::Paid, charge.amount, Some(charge.order))
    );
    assert_eq!(scene.emulator.count(), 3);
    assert!(!first.raw.to_string().contains(&token), "the evidence holds no secret: {}", first.raw);
    assert_eq!(scene.gateway.read(&account, &first.provider_payment_id).await.unwrap(), first);

    let stranger = scene.gateway.charge(&scene.account("100002"), &scene.charge(&token)).await;
    assert!(matches!(stranger, Err(GatewayError::Refused(_))), "another shop's card: {stranger:?}");
}

#[rstest]
#[case::no_money("insufficient_funds", false)]
#[case::taken_back("permission_revoked", true)]
#[case::too_old("card_expired", true)]
#[tokio::test]
async fn a_refused_charge_fails_and_says_whether_the_card_is_of_any_use(
    #[case] reason: &str,
    #[case] withdrawn: bool,
) {
    let scene = Scene::start().await;
    let account = scene.account(SHOP);
    let token = scene.kept().await;
    scene.emulator.change_methods(SHOP, |method| method.refuses = Some(reason.into()));
    let refused = scene.gateway.charge(&account, &scene.charge(&token)).await.unwrap();
    assert_eq!(refused.status, PaymentStatus::Failed);
    let kept = scene.gateway.kept(&account, &refused.provider_payment_id).await.unwrap();
    assert_eq!(matches!(kept, Kept::Withdrawn), withdrawn, "{kept:?}");
}

#[tokio::test]
async fn a_notification_is_kept_without_the_name_of_the_card() {
    let mut scene = Scene::start().await;
    let account = scene.account(SHOP);
    let token = scene.kept().await;
    let charge = scene.charge(&token);
    scene.gateway.charge(&account, &charge).await.unwrap();
    scene.hooks.recv().await.unwrap();
    let body = scene.hooks.recv().await.unwrap();
    assert!(String::from_utf8_lossy(&body).contains(&token), "it tells it");
    let kept = scene.gateway.kept_body(&body);
    assert!(!kept.contains(&token) && kept.contains(&charge.order.to_string()), "{kept}");
    for odd in ["", "[]", "7", "{\"object\": 7}", "{\"object\": {\"payment_method\": 7}}"] {
        scene.gateway.kept_body(odd.as_bytes());
    }
}

#[tokio::test]
async fn a_bank_that_takes_its_time_leaves_a_charge_pending() {
    let scene = Scene::start().await;
    let account = scene.account(SHOP);
    let token = scene.kept().await;
    scene.emulator.change_methods(SHOP, |method| method.slow = true);
    let waits = scene.gateway.charge(&account, &scene.charge(&token)).await.unwrap();
    assert_eq!(waits.status, PaymentStatus::Pending);
    scene.clock.advance(TimeDelta::hours(3));
    scene.emulator.pay(&waits.provider_payment_id).await.unwrap();
    let paid = scene.gateway.read(&account, &waits.provider_payment_id).await.unwrap();
    assert_eq!(paid.status, PaymentStatus::Paid);
}

#[tokio::test]
async fn a_shop_that_may_keep_nothing_is_paid_as_ever() {
    let scene = Scene::start().await;
    let account = scene.account(SHOP);
    let body = json!({ "type": "error", "code": "forbidden", "description": "no recurring payments" });
    scene.emulator.knobs().fail_next("POST /payments", 1, 403, body);
    let wanted = NewPayment { keeps_method: true, ..scene.wanted() };
    let payment = scene.gateway.create(&account, &wanted).await.unwrap().provider_payment_id;
    scene.emulator.pay(&payment).await.unwrap();
    let kept = scene.gateway.kept(&account, &payment).await.unwrap();
    assert!(matches!(kept, Kept::Not), "{kept:?}");
    assert_eq!(scene.emulator.count(), 1);
}

#[tokio::test]
async fn money_goes_back_in_parts_once_for_each_refund_and_never_too_much() {
    let mut scene = Scene::start().await;
    let account = scene.account(SHOP);
    let payment = scene.paid().await;
    scene.hooks.recv().await.unwrap();
    let part = scene.refund(&payment, 10_000);
    scene.emulator.knobs().lose_answer("POST /refunds", 1);
    let lost = scene.gateway.refund(&account, &part).await;
    assert!(matches!(lost, Err(GatewayError::Unavailable(_))), "{lost:?}");
    scene.gateway.refund(&account, &part).await.unwrap();
    // The key is forgotten after a day, the refund is not.
    scene.clock.advance(TimeDelta::hours(25));
    scene.gateway.refund(&account, &part).await.unwrap();
    assert_eq!(scene.gateway.read(&account, &payment).await.unwrap().refunded, 10_000);
    let event = told(&mut scene).await;
    assert_eq!(event.provider_payment_id, payment, "a refund's event names the payment");

    let too_much = scene.gateway.refund(&account, &scene.refund(&payment, 19_951)).await;
    assert!(matches!(too_much, Err(GatewayError::Refused(_))), "{too_much:?}");
    scene.gateway.refund(&account, &scene.refund(&payment, 19_950)).await.unwrap();
    let whole = scene.gateway.read(&account, &payment).await.unwrap();
    assert_eq!((whole.status, whole.refunded), (PaymentStatus::Paid, 29_950));
    assert_eq!(scene.emulator.refunds(&payment).len(), 2);
}

#[tokio::test]
async fn a_list_has_every_payment_of_the_shop_since_then_over_all_pages() {
    let scene = Scene::start().await;
    let account = scene.account(SHOP);
    scene.created().await;
    scene.clock.advance(TimeDelta::days(1));
    let since = scene.clock.now();
    for _ in 0..205 {
        scene.created().await;
    }
    scene.gateway.create(&scene.account("100002"), &scene.wanted()).await.unwrap();
    assert_eq!(scene.gateway.list(&account, since).await.unwrap().len(), 205);
    assert_eq!(scene.gateway.list(&account, DateTime::UNIX_EPOCH).await.unwrap().len(), 206);
}

#[rstest]
#[case::trouble(500, |error: &GatewayError| matches!(error, GatewayError::Unavailable(_)))]
#[case::too_many(429, |error: &GatewayError| matches!(error, GatewayError::Unavailable(_)))]
#[case::still_at_it(202, |error: &GatewayError| matches!(error, GatewayError::Unavailable(_)))]
#[case::wrong_key(401, |error: &GatewayError| matches!(error, GatewayError::Credentials))]
#[case::no_right(403, |error: &GatewayError| matches!(error, GatewayError::Credentials))]
#[case::said_no(400, |error: &GatewayError| matches!(error, GatewayError::Refused(said) if said == "why"))]
#[tokio::test]
async fn every_answer_says_whether_to_ask_again(
    #[case] status: u16,
    #[case] fits: fn(&GatewayError) -> bool,
) {
    let scene = Scene::start().await;
    let account = scene.account(SHOP);
    let payment = scene.paid().await;
    let body = json!({ "type": "error", "code": "x", "description": "why", "retry_after": 1800 });
    scene.emulator.knobs().set("*", Fault::Fail { status, body }, None);
    let errors = [
        scene.gateway.create(&account, &scene.wanted()).await.unwrap_err(),
        scene.gateway.read(&account, &payment).await.unwrap_err(),
        scene.gateway.list(&account, scene.clock.now()).await.unwrap_err(),
        scene.gateway.refund(&account, &scene.refund(&payment, 1)).await.unwrap_err(),
        scene.gateway.probe(&account).await.unwrap_err(),
    ];
    assert!(errors.iter().all(fits), "{errors:?}");
    scene.emulator.knobs().clear();
    scene.emulator.knobs().set_down(true);
    assert!(matches!(scene.gateway.read(&account, &payment).await, Err(GatewayError::Unavailable(_))));
}

#[tokio::test]
async fn an_answer_that_does_not_end_is_not_read_to_its_end() {
    let scene = Scene::start().await;
    let body = json!({ "description": "x".repeat(11 * 1024 * 1024) });
    scene.emulator.knobs().fail_next("*", 1, 200, body);
    let error = scene.gateway.probe(&scene.account(SHOP)).await.unwrap_err();
    assert_eq!(error.to_string(), "the provider did not answer: the answer was cut off");
}

#[tokio::test]
async fn shops_cannot_reach_each_others_payments() {
    let scene = Scene::start().await;
    let payment = scene.paid().await;
    let other = scene.account("100002");
    assert!(matches!(scene.gateway.read(&other, &payment).await, Err(GatewayError::NotFound)));
    let refund = scene.gateway.refund(&other, &scene.refund(&payment, 1)).await;
    assert!(matches!(refund, Err(GatewayError::Refused(_))), "{refund:?}");
    let stranger = GatewayAccount { api_key: "test_wrong".to_owned().into(), ..scene.account(SHOP) };
    assert!(matches!(scene.gateway.probe(&stranger).await, Err(GatewayError::Credentials)));
    scene.gateway.probe(&scene.account(SHOP)).await.unwrap();
    let climbing = scene.gateway.read(&scene.account(SHOP), "../me").await;
    assert!(matches!(climbing, Err(GatewayError::NotFound)));
}

#[test]
fn an_account_that_is_anothers_or_disabled_does_not_pass_the_test() {
    let shop = |json: Value| answer::read::<Shop>(&json).unwrap().check(SHOP);
    let other = shop(json!({ "account_id": "7", "status": "enabled" }));
    assert!(matches!(other, Err(GatewayError::Credentials)));
    let disabled = shop(json!({ "account_id": SHOP, "status": "disabled" }));
    assert!(matches!(disabled, Err(GatewayError::Refused(_))));
}

#[rstest]
#[case("waiting_for_capture", Value::Null, PaymentStatus::Pending)]
#[case("quantum", Value::Null, PaymentStatus::Pending)]
#[case("succeeded", Value::Null, PaymentStatus::Paid)]
#[case("canceled", Value::Null, PaymentStatus::Failed)]
#[case("canceled", json!("fraud_suspected"), PaymentStatus::Failed)]
#[case("canceled", json!("expired_on_confirmation"), PaymentStatus::Expired)]
#[case("canceled", json!("expired_on_capture"), PaymentStatus::Expired)]
fn a_status_says_no_more_than_is_certain(
    #[case] status: &str,
    #[case] reason: Value,
    #[case] expected: PaymentStatus,
) {
    let mut raw = json!({
        "id": "22e12f66-000f-5000-8000-18db351245c7",
        "status": status,
        "amount": { "value": "2.00", "currency": "RUB" },
        "recipient": { "account_id": SHOP, "gateway_id": "1" },
        "refunded_amount": { "value": "0.50", "currency": "RUB" },
    });
    if !reason.is_null() {
        raw["cancellation_details"] = json!({ "party": "yoo_money", "reason": reason });
    }
    let facts = answer::read::<Payment>(&raw).unwrap().into_facts(raw.clone()).unwrap();
    assert_eq!((facts.status, facts.amount.minor, facts.refunded), (expected, 200, 50));
    raw["amount"]["value"] = json!("2.005");
    let odd = answer::read::<Payment>(&raw).unwrap().into_facts(raw.clone());
    assert!(odd.is_err(), "nothing is rounded");
    raw["amount"] = json!({ "value": "2.00", "currency": "KZT" });
    assert_eq!(wire::ours(vec![raw]).unwrap(), [], "what else the shop sells there is passed over");
}

#[rstest]
#[case(json!({}))]
#[case(json!({ "type": "notification", "event": "payout.succeeded", "object": { "id": ID, "status": "succeeded" } }))]
#[case(json!({ "type": "notification", "event": "refund.succeeded", "object": { "id": ID, "status": "succeeded" } }))]
#[case(json!({ "type": "notification", "event": "payment.succeeded", "object": { "id": "../me", "status": "succeeded" } }))]
#[case(json!({ "type": "notification", "event": "payment.invented", "object": { "id": ID, "status": "succeeded" } }))]
#[case(json!({ "type": "notification", "event": "refund.invented", "object": { "id": ID, "payment_id": ID } }))]
#[case(json!({ "type": "letter", "event": "payment.succeeded", "object": { "id": ID, "status": "succeeded" } }))]
#[case(json!({ "type": "notification", "event": "payment.succeeded", "object": { "id": ID, "status": "succeeded" }, "x": "y".repeat(20_000) }))]
fn a_body_that_is_no_notification_is_refused(#[case] body: Value) {
    assert_eq!(wire::event(body.to_string().as_bytes(), SHOP), Err(RefusedWebhook::Malformed));
}

const ID: &str = "22e12f66-000f-5000-8000-18db351245c7";

#[test]
fn a_status_that_anybody_can_write_makes_no_other_event() {
    let told = |status: &str| {
        let object = json!({ "id": ID, "status": status });
        let body = json!({ "type": "notification", "event": "payment.succeeded", "object": object });
        wire::event(body.to_string().as_bytes(), SHOP).unwrap().event_id
    };
    assert_eq!(told("succeeded"), told("invented"));
}

proptest! {
    #[test]
    fn no_body_makes_the_parser_panic(body: Vec<u8>) {
        prop_assert_eq!(wire::event(&body, SHOP), Err(RefusedWebhook::Malformed));
    }

    #[test]
    fn what_a_body_claims_ends_in_nothing_but_an_id_to_read(
        event in "(payment|refund)?\\.?\\PC{0,30}",
        id in "[0-9a-f-]{36}|\\PC{0,40}",
        status in "\\PC{0,50}",
    ) {
        let object = json!({ "id": id, "status": status, "payment_id": id, "account_id": "7" });
        let body = json!({ "type": "notification", "event": event, "object": object }).to_string();
        if let Ok(event) = wire::event(body.as_bytes(), SHOP) {
            prop_assert!(wire::is_id(&event.provider_payment_id) && event.event_id.len() < 128);
            prop_assert_eq!((event.account_id.as_str(), event.order), (SHOP, None));
        }
    }
}
