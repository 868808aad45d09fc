//! Lengths of time, in words.

use chrono::Duration;

use super::word;
use crate::{args, locale::Locale};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The two largest units: `29 days 23 hours`, `۲ روز و ۳ ساعت`. Rounded to the smaller of them, so
/// that a subscription bought a second ago has 30 days left. Negative lengths count as none.
pub fn duration(locale: Locale, length: Duration) -> String {
    let seconds = length.num_seconds().max(0);
    let parts = if round(seconds, HOUR) >= DAY {
        let seconds = round(seconds, HOUR);
        [("days", seconds / DAY), ("hours", seconds % DAY / HOUR)]
    } else if round(seconds, MINUTE) >= HOUR {
        let seconds = round(seconds, MINUTE);
        [("hours", seconds / HOUR), ("minutes", seconds % HOUR / MINUTE)]
    } else {
        [("minutes", seconds / MINUTE), ("seconds", seconds % MINUTE)]
    };
    match parts {
        [(_, 0), (_, 0)] => word(locale, "format-duration-instant", &args![]),
        [large, (_, 0)] => unit(locale, large),
        [(_, 0), small] => unit(locale, small),
        [large, small] => {
            let large = unit(locale, large);
            let small = unit(locale, small);
            word(locale, "format-duration-two", &args!["large" => large, "small" => small])
        }
    }
}

fn unit(locale: Locale, (name, count): (&str, i64)) -> String {
    word(locale, &format!("format-duration-{name}"), &args!["count" => count])
}

fn round(seconds: i64, unit: i64) -> i64 {
    seconds.saturating_add(unit / 2) / unit * unit
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(0, "less than a second", "کمتر از یک ثانیه", "меньше секунды")]
    #[case(-5, "less than a second", "کمتر از یک ثانیه", "меньше секунды")]
    #[case(1, "1 second", "۱ ثانیه", "1 секунда")]
    #[case(45, "45 seconds", "۴۵ ثانیه", "45 секунд")]
    #[case(72, "1 minute 12 seconds", "۱ دقیقه و ۱۲ ثانیه", "1 минута 12 секунд")]
    #[case(120, "2 minutes", "۲ دقیقه", "2 минуты")]
    #[case(3599, "1 hour", "۱ ساعت", "1 час")]
    #[case(3 * HOUR + 20 * MINUTE, "3 hours 20 minutes", "۳ ساعت و ۲۰ دقیقه", "3 часа 20 минут")]
    #[case(23 * HOUR + 59 * MINUTE, "1 day", "۱ روز", "1 день")]
    #[case(2 * DAY + 3 * HOUR, "2 days 3 hours", "۲ روز و ۳ ساعت", "2 дня 3 часа")]
    #[case(2 * DAY + 5 * MINUTE, "2 days", "۲ روز", "2 дня")]
    #[case(30 * DAY - 1, "30 days", "۳۰ روز", "30 дней")]
    #[case(21 * DAY, "21 days", "۲۱ روز", "21 день")]
    #[case(365 * DAY, "365 days", "۳۶۵ روز", "365 дней")]
    fn lengths(#[case] seconds: i64, #[case] en: &str, #[case] fa: &str, #[case] ru: &str) {
        let length = Duration::seconds(seconds);
        let shown = Locale::ALL.map(|locale| duration(locale, length));
        assert_eq!(shown.map(|text| text.replace('\u{A0}', " ")), [en, fa, ru]);
    }
}
