//! Work that outlives a crash: rows queued in the transaction that makes them necessary.
//!
//! Own module, because only it can queue inside a SeaORM transaction on both databases. A job is
//! claimed with a lease and an epoch; a worker that lost its lease finishes nothing. Handlers drive
//! towards a state instead of applying a change, so running one twice is harmless.

mod backoff;
mod hand;
mod load;
mod queue;
mod schedule;
#[cfg(test)]
mod tests;
mod worker;

pub use backoff::delay;
pub use queue::{
    Claimed, PER_LANE, claim, enqueue, finish, forget_done, make_lane_due, next_due, open_jobs, reap, renew,
};
pub use schedule::{Schedule, due_slots};
pub use worker::{Runner, Workers, run_until_idle};

use chrono::{DateTime, Duration, Utc};
use serde::{Serialize, de::DeserializeOwned};

use crate::db::{Conn, MasterTx, TenantConn, TenantTx};

/// How long a job stays with a worker that shows no sign of life. Short, because what a killed
/// process had in hand waits this long; a living worker renews its leases.
pub const LEASE: Duration = Duration::seconds(6);

/// What a job does is in the server; what it is about is here.
pub trait Job: Serialize + DeserializeOwned + Send + Sync {
    const KIND: &'static str;
    /// Attempts before the job is dead and waits for a person. With the longest pause of an hour,
    /// 40 attempts last more than a day.
    const MAX_ATTEMPTS: i32 = 40;
    /// Higher goes first: purchases before everything else.
    const PRIORITY: i32 = 0;

    /// At most one waiting job of this kind has this key.
    fn dedupe_key(&self) -> Option<String> {
        None
    }

    /// What the job depends on, for example one panel.
    fn lane(&self) -> Option<String> {
        None
    }
}

/// A transaction in which jobs can be queued: the platform's or a tenant's.
pub trait Queue: Conn {
    /// The clock by which jobs become due.
    fn queue_now(&self) -> DateTime<Utc>;

    /// The clock by which leases end.
    fn lease_now(&self) -> DateTime<Utc>;

    /// Tells the commit that a job becomes due.
    fn announce_job(&self, due_at: DateTime<Utc>);
}

impl Queue for TenantTx {
    fn queue_now(&self) -> DateTime<Utc> {
        self.now()
    }

    fn lease_now(&self) -> DateTime<Utc> {
        self.clock().base().now()
    }

    fn announce_job(&self, due_at: DateTime<Utc>) {
        self.announce(due_at);
    }
}

impl Queue for MasterTx {
    fn queue_now(&self) -> DateTime<Utc> {
        self.now()
    }

    fn lease_now(&self) -> DateTime<Utc> {
        self.now()
    }

    fn announce_job(&self, _due_at: DateTime<Utc>) {
        self.announce();
    }
}

/// How a job that did not succeed goes on. Each `?` in a handler decides which.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Again later; not before `after` when it is given.
    #[error("{reason}")]
    Retry { reason: String, after: Option<Duration> },
    /// Trying again does not help: the job is dead and an operator sees it.
    #[error("{0}")]
    Fail(String),
}

impl JobError {
    pub fn retry(reason: impl std::fmt::Display) -> Self {
        Self::Retry { reason: reason.to_string(), after: None }
    }

    pub fn retry_after(reason: impl std::fmt::Display, after: Duration) -> Self {
        Self::Retry { reason: reason.to_string(), after: Some(after) }
    }

    pub fn fail(reason: impl std::fmt::Display) -> Self {
        Self::Fail(reason.to_string())
    }
}

impl From<crate::db::StoreError> for JobError {
    fn from(error: crate::db::StoreError) -> Self {
        Self::retry(error)
    }
}
