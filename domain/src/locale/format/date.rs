//! Dates: Jalali in Persian, Gregorian elsewhere, or as a reader chose; times in 24 hours.
//!
//! The Jalali calendar is ICU4X's, which follows the 33-year cycle (30 Esfand falls in 1403 and
//! 1408; libraries with the 2820-year cycle are a day off after it).

use chrono::{DateTime, Datelike as _, FixedOffset, Utc};
use icu_calendar::{Date, cal::Persian};
use sea_orm::{DeriveActiveEnum, EnumIter};

use super::word;
use crate::{
    args,
    locale::{Locale, digits},
};

/// By which years and months days are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Calendar {
    #[sea_orm(string_value = "jalali")]
    Jalali,
    #[sea_orm(string_value = "gregorian")]
    Gregorian,
}

impl Calendar {
    pub const ALL: [Self; 2] = [Self::Jalali, Self::Gregorian];

    /// What speakers of the language are used to.
    pub const fn of(locale: Locale) -> Self {
        match locale {
            Locale::Fa => Self::Jalali,
            Locale::En | Locale::Ru => Self::Gregorian,
        }
    }

    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Jalali => Self::Gregorian,
            Self::Gregorian => Self::Jalali,
        }
    }

    /// As it is stored and named in texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Jalali => "jalali",
            Self::Gregorian => "gregorian",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|calendar| calendar.code() == code)
    }
}

/// `12 August 2026`, `۲۱ مرداد ۱۴۰۵`, `12 августа 2026`.
pub fn date(locale: Locale, at: DateTime<Utc>, zone: FixedOffset) -> String {
    date_in(locale, Calendar::of(locale), at, zone)
}

/// The same in this calendar: `21 Mordad 1405`, `۱۲ اوت ۲۰۲۶`.
pub fn date_in(locale: Locale, calendar: Calendar, at: DateTime<Utc>, zone: FixedOffset) -> String {
    let day = Day::of(locale, calendar, at, zone);
    word(locale, "format-date", &args!["day" => day.day, "month" => day.month, "year" => day.year])
}

/// A date of about this year: `12 August`, `۲۱ مرداد`, `12 августа`.
pub fn date_short(locale: Locale, at: DateTime<Utc>, zone: FixedOffset) -> String {
    let day = Day::of(locale, Calendar::of(locale), at, zone);
    word(locale, "format-date-short", &args!["day" => day.day, "month" => day.month])
}

/// `12 August 2026, 14:05`.
pub fn date_time(locale: Locale, at: DateTime<Utc>, zone: FixedOffset) -> String {
    with_time(locale, date(locale, at, zone), at, zone)
}

/// The same in this calendar.
pub fn date_time_in(locale: Locale, calendar: Calendar, at: DateTime<Utc>, zone: FixedOffset) -> String {
    with_time(locale, date_in(locale, calendar, at, zone), at, zone)
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

/// The parts of a date, in the language's digits and words.
struct Day {
    day: String,
    month: String,
    year: String,
}

impl Day {
    fn of(locale: Locale, calendar: Calendar, at: DateTime<Utc>, zone: FixedOffset) -> Self {
        let date = at.with_timezone(&zone).date_naive();
        let gregorian = (date.year(), date.month(), date.day());
        let (year, month, day) = match calendar {
            Calendar::Jalali => jalali(gregorian).unwrap_or(gregorian),
            Calendar::Gregorian => gregorian,
        };
        let month = match calendar == Calendar::of(locale) {
            true => word(locale, &format!("format-month-{month}"), &args![]),
            false => word(locale, &format!("format-month-other-{month}"), &args![]),
        };
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

    #[test]
    fn who_prefers_the_other_calendar_reads_it_in_his_own_language() {
        let instant = at("2026-08-12T12:00:00Z");
        let other = |locale| date_in(locale, Calendar::of(locale).other(), instant, tehran());
        assert_eq!(other(Locale::Fa), "۱۲ اوت ۲۰۲۶");
        assert_eq!(other(Locale::En), "21 Mordad 1405");
        assert_eq!(other(Locale::Ru), "21 мордада 1405");
        assert_eq!(date_time_in(Locale::En, Calendar::Jalali, instant, tehran()), "21 Mordad 1405, 15:30");
        assert!(Calendar::ALL.into_iter().all(|one| Calendar::from_code(one.code()) == Some(one)));
    }
}
