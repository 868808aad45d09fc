//! The Bot API as a storm has it: it answers with 429, 5xx, 403 and silence as often as told, and notes for
//! each update what reached its chat.

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
    response::{IntoResponse as _, Response},
    routing::any,
};
use domain::clock::{Clock as _, SystemClock};
use http::StatusCode;
use serde_json::{Value, json};
use server::sandbox::knobs::abort;

use super::chance::Chance;

/// A chat of a bot, by Telegram's numbers.
pub type Place = (i64, i64);

/// How often of a thousand calls that show something.
const TOO_MANY: u64 = 15;
const FAILED: u64 = 10;
const FORBIDDEN: u64 = 5;
const LOST_AFTER: u64 = 5;
const LOST_BEFORE: u64 = 5;
/// The clocks of two processes and the way between them.
const JITTER: Duration = Duration::from_millis(20);
/// A call that is on its way while 429 is told knows nothing of it, nor does whoever follows a process that
/// died with it.
const KNOWN_AFTER: Duration = Duration::from_millis(500);

/// Clones share it.
#[derive(Clone)]
pub struct Telegram(Arc<Inner>);

struct Inner {
    address: SocketAddr,
    chats: Mutex<HashMap<Place, Chat>>,
    /// Bots' lists of paid invoices.
    paid: Mutex<HashMap<i64, Vec<Value>>>,
    checkouts: Mutex<HashMap<String, bool>>,
    chance: Chance,
    messages: AtomicU64,
    counts: Mutex<HashMap<&'static str, u64>>,
    /// Calls into a chat that was to be left alone.
    early: AtomicU64,
    kills: Mutex<Vec<Instant>>,
    calm: std::sync::atomic::AtomicBool,
}

#[derive(Default)]
struct Chat {
    /// The newest message that has buttons, and what they say.
    screen: Option<(i64, Vec<String>)>,
    /// What the messages of the last screens hold.
    shown: HashMap<i64, String>,
    /// Since when and until when it is to be left alone.
    frozen: Option<(Instant, Instant)>,
    seen: Seen,
    texts: Vec<String>,
}

/// What reached a chat while one update of it was on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// New messages, and messages that show something else now.
    pub screens: u64,
    /// Messages that showed it already.
    pub same: u64,
    /// The chat was out of reach, or nobody can know whether it was reached.
    pub void: u64,
}

impl Seen {
    pub fn is_answered(self) -> bool {
        self.screens + self.same + self.void > 0
    }
}

impl Telegram {
    pub async fn start(chance: Chance) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = Self(Arc::new(Inner {
            address: listener.local_addr().unwrap(),
            chats: Mutex::default(),
            paid: Mutex::default(),
            checkouts: Mutex::default(),
            chance,
            messages: AtomicU64::new(10),
            counts: Mutex::default(),
            early: AtomicU64::default(),
            kills: Mutex::default(),
            calm: false.into(),
        }));
        let app = Router::new().route("/{token}/{method}", any(call)).with_state(own.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        own
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.0.address)
    }

    /// From here on nothing fails.
    pub fn calm_down(&self) {
        self.0.calm.store(true, Ordering::Relaxed);
    }

    /// The server dies now.
    pub fn note_kill(&self) {
        locked(&self.0.kills).push(Instant::now());
    }

    /// Whether the server can know by now what it was told then.
    fn is_known(&self, since: Instant, now: Instant) -> bool {
        let known = since + KNOWN_AFTER;
        now > known && !locked(&self.0.kills).iter().any(|kill| (since..known).contains(kill))
    }

    /// A chat's next update begins.
    pub fn begin(&self, place: Place) {
        let mut chats = locked(&self.0.chats);
        let chat = chats.entry(place).or_default();
        chat.seen = Seen::default();
        chat.texts.clear();
    }

    /// What was shown since then.
    pub fn texts(&self, place: Place) -> Vec<String> {
        locked(&self.0.chats).get(&place).map(|chat| chat.texts.clone()).unwrap_or_default()
    }

    pub fn seen(&self, place: Place) -> Seen {
        locked(&self.0.chats).entry(place).or_default().seen
    }

    /// The message that a person sees, and the first of its buttons that says something like that.
    pub fn button(&self, place: Place, prefix: &str) -> Option<(i64, String)> {
        let chats = locked(&self.0.chats);
        let (message, buttons) = chats.get(&place)?.screen.as_ref()?;
        Some((*message, buttons.iter().find(|data| data.starts_with(prefix))?.clone()))
    }

    pub fn screen(&self, place: Place) -> i64 {
        let chats = locked(&self.0.chats);
        chats.get(&place).and_then(|chat| chat.screen.as_ref()).map_or(1, |(message, _)| *message)
    }

    /// What the bot said to somebody who is about to pay.
    pub fn checkout(&self, query: &str) -> Option<bool> {
        locked(&self.0.checkouts).get(query).copied()
    }

    /// Stars move.
    pub fn pay(&self, bot: i64, person: i64, order: &str, charge: &str, stars: i64) {
        let line = json!({
            "id": charge, "amount": stars, "date": SystemClock.now().timestamp(),
            "source": {
                "type": "user", "transaction_type": "invoice_payment", "invoice_payload": order,
                "user": { "id": person, "is_bot": false, "first_name": "Sara" },
            },
        });
        locked(&self.0.paid).entry(bot).or_default().push(line);
    }

    pub fn early(&self) -> u64 {
        self.0.early.load(Ordering::Relaxed)
    }

    /// What was answered how often, in the order of the names.
    pub fn counts(&self) -> Vec<(&'static str, u64)> {
        let mut counts: Vec<_> = locked(&self.0.counts).iter().map(|(name, count)| (*name, *count)).collect();
        counts.sort_unstable();
        counts
    }

    fn count(&self, what: &'static str) {
        *locked(&self.0.counts).entry(what).or_default() += 1;
    }

    fn next_message(&self) -> i64 {
        i64::try_from(self.0.messages.fetch_add(1, Ordering::Relaxed)).unwrap()
    }

    /// A call that shows something in a chat.
    fn show(&self, place: Place, method: &str, params: &Value) -> Response {
        let mut chats = locked(&self.0.chats);
        let chat = chats.entry(place).or_default();
        let now = Instant::now();
        if let Some((since, until)) = chat.frozen {
            if now + JITTER < until {
                self.0.early.fetch_add(u64::from(self.is_known(since, now)), Ordering::Relaxed);
                self.count("429 once more");
                let seconds = (until - now).as_secs() + 1;
                return refused(429, "Too Many Requests", Some(seconds));
            }
            chat.frozen = None;
        }
        let edits = (method == "editmessagetext").then(|| params["message_id"].as_i64().unwrap_or_default());
        if let Some(message) = edits {
            match chat.shown.get(&message) {
                None => return refused(400, "Bad Request: message to edit not found", None),
                Some(shown) if *shown == content(params) => {
                    chat.seen.same += 1;
                    return refused(400, "Bad Request: message is not modified", None);
                }
                Some(_) => {}
            }
        }
        let chance = if self.0.calm.load(Ordering::Relaxed) { 1_000 } else { self.0.chance.below(1_000) };
        let mut odds = [TOO_MANY, FAILED, FORBIDDEN, LOST_BEFORE, LOST_AFTER].into_iter();
        let mut sum = 0;
        let fault = odds.position(|odds| {
            sum += odds;
            chance < sum
        });
        match fault {
            Some(0) => {
                let seconds = 1 + self.0.chance.below(3);
                chat.frozen = Some((now, now + Duration::from_secs(seconds)));
                self.count("429");
                refused(429, "Too Many Requests: retry later", Some(seconds))
            }
            Some(1) => {
                self.count("5xx");
                refused(502, "Bad Gateway", None)
            }
            Some(2) => {
                chat.seen.void += 1;
                self.count("403");
                refused(403, "Forbidden: bot was blocked by the user", None)
            }
            Some(3) => {
                chat.seen.void += u64::from(edits.is_none());
                self.count("lost on the way there");
                abort()
            }
            lost => {
                let message = edits.unwrap_or_else(|| self.next_message());
                chat.apply(message, params);
                self.count("shown");
                if lost.is_some() {
                    self.count("lost on the way back");
                    return abort();
                }
                let chat = json!({ "id": place.1, "type": "private", "first_name": "Sara" });
                ok(json!({ "message_id": message, "date": 1_800_000_000, "chat": chat, "text": "…" }))
            }
        }
    }
}

impl Chat {
    fn apply(&mut self, message: i64, params: &Value) {
        // A message that no update asked for: it has the link to somebody's access.
        if params["text"].as_str().is_some_and(|text| text.contains("/s/")) {
            return;
        }
        self.seen.screens += 1;
        self.texts.push(params["text"].as_str().unwrap_or_default().chars().take(80).collect());
        if self.shown.len() > 8 {
            self.shown.clear();
        }
        self.shown.insert(message, content(params));
        let rows = params["reply_markup"]["inline_keyboard"].as_array().into_iter().flatten();
        let buttons = rows.flat_map(|row| row.as_array().into_iter().flatten());
        let data = buttons.filter_map(|button| button["callback_data"].as_str().map(str::to_owned));
        self.screen = Some((message, data.collect()));
    }
}

async fn call(
    State(telegram): State<Telegram>,
    Path((token, method)): Path<(String, String)>,
    body: Option<Json<Value>>,
) -> Response {
    let params = body.map_or(Value::Null, |Json(body)| body);
    let token = token.trim_start_matches("bot");
    let bot: i64 = token.split(':').next().and_then(|id| id.parse().ok()).unwrap_or_default();
    let method = method.to_ascii_lowercase();
    let Some(chat) = params["chat_id"].as_i64() else {
        return ok(telegram.other(bot, &method, &params));
    };
    telegram.show((bot, chat), &method, &params)
}

impl Telegram {
    fn other(&self, bot: i64, method: &str, params: &Value) -> Value {
        match method {
            "getme" => json!({ "id": bot, "is_bot": true, "first_name": "Shop", "username": name_of(bot) }),
            "createinvoicelink" => json!(format!("https://t.me/${bot}")),
            "getstartransactions" => {
                let (offset, limit) = (params["offset"].as_u64(), params["limit"].as_u64());
                let paid = locked(&self.0.paid);
                let lines = paid.get(&bot).into_iter().flatten().skip(offset.unwrap_or(0) as usize);
                json!({ "transactions": lines.take(limit.unwrap_or(100) as usize).collect::<Vec<_>>() })
            }
            "answerprecheckoutquery" => {
                let query = params["pre_checkout_query_id"].as_str().unwrap_or_default().to_owned();
                let lets = params["ok"].as_bool().unwrap_or_default();
                locked(&self.0.checkouts).insert(query, lets);
                json!(true)
            }
            "getwebhookinfo" => json!({ "url": "", "pending_update_count": 0 }),
            _ => json!(true),
        }
    }
}

pub fn name_of(bot: i64) -> String {
    format!("shop_{bot}_bot")
}

fn content(params: &Value) -> String {
    format!("{} {}", params["text"], params["reply_markup"])
}

fn ok(result: Value) -> Response {
    Json(json!({ "ok": true, "result": result })).into_response()
}

fn refused(code: u16, description: &str, retry_after: Option<u64>) -> Response {
    let mut body = json!({ "ok": false, "error_code": code, "description": description });
    if let Some(seconds) = retry_after {
        body["parameters"] = json!({ "retry_after": seconds });
    }
    (StatusCode::from_u16(code).unwrap(), Json(body)).into_response()
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
