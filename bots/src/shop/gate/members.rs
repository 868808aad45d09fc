//! Who was in a channel a moment ago: Telegram is not asked at every press.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, Duration, Utc};
use domain::ids::BotId;

/// How long somebody counts as in the channel, and as outside of it.
const INSIDE: Duration = Duration::minutes(10);
const OUTSIDE: Duration = Duration::seconds(10);
/// So many are remembered; when there are more, those whose time is over are forgotten.
const MOST: usize = 20_000;

/// Somebody in a bot's chat.
type Person = (BotId, i64);

/// What Telegram said of people lately.
#[derive(Debug, Default)]
pub struct Members(Mutex<HashMap<Person, (DateTime<Utc>, bool)>>);

impl Members {
    /// Whether the person is in the channel, if that was asked a moment ago.
    pub fn known(&self, person: Person, now: DateTime<Utc>) -> Option<bool> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&person).filter(|(until, _)| *until > now).map(|(_, inside)| *inside)
    }

    pub fn remember(&self, person: Person, inside: bool, now: DateTime<Utc>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.retain(|_, (until, _)| *until > now);
        }
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(person, (now + if inside { INSIDE } else { OUTSIDE }, inside));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_telegram_said_counts_for_a_short_time() {
        let (members, now) = (Members::default(), DateTime::UNIX_EPOCH);
        let person = (BotId::new(), 7);
        assert_eq!(members.known(person, now), None);
        members.remember(person, true, now);
        assert_eq!(members.known(person, now + INSIDE - Duration::seconds(1)), Some(true));
        assert_eq!(members.known(person, now + INSIDE), None);
        members.remember(person, false, now);
        assert_eq!(members.known(person, now), Some(false));
        assert_eq!(members.known(person, now + OUTSIDE), None);
        assert_eq!(members.known((BotId::new(), 7), now), None);
    }

    #[test]
    fn the_table_does_not_grow_for_ever() {
        let (members, now) = (Members::default(), DateTime::UNIX_EPOCH);
        let bot = BotId::new();
        for person in 0..i64::try_from(MOST).unwrap() + 10 {
            members.remember((bot, person), true, now);
        }
        assert!(members.0.lock().unwrap().len() <= MOST);
    }
}
