//! getUpdates: <https://core.telegram.org/bots/api#getupdates>, and `Client::do_get_updates`,
//! `abort_long_poll` and `fail_query_conflict` in tdlib/telegram-bot-api, `telegram-bot-api/Client.cpp`.

use std::{pin::pin, sync::atomic::Ordering, time::Duration};

use serde_json::Value;
use tokio::time::Instant;

use super::{TelegramEmulator, error::ApiError, lock, params::Params, state::Bot};

const MAX_LIMIT: i64 = 100;
const MAX_TIMEOUT: i64 = 50;
/// A bot that conflicts again within this time waits that long for its 409.
const CONFLICT_PENALTY: Duration = Duration::from_secs(3);

const BY_OTHER: &str =
    "terminated by other getUpdates request; make sure that only one bot instance is running";
const BY_WEBHOOK: &str = "terminated by setWebhook request";
const WEBHOOK_ACTIVE: &str =
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";

impl TelegramEmulator {
    /// Answers with the unconfirmed updates, waiting for the first one as long as `timeout` says.
    pub(super) async fn get_updates(&self, bot: i64, params: &Params) -> Result<Value, ApiError> {
        let limit = params.integer("limit").unwrap_or(MAX_LIMIT).clamp(1, MAX_LIMIT);
        let timeout = params.integer("timeout").unwrap_or(0).clamp(0, MAX_TIMEOUT);
        let allowed = super::methods::allowed_updates(params)?;
        let deadline = Instant::now() + Duration::from_secs(timeout.unsigned_abs());

        let Some((running, has_webhook)) = self.change(|state| {
            let bot = state.bots.get_mut(&bot)?;
            let has_webhook = bot.webhook.is_some();
            if !has_webhook {
                if allowed.is_some() {
                    bot.allowed_updates = allowed;
                }
                confirm(bot, params.integer("offset").unwrap_or(0));
            }
            Some((bot.running.clone(), has_webhook))
        }) else {
            return Err(ApiError::new(401, "Unauthorized"));
        };
        if has_webhook {
            return Err(self.conflict(bot, WEBHOOK_ACTIVE).await);
        }
        let token = running.token.load(Ordering::SeqCst);
        let mine = running.poll.fetch_add(1, Ordering::SeqCst) + 1;
        running.updates.notify_waiters();

        loop {
            let mut rung = pin!(running.updates.notified());
            rung.as_mut().enable();
            if running.token.load(Ordering::SeqCst) != token {
                return Err(ApiError::new(401, "Unauthorized"));
            }
            if running.poll.load(Ordering::SeqCst) != mine {
                return Err(self.conflict(bot, BY_OTHER).await);
            }
            match self.collect(bot, limit) {
                Collected::Webhook => return Err(self.conflict(bot, BY_WEBHOOK).await),
                Collected::Gone => return Err(ApiError::new(401, "Unauthorized")),
                Collected::Updates(updates) if !updates.is_empty() || Instant::now() >= deadline => {
                    return Ok(Value::Array(updates));
                }
                Collected::Updates(_) => {}
            }
            tokio::select! {
                () = rung => {}
                () = tokio::time::sleep_until(deadline) => {}
            }
        }
    }

    fn collect(&self, bot: i64, limit: i64) -> Collected {
        let now = self.now();
        self.change(|state| match state.bots.get_mut(&bot) {
            None => Collected::Gone,
            Some(bot) if bot.webhook.is_some() => Collected::Webhook,
            Some(bot) => {
                bot.drop_expired(now);
                let limit = usize::try_from(limit).unwrap_or(usize::MAX);
                Collected::Updates(bot.queue.iter().take(limit).map(|update| update.body.clone()).collect())
            }
        })
    }

    /// The first 409 comes at once, further ones after a wait, so that two pollers do not spin.
    async fn conflict(&self, bot: i64, text: &str) -> ApiError {
        let running = self.look(|state| state.bots.get(&bot).map(|bot| bot.running.clone()));
        if let Some(running) = running {
            let now = Instant::now();
            let again = {
                let mut last = lock(&running.last_conflict);
                let again = last.is_some_and(|last| now < last + CONFLICT_PENALTY);
                if !again {
                    *last = Some(now);
                }
                again
            };
            if again {
                tokio::time::sleep(CONFLICT_PENALTY).await;
            }
        }
        ApiError::conflict(text)
    }
}

enum Collected {
    Updates(Vec<Value>),
    Webhook,
    Gone,
}

/// Forgets updates below `offset`; a negative one keeps only that many of the last.
fn confirm(bot: &mut Bot, offset: i64) {
    let mut confirmed = Vec::new();
    if offset < 0 {
        let keep = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
        let forgotten = bot.queue.len().saturating_sub(keep);
        confirmed.extend(bot.queue.drain(..forgotten).map(|update| update.chat));
    } else {
        bot.queue.retain(|update| {
            let keep = update.id >= offset;
            if !keep {
                confirmed.push(update.chat);
            }
            keep
        });
    }
    for chat in confirmed {
        bot.touch(chat);
    }
}
