//! How long a failed job waits.

use chrono::Duration;

/// Longest pause between two attempts.
const CEILING_SECONDS: i64 = 3600;
const BASE_SECONDS: i64 = 5;

/// The pause after the given number of attempts: doubling from 5 s to an hour, half of it random so
/// that jobs which failed together do not return together.
pub fn delay(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(20);
    let longest = BASE_SECONDS.saturating_mul(1 << doublings).min(CEILING_SECONDS);
    Duration::milliseconds(longest * 500 + random_below(longest * 500))
}

fn random_below(limit: i64) -> i64 {
    let random = getrandom::u32().unwrap_or(u32::MAX / 2);
    limit * i64::from(random) / i64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour() {
        for (attempts, longest) in [(1, 5), (2, 10), (3, 20), (10, 2560), (11, 3600), (1000, 3600)] {
            for _ in 0..50 {
                let pause = delay(attempts).num_milliseconds();
                assert!((longest * 500..=longest * 1000).contains(&pause), "{attempts}: {pause} ms");
            }
        }
    }
}
