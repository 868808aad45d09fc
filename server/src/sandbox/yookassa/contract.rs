//! Our requests and the emulator's answers against YooKassa's own OpenAPI file of 2025-10.

use domain::{ports::PaymentGateway, testing};
use serde_json::{Value, json};

use super::scene::{Call, Scene};
use crate::sandbox::{hosted::HostedPayments, openapi::OpenApi};

#[tokio::test]
async fn every_call_answer_and_notification_is_as_the_openapi_says() {
    let Some(path) = testing::contracts::find("yookassa/openapi-2025-10.json") else { return };
    let api = OpenApi(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap());
    let mut scene = Scene::start().await;
    play(&scene).await;
    let calls = scene.calls.lock().unwrap().clone();
    let mut wrong: Vec<String> = calls.iter().flat_map(|call| check(&api, call)).collect();
    let mut notifications = 0;
    while notifications < 7 {
        let told: Value = serde_json::from_slice(&scene.hooks.recv().await.unwrap()).unwrap();
        let event = told["event"].as_str().unwrap();
        let kind = if event.starts_with("refund") { "Refund" } else { "Payment" };
        let schema = json!({ "$ref": format!("#/components/schemas/{kind}") });
        wrong.extend(api.check(&schema, &told["object"], event));
        notifications += 1;
    }
    testing::say(&format!(
        "YooKassa: {} calls and {notifications} notifications validated by its OpenAPI, 0 skipped",
        calls.len()
    ));
    assert!(calls.len() >= 15, "{calls:#?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each call of the gateway, with each kind of answer.
async fn play(scene: &Scene) {
    let (account, gateway) = (scene.account("100001"), &scene.gateway);
    gateway.probe(&account).await.unwrap();
    let declined = scene.created().await.provider_payment_id;
    scene.emulator.decline(&declined).unwrap();
    let paid = scene.paid().await;
    for minor in [10_000, 19_950] {
        gateway.refund(&account, &scene.refund(&paid, minor)).await.unwrap();
        gateway.read(&account, &paid).await.unwrap();
    }
    gateway.refund(&account, &scene.refund(&paid, 1)).await.unwrap_err();
    gateway.read(&account, &declined).await.unwrap();
    let open = scene.created().await.provider_payment_id;
    gateway.read(&account, &open).await.unwrap();
    scene.clock.advance(chrono::TimeDelta::hours(2));
    gateway.read(&account, &open).await.unwrap();
    gateway.read(&scene.account("100002"), &paid).await.unwrap_err();
    gateway.read(&scene.account("100003"), &paid).await.unwrap_err();
    charges(scene).await;
    gateway.list(&account, chrono::DateTime::UNIX_EPOCH).await.unwrap();
}

/// What was kept is charged: paid, refused, and without an answer yet.
async fn charges(scene: &Scene) {
    let (account, gateway) = (scene.account("100001"), &scene.gateway);
    let kept = scene.kept().await;
    gateway.charge(&account, &scene.charge(&kept)).await.unwrap();
    scene.emulator.change_methods("100001", |method| method.refuses = Some("permission_revoked".into()));
    let refused = gateway.charge(&account, &scene.charge(&kept)).await.unwrap();
    gateway.kept(&account, &refused.provider_payment_id).await.unwrap();
    scene.emulator.change_methods("100001", |method| method.slow = true);
    gateway.charge(&account, &scene.charge(&kept)).await.unwrap();
    gateway.charge(&account, &scene.charge("nothing")).await.unwrap_err();
}

fn check(api: &OpenApi, call: &Call) -> Vec<String> {
    let name = format!("{} {}", call.method, call.path);
    let Some(operation) = api.operation(&call.method, &call.path) else {
        return vec![format!("{name} does not exist")];
    };
    let mut wrong = Vec::new();
    let parameters: Vec<_> =
        operation["parameters"].as_array().into_iter().flatten().map(|one| api.resolved(one)).collect();
    for (key, text) in &call.query {
        match parameters.iter().find(|known| known["in"] == "query" && known["name"] == key.as_str()) {
            None => wrong.push(format!("{name}: the parameter {key} is unknown")),
            Some(known) => {
                let is_number = api.resolved(&known["schema"])["type"] == "integer";
                let value = if is_number { text.parse().unwrap() } else { json!(text) };
                wrong.extend(api.check(&known["schema"], &value, &format!("{name}?{key}")));
            }
        }
    }
    let takes_key = parameters.iter().any(|known| known["name"] == "Idempotence-Key");
    if takes_key != call.key.as_ref().is_some_and(|key| (1..=64).contains(&key.len())) {
        wrong.push(format!("{name}: the key of idempotence is {:?}", call.key));
    }
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    if body.is_object() {
        wrong.extend(api.check(body, &call.request, &name));
        wrong.extend(api.unknown(body, &call.request, &name));
    }
    let status = call.status.to_string();
    let not_found = json!({ "$ref": "#/components/responses/NotFound" });
    let answer = operation["responses"].get(&status).or((status == "404").then_some(&not_found));
    match answer {
        None => wrong.push(format!("{name} never answers {status}")),
        Some(answer) => {
            let schema = &api.resolved(answer)["content"]["application/json"]["schema"];
            wrong.extend(api.check(schema, &call.answer, &format!("{name} → {status}")));
        }
    }
    wrong
}
