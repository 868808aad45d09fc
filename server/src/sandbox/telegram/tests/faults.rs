//! Failure knobs and rate limits as a bot meets them.

use serde_json::json;

use super::{ALICE, Scene};
use crate::sandbox::telegram::{ApiError, FloodLimits};

#[tokio::test]
async fn a_refusal_can_be_ordered() {
    let scene = Scene::new();
    scene.emulator.refuse_next("sendMessage", 1, &ApiError::too_many(7));
    let path = format!("/bot{}/sendMessage", scene.token);
    let (status, body) = scene.answer(&path, json!({"chat_id": ALICE, "text": "x"})).await;
    assert_eq!((status, &body["parameters"]["retry_after"]), (429, &json!(7)));
    assert_eq!(body["description"], "Too Many Requests: retry after 7");
    scene.sent(json!({})).await;
    assert_eq!(scene.emulator.transcript(scene.bot, ALICE).len(), 2);
}

#[tokio::test]
async fn a_lost_answer_was_applied_and_a_down_telegram_applies_nothing() {
    let scene = Scene::new();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/bot{}/sendMessage", listener.local_addr().unwrap(), scene.token);
    let router = scene.router.clone();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let send = || super::client().post(&url).json(&json!({"chat_id": ALICE, "text": "x"})).send();

    scene.emulator.knobs().lose_answer("sendMessage", 1);
    send().await.unwrap_err();
    assert_eq!(scene.emulator.transcript(scene.bot, ALICE).len(), 2);
    scene.emulator.knobs().set_down(true);
    send().await.unwrap_err();
    assert_eq!(scene.emulator.transcript(scene.bot, ALICE).len(), 2);
    scene.emulator.knobs().clear();
    assert_eq!(send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn updates_can_come_twice_swapped_or_never() {
    let scene = Scene::new();
    let say = |text: &str| scene.emulator.say(scene.bot, ALICE, text).unwrap();
    scene.emulator.knobs().duplicate_next("update:message", 1);
    say("two");
    scene.emulator.knobs().reorder_next("update:*");
    say("three");
    say("four");
    scene.emulator.knobs().lose_next("update:message", 1);
    say("five");
    say("six");
    let updates = scene.call("getUpdates", json!({})).await.unwrap();
    let ids: Vec<_> =
        updates.as_array().unwrap().iter().map(|update| update["update_id"].as_i64().unwrap()).collect();
    assert_eq!(ids, [1, 2, 2, 4, 3, 6]);
}

#[tokio::test]
async fn a_chat_that_gets_too_much_is_limited_when_limits_are_on() {
    let scene = Scene::new();
    for _ in 0..10 {
        scene.sent(json!({})).await;
    }
    scene.emulator.set_flood_limits(Some(FloodLimits { chat_burst: 2, ..FloodLimits::default() }));
    scene.sent(json!({})).await;
    scene.sent(json!({})).await;
    let refused = scene.refusal("sendMessage", json!({"chat_id": ALICE, "text": "x"})).await;
    assert_eq!(refused, "429 Too Many Requests: retry after 1");
    scene.call("sendChatAction", json!({"chat_id": ALICE, "action": "typing"})).await.unwrap();
    scene.clock.advance(chrono::Duration::seconds(1));
    scene.sent(json!({})).await;
}

#[tokio::test]
async fn calls_are_recorded_with_their_refusals() {
    let scene = Scene::new();
    scene.sent(json!({"text": "x"})).await;
    scene.refusal("sendmessage", json!({"chat_id": 5, "text": "x"})).await;
    let calls = scene.emulator.calls(scene.bot);
    assert_eq!((calls[0].method.as_str(), &calls[0].params["text"]), ("sendMessage", &json!("x")));
    assert_eq!(calls[1].refused.as_deref(), Some("Bad Request: chat not found"));
    assert_eq!((scene.emulator.count(scene.bot, "sendMessage"), scene.emulator.total_calls()), (2, 2));
}

#[tokio::test]
async fn a_page_is_told_of_what_changes() {
    let scene = Scene::new();
    let mut changes = scene.emulator.subscribe();
    scene.sent(json!({})).await;
    assert_eq!(changes.recv().await.unwrap(), (scene.bot, ALICE));
}
