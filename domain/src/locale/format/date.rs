//! Dates: Jalali in Persian, Gregorian elsewhere; times in 24 hours.
//!
//! The Jalali calendar is ICU4X's, which follows the 33-year cycle (30 Esfand falls in 1403 and
//! 1408; libraries with the 2820-year cycle are a day off after it).

use chrono::{DateTime, Datelike as _, FixedOffset, Utc};
use icu_calendar::{Date, cal::Persian};

use super::word;
use crate::{
    args,
    locale::{Locale, digits},
};

/// `12 August 2026`, `۲۱ مرداد ۱۴۰۵`, `12 августа 2026`.
pub fn date(locale: Locale, at: DateTime<Utc>, zone: FixedOffset) -> String {
    let day = Day::of(locale, at, zone);
    word(locale, "format-date", &args!["day" => day.day, "month" => day.month, "year" => day.year])
}

/// A date of about this year: `12 August`, `۲۱ مرداد`, `12 августа`.
pub fn date_short(locale: Locale, at: DateTime<Utc>, zone: FixedOffset) -> String {
    let day = Day::of(locale, at, zone);
    word(locale, "format-date-short", &args!["day" => day.day, "month" => day.month])
}

/// `12 August 2026, 14:05`.
pub fn date_time(locale: Locale, at: DateTime<Utc>, zone: FixedOffset) -> String {
    with_time(locale, date(locale, at, zone), at, zone)
}

/// `12 August, 14:05`.
pub fn date_time_short(locale: Locale, at: DateTime<Utc>, zone: FixedOffset) -> String {
    with_time(locale, date_short(locale, at, zone), at, zone)
}

/// `14:05`, `۱۴:۰۵`.
pub fn time_of_day(locale: Locale, at: DateTime<Utc>, zone: FixedOffset) -> String {
    digits::local(locale, &at.with_timezone(&zone).format("%H:%M").to_string())
}

fn with_time(locale: Locale, date: String, at: DateTime<Utc>, zone: FixedOffset) -> String {
    word(locale, "format-date-time", &args!["date" => date, "time" => time_of_day(locale, at, zone)])
}

/// The parts of a date, in the language's calendar, digits and words.
struct Day {
    day: String,
    month: String,
    year: String,
}

impl Day {
    fn of(locale: Locale, at: DateTime<Utc>, zone: FixedOffset) -> Self {
        let date = at.with_timezone(&zone).date_naive();
        let gregorian = (date.year(), date.month(), date.day());
        let (year, month, day) = match locale {
            Locale::Fa => jalali(gregorian).unwrap_or(gregorian),
            Locale::En | Locale::Ru => gregorian,
        };
        let month = word(locale, &format!("format-month-{month}"), &args![]);
        Self {
            day: digits::local(locale, &day.to_string()),
            month,
            year: digits::local(locale, &year.to_string()),
        }
    }
}

/// `None` outside the calendar's range, which is thousands of years away.
fn jalali((year, month, day): (i32, u32, u32)) -> Option<(i32, u32, u32)> {
    let gregorian = Date::try_new_iso(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()?;
    let jalali = gregorian.to_calendar(Persian);
    Some((jalali.year().extended_year(), jalali.month().ordinal.into(), jalali.day_of_month().0.into()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const MINUTE: i32 = 60;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn tehran() -> FixedOffset {
        FixedOffset::east_opt(210 * MINUTE).expect("an offset")
    }

    /// Leap days, both sides of Nowruz, the length of each kind of month.
    #[rstest]
    #[case("2025-03-20T12:00:00Z", "۳۰ اسفند ۱۴۰۳")]
    #[case("2025-03-21T12:00:00Z", "۱ فروردین ۱۴۰۴")]
    #[case("2030-03-20T12:00:00Z", "۳۰ اسفند ۱۴۰۸")]
    #[case("2030-03-21T12:00:00Z", "۱ فروردین ۱۴۰۹")]
    #[case("2026-03-20T12:00:00Z", "۲۹ اسفند ۱۴۰۴")]
    #[case("2026-03-21T12:00:00Z", "۱ فروردین ۱۴۰۵")]
    #[case("2021-03-20T12:00:00Z", "۳۰ اسفند ۱۳۹۹")]
    #[case("1979-02-11T12:00:00Z", "۲۲ بهمن ۱۳۵۷")]
    #[case("2026-08-12T12:00:00Z", "۲۱ مرداد ۱۴۰۵")]
    #[case("2026-11-20T12:00:00Z", "۲۹ آبان ۱۴۰۵")]
    #[case("2026-09-22T12:00:00Z", "۳۱ شهریور ۱۴۰۵")]
    #[case("2026-09-23T12:00:00Z", "۱ مهر ۱۴۰۵")]
    #[case("2026-12-21T12:00:00Z", "۳۰ آذر ۱۴۰۵")]
    #[case("2027-01-01T12:00:00Z", "۱۱ دی ۱۴۰۵")]
    // 20:30 UTC is midnight in Tehran.
    #[case("2026-11-20T20:29:59Z", "۲۹ آبان ۱۴۰۵")]
    #[case("2026-11-20T20:30:00Z", "۳۰ آبان ۱۴۰۵")]
    fn persian_dates_are_jalali(#[case] instant: &str, #[case] expected: &str) {
        assert_eq!(date(Locale::Fa, at(instant), tehran()), expected);
    }

    #[test]
    fn other_languages_are_gregorian() {
        let instant = at("2026-08-02T21:45:00Z");
        assert_eq!(date(Locale::En, instant, tehran()), "3 August 2026");
        assert_eq!(date(Locale::Ru, instant, tehran()), "3 августа 2026");
        assert_eq!(date_short(Locale::En, instant, tehran()), "3 August");
        assert_eq!(date_time(Locale::En, instant, tehran()), "3 August 2026, 01:15");
        assert_eq!(date_time(Locale::Fa, instant, tehran()), "۱۲ مرداد ۱۴۰۵، ۰۱:۱۵");
        assert_eq!(date_time_short(Locale::Ru, instant, tehran()), "3 августа, 01:15");
        assert_eq!(time_of_day(Locale::Fa, instant, tehran()), "۰۱:۱۵");
    }
}
