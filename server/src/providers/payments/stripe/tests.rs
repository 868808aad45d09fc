//! The gateway against the emulator: asked for, paid, told, read again, sent back, called back.

mod webhooks;

use chrono::{DateTime, TimeDelta};
use domain::{
    clock::Clock,
    money::{Currency, Money},
    ports::{Dispute, GatewayAccount, GatewayError, PaymentGateway, PaymentStatus, RefusedWebhook},
};
use rstest::rstest;
use serde_json::{Value, json};

use super::{
    super::answer,
    wire::{self, Refund, Session},
};
use crate::sandbox::{
    hosted::{HostedPayments, HostedState},
    knobs::Fault,
    stripe::{CheckoutError, scene::Scene},
};

const SHOP: &str = "shop_a";

#[tokio::test]
async fn a_payment_is_asked_for_paid_told_and_read_again() {
    let mut scene = Scene::start().await;
    let (account, wanted) = (scene.account(SHOP), scene.wanted());
    let created = scene.gateway.create(&account, &wanted).await.unwrap();
    let id = created.provider_payment_id;
    assert!(created.pay_url.as_str().ends_with(&format!("/pay/{id}")));
    let pending = scene.gateway.read(&account, &id).await.unwrap();
    assert_eq!((pending.status, pending.paid_at), (PaymentStatus::Pending, None));

    scene.emulator.pay(&id).unwrap();
    let event = scene.told(SHOP).await.unwrap();
    assert_eq!((event.account_id.as_str(), event.order), (SHOP, Some(wanted.order)));
    assert_eq!(event.provider_payment_id, id);
    let paid = scene.gateway.read(&account, &event.provider_payment_id).await.unwrap();
    assert_eq!(
        (paid.status, paid.amount, paid.order),
        (PaymentStatus::Paid, wanted.amount, Some(wanted.order))
    );
    assert_eq!((paid.account_id.as_str(), paid.refunded, paid.dispute), (SHOP, 0, None));
    assert_eq!(paid.paid_at.unwrap().timestamp(), scene.clock.now().timestamp());
    assert_eq!(paid.raw["payment_status"], "paid");
}

#[tokio::test]
async fn what_the_payer_told_stripe_and_what_opens_their_payment_is_not_kept() {
    let scene = Scene::start().await;
    let payment = scene.paid().await;
    let facts = scene.gateway.read(&scene.account(SHOP), &payment).await.unwrap();
    let raw = facts.raw.to_string();
    assert!(facts.raw["payment_intent"]["latest_charge"]["id"].is_string(), "{raw}");
    for word in ["_secret_", "payer@example.com", "Jenny"] {
        assert!(!raw.contains(word), "{word} in {raw}");
    }
}

#[tokio::test]
async fn one_order_has_one_session_even_when_the_answer_is_lost() {
    let scene = Scene::start().await;
    let (account, mut wanted) = (scene.account(SHOP), scene.wanted());
    scene.emulator.knobs().lose_answer("POST /v1/checkout/sessions", 1);
    let lost = scene.gateway.create(&account, &wanted).await;
    assert!(matches!(lost, Err(GatewayError::Unavailable(_))), "{lost:?}");
    let first = scene.gateway.create(&account, &wanted).await.unwrap();
    // Up to the order's last minute it is the same request.
    scene.clock.advance(TimeDelta::minutes(59));
    let second = scene.gateway.create(&account, &wanted).await.unwrap();
    assert_eq!(first.provider_payment_id, second.provider_payment_id);
    assert_eq!(scene.emulator.sessions().len(), 1);
    wanted.amount = Money::new(1_501, Currency::Eur);
    let other = scene.gateway.create(&account, &wanted).await;
    assert!(
        matches!(other, Err(GatewayError::Refused(ref word)) if word == "idempotency_error"),
        "{other:?}"
    );
}

#[tokio::test]
async fn a_session_outlives_its_order_by_no_more_than_stripe_asks_for() {
    let scene = Scene::start().await;
    let (account, wanted) = (scene.account(SHOP), scene.wanted());
    // The order's last second: Stripe takes no session that ends sooner than in half an hour.
    scene.clock.advance(TimeDelta::seconds(3_599));
    let late = scene.gateway.create(&account, &wanted).await.unwrap().provider_payment_id;
    scene.clock.advance(TimeDelta::minutes(31));
    assert_eq!(scene.gateway.read(&account, &late).await.unwrap().status, PaymentStatus::Pending);
    scene.clock.advance(TimeDelta::seconds(1));
    assert_eq!(scene.emulator.pay(&late), Err(CheckoutError::NotOpen));
    assert_eq!(scene.gateway.read(&account, &late).await.unwrap().status, PaymentStatus::Expired);
}

#[tokio::test]
async fn a_refused_card_leaves_the_page_open_for_another() {
    let scene = Scene::start().await;
    let payment = scene.created().await.provider_payment_id;
    scene.emulator.decline(&payment).unwrap();
    let page = scene.emulator.payment(&payment).unwrap();
    assert_eq!((page.state, page.amount), (HostedState::Open, Money::new(1_500, Currency::Eur)));
    let facts = scene.gateway.read(&scene.account(SHOP), &payment).await.unwrap();
    assert_eq!(facts.status, PaymentStatus::Pending);
    scene.emulator.pay(&payment).unwrap();
    assert_eq!(scene.emulator.payment(&payment).unwrap().state, HostedState::Paid);
}

#[tokio::test]
async fn money_goes_back_in_parts_once_for_each_refund_and_never_too_much() {
    let mut scene = Scene::start().await;
    let account = scene.account(SHOP);
    let payment = scene.paid().await;
    scene.told(SHOP).await.unwrap();
    let part = scene.refund(&payment, 500);
    scene.emulator.knobs().lose_answer("POST /v1/refunds", 1);
    let lost = scene.gateway.refund(&account, &part).await;
    assert!(matches!(lost, Err(GatewayError::Unavailable(_))), "{lost:?}");
    scene.gateway.refund(&account, &part).await.unwrap();
    // The key is forgotten after a day, the refund is not.
    scene.clock.advance(TimeDelta::hours(25));
    scene.gateway.refund(&account, &part).await.unwrap();
    assert_eq!(scene.gateway.read(&account, &payment).await.unwrap().refunded, 500);

    let too_much = scene.gateway.refund(&account, &scene.refund(&payment, 1_001)).await;
    assert!(matches!(too_much, Err(GatewayError::Refused(_))), "{too_much:?}");
    scene.gateway.refund(&account, &scene.refund(&payment, 1_000)).await.unwrap();
    let whole = scene.gateway.read(&account, &payment).await.unwrap();
    assert_eq!((whole.status, whole.refunded), (PaymentStatus::Paid, 1_500));
    let more = scene.gateway.refund(&account, &scene.refund(&payment, 1)).await;
    assert!(matches!(more, Err(GatewayError::Refused(ref word)) if word == "charge_already_refunded"));
    let unpaid = scene.created().await.provider_payment_id;
    let nothing = scene.gateway.refund(&account, &scene.refund(&unpaid, 1)).await;
    assert!(matches!(nothing, Err(GatewayError::Refused(_))), "{nothing:?}");
}

#[tokio::test]
async fn a_refund_and_a_dispute_are_told_by_the_payments_other_name() {
    let mut scene = Scene::start().await;
    let account = scene.account(SHOP);
    let payment = scene.paid().await;
    let done = scene.told(SHOP).await.unwrap();
    scene.gateway.refund(&account, &scene.refund(&payment, 500)).await.unwrap();
    let charge = scene.told(SHOP).await.unwrap();
    assert_eq!(charge.order, done.order, "the charge bears what the session was made with");
    assert!(charge.provider_payment_id.starts_with("pi_"), "{charge:?}");
    let refund = scene.told(SHOP).await.unwrap();
    assert_eq!(refund.provider_payment_id, charge.provider_payment_id);

    let said = [("needs_response", Dispute::Open), ("under_review", Dispute::Open), ("won", Dispute::Won)];
    for (status, dispute) in said {
        scene.emulator.dispute(&payment, status).unwrap();
        let event = scene.told(SHOP).await.unwrap();
        assert_eq!(event.order, None, "a bank's claim bears nothing of ours");
        let facts = scene.gateway.read(&account, &event.provider_payment_id).await.unwrap();
        assert_eq!((facts.provider_payment_id.as_str(), facts.dispute), (payment.as_str(), Some(dispute)));
        assert_eq!((facts.refunded, facts.order), (500, done.order));
        let list = scene.gateway.list(&account, DateTime::UNIX_EPOCH).await.unwrap();
        assert_eq!(list, [facts]);
    }
    let nobodys = scene.gateway.read(&account, "pi_nobodys").await;
    assert!(matches!(nobodys, Err(GatewayError::NotFound)), "{nobodys:?}");
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
    // Another shop whose seller has the same account at Stripe.
    scene.open("shop_c", "sk_test_a");
    let neighbour = GatewayAccount { account_id: "shop_c".into(), ..account.clone() };
    scene.gateway.create(&neighbour, &scene.wanted()).await.unwrap();
    scene.gateway.create(&scene.account("shop_b"), &scene.wanted()).await.unwrap();
    assert_eq!(scene.gateway.list(&account, since).await.unwrap().len(), 205);
    assert_eq!(scene.gateway.list(&account, DateTime::UNIX_EPOCH).await.unwrap().len(), 206);
    assert_eq!(scene.gateway.list(&neighbour, since).await.unwrap().len(), 1);
}

#[rstest]
#[case::trouble(500, "api_error", |error: &GatewayError| matches!(error, GatewayError::Unavailable(_)))]
#[case::too_many(429, "rate_limit", |error: &GatewayError| matches!(error, GatewayError::Unavailable(_)))]
#[case::at_once(409, "idempotency_key_in_use", |error: &GatewayError| matches!(error, GatewayError::Unavailable(_)))]
#[case::locked(400, "lock_timeout", |error: &GatewayError| matches!(error, GatewayError::Unavailable(_)))]
#[case::wrong_key(401, "x", |error: &GatewayError| matches!(error, GatewayError::Credentials))]
#[case::no_right(403, "x", |error: &GatewayError| matches!(error, GatewayError::Credentials))]
#[case::said_no(400, "why", |error: &GatewayError| matches!(error, GatewayError::Refused(said) if said == "why"))]
#[tokio::test]
async fn every_answer_says_whether_to_ask_again(
    #[case] status: u16,
    #[case] code: &str,
    #[case] fits: fn(&GatewayError) -> bool,
) {
    let scene = Scene::start().await;
    let account = scene.account(SHOP);
    let payment = scene.paid().await;
    let body = json!({ "error": { "type": "invalid_request_error", "code": code, "message": "quotes" } });
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
async fn shops_cannot_reach_each_others_payments() {
    let mut scene = Scene::start().await;
    let payment = scene.paid().await;
    assert_eq!(scene.told("shop_b").await, Err(RefusedWebhook::Signature));
    let other = scene.account("shop_b");
    assert!(matches!(scene.gateway.read(&other, &payment).await, Err(GatewayError::NotFound)));
    let refund = scene.gateway.refund(&other, &scene.refund(&payment, 1)).await;
    assert!(matches!(refund, Err(GatewayError::NotFound)), "{refund:?}");
    let stranger = GatewayAccount { api_key: "sk_test_wrong".to_owned().into(), ..scene.account(SHOP) };
    assert!(matches!(scene.gateway.probe(&stranger).await, Err(GatewayError::Credentials)));
    for climbing in ["../account", "cs_a/expire", "cs_a?x", "in_1", ""] {
        let read = scene.gateway.read(&scene.account(SHOP), climbing).await;
        assert!(matches!(read, Err(GatewayError::NotFound)), "{climbing}: {read:?}");
    }
}

#[tokio::test]
async fn a_key_that_may_not_read_all_that_is_needed_does_not_pass_the_test() {
    let scene = Scene::start().await;
    let account = scene.account(SHOP);
    scene.gateway.probe(&account).await.unwrap();
    for list in ["checkout/sessions", "refunds", "disputes"] {
        let body = json!({ "error": { "type": "invalid_request_error", "message": "not permitted" } });
        scene.emulator.knobs().fail_next(&format!("GET /v1/{list}"), 1, 403, body);
        let tested = scene.gateway.probe(&account).await;
        assert!(matches!(tested, Err(GatewayError::Credentials)), "{list}: {tested:?}");
    }
    scene.gateway.probe(&account).await.unwrap();
}

#[tokio::test]
async fn two_shops_of_one_seller_share_an_account_and_nothing_else() {
    let mut scene = Scene::start().await;
    scene.open("shop_c", "sk_test_a");
    let payment = scene.paid().await;
    let neighbour = GatewayAccount { account_id: "shop_c".into(), ..scene.account(SHOP) };
    let facts = scene.gateway.read(&neighbour, &payment).await.unwrap();
    assert_eq!(facts.account_id, SHOP, "it says whose it is");
    // Both endpoints are told, each signed for itself.
    let (first, second) = (scene.hooks.recv().await.unwrap(), scene.hooks.recv().await.unwrap());
    assert_eq!(first.1, second.1);
    let mut events = Vec::new();
    for shop in [SHOP, "shop_c"] {
        for (signature, body) in [&first, &second] {
            let (account, now) = (scene.account(shop), scene.clock.now());
            let told = scene.gateway.verify(&account, &|_| Some(signature.clone()), body, now).await;
            events.extend(told.ok().map(|event| (event.account_id, event.order.is_some())));
        }
    }
    assert_eq!(events, [(SHOP.to_owned(), true), ("shop_c".to_owned(), false)]);
}

#[tokio::test]
async fn too_little_is_refused_and_said_before() {
    let scene = Scene::start().await;
    for currency in [Currency::Eur, Currency::Usd] {
        let least = scene.gateway.least(currency);
        let mut wanted = scene.wanted();
        wanted.amount = Money::new(least - 1, currency);
        let refused = scene.gateway.create(&scene.account(SHOP), &wanted).await;
        assert!(matches!(refused, Err(GatewayError::Refused(ref word)) if word == "amount_too_small"));
        wanted.amount = Money::new(least, currency);
        scene.gateway.create(&scene.account(SHOP), &wanted).await.unwrap();
    }
}

#[tokio::test]
async fn a_new_key_opens_the_old_account_and_a_restart_brings_what_was_not_taken() {
    let mut scene = Scene::start().await;
    scene.emulator.knobs().lose_next("webhook:*", 1);
    let payment = scene.paid().await;
    let kept = scene.emulator.snapshot();
    assert!(!kept.to_string().contains("sk_test_") && !kept.to_string().contains("whsec_"), "{kept}");
    scene.emulator.restore(kept).unwrap();
    scene.open(SHOP, "sk_test_rolled");
    assert_eq!(scene.told(SHOP).await.unwrap().provider_payment_id, payment);
    let rolled = GatewayAccount { api_key: "sk_test_rolled".to_owned().into(), ..scene.account(SHOP) };
    assert_eq!(scene.gateway.read(&rolled, &payment).await.unwrap().status, PaymentStatus::Paid);
    assert!(matches!(scene.gateway.probe(&scene.account(SHOP)).await, Err(GatewayError::Credentials)));
    let platform = scene.emulator.session(&payment).unwrap();
    assert_eq!(platform.amount, 1_500);
}

fn session(change: impl FnOnce(&mut Value)) -> Value {
    let mut raw = json!({
        "id": "cs_test_1", "status": "complete", "payment_status": "paid", "mode": "payment",
        "amount_total": 200, "currency": "usd", "client_reference_id": null, "metadata": {},
        "payment_intent": {
            "id": "pi_1", "status": "succeeded",
            "latest_charge": { "id": "ch_1", "created": 1_700_000_000, "amount_refunded": 50, "disputed": true },
        },
    });
    change(&mut raw);
    raw
}

#[rstest]
#[case("complete", "paid", "succeeded", PaymentStatus::Paid)]
#[case("complete", "unpaid", "processing", PaymentStatus::Pending)]
#[case("complete", "unpaid", "requires_payment_method", PaymentStatus::Failed)]
#[case("complete", "unpaid", "canceled", PaymentStatus::Failed)]
#[case("complete", "no_payment_required", "succeeded", PaymentStatus::Pending)]
#[case("complete", "quantum", "succeeded", PaymentStatus::Pending)]
#[case("open", "unpaid", "requires_payment_method", PaymentStatus::Pending)]
#[case("open", "paid", "succeeded", PaymentStatus::Pending)]
#[case("expired", "unpaid", "canceled", PaymentStatus::Expired)]
#[case("quantum", "paid", "succeeded", PaymentStatus::Pending)]
fn a_status_says_no_more_than_is_certain(
    #[case] status: &str,
    #[case] payment_status: &str,
    #[case] intent: &str,
    #[case] expected: PaymentStatus,
) {
    let raw = session(|raw| {
        raw["status"] = json!(status);
        raw["payment_status"] = json!(payment_status);
        raw["payment_intent"]["status"] = json!(intent);
    });
    let read = answer::read::<Session>(&raw).unwrap();
    assert_eq!(read.disputed(), Some("pi_1"));
    let facts = read.into_facts(raw).unwrap();
    assert_eq!((facts.status, facts.amount.minor, facts.refunded), (expected, 200, 50));
    assert_eq!((facts.account_id.as_str(), facts.order), ("", None), "it is nobody's");
}

#[rstest]
#[case(json!(null), json!("usd"))]
#[case(json!(200), json!("jpy"))]
#[case(json!(200), json!(null))]
fn an_amount_that_we_cannot_read_is_no_payment(#[case] amount: Value, #[case] currency: Value) {
    let raw = session(|raw| {
        raw["amount_total"] = amount;
        raw["currency"] = currency;
    });
    assert!(answer::read::<Session>(&raw).unwrap().into_facts(raw).is_err());
}

#[rstest]
#[case(&[], None)]
#[case(&["warning_needs_response"], Some(Dispute::Open))]
#[case(&["warning_closed"], Some(Dispute::Won))]
#[case(&["prevented"], Some(Dispute::Won))]
#[case(&["quantum"], None)]
#[case(&["won", "needs_response"], Some(Dispute::Open))]
#[case(&["under_review", "lost", "won"], Some(Dispute::Lost))]
fn of_several_claims_the_worst_counts(#[case] statuses: &[&str], #[case] expected: Option<Dispute>) {
    let disputes: Vec<Value> = statuses.iter().map(|status| json!({ "status": status })).collect();
    assert_eq!(wire::dispute(&disputes), expected);
}

#[test]
fn a_refund_that_was_given_up_is_none() {
    let outcome = |json: Value| answer::read::<Refund>(&json).unwrap().outcome();
    for fine in ["succeeded", "pending", "requires_action", "quantum"] {
        outcome(json!({ "status": fine })).unwrap();
    }
    let failed = outcome(json!({ "status": "failed", "failure_reason": "lost_or_stolen_card" }));
    assert!(matches!(failed, Err(GatewayError::Refused(ref why)) if why == "lost_or_stolen_card"));
    assert!(outcome(json!({ "status": "canceled" })).is_err());
}
