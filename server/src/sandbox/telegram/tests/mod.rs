//! The emulator as bots meet it: through HTTP, each refusal with its text.

mod chats;
mod client;
mod contract;
mod faults;
mod messages;
mod persistence;
mod polling;
mod stars;
mod webhooks;

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, header},
};
use domain::clock::MockClock;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::{TelegramEmulator, router};

const ALICE: i64 = 1_001;

/// One bot, and Alice who has started it.
struct Scene {
    emulator: TelegramEmulator,
    clock: MockClock,
    router: Router,
    bot: i64,
    token: String,
}

impl Scene {
    fn new() -> Self {
        let clock = MockClock::new();
        let emulator = TelegramEmulator::new(Arc::new(clock.clone()), client());
        let (bot, token) = emulator.create_bot("Shop", "first_shop_bot").unwrap();
        emulator.user(ALICE, "Alice", "en");
        emulator.say(bot, ALICE, "/start").unwrap();
        let router = router(emulator.clone());
        Self { emulator, clock, router, bot, token: token.expose_secret().to_owned() }
    }

    /// Calls a method; the error is code and description.
    async fn call(&self, method: &str, params: Value) -> Result<Value, (u16, String)> {
        let body = self.answer(&format!("/bot{}/{method}", self.token), params).await.1;
        if body["ok"] == json!(true) {
            return Ok(body["result"].clone());
        }
        let code = u16::try_from(body["error_code"].as_u64().unwrap()).unwrap();
        Err((code, body["description"].as_str().unwrap().to_owned()))
    }

    /// Status and JSON of a POST to any path.
    async fn answer(&self, path: &str, params: Value) -> (u16, Value) {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(params.to_string()))
            .unwrap();
        self.send(request).await
    }

    async fn send(&self, request: Request<Body>) -> (u16, Value) {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap())
    }

    /// A multipart call with one file.
    async fn upload(
        &self,
        method: &str,
        fields: &[(&str, &str)],
        file: (&str, &str, &[u8]),
    ) -> Result<Value, (u16, String)> {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        let (name, file_name, bytes) = file;
        let head = format!(
            "--X\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\n\
             Content-Type: image/png\r\n\r\n"
        );
        body.extend(head.bytes().chain(bytes.iter().copied()).chain(*b"\r\n--X--\r\n"));
        let request = Request::post(format!("/bot{}/{method}", self.token))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X")
            .body(Body::from(body))
            .unwrap();
        let answer = self.send(request).await.1;
        if answer["ok"] == json!(true) {
            return Ok(answer["result"].clone());
        }
        let code = u16::try_from(answer["error_code"].as_u64().unwrap()).unwrap();
        Err((code, answer["description"].as_str().unwrap().to_owned()))
    }

    async fn refusal(&self, method: &str, params: Value) -> String {
        let (code, text) = self.call(method, params).await.unwrap_err();
        format!("{code} {text}")
    }

    /// The bot sends Alice a message; returns its id.
    async fn sent(&self, params: Value) -> i64 {
        let mut all = json!({"chat_id": ALICE, "text": "Hello"});
        all.as_object_mut().unwrap().extend(params.as_object().unwrap().clone());
        self.call("sendMessage", all).await.unwrap()["message_id"].as_i64().unwrap()
    }
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

fn keyboard(button: Value) -> Value {
    json!({"inline_keyboard": [[button]]})
}

/// The smallest thing that passes for a PNG of that size.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}
