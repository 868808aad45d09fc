//! Rate limits, off until switched on: about 30 messages a second per token, a short burst and then
//! one a second per chat, 20 a minute per group (<https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this>).
//! The real limits are not written down anywhere; these are the ones bots are told to keep.

use std::collections::HashMap;

use super::error::ApiError;

/// What a token and a chat may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FloodLimits {
    /// Messages a second over all chats of a token.
    pub per_token: u32,
    /// Messages at once to one chat, before the pace of one a second begins.
    pub chat_burst: u32,
    /// Messages a minute to one group or channel.
    pub group_per_minute: u32,
}

impl Default for FloodLimits {
    fn default() -> Self {
        Self { per_token: 30, chat_burst: 5, group_per_minute: 20 }
    }
}

#[derive(Debug)]
pub struct Flood {
    limits: FloodLimits,
    tokens: HashMap<i64, Bucket>,
    chats: HashMap<(i64, i64), Bucket>,
}

impl Flood {
    pub fn new(limits: FloodLimits) -> Self {
        Self { limits, tokens: HashMap::new(), chats: HashMap::new() }
    }

    /// Counts one message.
    ///
    /// # Errors
    /// 429 with the whole seconds to wait.
    pub fn take(&mut self, bot: i64, chat: i64, now_ms: i64) -> Result<(), ApiError> {
        let limits = self.limits;
        // Groups and channels have negative ids.
        let (burst, per_second) = if chat < 0 {
            (f64::from(limits.group_per_minute), f64::from(limits.group_per_minute) / 60.0)
        } else {
            (f64::from(limits.chat_burst), 1.0)
        };
        let per_token = f64::from(limits.per_token);
        let token = self.tokens.entry(bot).or_insert(Bucket { left: per_token, at_ms: now_ms });
        token.refill(per_token, per_token, now_ms);
        let room = self.chats.entry((bot, chat)).or_insert(Bucket { left: burst, at_ms: now_ms });
        room.refill(burst, per_second, now_ms);
        let wait = token.wait(per_token).max(room.wait(per_second));
        if wait > 0 {
            return Err(ApiError::too_many(wait));
        }
        token.left -= 1.0;
        room.left -= 1.0;
        Ok(())
    }
}

#[derive(Debug)]
struct Bucket {
    left: f64,
    at_ms: i64,
}

impl Bucket {
    fn refill(&mut self, most: f64, per_second: f64, now_ms: i64) {
        let seconds = (now_ms - self.at_ms).max(0) as f64 / 1_000.0;
        self.left = (self.left + seconds * per_second).min(most);
        self.at_ms = now_ms;
    }

    /// Whole seconds until one message fits, 0 when it does now.
    fn wait(&self, per_second: f64) -> u64 {
        if self.left >= 1.0 {
            return 0;
        }
        ((1.0 - self.left) / per_second).ceil().max(1.0) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chat_takes_a_burst_and_then_one_a_second() {
        let mut flood = Flood::new(FloodLimits::default());
        for _ in 0..5 {
            flood.take(1, 10, 0).unwrap();
        }
        assert_eq!(flood.take(1, 10, 0).unwrap_err(), ApiError::too_many(1));
        flood.take(1, 11, 0).unwrap();
        flood.take(1, 10, 1_000).unwrap();
        flood.take(1, 10, 1_000).unwrap_err();
    }

    #[test]
    fn a_token_takes_thirty_a_second_over_all_chats() {
        let mut flood = Flood::new(FloodLimits::default());
        for chat in 0..30 {
            flood.take(1, chat, 0).unwrap();
        }
        flood.take(1, 99, 0).unwrap_err();
        flood.take(2, 99, 0).unwrap();
    }
}
