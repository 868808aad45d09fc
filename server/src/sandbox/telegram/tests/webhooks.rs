//! setWebhook and delivery, against a server on a real port.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{Router, http::HeaderMap, routing::post};
use rstest::rstest;
use serde_json::{Value, json};

use super::{ALICE, Scene};

type Answer = (u16, Option<u32>);

/// A bot's endpoint: it notes what it was sent, and gives the answers of a script, then 200.
struct Endpoint {
    url: String,
    seen: Arc<Mutex<Vec<(String, Value)>>>,
}

impl Endpoint {
    async fn start(script: Vec<Answer>) -> Self {
        let (seen, script) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(script)));
        let noted = seen.clone();
        let app = Router::new().route(
            "/hook",
            post(move |headers: HeaderMap, axum::Json(update): axum::Json<Value>| async move {
                let secret = headers.get("x-telegram-bot-api-secret-token");
                let secret = secret.map_or("", |value| value.to_str().unwrap()).to_owned();
                noted.lock().unwrap().push((secret, update));
                let mut script = script.lock().unwrap();
                let (status, retry) = if script.is_empty() { (200, None) } else { script.remove(0) };
                let mut headers = HeaderMap::new();
                if let Some(seconds) = retry {
                    headers.insert("retry-after", seconds.into());
                }
                (axum::http::StatusCode::from_u16(status).unwrap(), headers)
            }),
        );
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { url, seen }
    }

    fn ids(&self) -> Vec<i64> {
        self.seen.lock().unwrap().iter().map(|(_, update)| update["update_id"].as_i64().unwrap()).collect()
    }

    async fn wait_for(&self, count: usize) {
        let wait = async {
            while self.seen.lock().unwrap().len() < count {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), wait).await.unwrap();
    }
}

#[tokio::test]
async fn updates_are_delivered_with_the_secret_and_in_order() {
    let scene = Scene::new();
    let endpoint = Endpoint::start(Vec::new()).await;
    let params = json!({"url": endpoint.url, "secret_token": "a-Secret_1"});
    scene.call("setWebhook", params.clone()).await.unwrap();
    for text in ["two", "three"] {
        scene.emulator.say(scene.bot, ALICE, text).unwrap();
    }
    endpoint.wait_for(3).await;
    assert_eq!(endpoint.ids(), [1, 2, 3]);
    assert_eq!(endpoint.seen.lock().unwrap()[0].0, "a-Secret_1");
    assert!(scene.emulator.settled(scene.bot, ALICE, Duration::from_secs(20)).await);

    let path = format!("/bot{}/setWebhook", scene.token);
    assert_eq!(scene.answer(&path, params).await.1["description"], "Webhook is already set");
    let text = "Conflict: can't use getUpdates method while webhook is active; \
                use deleteWebhook to delete the webhook first";
    assert_eq!(scene.call("getUpdates", json!({})).await.unwrap_err(), (409, text.to_owned()));
}

#[tokio::test]
async fn a_failed_delivery_is_tried_again_before_the_chats_next_update() {
    let scene = Scene::new();
    scene.emulator.set_webhook_retry_unit(Duration::from_millis(1));
    let endpoint = Endpoint::start(vec![(500, None), (503, Some(3)), (500, None)]).await;
    scene.emulator.say(scene.bot, ALICE, "two").unwrap();
    scene.call("setWebhook", json!({"url": endpoint.url})).await.unwrap();
    endpoint.wait_for(5).await;
    assert_eq!(endpoint.ids(), [1, 1, 1, 1, 2]);
    let info = scene.call("getWebhookInfo", json!({})).await.unwrap();
    assert_eq!(info["last_error_message"], "Wrong response from the webhook: 500 Internal Server Error");
}

#[tokio::test]
async fn a_chat_that_waits_does_not_hold_up_another() {
    let scene = Scene::new();
    scene.emulator.user(1_002, "Bob", "ru");
    // Nobody's clock moves within an hour's Retry-After.
    let endpoint = Endpoint::start(vec![(503, Some(3_600))]).await;
    scene.call("setWebhook", json!({"url": endpoint.url, "max_connections": 1})).await.unwrap();
    endpoint.wait_for(1).await;
    scene.emulator.say(scene.bot, 1_002, "hi").unwrap();
    endpoint.wait_for(2).await;
    assert_eq!(endpoint.ids(), [1, 2]);
    assert_eq!(scene.emulator.pending_updates(scene.bot), 1);
}

#[rstest]
#[case(json!({"url": "nonsense"}), "invalid webhook URL specified")]
#[case(json!({"url": "http://example.com/x"}), "bad webhook: An HTTPS URL must be provided for webhook")]
#[case(
    json!({"url": "https://example.com:3000/x"}),
    "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
)]
#[case(json!({"url": "https://example.com/x", "secret_token": "x".repeat(257)}), "secret token is too long")]
#[case(
    json!({"url": "https://example.com/x", "secret_token": "a b"}),
    "secret token contains unallowed characters"
)]
#[case(
    json!({"url": "https://example.com/x", "allowed_updates": "message"}),
    "can't parse allowed updates: invalid JSON"
)]
#[tokio::test]
async fn a_bad_webhook_is_refused(#[case] params: Value, #[case] expected: &str) {
    let scene = Scene::new();
    assert_eq!(scene.refusal("setWebhook", params).await, format!("400 Bad Request: {expected}"));
    assert_eq!(scene.call("getWebhookInfo", json!({})).await.unwrap()["url"], "");
}
