//! Traffic sizes. 1 GB is 1024³ bytes, as the panel counts (SPEC §3).

use super::{
    number::{grouped, signed, with_decimals},
    word,
};
use crate::{args, locale::Locale, units::Bytes};

const STEP: u128 = 1024;
const UNITS: [&str; 5] =
    ["format-bytes-b", "format-bytes-kb", "format-bytes-mb", "format-bytes-gb", "format-bytes-tb"];

/// A size in its largest unit with at most one decimal, cut and not rounded: what is nearly used up
/// does not show as used up. Gigabytes go up to 10 000, since plans are sold in them.
pub fn bytes(locale: Locale, bytes: Bytes) -> String {
    let size = u128::from(bytes.0.unsigned_abs());
    let mut unit = 0;
    let mut scale = 1;
    while unit + 1 < UNITS.len() && size >= scale * limit_of(unit) {
        unit += 1;
        scale *= STEP;
    }
    let tenths = size * 10 / scale;
    let part = if tenths % 10 == 0 { String::new() } else { (tenths % 10).to_string() };
    let whole = grouped(locale, u64::try_from(tenths / 10).unwrap_or(u64::MAX));
    let amount = signed(locale, bytes.0 < 0, &with_decimals(locale, &whole, &part));
    word(locale, UNITS[unit], &args!["amount" => amount])
}

fn limit_of(unit: usize) -> u128 {
    if UNITS[unit] == "format-bytes-gb" { 10_000 } else { STEP }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const GB: i64 = Bytes::GIGABYTE;

    #[rstest]
    #[case(0, "0\u{A0}B", "۰ بایت", "0\u{A0}Б")]
    #[case(1023, "1,023\u{A0}B", "۱٬۰۲۳ بایت", "1\u{A0}023\u{A0}Б")]
    #[case(1536, "1.5\u{A0}KB", "۱٫۵ کیلوبایت", "1,5\u{A0}КБ")]
    #[case(350 * 1024 * 1024, "350\u{A0}MB", "۳۵۰ مگابایت", "350\u{A0}МБ")]
    #[case(GB - 1, "1,023.9\u{A0}MB", "۱٬۰۲۳٫۹ مگابایت", "1\u{A0}023,9\u{A0}МБ")]
    #[case(GB * 25 / 2, "12.5\u{A0}GB", "۱۲٫۵ گیگابایت", "12,5\u{A0}ГБ")]
    #[case(GB * 100, "100\u{A0}GB", "۱۰۰ گیگابایت", "100\u{A0}ГБ")]
    #[case(GB * 100 - 1, "99.9\u{A0}GB", "۹۹٫۹ گیگابایت", "99,9\u{A0}ГБ")]
    #[case(GB * 1024 * 20, "20\u{A0}TB", "۲۰ ترابایت", "20\u{A0}ТБ")]
    fn sizes(#[case] size: i64, #[case] en: &str, #[case] fa: &str, #[case] ru: &str) {
        let shown = Locale::ALL.map(|locale| bytes(locale, Bytes(size)));
        assert_eq!(shown, [en.to_owned(), fa.replace(' ', "\u{A0}"), ru.to_owned()]);
    }
}
