//! The recorded transcripts, played against the emulator: same request, same status, same keys, and
//! the same words where the recording has a `detail`.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
    response::Response,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL};
use chrono::{Duration, TimeZone, Utc};
use domain::{
    clock::{Clock, MockClock},
    testing,
};
use serde_json::Value;
use tower::ServiceExt;

use super::MarzbanEmulator;

/// Each transcript with the second at which it was recorded.
const TRANSCRIPTS: [(&str, i64); 3] = [
    ("transcript-1-auth-create.txt", 1_795_169_872),
    ("transcript-2-lifecycle.txt", 1_795_169_909),
    ("transcript-3-subscription.txt", 1_795_169_975),
];

/// What is not emulated, and why.
const LEFT_OUT: [(&str, &str); 3] = [
    ("/api/core", "the product never touches the core"),
    ("/api/user_template", "the product has plans of its own"),
    ("/api/node", "the product does not manage nodes"),
];

#[tokio::test]
async fn the_emulator_answers_as_the_recorded_panel_did() {
    let Some(folder) = testing::contracts::find("marzban") else { return };
    let mut replay = Replay::new();
    for (file, second) in TRANSCRIPTS {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        replay.play(&text, second).await;
    }
    testing::say(&format!("{} recorded calls of Marzban replayed", replay.played));
    for ((path, reason), count) in LEFT_OUT.iter().zip(replay.left_out) {
        testing::say(&format!("{count} recorded calls of {path} left out: {reason}"));
    }
    assert!(replay.differences.is_empty(), "{}", replay.differences.join("\n"));
    assert!(replay.played > 110, "the transcripts hold more than {}", replay.played);
}

struct Replay {
    clock: MockClock,
    emulator: MarzbanEmulator,
    tokens: BTreeMap<&'static str, String>,
    /// The subscription tokens of each account, latest last.
    subscriptions: BTreeMap<String, Vec<String>>,
    admin: &'static str,
    played: usize,
    /// How many calls of each of [`LEFT_OUT`].
    left_out: [usize; LEFT_OUT.len()],
    differences: Vec<String>,
}

struct Entry<'a> {
    name: &'a str,
    method: &'a str,
    path: &'a str,
    body: &'a str,
    status: u16,
    answer: &'a str,
}

impl Replay {
    fn new() -> Self {
        let clock = MockClock::new();
        let emulator = MarzbanEmulator::new("https://sub.example.test");
        emulator.add_panel("p", "admin", "adminpass", Arc::new(clock.clone()));
        Self {
            clock,
            emulator,
            tokens: BTreeMap::new(),
            subscriptions: BTreeMap::new(),
            admin: "admin",
            played: 0,
            left_out: [0; LEFT_OUT.len()],
            differences: Vec::new(),
        }
    }

    async fn play(&mut self, text: &str, second: i64) {
        self.clock.advance(Utc.timestamp_opt(second, 0).unwrap() - self.clock.now());
        self.admin = "admin";
        self.log_in("admin", "adminpass").await;
        let lines: Vec<&str> = text.lines().collect();
        for (index, line) in lines.iter().enumerate() {
            if let Some(heading) = line.strip_prefix("### ") {
                let answer = lines.get(index + 1).copied().unwrap_or_default();
                match parse(heading, answer) {
                    Some(entry) => self.play_entry(&entry).await,
                    None => self.differences.push(format!("not understood: {heading}")),
                }
            } else if line.starts_with("UA ") || line.starts_with("HTML ") || line.starts_with('/') {
                self.play_fetch(line).await;
            }
        }
    }

    async fn play_entry(&mut self, entry: &Entry<'_>) {
        if let Some(index) = LEFT_OUT.iter().position(|(path, _)| entry.path.starts_with(path)) {
            self.left_out[index] += 1;
            return;
        }
        self.before(entry.name, entry.path).await;
        let answer = self.send(entry).await;
        self.played += 1;
        let status = answer.status().as_u16();
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let ours: Value = serde_json::from_slice(&body).unwrap_or_default();
        self.remember(&ours);
        let place = format!("{} {} {}", entry.name, entry.method, entry.path);
        if status != entry.status {
            self.differences.push(format!("{place}: {} was recorded, got {status} {ours}", entry.status));
        } else if let Ok(recorded) = serde_json::from_str::<Value>(entry.answer) {
            compare(&place, "", &recorded, &ours, &mut self.differences);
        }
    }

    /// What the person at the real panel did between two requests.
    async fn before(&mut self, name: &str, path: &str) {
        match name {
            "12s later (review job) status?" => self.clock.advance(Duration::seconds(12)),
            "revoke" if self.admin == "root1" => self.clock.advance(Duration::seconds(2)),
            "create DB sudo admin" => self.admin = "admin",
            "create by DB admin" => {
                self.log_in("root1", "rootpass").await;
                self.admin = "root1";
            }
            "other admin user" => {
                self.log_in("ten1", "pw").await;
                self.admin = "ten1";
            }
            "add node" | "delete" => self.admin = "admin",
            "" if path == "/api/users/expired" && self.admin == "root1" => {
                self.clock.advance(Duration::seconds(11))
            }
            _ => {}
        }
    }

    /// One line of the table of agents and formats, all for the account `bob`.
    async fn play_fetch(&mut self, line: &str) {
        let Some((left, right)) = line.split_once(" 200 ").or_else(|| line.split_once(" 422 ")) else {
            return;
        };
        let status = if line.contains(" 422 ") { 422 } else { 200 };
        let token = self.subscriptions["bob"].last().unwrap();
        let left = left.trim();
        let (path, agent, accept) = match left.strip_prefix("UA") {
            Some(agent) => (String::new(), agent.trim(), "*/*"),
            None if left == "HTML" => (String::new(), "Mozilla/5.0", "text/html"),
            None => (left.to_owned(), "", "*/*"),
        };
        let request = Request::get(format!("/p/sub/{token}{path}"))
            .header(header::USER_AGENT, agent)
            .header(header::ACCEPT, accept)
            .body(Body::empty())
            .unwrap();
        let answer = self.emulator.router().oneshot(request).await.unwrap();
        self.played += 1;
        let kind = answer.headers()[header::CONTENT_TYPE].to_str().unwrap();
        let recorded_kind = right.split(" charset").next().unwrap().split(' ').next().unwrap();
        if answer.status() != status || kind.split(' ').next() != Some(recorded_kind) {
            self.differences.push(format!("{line}: got {} {kind}", answer.status()));
        }
    }

    async fn send(&self, entry: &Entry<'_>) -> Response {
        let mut request = Request::builder().method(entry.method).uri(format!("/p{}", self.translate(entry)));
        let token = self.tokens.get(self.admin).map_or("none", String::as_str);
        match entry.name {
            "no token" => {}
            "bad token" => request = request.header(header::AUTHORIZATION, "Bearer nonsense"),
            _ => request = request.header(header::AUTHORIZATION, format!("Bearer {token}")),
        }
        let body = if entry.body.starts_with("{'") {
            let form: BTreeMap<String, String> =
                serde_json::from_str(&entry.body.replace('\'', "\"")).unwrap();
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish()
        } else {
            request = request.header(header::CONTENT_TYPE, "application/json");
            entry.body.strip_prefix("b'").map_or(entry.body, |body| body.trim_end_matches('\'')).to_owned()
        };
        self.emulator.router().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap()
    }

    async fn log_in(&mut self, username: &'static str, password: &str) {
        let body = format!("grant_type=password&username={username}&password={password}");
        let request = Request::post("/p/api/admin/token")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        let answer = self.emulator.router().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let body: Value = serde_json::from_slice(&body).unwrap();
        self.tokens.insert(username, body["access_token"].as_str().unwrap().to_owned());
    }

    /// A recorded subscription token becomes ours of the same account: the latest, or for an "old url" the first.
    fn translate(&self, entry: &Entry<'_>) -> String {
        let Some(rest) = entry.path.strip_prefix("/sub/") else { return entry.path.to_owned() };
        let (token, tail) =
            rest.split_once('/').map_or((rest, String::new()), |(token, tail)| (token, format!("/{tail}")));
        let name = token.len().checked_sub(10).and_then(|end| BASE64URL.decode(&token[..end]).ok());
        let name = name.and_then(|name| String::from_utf8(name).ok());
        let name = name.and_then(|name| name.split_once(',').map(|(name, _)| name.to_owned()));
        let ours = name.and_then(|name| self.subscriptions.get(&name));
        let ours =
            ours.and_then(
                |tokens| if entry.name.starts_with("old url") { tokens.first() } else { tokens.last() },
            );
        format!("/sub/{}{tail}", ours.map_or(token, String::as_str))
    }

    fn remember(&mut self, answer: &Value) {
        let (Some(name), Some(url)) = (answer["username"].as_str(), answer["subscription_url"].as_str())
        else {
            return;
        };
        let token = url.rsplit('/').next().unwrap().to_owned();
        self.subscriptions.entry(name.to_owned()).or_default().push(token);
    }
}

fn parse<'a>(heading: &'a str, answer: &'a str) -> Option<Entry<'a>> {
    let (request, result) = heading.rsplit_once(" -> ")?;
    let status = result.split(' ').next()?.parse().ok()?;
    let methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"];
    let at = methods.iter().filter_map(|method| request.find(&format!("{method} /"))).min()?;
    let (name, rest) = request.split_at(at);
    let mut parts = rest.splitn(3, ' ');
    let (method, path) = (parts.next()?, parts.next()?);
    Some(Entry {
        name: name.trim(),
        method,
        path,
        body: parts.next().unwrap_or_default().trim(),
        status,
        answer,
    })
}

fn compare(place: &str, path: &str, recorded: &Value, ours: &Value, differences: &mut Vec<String>) {
    match (recorded, ours) {
        (Value::Object(recorded), Value::Object(ours)) => {
            let missing: Vec<_> = recorded.keys().filter(|key| !ours.contains_key(*key)).collect();
            let added: Vec<_> = ours.keys().filter(|key| !recorded.contains_key(*key)).collect();
            if !missing.is_empty() || !added.is_empty() {
                differences.push(format!("{place}: at {path:?} missing {missing:?}, added {added:?}"));
            }
            for (key, recorded) in recorded {
                compare(
                    place,
                    &format!("{path}.{key}"),
                    recorded,
                    ours.get(key).unwrap_or(&Value::Null),
                    differences,
                );
            }
        }
        (Value::Array(recorded), Value::Array(ours)) => {
            if recorded.is_empty() != ours.is_empty() {
                differences.push(format!("{place}: at {path:?} {recorded:?} was recorded, got {ours:?}"));
            }
            if let (Some(recorded), Some(ours)) = (recorded.first(), ours.first()) {
                compare(place, &format!("{path}[0]"), recorded, ours, differences);
            }
        }
        (recorded, ours) if (path.starts_with(".detail") || path == ".status") && recorded != ours => {
            differences.push(format!("{place}: at {path:?} {recorded} was recorded, got {ours}"));
        }
        _ => {}
    }
}
