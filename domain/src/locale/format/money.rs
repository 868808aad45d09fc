//! Money with its sign or word where the language puts it.

use super::{
    number::{grouped, signed, with_decimals},
    word,
};
use crate::{
    args,
    locale::{Locale, digits},
    money::{Currency, Money},
};

/// An amount with its currency: `$4.90`, `299 ₽`, `۱۸۹٬۰۰۰ تومان`. Decimals show only when there
/// are any. Rials show in toman.
pub fn money(locale: Locale, money: Money) -> String {
    let (whole, part) = units(money);
    let amount = with_decimals(locale, &grouped(locale, whole), &part);
    let key = match money.currency {
        Currency::Usd => "format-money-usd",
        Currency::Eur => "format-money-eur",
        Currency::Rub => "format-money-rub",
        Currency::Irr => "format-money-toman",
        Currency::Xtr => "format-money-stars",
        Currency::Usdt => "format-money-usdt",
    };
    let plural = plural_of(whole, &part);
    let text = word(locale, key, &args!["amount" => amount, "count" => plural]);
    signed(locale, money.minor < 0, &text)
}

/// Whole units and the digits after the point.
fn units(money: Money) -> (u64, String) {
    let minor = money.minor.unsigned_abs();
    let (scale, width) = match money.currency {
        Currency::Irr => (digits::RIALS_PER_TOMAN.unsigned_abs(), 1),
        other => (10_u64.pow(other.exponent()), other.exponent() as usize),
    };
    let rest = minor % scale;
    let part = if rest == 0 { String::new() } else { format!("{rest:0width$}") };
    (minor / scale, part)
}

/// The number that chooses the plural form. A fraction takes the form of two in Russian ("1,5
/// томана"), and "other" elsewhere, which two does as well.
fn plural_of(whole: u64, part: &str) -> i64 {
    if part.is_empty() { i64::try_from(whole).unwrap_or(i64::MAX) } else { 2 }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(490, Currency::Usd, "$4.90", "۴٫۹۰ دلار", "4,90\u{A0}$")]
    #[case(10_000, Currency::Usd, "$100", "۱۰۰ دلار", "100\u{A0}$")]
    #[case(5, Currency::Usd, "$0.05", "۰٫۰۵ دلار", "0,05\u{A0}$")]
    #[case(-490, Currency::Usd, "-$4.90", "\u{200E}\u{2212}۴٫۹۰ دلار", "-4,90\u{A0}$")]
    #[case(1_250, Currency::Eur, "€12.50", "۱۲٫۵۰ یورو", "12,50\u{A0}€")]
    #[case(299_900, Currency::Rub, "2,999\u{A0}₽", "۲٬۹۹۹ روبل", "2\u{A0}999\u{A0}₽")]
    #[case(
        612_400_000,
        Currency::Irr,
        "61,240,000\u{A0}toman",
        "۶۱٬۲۴۰٬۰۰۰ تومان",
        "61\u{A0}240\u{A0}000\u{A0}томанов"
    )]
    #[case(1_890_000, Currency::Irr, "189,000\u{A0}toman", "۱۸۹٬۰۰۰ تومان", "189\u{A0}000\u{A0}томанов")]
    #[case(15, Currency::Irr, "1.5\u{A0}toman", "۱٫۵ تومان", "1,5\u{A0}томана")]
    #[case(210, Currency::Irr, "21\u{A0}toman", "۲۱ تومان", "21\u{A0}томан")]
    #[case(1, Currency::Xtr, "1\u{A0}Star", "۱ استارز", "1\u{A0}звезда")]
    #[case(3, Currency::Xtr, "3\u{A0}Stars", "۳ استارز", "3\u{A0}звезды")]
    #[case(150, Currency::Xtr, "150\u{A0}Stars", "۱۵۰ استارز", "150\u{A0}звёзд")]
    #[case(500, Currency::Usdt, "5\u{A0}USDT", "۵ تتر", "5\u{A0}USDT")]
    #[case(0, Currency::Rub, "0\u{A0}₽", "۰ روبل", "0\u{A0}₽")]
    fn amounts(
        #[case] minor: i64,
        #[case] currency: Currency,
        #[case] en: &str,
        #[case] fa: &str,
        #[case] ru: &str,
    ) {
        let shown = Locale::ALL.map(|locale| money(locale, Money::new(minor, currency)));
        // Persian amounts keep together on a line as well.
        assert_eq!(shown, [en.to_owned(), fa.replace(' ', "\u{A0}"), ru.to_owned()]);
    }

    #[test]
    fn the_smallest_amount_does_not_overflow() {
        assert!(money(Locale::En, Money::new(i64::MIN, Currency::Usd)).starts_with("-$92,233"));
    }
}
