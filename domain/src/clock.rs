//! Time, injected: nothing else in the product asks the machine what time it is.
//!
//! A shop of kind sandbox or preview has a clock of its own that can be moved; everything that
//! concerns that shop (orders, expiry, its jobs, its emulated panel) reads [`ShopClock`], while
//! sign-in, leases and rate limits stay on the real one.

use std::{
    fmt::Debug,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use chrono::{DateTime, Duration, SubsecRound, Utc};

/// The current instant, in UTC, cut to milliseconds so that both databases give back what they took.
pub trait Clock: Send + Sync + Debug {
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(3)
    }
}

/// Another clock plus a movable offset. Clones share the offset.
#[derive(Clone, Debug)]
pub struct ShopClock {
    base: Arc<dyn Clock>,
    offset_seconds: Arc<AtomicI64>,
}

impl ShopClock {
    pub fn new(base: Arc<dyn Clock>, offset: Duration) -> Self {
        Self { base, offset_seconds: Arc::new(AtomicI64::new(offset.num_seconds())) }
    }

    /// How far this shop is ahead of real time.
    pub fn offset(&self) -> Duration {
        Duration::seconds(self.offset_seconds.load(Ordering::SeqCst))
    }

    /// Sets the offset for every clone; the caller stores it with the tenant first.
    pub fn set_offset(&self, offset: Duration) {
        self.offset_seconds.store(offset.num_seconds(), Ordering::SeqCst);
    }

    /// Real time, for leases and wake-ups.
    pub fn base(&self) -> &Arc<dyn Clock> {
        &self.base
    }

    /// The real instant at which this shop's clock shows `shop_time`.
    pub fn to_real(&self, shop_time: DateTime<Utc>) -> DateTime<Utc> {
        shop_time - self.offset()
    }
}

impl Clock for ShopClock {
    fn now(&self) -> DateTime<Utc> {
        self.base.now() + self.offset()
    }
}

/// A clock that stands still until it is moved. For tests.
#[derive(Clone, Debug)]
pub struct MockClock(Arc<AtomicI64>);

impl MockClock {
    /// Starts at 2026-01-16T12:00:00Z.
    pub fn new() -> Self {
        Self(Arc::new(AtomicI64::new(1_768_564_800_000)))
    }

    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
    }
}

impl Default for MockClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for MockClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0.load(Ordering::SeqCst)).unwrap_or(DateTime::UNIX_EPOCH)
    }
}
