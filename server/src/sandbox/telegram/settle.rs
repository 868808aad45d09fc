//! Waiting until a bot has said what it had to say.

use std::time::Duration;

use tokio::time::Instant;

use super::TelegramEmulator;

/// A bot that called nothing for this long has finished its answer.
const QUIET: Duration = Duration::from_millis(60);
const LOOK_EVERY: Duration = Duration::from_millis(5);

impl TelegramEmulator {
    /// Waits until the bot has taken all updates of a chat and then was quiet about it for a moment.
    /// Returns false when that was not so within `max_wait`.
    pub async fn settled(&self, bot: i64, chat: i64, max_wait: Duration) -> bool {
        let begin = Instant::now();
        loop {
            let (pending, last) = self.look(|state| {
                let Some(bot) = state.bots.get(&bot) else { return (false, None) };
                let pending = bot.queue.iter().any(|update| update.chat == chat);
                (pending, bot.dialogs.get(&chat).and_then(|dialog| dialog.last_activity))
            });
            if !pending && last.is_none_or(|last| last.elapsed() >= QUIET) {
                return true;
            }
            if begin.elapsed() >= max_wait {
                return false;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}
