//! A record of the calls that bots made, for tests and for the sandbox's pages.

use std::collections::{BTreeMap, VecDeque};

use serde_json::Value;

use super::{TelegramEmulator, lock};

/// Older calls are forgotten; the counters keep counting.
const KEPT_CALLS: usize = 10_000;

/// One call. The method has its documented spelling.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub bot: i64,
    pub method: String,
    /// The arguments; files show their name and size.
    pub params: Value,
    /// The description of a refusal.
    pub refused: Option<String>,
}

#[derive(Debug, Default)]
pub struct Record {
    calls: VecDeque<Call>,
    counts: BTreeMap<(i64, String), u64>,
}

impl TelegramEmulator {
    pub(super) fn record(&self, call: Call) {
        let mut record = lock(&self.0.record);
        *record.counts.entry((call.bot, call.method.clone())).or_default() += 1;
        if record.calls.len() >= KEPT_CALLS {
            record.calls.pop_front();
        }
        record.calls.push_back(call);
    }

    /// The calls of one bot, oldest first.
    pub fn calls(&self, bot: i64) -> Vec<Call> {
        lock(&self.0.record).calls.iter().filter(|call| call.bot == bot).cloned().collect()
    }

    /// How often a bot called a method.
    pub fn count(&self, bot: i64, method: &str) -> u64 {
        lock(&self.0.record).counts.get(&(bot, method.to_owned())).copied().unwrap_or(0)
    }

    /// How many calls all bots made.
    pub fn total_calls(&self) -> u64 {
        lock(&self.0.record).counts.values().sum()
    }

    /// Forgets calls and counters.
    pub fn clear_calls(&self) {
        *lock(&self.0.record) = Record::default();
    }
}
