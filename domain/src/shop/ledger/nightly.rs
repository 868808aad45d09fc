//! The check of the money that runs by itself: its outcome is kept until the next one, and what is
//! broken is logged once, not every night anew.

use std::time::Duration as RealDuration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    verify::{self, Breach},
    verify_online,
};
use crate::{
    clock::Clock,
    db::{Conn, StoreError, TenantDb},
    jobs::{Job, JobError},
    ports::VpnPanel,
    shop::{payment::Providers, setting::service as settings},
};

/// The setting in which the outcome is kept: a shop's, or the platform's.
const NAME: &str = "money_check";
/// The job's own time, less what the shop's own books take.
const ASKING: RealDuration = RealDuration::from_secs(30);

/// Checks all that can be checked of one shop.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct CheckMoney {}

impl Job for CheckMoney {
    const KIND: &'static str = "check_money";
    const MAX_ATTEMPTS: i32 = 5;
    const PRIORITY: i32 = -10;

    fn dedupe_key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// What the last check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// On the shop's clock.
    pub at: DateTime<Utc>,
    /// `I3  order … is … and has … grants`
    pub breaches: Vec<String>,
    /// Who was asked and did not answer.
    pub silent: Vec<String>,
}

/// The job. `breaches` is what was found of the shop elsewhere.
///
/// # Errors
/// [`JobError::Retry`] when the shop's database does not answer.
pub async fn run(
    db: &TenantDb,
    port: &dyn VpnPanel,
    all: &Providers,
    mut breaches: Vec<Breach>,
) -> Result<(), JobError> {
    let tx = db.read().await?;
    breaches.extend(verify::shop(&tx).await?);
    drop(tx);
    let asked = verify_online::shop(db, port, all, ASKING).await?;
    breaches.extend(asked.breaches);
    let tx = db.write().await?;
    keep(&tx, &db.tenant().to_string(), db.clock().now(), &breaches, asked.silent).await?;
    Ok(tx.commit().await?)
}

/// Keeps what a check found, and logs what the one before had not found.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn keep(
    tx: &impl Conn,
    whose: &str,
    at: DateTime<Utc>,
    breaches: &[Breach],
    silent: Vec<String>,
) -> Result<(), StoreError> {
    let before = last(tx).await?.map(|outcome| outcome.breaches).unwrap_or_default();
    let breaches: Vec<_> = breaches.iter().map(ToString::to_string).collect();
    for breach in news(&before, &breaches) {
        tracing::error!(whose, breach, "the books do not add up");
    }
    let outcome = Outcome { at, breaches, silent };
    let value = serde_json::to_value(outcome).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
    settings::put(tx, NAME, value).await
}

/// What the check before had not found.
fn news<'a>(before: &'a [String], now: &'a [String]) -> impl Iterator<Item = &'a String> {
    now.iter().filter(|breach| !before.contains(breach))
}

/// What the last check found; `None` before the first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn last(conn: &impl Conn) -> Result<Option<Outcome>, StoreError> {
    let value = settings::get(conn, NAME).await?;
    Ok(value.and_then(|value| serde_json::from_value(value).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_broken_the_night_before_is_no_news() {
        let all = ["I2  one".to_owned(), "I8  two".to_owned()];
        let new = |before, now| news(before, now).map(String::as_str).collect::<Vec<_>>();
        assert_eq!(new(&[], &all[..1]), ["I2  one"]);
        assert_eq!(new(&all[..1], &all), ["I8  two"]);
        assert!(new(&all, &all[1..]).is_empty());
    }
}
