//! Our requests and the emulator's answers against Stripe's own OpenAPI file of 2023-09.

use domain::{ports::PaymentGateway, testing};
use serde_json::{Value, json};

use super::scene::{Call, Scene};
use crate::sandbox::openapi::OpenApi;

/// Younger than the file: async-stripe 1.0.0-rc.10 has it in `ListCheckoutSession`.
const YOUNGER: &str = "created[gte]";

/// Not in the file, which is a part of Stripe's.
const LEFT_OUT: &str = "/v1/disputes";

/// Fields whose words changed after the file.
const CHANGED: [&str; 1] = ["ui_mode"];

#[tokio::test]
async fn every_call_and_answer_of_the_gateway_is_as_the_openapi_says() {
    let Some(path) = testing::contracts::find("stripe/openapi-subset-2023-09.json") else { return };
    let api = OpenApi(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap());
    let scene = Scene::start().await;
    play(&scene).await;
    let calls = scene.calls.lock().unwrap().clone();
    let (outside, compared): (Vec<_>, Vec<_>) = calls.iter().partition(|call| call.path == LEFT_OUT);
    let mut wrong: Vec<String> = compared.iter().flat_map(|call| check(&api, call)).collect();
    wrong.retain(|line| !CHANGED.iter().any(|field| line.contains(&format!(".{field} may not be"))));
    testing::say(&format!(
        "Stripe: {} calls of the shops' gateway validated by its OpenAPI, {} skipped",
        compared.len(),
        outside.len()
    ));
    assert!(compared.len() >= 18, "{calls:#?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(calls.iter().all(|call| call.version == "2026-09-30.endive"), "one version everywhere");
}

/// Each call of the gateway, with each kind of answer.
async fn play(scene: &Scene) {
    let (account, gateway) = (scene.account("shop_a"), &scene.gateway);
    gateway.probe(&account).await.unwrap();
    let open = scene.created().await.provider_payment_id;
    scene.emulator.decline(&open).unwrap();
    let paid = scene.paid().await;
    for minor in [500, 1_000] {
        gateway.refund(&account, &scene.refund(&paid, minor)).await.unwrap();
        gateway.read(&account, &paid).await.unwrap();
    }
    gateway.refund(&account, &scene.refund(&paid, 1)).await.unwrap_err();
    let disputed = scene.paid().await;
    scene.emulator.dispute(&disputed, "needs_response").unwrap();
    let facts = gateway.read(&account, &disputed).await.unwrap();
    gateway.read(&account, facts.raw["payment_intent"]["id"].as_str().unwrap()).await.unwrap();
    scene.clock.advance(chrono::TimeDelta::hours(2));
    gateway.read(&account, &open).await.unwrap();
    gateway.read(&scene.account("shop_b"), &paid).await.unwrap_err();
    gateway.read(&scene.account("shop_x"), &paid).await.unwrap_err();
    gateway.list(&account, chrono::DateTime::UNIX_EPOCH).await.unwrap();
}

fn check(api: &OpenApi, call: &Call) -> Vec<String> {
    let name = format!("{} {}", call.method, call.path);
    let Some(operation) = api.operation(&call.method, &call.path) else {
        return vec![format!("{name} does not exist")];
    };
    let mut wrong = Vec::new();
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let parameters: Vec<_> = parameters.filter(|known| known["in"] == "query").collect();
    for (key, text) in call.query.iter().filter(|(key, _)| key != YOUNGER) {
        let place = format!("{name}?{key}");
        match parameters.iter().find(|known| known["name"] == key.trim_end_matches("[]")) {
            None => wrong.push(format!("{place} is unknown")),
            Some(known) if key.ends_with("[]") => {
                wrong.extend(api.check(&known["schema"], &json!([text]), &place));
            }
            Some(known) => {
                let value = typed(api, &known["schema"], &json!(text));
                wrong.extend(api.check(&known["schema"], &value, &place));
            }
        }
    }
    let body = &operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"];
    if call.method == "post" {
        let request = typed(api, body, &call.request);
        wrong.extend(api.check(body, &request, &name));
        wrong.extend(api.unknown(body, &request, &name));
        for (index, item) in request["line_items"].as_array().into_iter().flatten().enumerate() {
            let schema = &body["properties"]["line_items"]["items"];
            wrong.extend(api.unknown(schema, item, &format!("{name}.line_items[{index}]")));
        }
        if !call.key.as_ref().is_some_and(|key| (1..=255).contains(&key.len())) {
            wrong.push(format!("{name}: the key of idempotence is {:?}", call.key));
        }
    }
    let responses = &operation["responses"];
    let answer = responses.get(call.status.to_string()).unwrap_or(&responses["default"]);
    let schema = &answer["content"]["application/json"]["schema"];
    wrong.extend(api.check(schema, &call.answer, &format!("{name} → {}", call.status)));
    wrong
}

/// A form's leaves are texts: those that should be numbers are read as such.
fn typed(api: &OpenApi, schema: &Value, value: &Value) -> Value {
    let schema = api.resolved(schema);
    match value {
        Value::Object(fields) => {
            let field = |(name, field): (&String, &Value)| {
                (name.clone(), typed(api, &schema["properties"][name], field))
            };
            fields.iter().map(field).collect()
        }
        Value::Array(items) => items.iter().map(|item| typed(api, &schema["items"], item)).collect(),
        Value::String(text) if schema["type"] == "integer" => {
            text.parse::<i64>().map_or_else(|_| value.clone(), Into::into)
        }
        other => other.clone(),
    }
}
