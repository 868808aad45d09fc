//! Plain numbers. Separators and signs are those of CLDR 48 (`fa`, `ru`, `en`).

use crate::locale::{Locale, digits};

/// A whole number with thousands separated: `61,240,000`, `۶۱٬۲۴۰٬۰۰۰`, `61 240 000`.
pub fn number(locale: Locale, number: i64) -> String {
    signed(locale, number < 0, &grouped(locale, number.unsigned_abs()))
}

/// A number with at most `decimals` digits after the point, without trailing zeros.
pub fn decimal(locale: Locale, number: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", number.abs());
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let whole = grouped(locale, whole.parse().unwrap_or(u64::MAX));
    let shown = with_decimals(locale, &whole, part.trim_end_matches('0'));
    let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    signed(locale, number < 0.0 && !is_zero, &shown)
}

/// A percentage with at most one decimal: `50%`, `۵۰٪`, `50 %`.
pub fn percent(locale: Locale, percent: f64) -> String {
    let number = decimal(locale, percent, 1);
    match locale {
        Locale::En => format!("{number}%"),
        Locale::Fa => format!("{number}٪"),
        Locale::Ru => format!("{number}\u{A0}%"),
    }
}

pub(super) fn grouped(locale: Locale, number: u64) -> String {
    let separator = match locale {
        Locale::En => ',',
        Locale::Fa => '٬',
        Locale::Ru => '\u{A0}',
    };
    let western = number.to_string();
    let mut grouped = String::with_capacity(western.len() * 2);
    for (index, digit) in western.chars().enumerate() {
        if index > 0 && (western.len() - index).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    digits::local(locale, &grouped)
}

/// `part` are western digits after the decimal point; none leave the point out.
pub(super) fn with_decimals(locale: Locale, whole: &str, part: &str) -> String {
    let point = match locale {
        Locale::En => '.',
        Locale::Fa => '٫',
        Locale::Ru => ',',
    };
    if part.is_empty() { whole.to_owned() } else { format!("{whole}{point}{}", digits::local(locale, part)) }
}

pub(super) fn signed(locale: Locale, negative: bool, number: &str) -> String {
    let sign = match (negative, locale) {
        (false, _) => "",
        // The mark keeps the sign on the left of digits that run left to right.
        (true, Locale::Fa) => "\u{200E}\u{2212}",
        (true, Locale::En | Locale::Ru) => "-",
    };
    format!("{sign}{number}")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(0, "0", "۰", "0")]
    #[case(7, "7", "۷", "7")]
    #[case(999, "999", "۹۹۹", "999")]
    #[case(1000, "1,000", "۱٬۰۰۰", "1\u{A0}000")]
    #[case(1_234_567_890, "1,234,567,890", "۱٬۲۳۴٬۵۶۷٬۸۹۰", "1\u{A0}234\u{A0}567\u{A0}890")]
    #[case(-4500, "-4,500", "\u{200E}\u{2212}۴٬۵۰۰", "-4\u{A0}500")]
    #[case(
        i64::MIN,
        "-9,223,372,036,854,775,808",
        "\u{200E}\u{2212}۹٬۲۲۳٬۳۷۲٬۰۳۶٬۸۵۴٬۷۷۵٬۸۰۸",
        "-9\u{A0}223\u{A0}372\u{A0}036\u{A0}854\u{A0}775\u{A0}808"
    )]
    fn whole_numbers(#[case] value: i64, #[case] en: &str, #[case] fa: &str, #[case] ru: &str) {
        assert_eq!(Locale::ALL.map(|locale| number(locale, value)), [en, fa, ru]);
    }

    #[rstest]
    #[case(12.5, 2, "12.5", "۱۲٫۵", "12,5")]
    #[case(1234.0, 2, "1,234", "۱٬۲۳۴", "1\u{A0}234")]
    #[case(0.999, 2, "1", "۱", "1")]
    #[case(-0.001, 2, "0", "۰", "0")]
    fn decimals(
        #[case] value: f64,
        #[case] places: usize,
        #[case] en: &str,
        #[case] fa: &str,
        #[case] ru: &str,
    ) {
        assert_eq!(Locale::ALL.map(|locale| decimal(locale, value, places)), [en, fa, ru]);
    }

    #[rstest]
    #[case(50.0, "50%", "۵۰٪", "50\u{A0}%")]
    #[case(3.25, "3.2%", "۳٫۲٪", "3,2\u{A0}%")]
    #[case(100.0, "100%", "۱۰۰٪", "100\u{A0}%")]
    #[case(-1.9, "-1.9%", "\u{200E}\u{2212}۱٫۹٪", "-1,9\u{A0}%")]
    fn percentages(#[case] value: f64, #[case] en: &str, #[case] fa: &str, #[case] ru: &str) {
        assert_eq!(Locale::ALL.map(|locale| percent(locale, value)), [en, fa, ru]);
    }
}
