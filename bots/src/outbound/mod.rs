//! Everything that bots send leaves through here: one scheduler for all of them.
//!
//! Answers to callbacks and pre-checkout queries have no limit at Telegram and are not delayed.

mod limits;

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use domain::{
    db::MasterDb,
    ids::BotId,
    platform::bot::frozen::{self, Freeze},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use self::limits::Limits;
pub use self::limits::{Lane, Pace};
use crate::{
    api::{ApiError, BotApi, SentMessage},
    screen::Screen,
};

/// How long a message may wait for its turn in all, 429s included.
const PATIENCE: Duration = Duration::from_secs(60);
/// The same for an answer: its update waits as long, at Telegram or parked, and comes again.
const ANSWER_PATIENCE: Duration = Duration::from_secs(15);
/// The same for one message of a broadcast, whose job has others to send and comes again.
const BROADCAST_PATIENCE: Duration = Duration::from_secs(5);

/// The one scheduler of outgoing messages.
#[derive(Debug)]
pub struct Outbound {
    limits: Mutex<Limits>,
    /// What Telegram asked for is asked of the next process too.
    master: MasterDb,
    recalled: OnceCell<()>,
}

/// Where a message goes.
#[derive(Clone, Copy, Debug)]
pub struct To<'a> {
    pub bot: BotId,
    pub api: &'a BotApi,
    pub chat: i64,
    pub lane: Lane,
}

impl Outbound {
    pub fn new(pace: Pace, master: MasterDb) -> Self {
        Self { limits: Mutex::new(Limits::new(pace)), master, recalled: OnceCell::new() }
    }

    /// Sends a new message and returns its id.
    ///
    /// # Errors
    /// [`ApiError`]; [`ApiError::RetryAfter`] when its turn did not come in time.
    pub async fn send(&self, to: To<'_>, screen: &Screen) -> Result<i64, ApiError> {
        let sent: SentMessage = self.send_as(to, screen).await?;
        Ok(sent.message_id)
    }

    /// As [`Self::send`], and reads what Telegram says of the message.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub(crate) async fn send_as<T: DeserializeOwned>(
        &self,
        to: To<'_>,
        screen: &Screen,
    ) -> Result<T, ApiError> {
        let params = screen.send_params(to.chat);
        self.in_turn(to, || async {
            match screen.upload() {
                Some(file) => to.api.upload(screen.method(), &params, file).await,
                None => to.api.call(screen.method(), &params).await,
            }
        })
        .await
    }

    /// Takes a message back.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub(crate) async fn delete(&self, to: To<'_>, message: i64) -> Result<(), ApiError> {
        let params = json!({ "chat_id": to.chat, "message_id": message });
        self.in_turn(to, || to.api.call::<bool>("deleteMessage", &params)).await.map(drop)
    }

    /// Makes a message show this screen. One that shows it already is fine, so a lost answer is nothing
    /// unknown: the edit is made again.
    ///
    /// # Errors
    /// [`ApiError::NotEditable`] asks for a new message; the rest of [`ApiError`].
    pub async fn edit(&self, to: To<'_>, message: i64, screen: &Screen) -> Result<(), ApiError> {
        let params = screen.edit_params(to.chat, message);
        let edited = self.in_turn(to, || to.api.call::<Value>("editMessageText", &params)).await;
        match edited {
            Ok(_) | Err(ApiError::NotModified) => Ok(()),
            Err(ApiError::Unavailable(reason)) => Err(ApiError::Trouble(reason)),
            Err(error) => Err(error),
        }
    }

    /// Answers a pressed button, at once.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn answer_callback(
        &self,
        api: &BotApi,
        query: &str,
        toast: Option<&str>,
    ) -> Result<(), ApiError> {
        let mut params = json!({ "callback_query_id": query });
        if let Some(toast) = toast {
            params["text"] = toast.into();
        }
        api.call::<bool>("answerCallbackQuery", &params).await.map(drop)
    }

    /// Forgets a bot that no longer runs.
    pub fn forget(&self, bot: BotId) {
        self.limits().forget(bot);
    }

    async fn in_turn<T, F>(&self, to: To<'_>, call: impl Fn() -> F) -> Result<T, ApiError>
    where
        F: Future<Output = Result<T, ApiError>>,
    {
        let patience = match to.lane {
            Lane::Interactive => ANSWER_PATIENCE,
            Lane::Notice => PATIENCE,
            Lane::Broadcast => BROADCAST_PATIENCE,
        };
        let give_up = Instant::now() + patience;
        self.recalled.get_or_init(|| self.recall()).await;
        loop {
            self.turn(to, give_up).await?;
            match call().await {
                Err(ApiError::RetryAfter(seconds)) => {
                    tracing::info!(bot = %to.bot, seconds, "Telegram asks to wait");
                    self.freeze(to, Duration::from_secs(seconds)).await;
                }
                other => return other,
            }
        }
    }

    /// Obeys what Telegram asked of the process before.
    async fn recall(&self) {
        match frozen::all(&self.master).await {
            Ok(all) => all.into_iter().for_each(|one| self.obey(one)),
            Err(error) => {
                tracing::warn!(%error, "nobody knows which chats Telegram wants left alone");
            }
        }
    }

    fn obey(&self, Freeze { bot, chat, broadcasts, length }: Freeze) {
        let lane = if broadcasts { Lane::Broadcast } else { Lane::Interactive };
        let length = length.to_std().unwrap_or_default();
        self.limits().freeze(Instant::now(), bot, chat, lane, length);
    }

    async fn freeze(&self, to: To<'_>, length: Duration) {
        let freeze = Freeze {
            bot: to.bot,
            chat: to.chat,
            broadcasts: to.lane == Lane::Broadcast,
            length: chrono::Duration::from_std(length).unwrap_or_default(),
        };
        self.obey(freeze);
        if let Err(error) = frozen::keep(&self.master, freeze).await {
            tracing::warn!(bot = %to.bot, %error, "a restart would forget that Telegram asks to wait");
        }
    }

    async fn turn(&self, to: To<'_>, give_up: Instant) -> Result<(), ApiError> {
        loop {
            let now = Instant::now();
            let taken = self.limits().take(now, to.bot, to.chat, to.lane);
            match taken {
                Ok(()) => return Ok(()),
                Err(wait) if now + wait > give_up => {
                    return Err(ApiError::RetryAfter(wait.as_secs().max(1)));
                }
                Err(wait) => tokio::time::sleep(wait).await,
            }
        }
    }

    fn limits(&self) -> MutexGuard<'_, Limits> {
        self.limits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
