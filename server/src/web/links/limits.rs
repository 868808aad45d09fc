//! How often subscriptions are asked for. Counted in memory, by the minute: each process of several has a
//! limit of its own, and a restart forgets, which costs a minute.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use domain::ids::SubscriptionId;

/// An app asks once an hour, a family's devices when they are opened.
const OF_A_SUBSCRIPTION: u32 = 60;
/// Thousands stand behind the address of one mobile network.
const OF_AN_ADDRESS: u32 = 1_200;
/// Nobody mistypes a link so often.
const WRONG: u32 = 30;
/// More are not told apart within a minute.
const MOST: usize = 100_000;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Asked {
    For(SubscriptionId),
    From(IpAddr),
    Wrong(IpAddr),
}

/// The counts of this minute.
#[derive(Debug, Default)]
pub struct LinkLimits(Mutex<(i64, HashMap<Asked, u32>)>);

impl LinkLimits {
    /// Counts, and says whether it may be.
    pub fn takes(&self, asked: Asked, now: DateTime<Utc>) -> bool {
        let asked = asked.grouped();
        self.with(now, |counts| {
            if counts.len() >= MOST && !counts.contains_key(&asked) {
                return true;
            }
            let count = counts.entry(asked).or_default();
            *count += 1;
            *count <= asked.limit()
        })
    }

    /// Whether this address may be wrong once more.
    pub fn guesses(&self, address: IpAddr, now: DateTime<Utc>) -> bool {
        self.with(now, |counts| {
            counts.get(&Asked::Wrong(address).grouped()).is_none_or(|count| *count < WRONG)
        })
    }

    fn with<T>(&self, now: DateTime<Utc>, look: impl FnOnce(&mut HashMap<Asked, u32>) -> T) -> T {
        let mut window = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now.timestamp().div_euclid(60);
        if window.0 != minute {
            *window = (minute, HashMap::new());
        }
        look(&mut window.1)
    }
}

impl Asked {
    const fn limit(self) -> u32 {
        match self {
            Self::For(_) => OF_A_SUBSCRIPTION,
            Self::From(_) => OF_AN_ADDRESS,
            Self::Wrong(_) => WRONG,
        }
    }

    /// Who has one IPv6 address has its whole /64.
    fn grouped(self) -> Self {
        let network = |address: IpAddr| match address {
            IpAddr::V6(address) => IpAddr::V6(((u128::from(address) >> 64) << 64).into()),
            address => address,
        };
        match self {
            Self::For(id) => Self::For(id),
            Self::From(address) => Self::From(network(address)),
            Self::Wrong(address) => Self::Wrong(network(address)),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;

    #[test]
    fn a_subscription_is_given_so_often_in_a_minute_and_again_in_the_next() {
        let (limits, id, now) = (LinkLimits::default(), SubscriptionId::new(), DateTime::UNIX_EPOCH);
        for _ in 0..OF_A_SUBSCRIPTION {
            assert!(limits.takes(Asked::For(id), now));
        }
        assert!(!limits.takes(Asked::For(id), now));
        assert!(limits.takes(Asked::For(SubscriptionId::new()), now), "another one is not meant");
        assert!(limits.takes(Asked::For(id), now + Duration::minutes(1)));
    }

    #[test]
    fn who_guesses_waits_with_his_whole_network() {
        let (limits, now) = (LinkLimits::default(), DateTime::UNIX_EPOCH);
        let (one, other): (IpAddr, IpAddr) = ("2001:db8::1".parse().unwrap(), "2001:db8::2".parse().unwrap());
        for _ in 0..WRONG {
            assert!(limits.guesses(one, now));
            limits.takes(Asked::Wrong(one), now);
        }
        assert!(!limits.guesses(other, now));
        assert!(limits.guesses("2001:db8:0:1::1".parse().unwrap(), now));
        assert!(limits.takes(Asked::From(one), now), "right ones are counted apart");
    }
}
