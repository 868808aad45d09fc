//! Stars: what is refused with which text, and when they move.

use chrono::Duration;
use serde_json::{Value, json};

use super::{ALICE, Scene};
use crate::sandbox::telegram::Verdict;

fn invoice(change: &Value) -> Value {
    let mut invoice = json!({"title": "Month", "description": "A month", "payload": "order",
        "currency": "XTR", "prices": [{"label": "Month", "amount": 150}]});
    invoice.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    invoice
}

impl Scene {
    async fn link(&self) -> String {
        let link = self.call("createInvoiceLink", invoice(&json!({}))).await.unwrap();
        link.as_str().unwrap().to_owned()
    }

    fn receipts(&self) -> Vec<String> {
        self.emulator
            .transcript(self.bot, ALICE)
            .into_iter()
            .map(|line| line.text)
            .filter(|text| text.contains('⭐'))
            .collect()
    }
}

#[tokio::test]
async fn an_invoice_in_stars_has_one_whole_price_and_short_texts() {
    let scene = Scene::new();
    for (change, text) in [
        (json!({"title": "x".repeat(33)}), "INVOICE_TITLE_INVALID"),
        (json!({"description": "x".repeat(256)}), "INVOICE_DESCRIPTION_INVALID"),
        (json!({"payload": "x".repeat(129)}), "INVOICE_PAYLOAD_INVALID"),
        (json!({"payload": ""}), "INVOICE_PAYLOAD_INVALID"),
        (json!({"provider_token": "1:LIVE:2"}), "PAYMENT_PROVIDER_INVALID"),
        (json!({"currency": "EUR"}), "PAYMENT_PROVIDER_INVALID"),
        (json!({"prices": []}), "STARS_INVOICE_INVALID"),
        (
            json!({"prices": [{"label": "a", "amount": 1}, {"label": "b", "amount": 1}]}),
            "STARS_INVOICE_INVALID",
        ),
        (json!({"prices": [{"label": "a", "amount": 0}]}), "STARS_INVOICE_INVALID"),
        (json!({"subscription_period": 86_400}), "SUBSCRIPTION_PERIOD_INVALID"),
        (
            json!({"subscription_period": 2_592_000, "prices": [{"label": "a", "amount": 10_001}]}),
            "STARS_INVOICE_INVALID",
        ),
    ] {
        let refusal = scene.refusal("createInvoiceLink", invoice(&change)).await;
        assert_eq!(refusal, format!("400 Bad Request: {text}"), "{change}");
    }
    assert!(scene.link().await.starts_with("https://t.me/$"));
}

#[tokio::test]
async fn stars_move_only_when_the_bot_agrees_in_time() {
    let scene = Scene::new();
    let link = scene.link().await;
    let answer = |id: &str, ok: bool| json!({"pre_checkout_query_id": id, "ok": ok, "error_message": "no"});

    let refused = scene.emulator.pay(ALICE, &link).unwrap();
    assert_eq!(scene.emulator.checkout(&refused), (None, true));
    scene.call("answerPreCheckoutQuery", answer(&refused, false)).await.unwrap();
    assert_eq!(scene.emulator.checkout(&refused), (Some(Verdict::Refused("no".into())), false));

    let late = scene.emulator.pay(ALICE, &link).unwrap();
    scene.clock.advance(Duration::seconds(11));
    let refusal = scene.refusal("answerPreCheckoutQuery", answer(&late, true)).await;
    assert!(refusal.contains("query is too old"), "{refusal}");
    assert_eq!(scene.emulator.checkout(&late), (None, false));
    assert!(scene.emulator.star_payments(scene.bot).is_empty() && scene.receipts().is_empty());

    let paid = scene.emulator.pay(ALICE, &link).unwrap();
    scene.call("answerPreCheckoutQuery", answer(&paid, true)).await.unwrap();
    let again = scene.refusal("answerPreCheckoutQuery", answer(&paid, true)).await;
    assert!(again.contains("query is too old"), "answered once: {again}");
    assert_eq!(scene.emulator.checkout(&paid).0, Some(Verdict::Paid));
    assert_eq!(scene.receipts(), ["✅ ⭐️ 150"]);
    assert_eq!(scene.call("getMyStarBalance", json!({})).await.unwrap(), json!({"amount": 150}));
}

#[tokio::test]
async fn a_payment_goes_back_once_and_to_its_payer() {
    let scene = Scene::new();
    let query = scene.emulator.pay(ALICE, &scene.link().await).unwrap();
    let agreed = json!({"pre_checkout_query_id": query, "ok": true});
    scene.call("answerPreCheckoutQuery", agreed).await.unwrap();
    let charge = scene.emulator.star_payments(scene.bot)[0].id.clone();
    let refund = |user: i64, charge: &str| json!({"user_id": user, "telegram_payment_charge_id": charge});
    for (user, id) in [(ALICE + 1, charge.as_str()), (ALICE, "stx")] {
        let refusal = scene.refusal("refundStarPayment", refund(user, id)).await;
        assert_eq!(refusal, "400 Bad Request: CHARGE_ID_INVALID");
    }
    scene.call("refundStarPayment", refund(ALICE, &charge)).await.unwrap();
    let again = scene.refusal("refundStarPayment", refund(ALICE, &charge)).await;
    assert_eq!(again, "400 Bad Request: CHARGE_ALREADY_REFUNDED");
    assert_eq!(scene.receipts(), ["✅ ⭐️ 150", "↩️ ⭐️ 150"]);
    let list = scene.call("getStarTransactions", json!({})).await.unwrap();
    let (paid, back) = (&list["transactions"][0], &list["transactions"][1]);
    assert_eq!((&paid["id"], paid["source"]["invoice_payload"].as_str()), (&back["id"], Some("order")));
    assert!(back["receiver"]["user"]["id"] == ALICE && back.get("source").is_none(), "{list}");
    let rest = scene.call("getStarTransactions", json!({"offset": 1, "limit": 1})).await.unwrap();
    assert_eq!(rest["transactions"], json!([back]));
}

#[tokio::test]
async fn a_subscription_is_paid_each_month_until_bot_or_payer_cancels_it() {
    let scene = Scene::new();
    let monthly = invoice(&json!({"subscription_period": 2_592_000}));
    let link = scene.call("createInvoiceLink", monthly).await.unwrap();
    let query = scene.emulator.pay(ALICE, link.as_str().unwrap()).unwrap();
    let agreed = json!({"pre_checkout_query_id": query, "ok": true});
    scene.call("answerPreCheckoutQuery", agreed).await.unwrap();
    let months = || scene.emulator.star_payments(scene.bot).len();
    scene.clock.advance(Duration::days(29));
    scene.emulator.renew_stars();
    assert_eq!(months(), 1, "not before its time");
    scene.clock.advance(Duration::days(61));
    scene.emulator.renew_stars();
    scene.emulator.renew_stars();
    assert_eq!(months(), 4, "each at its time, though nobody looked meanwhile");
    let paid = scene.emulator.star_payments(scene.bot);
    let (first, last) = (paid[0].period.unwrap(), paid[3].period.unwrap());
    assert!(first.is_first && !last.is_first && paid[3].at - paid[2].at == 2_592_000);

    let charge = paid[0].id.clone();
    let edit = |user: i64, off: bool| json!({"user_id": user, "telegram_payment_charge_id": charge, "is_canceled": off});
    let refusal = scene.refusal("editUserStarSubscription", edit(ALICE + 1, true)).await;
    assert_eq!(refusal, "400 Bad Request: CHARGE_ID_INVALID");
    scene.call("editUserStarSubscription", edit(ALICE, true)).await.unwrap();
    assert!(!scene.emulator.reactivate_subscriptions(scene.bot, ALICE), "the bot does not let her");
    scene.call("editUserStarSubscription", edit(ALICE, false)).await.unwrap();
    assert!(!scene.emulator.star_subscriptions(scene.bot)[0].goes_on(), "she has not let it go on yet");
    assert!(scene.emulator.reactivate_subscriptions(scene.bot, ALICE));
    scene.emulator.move_stars_clock(scene.bot, 2_592_000);
    assert_eq!(months(), 5, "the shop's clock was moved");
    scene.emulator.cancel_subscriptions(scene.bot, ALICE);
    scene.emulator.move_stars_clock(scene.bot, 5 * 2_592_000);
    assert_eq!(months(), 5, "the payer has cancelled");
    let refusal = scene.refusal("editUserStarSubscription", edit(ALICE, false)).await;
    assert_eq!(refusal, "400 Bad Request: SUBSCRIPTION_NOT_ACTIVE");
}
