//! Failure knobs, the same for every emulator: what goes wrong next, and for which operation.
//!
//! An operation is a name like `sendMessage` (Telegram) or `PUT /api/user/u_1` (HTTP APIs); an event
//! is what an emulator sends by itself, like `update:message` or `webhook:checkout.session.completed`.
//! A pattern is such a name with `*` for any run of characters; case does not matter.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    body::Body,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// Nothing is applied; this answer is given.
    Fail { status: u16, body: Value },
    /// The answer comes this much later; it is applied before the wait.
    Delay { milliseconds: u64 },
    /// Applied, then the connection is dropped without an answer.
    LoseAnswer,
    /// Neither applied nor answered: the connection is dropped.
    Down,
    /// The event is delivered twice.
    Duplicate,
    /// The event is delivered after the one that follows it.
    Reorder,
    /// The event is never delivered.
    Lose,
}

/// A fault, what it hits, and how often it still will.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    pub pattern: String,
    pub fault: Fault,
    /// `None`: until cleared.
    pub left: Option<u32>,
}

/// The knobs of one emulator. Clones turn the same knobs.
#[derive(Clone, Debug, Default)]
pub struct Knobs(Arc<Mutex<Vec<Rule>>>);

impl Knobs {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a rule; rules of one kind are used up in the order they were added.
    pub fn set(&self, pattern: &str, fault: Fault, times: Option<u32>) {
        self.add(Rule { pattern: pattern.to_owned(), fault, left: times });
    }

    pub fn add(&self, rule: Rule) {
        self.rules_mut().push(rule);
    }

    /// Takes one such rule back, if it is still there.
    pub fn withdraw(&self, rule: &Rule) {
        let mut rules = self.rules_mut();
        if let Some(at) = rules.iter().rposition(|other| other == rule) {
            rules.remove(at);
        }
    }

    /// The next `times` matching operations answer `status` with `body`, and do nothing.
    pub fn fail_next(&self, pattern: &str, times: u32, status: u16, body: Value) {
        self.set(pattern, Fault::Fail { status, body }, Some(times));
    }

    /// Every matching operation answers this much later, until cleared.
    pub fn delay(&self, pattern: &str, by: Duration) {
        let milliseconds = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.set(pattern, Fault::Delay { milliseconds }, None);
    }

    /// The next `times` matching operations are applied, and their answers lost.
    pub fn lose_answer(&self, pattern: &str, times: u32) {
        self.set(pattern, Fault::LoseAnswer, Some(times));
    }

    /// The next `times` matching events are delivered twice.
    pub fn duplicate_next(&self, pattern: &str, times: u32) {
        self.set(pattern, Fault::Duplicate, Some(times));
    }

    /// The next matching event changes places with the one after it.
    pub fn reorder_next(&self, pattern: &str) {
        self.set(pattern, Fault::Reorder, Some(1));
    }

    /// The next `times` matching events are never delivered.
    pub fn lose_next(&self, pattern: &str, times: u32) {
        self.set(pattern, Fault::Lose, Some(times));
    }

    /// Switches the whole emulator off, or on again.
    pub fn set_down(&self, down: bool) {
        let mut rules = self.rules_mut();
        rules.retain(|rule| !(rule.fault == Fault::Down && rule.pattern == "*"));
        if down {
            rules.push(Rule { pattern: "*".to_owned(), fault: Fault::Down, left: None });
        }
    }

    /// Whether the whole emulator is switched off.
    pub fn is_down(&self) -> bool {
        self.rules_mut().iter().any(|rule| rule.fault == Fault::Down && rule.pattern == "*")
    }

    /// All knobs back to normal.
    pub fn clear(&self) {
        self.rules_mut().clear();
    }

    /// What is set now, for pages and tests.
    pub fn rules(&self) -> Vec<Rule> {
        self.rules_mut().clone()
    }

    /// Runs an operation under the knobs. `apply` is only polled when the operation is to take effect.
    pub async fn around(&self, operation: &str, apply: impl Future<Output = Response>) -> Response {
        if self.take(operation, |fault| matches!(fault, Fault::Down)).is_some() {
            return abort();
        }
        let delay = self.take(operation, |fault| matches!(fault, Fault::Delay { .. }));
        let failure = self.take(operation, |fault| matches!(fault, Fault::Fail { .. }));
        let answer = match failure {
            Some(Fault::Fail { status, body }) => failed(status, &body),
            _ => {
                let lost = self.take(operation, |fault| matches!(fault, Fault::LoseAnswer)).is_some();
                let answer = apply.await;
                if lost { abort() } else { answer }
            }
        };
        if let Some(Fault::Delay { milliseconds }) = delay {
            tokio::time::sleep(Duration::from_millis(milliseconds)).await;
        }
        answer
    }

    /// How many times an event is to be delivered: 1, or 0 or 2 when a knob says so.
    pub fn copies(&self, event: &str) -> usize {
        if self.take(event, |fault| matches!(fault, Fault::Lose)).is_some() {
            return 0;
        }
        1 + usize::from(self.take(event, |fault| matches!(fault, Fault::Duplicate)).is_some())
    }

    /// How much later this event is to be delivered, if it is.
    pub fn take_delay(&self, event: &str) -> Option<Duration> {
        match self.take(event, |fault| matches!(fault, Fault::Delay { .. })) {
            Some(Fault::Delay { milliseconds }) => Some(Duration::from_millis(milliseconds)),
            _ => None,
        }
    }

    /// Whether this event is to be held back until the next one was delivered.
    pub fn take_reorder(&self, event: &str) -> bool {
        self.take(event, |fault| matches!(fault, Fault::Reorder)).is_some()
    }

    fn take(&self, name: &str, kind: impl Fn(&Fault) -> bool) -> Option<Fault> {
        let mut rules = self.rules_mut();
        let index = rules.iter().position(|rule| kind(&rule.fault) && matches(&rule.pattern, name))?;
        let fault = rules[index].fault.clone();
        match &mut rules[index].left {
            Some(left) if *left > 1 => *left -= 1,
            Some(_) => drop(rules.remove(index)),
            None => {}
        }
        Some(fault)
    }

    fn rules_mut(&self) -> MutexGuard<'_, Vec<Rule>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An answer that never arrives: hyper meets the failing body before it has flushed the head, and
/// closes the connection. Whoever calls the router without a socket sees 502 and a broken body.
pub fn abort() -> Response {
    let broken = futures::stream::once(async {
        Err::<bytes::Bytes, _>(std::io::Error::new(
            std::io::ErrorKind::ConnectionReset,
            "the emulator dropped the connection",
        ))
    });
    (StatusCode::BAD_GATEWAY, Body::from_stream(broken)).into_response()
}

fn failed(status: u16, body: &Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match body {
        Value::Null => status.into_response(),
        Value::String(text) => {
            (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text.clone()).into_response()
        }
        json => (status, axum::Json(json)).into_response(),
    }
}

fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.to_ascii_lowercase(), name.to_ascii_lowercase());
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case("sendMessage", "SENDMESSAGE", true)]
    #[case("sendMessage", "sendMessageDraft", false)]
    #[case("send*", "sendPhoto", true)]
    #[case("*", "anything", true)]
    #[case("PUT /api/user/*", "PUT /api/user/u_1", true)]
    #[case("PUT /api/user/*", "GET /api/user/u_1", false)]
    #[case("* /api/*/reset", "POST /api/user/u_1/reset", true)]
    #[case("* /api/*/reset", "POST /api/user/u_1/revoke", false)]
    fn a_star_stands_for_any_run(#[case] pattern: &str, #[case] name: &str, #[case] expected: bool) {
        assert_eq!(matches(pattern, name), expected);
    }

    #[tokio::test]
    async fn a_failure_is_used_up_and_applies_nothing() {
        let knobs = Knobs::new();
        knobs.fail_next("sendMessage", 1, 500, json!({"ok": false}));
        let answer = knobs.around("sendMessage", async { panic!("must not be applied") }).await;
        assert_eq!(answer.status(), 500);
        let answer = knobs.around("sendMessage", async { StatusCode::OK.into_response() }).await;
        assert_eq!(answer.status(), 200);
        assert!(knobs.rules().is_empty());
    }

    #[tokio::test]
    async fn a_lost_answer_was_applied_and_the_client_sees_a_dropped_connection() {
        let knobs = Knobs::new();
        let applied = Arc::new(Mutex::new(0));
        let app = axum::Router::new().route(
            "/",
            axum::routing::get({
                let (knobs, applied) = (knobs.clone(), applied.clone());
                move || async move {
                    let work = async move {
                        *applied.lock().unwrap() += 1;
                        "done".into_response()
                    };
                    knobs.around("GET /", work).await
                }
            }),
        );
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        let client = reqwest::Client::builder().no_proxy().build().unwrap();

        knobs.lose_answer("GET /", 1);
        assert!(client.get(&url).send().await.is_err(), "no status line may arrive");
        assert_eq!(*applied.lock().unwrap(), 1);

        knobs.set_down(true);
        assert!(client.get(&url).send().await.is_err());
        assert_eq!(*applied.lock().unwrap(), 1, "an emulator that is down applies nothing");

        knobs.set_down(false);
        assert_eq!(client.get(&url).send().await.unwrap().text().await.unwrap(), "done");
    }

    #[test]
    fn events_are_doubled_lost_or_held_back_once() {
        let knobs = Knobs::new();
        knobs.duplicate_next("update:*", 1);
        knobs.lose_next("webhook:paid", 1);
        knobs.reorder_next("update:message");
        assert_eq!(knobs.copies("update:callback_query"), 2);
        assert_eq!(knobs.copies("update:callback_query"), 1);
        assert_eq!(knobs.copies("webhook:paid"), 0);
        assert!(knobs.take_reorder("update:message"));
        assert!(!knobs.take_reorder("update:message"));
    }
}
