//! The gateway's webhooks: what is believed, what is refused, and which payment they name.

use chrono::TimeDelta;
use domain::{
    clock::{Clock, MockClock},
    ids::OrderId,
    ports::{GatewayAccount, GatewayEvent, PaymentGateway, RefusedWebhook},
};
use hmac::{Hmac, KeyInit, Mac};
use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};
use sha2::Sha256;

use super::{
    super::{StripeGateway, wire},
    SHOP,
};
use crate::providers::http;

fn sign(secret: &str, second: i64, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{second}.").as_bytes());
    mac.update(body);
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={second},v1={hex}")
}

async fn verified(header: Option<String>, body: &[u8]) -> Result<GatewayEvent, RefusedWebhook> {
    let account = GatewayAccount {
        base_url: "http://127.0.0.1:9/".parse().unwrap(),
        account_id: SHOP.into(),
        api_key: "sk_test_a".to_owned().into(),
        webhook_secret: "whsec_a".to_owned().into(),
        settings: Value::Null,
    };
    let now = MockClock::new().now();
    let gateway = StripeGateway::new(http::client().unwrap());
    let header = move |name: &str| header.clone().filter(|_| name == "stripe-signature");
    gateway.verify(&account, &header, body, now).await
}

#[rstest]
#[case::right("whsec_a", 0, Ok(()))]
#[case::near("whsec_a", -300, Ok(()))]
#[case::old("whsec_a", -301, Err(RefusedWebhook::Timestamp))]
#[case::from_the_future("whsec_a", 301, Err(RefusedWebhook::Timestamp))]
#[case::forged("whsec_b", 0, Err(RefusedWebhook::Signature))]
#[tokio::test]
async fn a_signature_is_checked_before_anything_is_read(
    #[case] secret: &str,
    #[case] skew: i64,
    #[case] expected: Result<(), RefusedWebhook>,
) {
    let body = json!({ "id": "evt_1", "data": { "object": { "id": "cs_1" } } }).to_string();
    let second = (MockClock::new().now() + TimeDelta::seconds(skew)).timestamp();
    let header = sign(secret, second, body.as_bytes());
    assert_eq!(verified(Some(header.clone()), body.as_bytes()).await.map(drop), expected);
    let longer = format!("{body} ");
    assert_eq!(verified(Some(header), longer.as_bytes()).await, Err(RefusedWebhook::Signature));
    assert_eq!(verified(None, body.as_bytes()).await, Err(RefusedWebhook::Signature));
}

#[rstest]
#[case(json!({}), RefusedWebhook::Malformed)]
#[case(json!({ "id": "evt_1" }), RefusedWebhook::Malformed)]
#[case(json!({ "id": "../evt", "data": { "object": {} } }), RefusedWebhook::Malformed)]
#[case(json!({ "id": "evt_1", "data": { "object": { "id": "cs_1/../x" } } }), RefusedWebhook::Malformed)]
#[case(json!({ "id": "evt_1", "data": { "object": { "id": "x".repeat(256) } } }), RefusedWebhook::Malformed)]
#[case(json!({ "id": "evt_1", "account": "acct_2", "data": { "object": { "id": "cs_1" } } }), RefusedWebhook::Account)]
fn a_body_that_is_no_event_of_the_shop_is_refused(#[case] body: Value, #[case] expected: RefusedWebhook) {
    assert_eq!(wire::event(body.to_string().as_bytes(), SHOP), Err(expected));
}

#[rstest]
#[case::session(json!({ "object": "checkout.session", "id": "cs_1", "payment_intent": "pi_1" }), "cs_1")]
#[case::charge(json!({ "object": "charge", "id": "ch_1", "payment_intent": "pi_1" }), "pi_1")]
#[case::claim(json!({ "object": "dispute", "id": "dp_1", "payment_intent": "pi_1" }), "pi_1")]
#[case::no_intent(json!({ "object": "charge", "id": "ch_1", "payment_intent": null }), "ch_1")]
#[case::something_else(json!({ "object": "payout", "id": "po_1" }), "po_1")]
#[case::without_id(json!({ "object": "balance" }), "evt_1")]
fn an_event_names_what_to_read(#[case] object: Value, #[case] payment: &str) {
    let body = json!({ "id": "evt_1", "type": "x", "data": { "object": object } }).to_string();
    let event = wire::event(body.as_bytes(), SHOP).unwrap();
    assert_eq!((event.provider_payment_id.as_str(), event.order), (payment, None));
}

#[test]
fn an_order_is_named_by_the_shop_that_wrote_it_only() {
    let order = OrderId::new();
    let told = |shop: &str| {
        let marks = json!({ "botyard_order": order.to_string(), "botyard_account": shop });
        let body = json!({ "id": "evt_1", "data": { "object": { "id": "cs_1", "metadata": marks } } });
        wire::event(body.to_string().as_bytes(), SHOP).unwrap().order
    };
    assert_eq!((told(SHOP), told("shop_c")), (Some(order), None));
}

proptest! {
    #[test]
    fn no_body_makes_the_parser_panic(body: Vec<u8>) {
        prop_assert_eq!(wire::event(&body, SHOP), Err(RefusedWebhook::Malformed));
    }

    #[test]
    fn no_header_is_a_signature(header in "(t=[0-9]{0,20},?)?(v1=[0-9a-f]{0,70},?){0,3}\\PC{0,40}", body: Vec<u8>) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        prop_assert_eq!(runtime.block_on(verified(Some(header), &body)), Err(RefusedWebhook::Signature));
    }

    #[test]
    fn what_a_body_claims_ends_in_nothing_but_an_id_to_read(
        id in "evt_[a-z0-9]{1,20}|\\PC{0,40}",
        object in "(cs|pi|ch|dp)_[a-z0-9]{1,20}|\\PC{0,40}",
        intent in proptest::option::of("pi_[a-z0-9]{1,20}|\\PC{0,40}"),
        order in "\\PC{0,40}",
    ) {
        let marks = json!({ "botyard_order": order, "botyard_account": SHOP });
        let object = json!({ "id": object, "payment_intent": intent, "metadata": marks });
        let body = json!({ "id": id, "data": { "object": object } }).to_string();
        if let Ok(event) = wire::event(body.as_bytes(), SHOP) {
            prop_assert!(wire::is_id(&event.provider_payment_id) && wire::is_id(&event.event_id));
            prop_assert_eq!(event.account_id.as_str(), SHOP);
        }
    }
}
