//! The emulator's objects against Stripe's own: its sample objects of 2026-08 and the fields that its
//! OpenAPI requires.

use chrono::{DateTime, Utc};
use domain::testing;
use serde_json::{Value, json};

use super::{
    invoice, objects, payments,
    state::{Dispute, Payment, Session, SessionStatus},
};

/// Fields that the OpenAPI of 2023-09 still requires and API version 2026-09-30 no longer has.
const GONE: [(&str, &[&str]); 2] = [
    ("subscription", &["current_period_end", "current_period_start", "billing_thresholds"]),
    (
        "invoice",
        &["paid", "paid_out_of_band", "tax", "total_tax_amounts", "charge", "payment_intent", "quote"],
    ),
];

#[test]
fn every_object_has_the_fields_of_stripes_samples() {
    let Some(path) = testing::contracts::find("stripe/fixtures-2026-08.json") else { return };
    let samples: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let (mut differences, mut compared) = (Vec::new(), 0);
    for (name, ours) in samples_of_ours() {
        compared += 1;
        let sample = samples["resources"][name].as_object().unwrap();
        for (key, recorded) in sample {
            match ours.get(key) {
                None => differences.push(format!("{name}.{key} is missing")),
                Some(ours) if !ours.is_null() && !recorded.is_null() && kind(ours) != kind(recorded) => {
                    differences.push(format!("{name}.{key} is {} instead of {}", kind(ours), kind(recorded)));
                }
                Some(_) => {}
            }
        }
    }
    testing::say(&format!("Stripe: {compared} objects compared with its samples, 0 skipped"));
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_object_has_the_fields_that_the_openapi_requires() {
    let Some(path) = testing::contracts::find("stripe/openapi-subset-2023-09.json") else { return };
    let openapi: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let (mut differences, mut validated) = (Vec::new(), 0);
    for (name, ours) in samples_of_ours() {
        validated += 1;
        let gone = GONE.iter().find(|(object, _)| *object == name).map_or(&[][..], |(_, fields)| fields);
        let schema = &openapi["components"]["schemas"][name];
        let required = schema["required"].as_array().unwrap().iter().filter_map(Value::as_str);
        for field in required.filter(|field| !gone.contains(field)) {
            let allowed = &schema["properties"][field]["enum"];
            match ours.get(field) {
                None => differences.push(format!("{name}.{field} is missing")),
                Some(value) if value.is_null() && schema["properties"][field]["nullable"] != true => {
                    differences.push(format!("{name}.{field} may not be null"));
                }
                Some(value) if allowed.is_array() && !allowed.as_array().unwrap().contains(value) => {
                    differences.push(format!("{name}.{field} may not be {value}"));
                }
                Some(_) => {}
            }
        }
    }
    testing::say(&format!("Stripe: {validated} objects validated by its OpenAPI, 0 skipped"));
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn samples_of_ours() -> Vec<(&'static str, Value)> {
    let now = DateTime::<Utc>::UNIX_EPOCH;
    let some = |text: &str| Some(text.to_owned());
    let session = Session {
        id: "cs_test_1".into(),
        status: SessionStatus::Open,
        is_subscription: true,
        product: "Starter".into(),
        amount: 5000,
        currency: "usd".into(),
        interval: some("month"),
        quantity: 1,
        customer: some("cus_1"),
        customer_email: some("a@example.com"),
        client_reference_id: some("p1"),
        metadata: json!({}),
        subscription_metadata: json!({}),
        intent_metadata: json!({}),
        success_url: "https://example.com/ok".into(),
        cancel_url: some("https://example.com/no"),
        url: "https://example.com/pay".into(),
        subscription: some("sub_1"),
        invoice: some("in_1"),
        payment_intent: None,
        declines: 0,
        created: now,
        expires_at: now,
    };
    let payment = Payment {
        amount: 5000,
        refunded: 1,
        currency: "usd".into(),
        charge: "ch_1".into(),
        metadata: json!({}),
        created: now,
        dispute: Some(Dispute { id: "dp_1".into(), status: "needs_response".into(), created: now }),
    };
    let customer = objects::customer(Some("a@example.com"), None, &Value::Null, now);
    vec![
        ("checkout.session", objects::session(&session)),
        ("subscription", objects::subscription(&session, now, now)),
        ("invoice", invoice::paid(&session, "pi_1", now, now)),
        ("billing_portal.session", objects::portal_session("cus_1", None, "https://example.com", now)),
        ("refund", objects::refund("pi_1", &payment, 1, &Value::Null, now)),
        ("payment_intent", payments::intent("pi_1", &payment, true)),
        ("charge", payments::charge("pi_1", &payment)),
        ("dispute", payments::dispute("pi_1", &payment).unwrap()),
        ("event", objects::event("customer.created", &customer, now)),
        ("customer", customer),
    ]
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
