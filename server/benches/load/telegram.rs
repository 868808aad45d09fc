//! As little of the Bot API as a load needs: every call is accepted at once, and the first call that
//! answers an update is timed. The real emulator keeps every chat, which would measure itself.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::any,
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};

/// The stand-in; stops when dropped.
pub struct Telegram {
    pub address: SocketAddr,
    calls: Arc<Calls>,
    serving: JoinHandle<()>,
}

#[derive(Default)]
struct Calls {
    /// When the update went out on which a chat waits.
    waiting: Mutex<HashMap<i64, Instant>>,
    answered: Mutex<Vec<Duration>>,
    webhooks: AtomicU64,
    polls: AtomicU64,
}

impl Telegram {
    pub async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let calls = Arc::new(Calls::default());
        let router = Router::new().route("/{token}/{method}", any(call)).with_state(calls.clone());
        let serving = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                eprintln!("the Bot API's stand-in stopped: {error}");
            }
        });
        Ok(Self { address, calls, serving })
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Notes that an update of this chat goes out now.
    pub fn sent(&self, chat: i64) {
        locked(&self.calls.waiting).insert(chat, Instant::now());
    }

    /// How long the answered updates took, and forgets them.
    pub fn take_answers(&self) -> Vec<Duration> {
        std::mem::take(&mut *locked(&self.calls.answered))
    }

    /// Bots that set their webhook so far.
    pub fn webhooks(&self) -> u64 {
        self.calls.webhooks.load(Ordering::Relaxed)
    }

    /// Long polls that came in so far.
    pub fn polls(&self) -> u64 {
        self.calls.polls.load(Ordering::Relaxed)
    }
}

impl Drop for Telegram {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn call(
    State(calls): State<Arc<Calls>>,
    Path((token, method)): Path<(String, String)>,
    body: Option<Json<Value>>,
) -> Json<Value> {
    let body = body.map_or(Value::Null, |Json(body)| body);
    let result = match method.to_ascii_lowercase().as_str() {
        "getme" => {
            let id: i64 =
                token.trim_start_matches("bot").split(':').next().and_then(|id| id.parse().ok()).unwrap_or(1);
            json!({ "id": id, "is_bot": true, "first_name": "Shop", "username": format!("shop_{id}_bot") })
        }
        "setwebhook" => {
            calls.webhooks.fetch_add(1, Ordering::Relaxed);
            json!(true)
        }
        "getupdates" => {
            calls.polls.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_secs(25)).await;
            json!([])
        }
        "sendmessage" | "editmessagetext" => {
            let chat = body.get("chat_id").and_then(Value::as_i64).unwrap_or_default();
            answered(&calls, chat);
            json!({ "message_id": 1, "date": 1, "chat": { "id": chat, "type": "private" }, "text": "x" })
        }
        "answercallbackquery" => {
            let id = body.get("callback_query_id").and_then(Value::as_str).unwrap_or_default();
            answered(&calls, id.split('-').next().and_then(|chat| chat.parse().ok()).unwrap_or_default());
            json!(true)
        }
        _ => json!(true),
    };
    Json(json!({ "ok": true, "result": result }))
}

/// Only the first call counts: it takes the time along.
fn answered(calls: &Calls, chat: i64) {
    if let Some(sent) = locked(&calls.waiting).remove(&chat) {
        locked(&calls.answered).push(sent.elapsed());
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
