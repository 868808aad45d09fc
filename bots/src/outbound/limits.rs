//! How much may leave, as plain arithmetic over given instants.
//!
//! Telegram's own limits are soft and unpublished but for
//! <https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this>: 30 messages a
//! second for each bot, one a second for each chat with short bursts, 20 a minute for each group.
//! We stay below them, and obey each 429.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use domain::ids::BotId;

/// What a call is for. Lower lanes leave room for the higher ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Somebody has just pressed a button.
    Interactive,
    /// A purchase is ready; nobody looks at the screen, but somebody waits.
    Notice,
    /// To many at once.
    Broadcast,
}

/// A burst and a steady rate.
#[derive(Clone, Copy, Debug)]
struct Rate {
    burst: f64,
    per_second: f64,
}

/// How fast a bot, a private chat and a group of it go.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    bot: Rate,
    chat: Rate,
    group: Rate,
}

impl Pace {
    /// At most 30 in any second; in a group at most 18 in any minute.
    pub const TELEGRAM: Self = Self {
        bot: Rate { burst: 5.0, per_second: 25.0 },
        chat: Rate { burst: 5.0, per_second: 1.0 },
        group: Rate { burst: 6.0, per_second: 12.0 / 60.0 },
    };

    /// [`Self::TELEGRAM`] for bots that Telegram lets send so much in a second, with a burst of a fifth of it.
    pub fn of(messages_per_second: u32) -> Self {
        let per_second = f64::from(messages_per_second);
        let bot = Rate { burst: (per_second / 5.0).max(Self::TELEGRAM.bot.burst), per_second };
        Self { bot, ..Self::TELEGRAM }
    }

    /// For an emulator at which somebody presses buttons faster than a person can.
    pub const RUSH: Self = {
        let rate = Rate { burst: 1_000.0, per_second: 1_000.0 };
        Self { bot: rate, chat: rate, group: rate }
    };

    fn for_chat(self, chat: i64) -> Rate {
        if chat < 0 { self.group } else { self.chat }
    }
}

/// Chats of one bot that are remembered before those at rest are forgotten.
const CHATS_KEPT: usize = 1_024;

/// The state of all bots' limits.
#[derive(Debug)]
pub(super) struct Limits {
    pace: Pace,
    bots: HashMap<BotId, Bot>,
}

#[derive(Debug)]
struct Bot {
    gauge: Gauge,
    chats: HashMap<i64, Gauge>,
    /// No broadcast before that.
    broadcasts_from: Option<Instant>,
}

#[derive(Debug)]
struct Gauge {
    rate: Rate,
    left: f64,
    at: Instant,
    frozen_until: Option<Instant>,
}

impl Lane {
    /// What must be left for the lanes above, of the bot's burst.
    fn reserve(self) -> f64 {
        match self {
            Self::Interactive => 0.0,
            Self::Notice => 1.0,
            Self::Broadcast => 3.0,
        }
    }
}

impl Limits {
    pub(super) fn new(pace: Pace) -> Self {
        Self { pace, bots: HashMap::new() }
    }

    /// Takes one call, or says how long to wait before asking again.
    pub(super) fn take(&mut self, now: Instant, bot: BotId, chat: i64, lane: Lane) -> Result<(), Duration> {
        let pace = self.pace;
        let bot = self.bots.entry(bot).or_insert_with(|| Bot::new(pace, now));
        bot.forget_resting_chats(now);
        let chat = bot.chats.entry(chat).or_insert_with(|| Gauge::new(pace.for_chat(chat), now));
        let mut wait = chat.wait(now, 0.0).max(bot.gauge.wait(now, lane.reserve()));
        if let Some(from) = bot.broadcasts_from.filter(|_| lane == Lane::Broadcast) {
            wait = wait.max(from.saturating_duration_since(now));
        }
        if wait > Duration::ZERO {
            return Err(wait);
        }
        chat.left -= 1.0;
        bot.gauge.left -= 1.0;
        Ok(())
    }

    /// Telegram said 429. It does not say of what there was too much: the chat is frozen, and when
    /// another chat of the bot is frozen already, so is the bot. A broadcast writes to each chat once, so
    /// its 429 holds back all that it would send through this bot.
    pub(super) fn freeze(&mut self, now: Instant, bot: BotId, chat: i64, lane: Lane, length: Duration) {
        let pace = self.pace;
        let bot = self.bots.entry(bot).or_insert_with(|| Bot::new(pace, now));
        let others = bot.chats.iter().any(|(id, other)| *id != chat && other.is_frozen(now));
        bot.chats.entry(chat).or_insert_with(|| Gauge::new(pace.for_chat(chat), now)).freeze(now + length);
        if others {
            bot.gauge.freeze(now + length);
        }
        if lane == Lane::Broadcast {
            bot.broadcasts_from = bot.broadcasts_from.max(Some(now + length));
        }
    }

    pub(super) fn forget(&mut self, bot: BotId) {
        self.bots.remove(&bot);
    }
}

impl Bot {
    fn new(pace: Pace, now: Instant) -> Self {
        Self { gauge: Gauge::new(pace.bot, now), chats: HashMap::new(), broadcasts_from: None }
    }

    fn forget_resting_chats(&mut self, now: Instant) {
        if self.chats.len() >= CHATS_KEPT {
            self.chats.retain(|_, chat| !chat.is_at_rest(now));
        }
    }
}

impl Gauge {
    fn new(rate: Rate, now: Instant) -> Self {
        Self { rate, left: rate.burst, at: now, frozen_until: None }
    }

    /// How long until one can be taken and `reserve` are left.
    fn wait(&mut self, now: Instant, reserve: f64) -> Duration {
        if let Some(until) = self.frozen_until {
            if now < until {
                return until - now;
            }
            self.frozen_until = None;
        }
        self.refill(now);
        let missing = 1.0 + reserve - self.left;
        // A rounding error is no reason to wait.
        if missing <= 1e-9 { Duration::ZERO } else { Duration::from_secs_f64(missing / self.rate.per_second) }
    }

    fn refill(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.left = (self.left + passed * self.rate.per_second).min(self.rate.burst);
        self.at = now;
    }

    fn freeze(&mut self, until: Instant) {
        self.frozen_until = Some(self.frozen_until.map_or(until, |other| other.max(until)));
    }

    fn is_frozen(&self, now: Instant) -> bool {
        self.frozen_until.is_some_and(|until| now < until)
    }

    fn is_at_rest(&self, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        !self.is_frozen(now) && self.left + passed * self.rate.per_second >= self.rate.burst
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// Sends as fast as allowed until `until`, and gives back when each call left.
    fn send_for(
        limits: &mut Limits,
        bot: BotId,
        chats: &[i64],
        lane: Lane,
        length: Duration,
    ) -> Vec<Duration> {
        let start = Instant::now();
        let mut now = start;
        let mut sent = Vec::new();
        let mut next = chats.iter().cycle();
        let mut chat = next.next().unwrap();
        while now - start < length {
            match limits.take(now, bot, *chat, lane) {
                Ok(()) => {
                    sent.push(now - start);
                    chat = next.next().unwrap();
                }
                Err(wait) => now += wait,
            }
        }
        sent
    }

    fn most_in_a_window(sent: &[Duration], window: Duration) -> usize {
        let count = |from: Duration| sent.iter().filter(|at| **at >= from && **at < from + window).count();
        sent.iter().map(|from| count(*from)).max().unwrap_or(0)
    }

    #[test]
    fn a_chat_gets_a_burst_of_five_and_then_one_a_second() {
        let sent =
            send_for(&mut Limits::new(Pace::TELEGRAM), BotId::new(), &[7], Lane::Interactive, 10 * SECOND);
        assert_eq!(sent.iter().filter(|at| at.is_zero()).count(), 5);
        assert!((14..=15).contains(&sent.len()), "{sent:?}");
    }

    #[test]
    fn a_group_gets_eighteen_a_minute() {
        let sent =
            send_for(&mut Limits::new(Pace::TELEGRAM), BotId::new(), &[-7], Lane::Interactive, 300 * SECOND);
        assert!(most_in_a_window(&sent, 60 * SECOND) <= 18);
        assert!(sent.len() > 60);
    }

    #[test]
    fn a_bot_stays_below_thirty_in_any_second() {
        let chats: Vec<i64> = (1..=1_000).collect();
        let sent =
            send_for(&mut Limits::new(Pace::TELEGRAM), BotId::new(), &chats, Lane::Broadcast, 10 * SECOND);
        assert!(most_in_a_window(&sent, SECOND) <= 30);
        assert!(sent.len() > 240, "{}", sent.len());
    }

    #[test]
    fn a_bot_goes_as_fast_as_telegram_lets_it_and_each_of_its_chats_as_ever() {
        let sent_with = |pace, chats: &[i64]| {
            send_for(&mut Limits::new(pace), BotId::new(), chats, Lane::Broadcast, 10 * SECOND).len()
        };
        let chats: Vec<i64> = (1..=10_000).collect();
        assert_eq!(sent_with(Pace::of(25), &chats), sent_with(Pace::TELEGRAM, &chats));
        let fast = sent_with(Pace::of(500), &chats);
        assert!((4_900..=5_100).contains(&fast), "{fast}");
        assert!(sent_with(Pace::of(500), &[7]) <= 15);
        assert!(sent_with(Pace::of(1), &chats) > 5, "the reserve of the other lanes is no wall");
    }

    #[test]
    fn a_broadcast_leaves_room_for_a_button() {
        let mut limits = Limits::new(Pace::TELEGRAM);
        let (bot, now) = (BotId::new(), Instant::now());
        let mut chats = 1..;
        while limits.take(now, bot, chats.next().unwrap(), Lane::Broadcast).is_ok() {}
        assert!(limits.take(now, bot, 5_000, Lane::Broadcast).is_err());
        assert_eq!(limits.take(now, bot, 5_000, Lane::Interactive), Ok(()));
    }

    #[test]
    fn bots_do_not_wait_for_each_other() {
        let mut limits = Limits::new(Pace::TELEGRAM);
        let (first, second, now) = (BotId::new(), BotId::new(), Instant::now());
        limits.freeze(now, first, 7, Lane::Interactive, 60 * SECOND);
        limits.freeze(now, first, 8, Lane::Interactive, 60 * SECOND);
        assert!(limits.take(now, first, 9, Lane::Interactive).is_err());
        assert_eq!(limits.take(now, second, 7, Lane::Interactive), Ok(()));
    }

    #[test]
    fn nothing_leaves_before_retry_after() {
        let mut limits = Limits::new(Pace::TELEGRAM);
        let (bot, now) = (BotId::new(), Instant::now());
        limits.freeze(now, bot, 7, Lane::Interactive, 30 * SECOND);
        assert_eq!(limits.take(now, bot, 7, Lane::Interactive), Err(30 * SECOND));
        assert_eq!(limits.take(now + 29 * SECOND, bot, 7, Lane::Interactive), Err(SECOND));
        assert_eq!(limits.take(now, bot, 8, Lane::Interactive), Ok(()), "one chat's 429 is not the bot's");
        assert_eq!(limits.take(now + 30 * SECOND, bot, 7, Lane::Interactive), Ok(()));
    }

    #[test]
    fn a_broadcasts_429_holds_back_the_broadcast_and_nobodys_answer() {
        let mut limits = Limits::new(Pace::TELEGRAM);
        let (bot, now) = (BotId::new(), Instant::now());
        limits.freeze(now, bot, 7, Lane::Broadcast, 30 * SECOND);
        assert_eq!(limits.take(now, bot, 8, Lane::Broadcast), Err(30 * SECOND));
        assert_eq!(limits.take(now, bot, 8, Lane::Interactive), Ok(()));
        assert_eq!(limits.take(now + 30 * SECOND, bot, 8, Lane::Broadcast), Ok(()));
    }

    #[test]
    fn chats_at_rest_are_forgotten() {
        let mut limits = Limits::new(Pace::TELEGRAM);
        let (bot, mut now) = (BotId::new(), Instant::now());
        for chat in 1..=5_000 {
            now += SECOND;
            limits.take(now, bot, chat, Lane::Interactive).unwrap();
        }
        assert!(limits.bots[&bot].chats.len() <= CHATS_KEPT);
    }
}
