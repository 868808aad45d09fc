//! How many bots may begin: they wait in line for their turn.

use std::time::{Duration, Instant};

const MINUTE: Duration = Duration::from_secs(60);

/// The line. Its lock is fair: whoever came first is next.
#[derive(Debug)]
pub(super) struct Ramp {
    per_minute: Option<u32>,
    starts: tokio::sync::Mutex<Starts>,
}

/// When bots began.
#[derive(Debug, Default)]
struct Starts(Vec<Instant>);

impl Ramp {
    /// `None`: without a limit.
    pub(super) fn new(per_minute: Option<u32>) -> Self {
        Self { per_minute, starts: tokio::sync::Mutex::default() }
    }

    /// Waits for a turn.
    pub(super) async fn turn(&self) {
        let Some(limit) = self.per_minute else { return };
        let mut starts = self.starts.lock().await;
        while let Err(wait) = starts.take(Instant::now(), limit) {
            tokio::time::sleep(wait).await;
        }
    }
}

impl Starts {
    /// Takes one start, or says how long there is none.
    fn take(&mut self, now: Instant, limit: u32) -> Result<(), Duration> {
        self.0.retain(|began| now.duration_since(*began) < MINUTE);
        if self.0.len() < limit as usize {
            self.0.push(now);
            return Ok(());
        }
        Err(self.0.first().map_or(MINUTE, |first| MINUTE - now.duration_since(*first)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_takes_only_so_many_starts() {
        let (mut starts, now) = (Starts::default(), Instant::now());
        let taken = (0..40).filter(|_| starts.take(now, 15).is_ok()).count();
        assert_eq!(taken, 15);
        let later = now + Duration::from_secs(59);
        assert_eq!(starts.take(later, 15), Err(Duration::from_secs(1)));
        assert_eq!(starts.take(now + MINUTE, 15), Ok(()));
    }
}
