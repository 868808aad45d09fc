//! The queue of updates that wait for a bot: <https://core.telegram.org/bots/api#getting-updates>.

use serde_json::{Value, json};

use super::{
    TelegramEmulator,
    state::{Bot, Delivery, State, StoredUpdate},
};

/// Telegram keeps what has to be answered 150 s and everything else a day
/// (`add_update_callback_query` and others in tdlib/telegram-bot-api, `telegram-bot-api/Client.cpp`).
const QUERY_SECONDS: i64 = 150;
const OTHER_SECONDS: i64 = 86_400;

impl TelegramEmulator {
    /// Queues an update, as far as the bot wants it and the knobs let it; returns its id.
    pub(super) fn enqueue(
        &self,
        state: &mut State,
        bot: i64,
        kind: &str,
        chat: i64,
        content: Value,
    ) -> Option<i64> {
        let now = self.now();
        let bot = state.bots.get_mut(&bot).filter(|bot| bot.wants(kind))?;
        bot.last_update_id += 1;
        let id = bot.last_update_id;
        let is_query = matches!(kind, "callback_query" | "pre_checkout_query");
        let lifetime = if is_query { QUERY_SECONDS } else { OTHER_SECONDS };
        let mut body = json!({"update_id": id});
        body[kind] = content;
        let update = StoredUpdate {
            id,
            kind: kind.to_owned(),
            chat,
            expires_at: now + lifetime,
            body,
            delivery: Delivery::default(),
        };
        self.queue(bot, update);
        Some(id)
    }

    fn queue(&self, bot: &mut Bot, update: StoredUpdate) {
        let event = format!("update:{}", told(&update));
        let copies = self.0.knobs.copies(&event);
        if copies > 0 && bot.held.is_none() && self.0.knobs.take_reorder(&event) {
            bot.held = Some(update);
            return;
        }
        for _ in 0..copies {
            bot.queue.push_back(update.clone());
        }
        bot.queue.extend(bot.held.take());
        bot.running.updates.notify_waiters();
    }

    /// The id of the last update that was made for this bot, 0 before the first.
    pub fn last_update(&self, bot: i64) -> i64 {
        self.look(|state| state.bots.get(&bot).map_or(0, |bot| bot.last_update_id))
    }

    /// How many updates wait for this bot.
    pub fn pending_updates(&self, bot: i64) -> usize {
        self.look(|state| state.bots.get(&bot).map_or(0, |bot| bot.queue.len()))
    }
}

/// The update's kind; of messages about money, what they are about, so that those alone can be lost.
fn told(update: &StoredUpdate) -> &str {
    let message = &update.body[&update.kind];
    let mut money = ["successful_payment", "refunded_payment"].into_iter();
    money.find(|kind| message.get(kind).is_some()).unwrap_or(&update.kind)
}
