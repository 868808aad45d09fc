//! What the recording does not show: time, traffic, restarts, the traps one by one.

use std::sync::Arc;

use chrono::Duration;
use domain::clock::{Clock, MockClock};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{MarzbanEmulator, Status};
use crate::sandbox::knobs::Fault;

struct Panel {
    clock: MockClock,
    emulator: MarzbanEmulator,
    client: reqwest::Client,
    token: String,
}

impl Panel {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let emulator =
            MarzbanEmulator::new(&format!("http://{}/emulator/marzban", listener.local_addr().unwrap()));
        let clock = MockClock::new();
        emulator.add_panel("p1", "admin", "secret", Arc::new(clock.clone()));
        let app = axum::Router::new().nest("/emulator/marzban", emulator.router());
        tokio::spawn(async move { axum::serve(listener, app).await });
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut panel = Self { clock, emulator, client, token: String::new() };
        panel.token = panel.log_in().await;
        panel
    }

    async fn log_in(&self) -> String {
        let form = [("username", "admin"), ("password", "secret")];
        let url = format!("{}api/admin/token", self.emulator.base_url("p1"));
        let answer: Value = self.client.post(url).form(&form).send().await.unwrap().json().await.unwrap();
        answer["access_token"].as_str().unwrap().to_owned()
    }

    async fn call(&self, method: Method, path: &str, body: Value) -> (StatusCode, Value) {
        let url = format!("{}{path}", self.emulator.base_url("p1"));
        let request = self.client.request(method, url).bearer_auth(&self.token);
        let request = if body.is_null() { request } else { request.json(&body) };
        let answer = request.send().await.unwrap();
        (answer.status(), answer.json().await.unwrap_or_default())
    }

    async fn create(&self, more: Value) -> Value {
        let mut body = json!({ "username": "u_1", "proxies": { "vless": {} }, "inbounds": {} });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let (status, user) = self.call(Method::POST, "api/user", body).await;
        assert_eq!(status, 200);
        user
    }

    fn status(&self) -> Status {
        self.emulator.users("p1")[0].status
    }
}

#[tokio::test]
async fn an_account_expires_by_the_panel_clock_and_a_later_end_wakes_it() {
    let panel = Panel::start().await;
    let end = panel.clock.now() + Duration::days(30);
    panel.create(json!({ "expire": end.timestamp() })).await;
    panel.clock.advance(Duration::days(31));
    let token = panel.log_in().await;
    let panel = Panel { token, ..panel };
    assert_eq!(panel.call(Method::GET, "api/user/u_1", Value::Null).await.1["status"], "expired");
    let later = (end + Duration::days(30)).timestamp();
    let (_, user) = panel.call(Method::PUT, "api/user/u_1", json!({ "expire": later })).await;
    assert_eq!(user["status"], "active");
    assert_eq!(user["expire"], later);
}

#[tokio::test]
async fn a_login_lasts_a_day_of_the_panel_clock() {
    let panel = Panel::start().await;
    panel.clock.advance(Duration::minutes(1439));
    assert_eq!(panel.call(Method::GET, "api/admin", Value::Null).await.0, 200);
    panel.clock.advance(Duration::minutes(2));
    let (status, body) = panel.call(Method::GET, "api/admin", Value::Null).await;
    assert_eq!(status, 401);
    assert_eq!(body["detail"], "Could not validate credentials");
}

#[tokio::test]
async fn traffic_over_the_limit_stops_the_account_at_the_next_review() {
    let panel = Panel::start().await;
    panel.create(json!({ "data_limit": 1000 })).await;
    assert!(panel.emulator.use_traffic("p1", "u_1", 1500));
    assert_eq!(panel.status(), Status::Active);
    panel.clock.advance(Duration::seconds(10));
    assert_eq!(panel.call(Method::GET, "api/user/u_1", Value::Null).await.1["status"], "limited");
    assert!(!panel.emulator.use_traffic("p1", "u_1", 1), "a limited account moves nothing");
    let (_, user) = panel.call(Method::PUT, "api/user/u_1", json!({ "data_limit": 2000 })).await;
    assert_eq!(user["status"], "active");
}

#[tokio::test]
async fn an_account_on_hold_starts_with_its_first_use() {
    let panel = Panel::start().await;
    panel.create(json!({ "status": "on_hold", "on_hold_expire_duration": 86_400 })).await;
    panel.clock.advance(Duration::hours(5));
    assert!(panel.emulator.use_traffic("p1", "u_1", 1));
    panel.emulator.review("p1");
    let user = panel.emulator.users("p1").remove(0);
    assert_eq!(user.status, Status::Active);
    assert_eq!(user.expire, Some((panel.clock.now() + Duration::days(1)).timestamp()));
}

#[tokio::test]
async fn an_end_in_milliseconds_poisons_every_answer_that_holds_the_account() {
    let panel = Panel::start().await;
    let body = json!({ "username": "bad_1", "proxies": { "vless": {} }, "inbounds": {}, "expire": 1_795_169_872_000_i64 });
    assert_eq!(panel.call(Method::POST, "api/user", body).await.0, 500);
    assert_eq!(panel.call(Method::GET, "api/user/bad_1", Value::Null).await.0, 500);
    assert_eq!(panel.call(Method::GET, "api/users", Value::Null).await.0, 500);
    panel.call(Method::DELETE, "api/user/bad_1", Value::Null).await;
    assert_eq!(panel.call(Method::GET, "api/users", Value::Null).await.0, 200);
}

#[tokio::test]
async fn an_address_survives_reads_and_dies_with_a_later_revocation() {
    let panel = Panel::start().await;
    let address = panel.create(json!({})).await["subscription_url"].as_str().unwrap().to_owned();
    panel.clock.advance(Duration::seconds(5));
    let newer = panel.call(Method::GET, "api/user/u_1", Value::Null).await.1["subscription_url"].clone();
    assert_ne!(newer, address, "the address carries the second in which it was shown");
    let answer = panel.client.get(&address).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["subscription-userinfo"], "upload=0; download=0; total=0; expire=0");
    panel.call(Method::POST, "api/user/u_1/revoke_sub", Value::Null).await;
    assert_eq!(panel.client.get(&address).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn a_lost_answer_was_applied() {
    let panel = Panel::start().await;
    let knobs = panel.emulator.knobs("p1").unwrap();
    knobs.set("POST /api/user", Fault::LoseAnswer, Some(1));
    let url = format!("{}api/user", panel.emulator.base_url("p1"));
    let body = json!({ "username": "u_1", "proxies": { "vless": {} }, "inbounds": {} });
    assert!(panel.client.post(&url).bearer_auth(&panel.token).json(&body).send().await.is_err());
    assert_eq!(panel.call(Method::POST, "api/user", body).await.0, 409);
}

#[tokio::test]
async fn a_restart_keeps_accounts_tokens_and_addresses() {
    let panel = Panel::start().await;
    let user = panel.create(json!({ "note": "n" })).await;
    let snapshot = panel.emulator.snapshot();
    panel.emulator.remove_panel("p1");
    assert_eq!(panel.call(Method::GET, "api/admin", Value::Null).await.0, 404);
    panel.emulator.restore(&snapshot, Arc::new(panel.clock.clone())).unwrap();
    panel.emulator.add_panel("p1", "admin", "secret", Arc::new(panel.clock.clone()));
    let (status, again) = panel.call(Method::GET, "api/user/u_1", Value::Null).await;
    assert_eq!((status, &again["note"]), (StatusCode::OK, &json!("n")));
    assert_eq!(
        panel.client.get(user["subscription_url"].as_str().unwrap()).send().await.unwrap().status(),
        200
    );
}

#[tokio::test]
async fn panels_know_nothing_of_each_other() {
    let panel = Panel::start().await;
    panel.emulator.add_panel("p2", "admin", "secret", Arc::new(panel.clock.clone()));
    panel.create(json!({})).await;
    assert!(panel.emulator.users("p2").is_empty());
    let url = format!("{}api/admin", panel.emulator.base_url("p2"));
    assert_eq!(panel.client.get(url).bearer_auth(&panel.token).send().await.unwrap().status(), 401);
}
