//! The day's figures, sent to owner and staff at an hour that the shop chooses.

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::service::midnight;
use crate::{
    db::{StoreError, TenantConn, TenantDb, TenantTx},
    entities::tenant::staff_act::Deed,
    ids::{BotId, TenantId},
    jobs::{self, Job, JobError},
    ports::Notice,
    shop::{
        notification::service::{self as notification, Recipient},
        setting::service as settings,
        staff::{
            log::{self, Actor},
            rights::Right,
            service as staff,
        },
    },
};

const SETTING: &str = "daily_report";

/// When the report comes, and since when it is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Daily {
    /// A whole hour of the shop's day.
    pub hour: u32,
    pub since: DateTime<Utc>,
}

/// Sends the report of the day that is over at the chosen hour, and queues the next.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendReport {}

impl Job for SendReport {
    const KIND: &'static str = "send_report";

    fn dedupe_key(&self) -> Option<String> {
        Some("daily".into())
    }
}

/// `None` while it is switched off.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn daily(tx: &impl TenantConn) -> Result<Option<Daily>, StoreError> {
    let stored = settings::get(tx, SETTING).await?;
    Ok(stored.and_then(|value| serde_json::from_value(value).ok()))
}

/// From now on at this hour, or not at all.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn choose(
    tx: &TenantTx,
    actor: &Actor,
    zone: FixedOffset,
    hour: Option<u32>,
) -> Result<(), StoreError> {
    match hour.filter(|hour| *hour < 24) {
        Some(hour) => {
            let daily = Daily { hour, since: tx.now() };
            let value =
                serde_json::to_value(daily).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
            settings::put(tx, SETTING, value).await?;
            queue(tx, daily, zone).await?;
        }
        None => settings::remove(tx, SETTING).await?,
    }
    let shop: TenantId = tx.tenant();
    log::append(tx, actor, Deed::ReportHour, shop, json!({ "hour": hour })).await
}

/// Queues the next report; a chain that broke is taken up again by whoever looks each hour.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn queue(tx: &TenantTx, daily: Daily, zone: FixedOffset) -> Result<(), StoreError> {
    jobs::enqueue(tx, &SendReport {}, next(daily.hour, tx.now(), zone)).await
}

/// The job. `owners` are the bots with whoever owns them. Each is told once of a day.
///
/// # Errors
/// [`JobError`].
pub async fn run(db: &TenantDb, owners: &[(BotId, i64)], zone: FixedOffset) -> Result<(), JobError> {
    let tx = db.write().await?;
    let Some(daily) = daily(&tx).await? else { return Ok(()) };
    let at = last(daily.hour, tx.now(), zone);
    if at >= daily.since {
        let day = told_of(at, zone);
        let (notice, key) = (Notice::DailyReport { day }, format!("daily_report:{day}"));
        let mut told = Vec::new();
        for (bot, telegram_id) in owners {
            if !told.contains(telegram_id) {
                let to = Recipient { bot: *bot, telegram_id: *telegram_id };
                notification::queue(&tx, to, &format!("{key}:{telegram_id}"), &notice).await?;
                told.push(*telegram_id);
            }
        }
        staff::tell(&tx, Right::Stats, None, &key, &notice).await?;
    }
    queue(&tx, daily, zone).await?;
    Ok(tx.commit().await?)
}

/// The day that a report tells of: in the morning the one that is over, from noon on the present one.
fn told_of(at: DateTime<Utc>, zone: FixedOffset) -> NaiveDate {
    (at.with_timezone(&zone) - Duration::hours(12)).date_naive()
}

/// The last time that this hour struck.
fn last(hour: u32, now: DateTime<Utc>, zone: FixedOffset) -> DateTime<Utc> {
    let today = struck(now.with_timezone(&zone).date_naive(), hour, zone);
    if today <= now { today } else { today - Duration::days(1) }
}

/// The next time that it strikes.
fn next(hour: u32, now: DateTime<Utc>, zone: FixedOffset) -> DateTime<Utc> {
    last(hour, now, zone) + Duration::days(1)
}

/// Zones are fixed offsets: each day has each hour once.
fn struck(day: NaiveDate, hour: u32, zone: FixedOffset) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN);
    midnight(day, zone) + (time - NaiveTime::MIN)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::before_the_hour("2026-11-20T10:00:00Z", "2026-11-19T17:30:00Z", "2026-11-20T17:30:00Z")]
    #[case::at_the_hour("2026-11-20T17:30:00Z", "2026-11-20T17:30:00Z", "2026-11-21T17:30:00Z")]
    #[case::after_it("2026-11-20T18:00:00Z", "2026-11-20T17:30:00Z", "2026-11-21T17:30:00Z")]
    #[case::when_the_shops_day_is_another(
        "2026-11-20T21:00:00Z",
        "2026-11-20T17:30:00Z",
        "2026-11-21T17:30:00Z"
    )]
    fn the_report_comes_at_the_shops_hour(#[case] now: &str, #[case] before: &str, #[case] after: &str) {
        let tehran = FixedOffset::east_opt(3 * 3600 + 1800).unwrap();
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(last(21, at(now), tehran), at(before));
        assert_eq!(next(21, at(now), tehran), at(after));
    }

    #[rstest]
    #[case::in_the_morning("2026-11-20T09:00:00Z", "2026-11-19")]
    #[case::at_noon("2026-11-20T12:00:00Z", "2026-11-20")]
    #[case::in_the_evening("2026-11-20T21:00:00Z", "2026-11-20")]
    fn a_morning_report_tells_of_the_day_that_is_over(#[case] at: &str, #[case] day: &str) {
        let utc = FixedOffset::east_opt(0).unwrap();
        assert_eq!(told_of(at.parse().unwrap(), utc), day.parse::<NaiveDate>().unwrap());
    }
}
