//! getUpdates.

use std::time::Duration;

use serde_json::{Value, json};

use super::{ALICE, Scene, keyboard};

fn ids(updates: &Value) -> Vec<i64> {
    updates.as_array().unwrap().iter().map(|update| update["update_id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn updates_stay_until_the_offset_moves_past_them() {
    let scene = Scene::new();
    scene.emulator.say(scene.bot, ALICE, "/start ref_5").unwrap();
    let first = scene.call("getUpdates", json!({})).await.unwrap();
    assert_eq!(ids(&first), [1, 2]);
    let message = &first[1]["message"];
    assert_eq!(message["text"], "/start ref_5");
    assert_eq!(message["entities"], json!([{"type": "bot_command", "offset": 0, "length": 6}]));
    assert_eq!(message["from"]["language_code"], "en");
    assert_eq!(ids(&scene.call("getUpdates", json!({"limit": 1})).await.unwrap()), [1]);
    assert_eq!(ids(&scene.call("getUpdates", json!({"offset": 2})).await.unwrap()), [2]);
    assert_eq!(ids(&scene.call("getUpdates", json!({"offset": "-1"})).await.unwrap()), [2]);
    assert_eq!(ids(&scene.call("getUpdates", json!({"offset": 3})).await.unwrap()), Vec::<i64>::new());
    assert_eq!((scene.emulator.last_update(scene.bot), scene.emulator.pending_updates(scene.bot)), (2, 0));
}

#[tokio::test]
async fn a_long_poll_ends_with_the_first_update() {
    let scene = Scene::new();
    let poll = scene.call("getUpdates", json!({"offset": 2, "timeout": 50}));
    let say = async {
        tokio::task::yield_now().await;
        scene.emulator.say(scene.bot, ALICE, "hi").unwrap();
    };
    let (updates, ()) = tokio::join!(poll, say);
    assert_eq!(ids(&updates.unwrap()), [2]);
}

#[tokio::test]
async fn a_second_poller_terminates_the_first() {
    let scene = Scene::new();
    let first = scene.call("getUpdates", json!({"offset": 2, "timeout": 50}));
    let second = async {
        tokio::task::yield_now().await;
        scene.call("getUpdates", json!({"offset": 2, "timeout": 0})).await
    };
    let (first, second) = tokio::join!(first, second);
    let text =
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";
    assert_eq!(first.unwrap_err(), (409, text.to_owned()));
    assert_eq!(ids(&second.unwrap()), Vec::<i64>::new());
}

#[tokio::test]
async fn polling_conflicts_with_a_webhook() {
    let scene = Scene::new();
    let poll = scene.call("getUpdates", json!({"offset": 2, "timeout": 50}));
    let set = async {
        tokio::task::yield_now().await;
        scene.call("setWebhook", json!({"url": "http://127.0.0.1:9/x"})).await.unwrap();
    };
    let (terminated, ()) = tokio::join!(poll, set);
    assert_eq!(terminated.unwrap_err(), (409, "Conflict: terminated by setWebhook request".to_owned()));
    scene.call("deleteWebhook", json!({})).await.unwrap();
    scene.call("getUpdates", json!({})).await.unwrap();
}

#[tokio::test]
async fn a_revoked_token_ends_its_long_poll() {
    let scene = Scene::new();
    let poll = scene.call("getUpdates", json!({"offset": 2, "timeout": 50}));
    let revoke = async {
        tokio::task::yield_now().await;
        scene.emulator.revoke_token(scene.bot).unwrap();
    };
    let (ended, ()) = tokio::join!(poll, revoke);
    assert_eq!(ended.unwrap_err(), (401, "Unauthorized".to_owned()));
}

#[tokio::test]
async fn a_bot_gets_the_kinds_it_asked_for() {
    let scene = Scene::new();
    scene.call("getUpdates", json!({"offset": 2, "allowed_updates": ["callback_query"]})).await.unwrap();
    let id = scene.sent(json!({"reply_markup": keyboard(json!({"text": "x", "callback_data": "d"}))})).await;
    scene.emulator.say(scene.bot, ALICE, "not wanted").unwrap();
    scene.emulator.press(scene.bot, ALICE, id, 0, 0).unwrap();
    let updates = scene.call("getUpdates", json!({})).await.unwrap();
    assert_eq!(updates.as_array().unwrap().len(), 1);
    assert_eq!(updates[0]["callback_query"]["data"], "d");
    assert_eq!(updates[0]["callback_query"]["message"]["message_id"], json!(id));
}

#[tokio::test]
async fn a_pressed_button_waits_150_seconds_and_a_message_a_day() {
    let scene = Scene::new();
    let id = scene.sent(json!({"reply_markup": keyboard(json!({"text": "x", "callback_data": "d"}))})).await;
    scene.emulator.press(scene.bot, ALICE, id, 0, 0).unwrap();
    scene.clock.advance(chrono::Duration::seconds(151));
    assert_eq!(ids(&scene.call("getUpdates", json!({})).await.unwrap()), [1]);
    scene.clock.advance(chrono::Duration::days(1));
    assert_eq!(ids(&scene.call("getUpdates", json!({})).await.unwrap()), Vec::<i64>::new());
}

#[tokio::test]
async fn a_chat_is_settled_when_the_bot_took_its_updates() {
    let scene = Scene::new();
    assert!(!scene.emulator.settled(scene.bot, ALICE, Duration::from_millis(20)).await);
    let bot = async {
        scene.call("getUpdates", json!({})).await.unwrap();
        scene.sent(json!({"text": "Welcome"})).await;
        scene.call("getUpdates", json!({"offset": 2})).await.unwrap();
    };
    let (settled, ()) = tokio::join!(scene.emulator.settled(scene.bot, ALICE, Duration::from_secs(20)), bot);
    assert!(settled);
    assert_eq!(scene.emulator.transcript(scene.bot, ALICE)[1].text, "Welcome");
}
