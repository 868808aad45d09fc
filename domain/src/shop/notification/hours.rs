//! When people may be written to: the shop's hours, less their own quiet ones.

use chrono::{DateTime, Duration, FixedOffset, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

const DAY: u16 = 24 * 60;

/// A part of each day, in minutes after midnight of the shop's zone. It may go over midnight; one that
/// ends where it begins is the whole day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    pub from: u16,
    pub until: u16,
}

impl Hours {
    /// `None` beyond a day.
    pub fn new(from: u16, until: u16) -> Option<Self> {
        (from < DAY && until < DAY).then_some(Self { from, until })
    }

    /// Whole hours.
    pub const fn between(from: u16, until: u16) -> Self {
        Self { from: from % 24 * 60, until: until % 24 * 60 }
    }

    fn contains(self, minute: u16) -> bool {
        match self.from < self.until {
            true => (self.from..self.until).contains(&minute),
            false => minute >= self.from || minute < self.until,
        }
    }
}

/// The first instant from `at` on that lies in the shop's hours and outside the user's quiet ones. Where
/// the quiet hours leave nothing of the shop's, the shop's alone: what is never sent helps nobody.
pub fn next_open(at: DateTime<Utc>, zone: FixedOffset, open: Hours, quiet: Option<Hours>) -> DateTime<Utc> {
    let local = at.with_timezone(&zone);
    let midnight = local - (local.time() - NaiveTime::MIN);
    let begins = [Some(open.from), quiet.map(|quiet| quiet.until)];
    let mut candidates: Vec<_> = (0..3)
        .flat_map(|day| begins.iter().flatten().map(move |from| (day, *from)))
        .map(|(day, from)| midnight + Duration::days(day) + Duration::minutes(from.into()))
        .filter(|candidate| *candidate > local)
        .chain([local])
        .collect();
    candidates.sort_unstable();
    let fits = |candidate: &DateTime<FixedOffset>, quiet: Option<Hours>| {
        let minute = minute_of(candidate.time());
        open.contains(minute) && !quiet.is_some_and(|quiet| quiet.contains(minute))
    };
    let found = candidates.iter().find(|one| fits(one, quiet));
    let found = found.or_else(|| candidates.iter().find(|one| fits(one, None)));
    found.map_or(at, |one| one.with_timezone(&Utc))
}

/// The beginning of the local day after the one of `at`.
pub fn next_day(at: DateTime<Utc>, zone: FixedOffset) -> DateTime<Utc> {
    day_of(at, zone) + Duration::days(1)
}

/// The beginning of the local day of `at`.
pub fn day_of(at: DateTime<Utc>, zone: FixedOffset) -> DateTime<Utc> {
    let local = at.with_timezone(&zone);
    (local - (local.time() - NaiveTime::MIN)).with_timezone(&Utc)
}

fn minute_of(time: NaiveTime) -> u16 {
    u16::try_from((time - NaiveTime::MIN).num_minutes()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    const SHOP: Hours = Hours::between(10, 21);

    fn zone(minutes: i32) -> FixedOffset {
        FixedOffset::east_opt(minutes * 60).unwrap()
    }

    fn utc(text: &str) -> DateTime<Utc> {
        Utc.from_utc_datetime(&chrono::NaiveDateTime::parse_from_str(text, "%m-%d %H:%M %Y").unwrap())
    }

    #[rstest]
    #[case::in_the_middle_of_the_day("11-20 12:00", 0, None, "11-20 12:00")]
    #[case::before_the_shop_opens("11-20 06:30", 0, None, "11-20 10:00")]
    #[case::when_it_opens("11-20 10:00", 0, None, "11-20 10:00")]
    #[case::when_it_closes("11-20 21:00", 0, None, "11-21 10:00")]
    #[case::at_night("11-20 23:59", 0, None, "11-21 10:00")]
    #[case::tehran_opens_at_half_past_six("11-20 03:00", 210, None, "11-20 06:30")]
    #[case::west_of_greenwich_the_day_is_another("11-20 03:00", -300, None, "11-20 15:00")]
    #[case::quiet_in_the_morning("11-20 10:30", 0, Some((8, 12)), "11-20 12:00")]
    #[case::quiet_over_midnight("11-20 20:30", 0, Some((20, 11)), "11-21 11:00")]
    #[case::quiet_when_the_shop_is_closed_anyway("11-20 12:00", 0, Some((22, 8)), "11-20 12:00")]
    #[case::quiet_all_the_time_the_shop_is_open("11-20 12:00", 0, Some((9, 22)), "11-20 12:00")]
    #[case::a_day_of_quiet_hours_leaves_the_shops("11-20 03:00", 0, Some((5, 5)), "11-20 10:00")]
    fn a_message_waits_for_its_hour(
        #[case] at: &str,
        #[case] offset: i32,
        #[case] quiet: Option<(u16, u16)>,
        #[case] sent: &str,
    ) {
        let quiet = quiet.map(|(from, until)| Hours::between(from, until));
        let year = |text: &str| utc(&format!("{text} 2026"));
        assert_eq!(next_open(year(at), zone(offset), SHOP, quiet), year(sent));
    }

    proptest! {
        #[test]
        fn no_message_is_early_or_waits_longer_than_two_days(
            minutes in 0_i64..200_000,
            offset in -720_i32..=840,
            (from, until) in (0_u16..1440, 0_u16..1440),
            quiet in proptest::option::of((0_u16..1440, 0_u16..1440)),
        ) {
            let at = DateTime::UNIX_EPOCH + Duration::minutes(minutes);
            let open = Hours { from, until };
            let quiet = quiet.map(|(from, until)| Hours { from, until });
            let sent = next_open(at, zone(offset), open, quiet);
            prop_assert!(sent >= at && sent <= at + Duration::days(2));
            prop_assert!(open.contains(minute_of(sent.with_timezone(&zone(offset)).time())));
            prop_assert_eq!(next_open(sent, zone(offset), open, quiet), sent);
        }
    }
}
