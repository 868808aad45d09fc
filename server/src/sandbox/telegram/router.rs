//! The HTTP side: `/bot<token>/<method>` and `/file/bot<token>/<path>`, GET and POST
//! (<https://core.telegram.org/bots/api#making-requests>).

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Path, Request, State as Extract},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use serde_json::{Value, json};
use subtle::ConstantTimeEq as _;

use super::{
    TelegramEmulator,
    error::ApiError,
    lock,
    methods::{METHODS, Method, Turn},
    params::{FileArgument, MAX_BODY_BYTES, Params, Upload},
    record::Call,
};

/// A bot that logged out is kept out this long (<https://core.telegram.org/bots/api#logout>).
const LOGGED_OUT_SECONDS: i64 = 600;
/// Photos by URL may have 5 MB, other files 20 MB (<https://core.telegram.org/bots/api#sending-files>).
const MAX_FETCHED_BYTES: usize = 20 * 1024 * 1024;

/// The Bot API over this emulator's state.
pub fn router(emulator: TelegramEmulator) -> Router {
    Router::new()
        .route("/file/{bot}/{*path}", get(file))
        .route("/{bot}/{method}", any(call))
        .fallback(|| async { not_found() })
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .with_state(emulator)
}

async fn call(
    Extract(emulator): Extract<TelegramEmulator>,
    Path((bot, method)): Path<(String, String)>,
    request: Request,
) -> Response {
    let Some(token) = bot.strip_prefix("bot") else { return not_found().into_response() };
    let found = METHODS.iter().find(|(name, _)| name.eq_ignore_ascii_case(&method));
    // A down emulator does not even look at the token.
    let operation = found.map_or(method.as_str(), |(name, _)| *name).to_owned();
    let knobs = emulator.knobs().clone();
    let work = async {
        let bot = match emulator.authenticate(token) {
            Ok(bot) => bot,
            Err(refusal) => return refusal.into_response(),
        };
        let Some((name, method)) = found else { return not_found().into_response() };
        match Params::read(request).await {
            Ok(params) => emulator.run(bot, name, *method, params).await,
            Err(refusal) => refusal.into_response(),
        }
    };
    knobs.around(&operation, work).await
}

impl TelegramEmulator {
    fn authenticate(&self, token: &str) -> Result<i64, ApiError> {
        let (id, _) = token.split_once(':').ok_or_else(not_found)?;
        let id: i64 = id.parse().map_err(|_| not_found())?;
        self.look(|state| {
            let bot = state.bots.get(&id);
            let known = bot.is_some_and(|bot| bool::from(bot.token.as_bytes().ct_eq(token.as_bytes())));
            if known { Ok(id) } else { Err(ApiError::new(401, "Unauthorized")) }
        })
    }

    async fn run(&self, bot: i64, name: &str, method: Method, mut params: Params) -> Response {
        self.fetch_files(&mut params).await;
        let recorded = params.recorded();
        let (outcome, description) = match method {
            Method::Poll => (self.get_updates(bot, &params).await, None),
            Method::Now(run) => self.take_turn(bot, name, run, &params),
        };
        let refused = outcome.as_ref().err().map(|refusal| refusal.description.clone());
        self.record(Call { bot, method: name.to_owned(), params: recorded, refused });
        match outcome {
            Ok(result) => axum::Json(envelope(result, description)).into_response(),
            Err(refusal) => refusal.into_response(),
        }
    }

    fn take_turn(
        &self,
        bot: i64,
        name: &str,
        run: fn(&mut Turn<'_>) -> Result<Value, ApiError>,
        params: &Params,
    ) -> (Result<Value, ApiError>, Option<&'static str>) {
        let (now, now_ms) = (self.now(), self.0.clock.now().timestamp_millis());
        let chat = params.integer("chat_id");
        let limited = name.starts_with("send") && name != "sendChatAction";
        if let (true, Some(chat), Some(flood)) = (limited, chat, lock(&self.0.flood).as_mut())
            && let Err(refusal) = flood.take(bot, chat, now_ms)
        {
            return (Err(refusal), None);
        }
        let (outcome, touched, description, restart) = self.change(|state| {
            let out = state.bots.get(&bot).and_then(|bot| bot.logged_out_at);
            if out.is_some_and(|at| now < at + LOGGED_OUT_SECONDS) {
                return (Err(ApiError::bad_request("Logged out")), Vec::new(), None, false);
            }
            let mut turn = Turn::new(state, bot, params, now);
            let outcome = run(&mut turn);
            let (paid, returned) = (turn.paid.take(), turn.returned.take());
            let (touched, description, restart) = turn.finish();
            if let Some(checkout) = paid {
                self.complete(state, &checkout, now);
            }
            if let Some(made) = returned {
                self.send_receipt(state, bot, "refunded_payment", made);
            }
            let answered = touched.iter().copied().chain(chat);
            if let Some(bot) = state.bots.get_mut(&bot) {
                answered.for_each(|chat| bot.touch(chat));
            }
            (outcome, touched, description, restart)
        });
        if restart {
            self.restart_delivery(bot);
        }
        for chat in touched {
            self.tell(bot, chat);
        }
        (outcome, description)
    }

    /// Puts files in the place of URLs, when that is switched on; a failure is the method's to report.
    async fn fetch_files(&self, params: &mut Params) {
        if !self.0.fetches_urls.load(std::sync::atomic::Ordering::SeqCst) {
            return;
        }
        for name in ["photo", "document"] {
            let Some(FileArgument::Url(url)) = params.file(name) else { continue };
            let Ok(answer) = self.0.client.get(&url).send().await else { continue };
            if !answer.status().is_success() {
                continue;
            }
            let mime = answer.headers().get(header::CONTENT_TYPE);
            let mime = mime.and_then(|value| value.to_str().ok()).map(str::to_owned);
            let Ok(bytes) = answer.bytes().await else { continue };
            if bytes.len() <= MAX_FETCHED_BYTES {
                let file_name = url.rsplit('/').next().unwrap_or_default().to_owned();
                params.attach(name, Upload { name: file_name, mime, bytes });
            }
        }
    }
}

/// <https://core.telegram.org/bots/api#file>: the path is what getFile answered.
async fn file(
    Extract(emulator): Extract<TelegramEmulator>,
    Path((bot, path)): Path<(String, String)>,
) -> Response {
    let knobs = emulator.knobs().clone();
    knobs
        .around("file", async {
            let token = bot.strip_prefix("bot").unwrap_or_default();
            let bot = match emulator.authenticate(token) {
                Ok(bot) => bot,
                Err(refusal) => return refusal.into_response(),
            };
            let id = path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
            let found = emulator.look(|state| {
                state.files.get(id).filter(|file| file.bot == bot).map(|file| file.bytes.clone())
            });
            match found {
                Some(bytes) => {
                    ([(header::CONTENT_TYPE, "application/octet-stream")], Body::from(bytes)).into_response()
                }
                None => not_found().into_response(),
            }
        })
        .await
}

fn envelope(result: Value, description: Option<&str>) -> Value {
    let mut body = json!({"ok": true, "result": result});
    if let Some(description) = description {
        body["description"] = json!(description);
    }
    body
}

fn not_found() -> ApiError {
    ApiError::new(StatusCode::NOT_FOUND.as_u16(), "Not Found")
}
