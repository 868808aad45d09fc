//! Telegram's Bot API, spoken to by the real client: only its base URL differs.
//!
//! [`router`] answers bots as <https://core.telegram.org/bots/api> and tdlib/telegram-bot-api do,
//! limits and error texts included; the methods of [`TelegramEmulator`] are the other side: BotFather,
//! and people with their phones. Each file names the page or source it follows.

mod botfather;
#[cfg(any(test, debug_assertions))]
pub mod contract;
mod delivery;
mod error;
mod flood;
mod html;
mod keyboard;
mod methods;
mod params;
mod people;
mod picture;
mod polling;
mod record;
mod router;
mod settle;
mod snapshot;
mod stars;
mod state;
#[cfg(test)]
mod tests;
mod text;
mod transcript;
mod updates;
mod wire;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::AtomicU64},
    time::Duration,
};

use domain::clock::Clock;
use tokio::sync::broadcast;

pub use self::{
    botfather::BotFatherError,
    error::ApiError,
    flood::FloodLimits,
    people::{PersonError, Pressed},
    record::Call,
    router::router,
    snapshot::SnapshotError,
    stars::{Invoice, Period, Subscription, Transaction, Verdict},
    state::CallbackAnswer,
    text::{Entity, Formatted},
    transcript::{Button, ButtonAction, ChatMessage},
};
use self::{flood::Flood, record::Record, snapshot::Snapshot, state::State};
use super::knobs::Knobs;

/// A message in parse mode HTML as its readers see it; `None` when Telegram would not take it.
pub fn formatted(source: &str) -> Option<Formatted> {
    html::parse(source).ok()
}

/// The emulator. Clones share everything.
#[derive(Clone, Debug)]
pub struct TelegramEmulator(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    state: Mutex<State>,
    clock: Arc<dyn Clock>,
    knobs: Knobs,
    client: reqwest::Client,
    fetches_urls: std::sync::atomic::AtomicBool,
    /// Milliseconds: the unit of the webhook's 2, 4, 8 … (Telegram: one second).
    retry_unit: AtomicU64,
    flood: Mutex<Option<Flood>>,
    record: Mutex<Record>,
    changes: broadcast::Sender<(i64, i64)>,
    snapshot: Snapshot,
}

impl TelegramEmulator {
    /// An empty Telegram. `client` delivers webhooks.
    pub fn new(clock: Arc<dyn Clock>, client: reqwest::Client) -> Self {
        Self::with_state(clock, client, State::default(), Snapshot::none())
    }

    fn with_state(clock: Arc<dyn Clock>, client: reqwest::Client, state: State, snapshot: Snapshot) -> Self {
        Self(Arc::new(Inner {
            state: Mutex::new(state),
            clock,
            knobs: Knobs::new(),
            client,
            fetches_urls: false.into(),
            retry_unit: AtomicU64::new(1_000),
            flood: Mutex::default(),
            record: Mutex::default(),
            changes: broadcast::channel(1_024).0,
            snapshot,
        }))
    }

    /// What goes wrong next. Operations are method names, events are `update:<kind>`.
    pub fn knobs(&self) -> &Knobs {
        &self.0.knobs
    }

    /// The next `times` calls of a method are refused in Telegram's form.
    pub fn refuse_next(&self, method: &str, times: u32, refusal: &ApiError) {
        self.0.knobs.fail_next(method, times, refusal.code, refusal.body());
    }

    /// Switches rate limits on or off; they are off at first.
    pub fn set_flood_limits(&self, limits: Option<FloodLimits>) {
        *lock(&self.0.flood) = limits.map(Flood::new);
    }

    /// Lets `sendPhoto` and `sendDocument` fetch URLs, as Telegram does. Off at first, because the
    /// emulator also runs inside a production server.
    pub fn set_fetches_urls(&self, on: bool) {
        self.0.fetches_urls.store(on, std::sync::atomic::Ordering::SeqCst);
    }

    /// Shortens the webhook's retry times; Telegram's unit is one second.
    pub fn set_webhook_retry_unit(&self, unit: Duration) {
        let unit = u64::try_from(unit.as_millis()).unwrap_or(u64::MAX);
        self.0.retry_unit.store(unit, std::sync::atomic::Ordering::SeqCst);
    }

    /// Tells of every change as (bot, chat), for live pages.
    pub fn subscribe(&self) -> broadcast::Receiver<(i64, i64)> {
        self.0.changes.subscribe()
    }

    /// Unix time, in seconds.
    fn now(&self) -> i64 {
        self.0.clock.now().timestamp()
    }

    fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&lock(&self.0.state))
    }

    /// Changes the state, and has the snapshot written soon after.
    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut lock(&self.0.state));
        self.0.snapshot.mark_dirty();
        result
    }

    fn tell(&self, bot: i64, chat: i64) {
        // An error only says that no page listens.
        drop(self.0.changes.send((bot, chat)));
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        self.snapshot.write_if_dirty(|| serde_json::to_vec(&*state));
        for bot in state.bots.values() {
            bot.running.updates.notify_waiters();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
