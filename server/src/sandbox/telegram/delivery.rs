//! Webhook delivery: <https://core.telegram.org/bots/api#setwebhook> and `WebhookActor` in
//! tdlib/telegram-bot-api, `telegram-bot-api/WebhookActor.cpp`.
//!
//! A chat's updates go one after another, chats go in parallel; after a failure the first retry
//! comes at once, then after 2, 4, 8 … units, or when `Retry-After` says, until the update expires.

use std::{
    collections::BTreeSet,
    pin::pin,
    sync::{Arc, Weak, atomic::Ordering},
    time::Duration,
};

use reqwest::header::RETRY_AFTER;
use serde_json::Value;
use tokio::time::Instant;
use uuid::Uuid;

use super::{
    Inner, TelegramEmulator,
    state::{Bot, Running, StoredUpdate, Webhook},
};

const SECRET_HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);
/// `WEBHOOK_MAX_RESEND_TIMEOUT`: the longest wait is a random one of this many units to twice as many.
const MAX_DELAY: u32 = 60;
const MAX_RETRY_AFTER: u32 = 3_600;

impl TelegramEmulator {
    /// Ends the bot's delivery task, and begins another if a webhook is set.
    pub(super) fn restart_delivery(&self, bot: i64) {
        let Some((running, active)) =
            self.look(|state| state.bots.get(&bot).map(|bot| (bot.running.clone(), bot.webhook.is_some())))
        else {
            return;
        };
        let mine = running.webhook.fetch_add(1, Ordering::SeqCst) + 1;
        running.updates.notify_waiters();
        if active {
            tokio::spawn(deliver(Arc::downgrade(&self.0), running, bot, mine));
        }
    }

    /// Begins delivery for every bot of a snapshot.
    pub(super) fn resume_webhooks(&self) {
        let bots: Vec<i64> = self.look(|state| state.bots.keys().copied().collect());
        for bot in bots {
            self.restart_delivery(bot);
        }
    }

    async fn post(self, bot: i64, webhook: Webhook, update: StoredUpdate) {
        let mut request = self.0.client.post(&webhook.url).timeout(ANSWER_TIMEOUT).json(&update.body);
        if let Some(secret) = &webhook.secret {
            request = request.header(SECRET_HEADER, secret);
        }
        let outcome = match request.send().await {
            Ok(answer) if answer.status().is_success() => Ok(()),
            Ok(answer) => {
                let retry_after = answer
                    .headers()
                    .get(RETRY_AFTER)
                    .and_then(|value| value.to_str().ok()?.parse::<u32>().ok())
                    .unwrap_or(0);
                Err((format!("Wrong response from the webhook: {}", answer.status()), retry_after))
            }
            Err(error) if error.is_timeout() => Err(("Read timeout expired".to_owned(), 0)),
            Err(error) if error.is_connect() => Err(("Connection refused".to_owned(), 0)),
            Err(_) => Err(("Webhook connection closed".to_owned(), 0)),
        };
        let (now, unit) = (self.now(), self.retry_unit());
        self.change(|state| {
            if let Some(bot) = state.bots.get_mut(&bot) {
                finish(bot, &update, outcome, now, unit);
                bot.running.updates.notify_waiters();
            }
        });
    }

    fn retry_unit(&self) -> Duration {
        Duration::from_millis(self.0.retry_unit.load(Ordering::SeqCst))
    }
}

async fn deliver(emulator: Weak<Inner>, running: Arc<Running>, bot: i64, mine: u64) {
    loop {
        let mut rung = pin!(running.updates.notified());
        rung.as_mut().enable();
        let Some(emulator) = emulator.upgrade().map(TelegramEmulator) else { return };
        if running.webhook.load(Ordering::SeqCst) != mine {
            return;
        }
        let now = emulator.now();
        let Some((webhook, ready, wake)) = emulator.change(|state| {
            let bot = state.bots.get_mut(&bot)?;
            bot.drop_expired(now);
            let webhook = bot.webhook.clone()?;
            let (ready, wake) = take_ready(bot, webhook.max_connections);
            Some((webhook, ready, wake))
        }) else {
            return;
        };
        for update in ready {
            tokio::spawn(emulator.clone().post(bot, webhook.clone(), update));
        }
        drop(emulator);
        match wake {
            Some(wake) => tokio::select! {
                () = rung => {}
                () = tokio::time::sleep_until(wake) => {}
            },
            None => rung.await,
        }
    }
}

/// Each chat's first update that may go now, and when the next one may.
fn take_ready(bot: &mut Bot, max_connections: i64) -> (Vec<StoredUpdate>, Option<Instant>) {
    let now = Instant::now();
    let in_flight = bot.queue.iter().filter(|update| update.delivery.in_flight).count();
    let mut free = usize::try_from(max_connections).unwrap_or(1).saturating_sub(in_flight);
    let (mut chats, mut ready, mut wake) = (BTreeSet::new(), Vec::new(), None);
    for update in &mut bot.queue {
        if !chats.insert(update.chat) || update.delivery.in_flight || free == 0 {
            continue;
        }
        match update.delivery.not_before.filter(|time| *time > now) {
            Some(time) => wake = Some(wake.map_or(time, |wake: Instant| wake.min(time))),
            None => {
                update.delivery.in_flight = true;
                free -= 1;
                ready.push(update.clone());
            }
        }
    }
    (ready, wake)
}

fn finish(
    bot: &mut Bot,
    update: &StoredUpdate,
    outcome: Result<(), (String, u32)>,
    now: i64,
    unit: Duration,
) {
    let Some(index) = bot.queue.iter().position(|kept| kept.id == update.id && kept.delivery.in_flight)
    else {
        return;
    };
    let Err((error, retry_after)) = outcome else {
        bot.queue.remove(index);
        bot.touch(update.chat);
        return;
    };
    if let Some(webhook) = &mut bot.webhook {
        webhook.last_error = Some((now, error));
    }
    let delivery = &mut bot.queue[index].delivery;
    let wait = match retry_after.min(MAX_RETRY_AFTER) {
        0 if delivery.failures == 0 => {
            delivery.delay = 1;
            0
        }
        0 => {
            delivery.delay = (delivery.delay * 2).min(random_cap());
            delivery.delay
        }
        asked => {
            delivery.delay = delivery.delay.max(1);
            asked
        }
    };
    delivery.failures += 1;
    delivery.in_flight = false;
    delivery.not_before = Some(Instant::now() + unit * wait);
}

fn random_cap() -> u32 {
    MAX_DELAY + u32::from(Uuid::new_v4().as_bytes()[0]) % (MAX_DELAY + 1)
}

/// <https://core.telegram.org/bots/api#webhookinfo>
pub fn webhook_info(bot: &Bot) -> Value {
    let mut info = serde_json::json!({
        "url": bot.webhook.as_ref().map_or("", |webhook| webhook.url.as_str()),
        "has_custom_certificate": false,
        "pending_update_count": bot.queue.len(),
    });
    if let Some(webhook) = &bot.webhook {
        info["max_connections"] = webhook.max_connections.into();
        if let Some((date, message)) = &webhook.last_error {
            info["last_error_date"] = (*date).into();
            info["last_error_message"] = message.as_str().into();
        }
    }
    if let Some(kinds) = bot.allowed_updates.as_ref().filter(|kinds| !kinds.is_empty()) {
        info["allowed_updates"] = serde_json::json!(kinds);
    }
    info
}
