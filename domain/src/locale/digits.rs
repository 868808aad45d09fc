//! Digits and letters that people type, brought to the one form that the product stores.

use super::Locale;
use crate::money::{BadAmount, Currency, Money};

/// `0` to `9` for the Persian and Arabic digits; everything else unchanged.
pub fn western(text: &str) -> String {
    text.chars().map(western_digit).collect()
}

fn western_digit(character: char) -> char {
    let offset = match character {
        '۰'..='۹' => character as u32 - '۰' as u32,
        '٠'..='٩' => character as u32 - '٠' as u32,
        _ => return character,
    };
    char::from_digit(offset, 10).unwrap_or(character)
}

/// The digits of `text` in the language's own form.
pub fn local(locale: Locale, text: &str) -> String {
    match locale {
        Locale::Fa => text.chars().map(persian_digit).collect(),
        Locale::En | Locale::Ru => text.to_owned(),
    }
}

fn persian_digit(character: char) -> char {
    let persian = character.to_digit(10).and_then(|digit| char::from_u32('۰' as u32 + digit));
    persian.unwrap_or(character)
}

/// Arabic letters that Persian keyboards produce, as the Persian ones: `ي` to `ی`, `ك` to `ک`.
pub fn persian_letters(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            'ي' | 'ى' => 'ی',
            'ك' => 'ک',
            other => other,
        })
        .collect()
}

/// The one form in which words that people type are compared: small letters, western digits, one letter
/// for those that keyboards have two of, and none of the marks that are written or left out at will.
pub fn folded(text: &str) -> String {
    let plain = persian_letters(&western(text)).to_lowercase();
    plain
        .chars()
        .filter(|character| {
            !matches!(character, '\u{200C}' | '\u{0640}' | '\u{064B}'..='\u{0655}' | '\u{0301}')
        })
        .map(|character| match character {
            'أ' | 'إ' | 'آ' => 'ا',
            'ة' | 'ۀ' => 'ه',
            'ؤ' => 'و',
            'ё' => 'е',
            other => other,
        })
        .collect()
}

/// Reads a whole number that a person typed, in any of our digits, with or without separators.
pub fn parse_number(text: &str) -> Option<i64> {
    let plain = plain_decimal(text, Reading::Whole)?;
    plain.parse().ok()
}

/// Reads an amount that a person typed. Tomans for [`Currency::Irr`]. The currency's sign or word
/// may stand beside the number.
///
/// # Errors
/// [`BadAmount`] when the text is no such number, is negative, or has more decimals than the
/// currency.
pub fn parse_money(text: &str, currency: Currency) -> Result<Money, BadAmount> {
    let number = without_currency(text, currency);
    let reading = if currency.exponent() == 0 { Reading::Whole } else { Reading::Decimal };
    let plain = plain_decimal(&number, reading).ok_or(BadAmount)?;
    let money = Money::from_decimal(&plain, currency)?;
    match currency {
        Currency::Irr => {
            let rials = money.minor.checked_mul(RIALS_PER_TOMAN).ok_or(BadAmount)?;
            Ok(Money::new(rials, currency))
        }
        _ => Ok(money),
    }
}

/// An amount in the form in which [`parse_money`] reads it back.
pub fn typed_money(money: Money) -> String {
    match money.currency {
        Currency::Irr => (money.minor / RIALS_PER_TOMAN).to_string(),
        _ => money.to_decimal(),
    }
}

/// People count in toman (SPEC §3).
pub(super) const RIALS_PER_TOMAN: i64 = 10;

fn without_currency(text: &str, currency: Currency) -> String {
    let words: &[&str] = match currency {
        Currency::Usd => &["usd", "$", "دلار"],
        Currency::Eur => &["eur", "€", "یورو"],
        Currency::Rub => &["rub", "₽", "руб.", "руб", "روبل"],
        Currency::Irr => &["toman", "تومان", "تومن"],
        Currency::Xtr => &["xtr", "⭐\u{FE0F}", "⭐", "stars", "star"],
        Currency::Usdt => &["usdt", "$", "تتر"],
    };
    let text = persian_letters(text.trim()).to_lowercase();
    for word in words {
        if let Some(rest) = text.strip_prefix(word).or_else(|| text.strip_suffix(word)) {
            return rest.trim().to_owned();
        }
    }
    text
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// No decimals: a point or comma before three digits separates thousands.
    Whole,
    Decimal,
}

/// The number with a point for decimals and nothing else, or `None` when it could be read in two
/// ways (`1.234`) or is none.
fn plain_decimal(text: &str, reading: Reading) -> Option<String> {
    let compact: String = western(text.trim())
        .chars()
        .filter(|character| !matches!(character, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\'' | '_' | '٬'))
        .map(|character| if character == '٫' { '/' } else { character })
        .collect();
    let parts: Vec<&str> = compact.split(['.', ',', '/']).collect();
    if parts.iter().any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let separators: Vec<char> = compact.chars().filter(|character| !character.is_ascii_digit()).collect();
    let grouped = parts[0].len() <= 3 && parts[1..].iter().all(|part| part.len() == 3);
    match separators.as_slice() {
        [] => Some(compact),
        [',', rest @ ..] if grouped && rest.iter().all(|next| *next == ',') => Some(parts.concat()),
        ['.', rest @ ..] if grouped && reading == Reading::Whole && rest.iter().all(|next| *next == '.') => {
            Some(parts.concat())
        }
        ['.', _, ..] if grouped && separators.iter().all(|next| *next == '.') => Some(parts.concat()),
        ['.'] if grouped => None,
        ['.' | ',' | '/'] => Some(format!("{}.{}", parts[0], parts[1])),
        [groups @ .., last] => {
            let (whole, decimals) = (&parts[..parts.len() - 1], parts[parts.len() - 1]);
            let same = groups.iter().all(|group| group == &groups[0] && group != last && *group != '/');
            let grouped = whole[0].len() <= 3 && whole[1..].iter().all(|part| part.len() == 3);
            (same && grouped).then(|| format!("{}.{decimals}", whole.concat()))
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("۱۲٫۵", "12٫5")]
    #[case("٠١٢٣٤٥٦٧٨٩", "0123456789")]
    #[case("پلن ۳ ماهه", "پلن 3 ماهه")]
    #[case("abc 42", "abc 42")]
    fn persian_and_arabic_digits_become_western(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(western(text), expected);
    }

    #[test]
    fn arabic_letters_become_persian() {
        assert_eq!(persian_letters("علي كريمى"), "علی کریمی");
    }

    #[rstest]
    #[case("Wi-Fi", "WI-FI")]
    #[case("دستگاه ۳", "دستگاه 3")]
    #[case("تمديد كنم", "تمدید کنم")]
    #[case("نمی\u{200C}شود", "نمیشود")]
    #[case("آزمایش", "ازمایش")]
    #[case("دورهٔ", "دوره")]
    #[case("ещё", "ЕЩЕ")]
    fn words_are_compared_however_they_are_typed(#[case] one: &str, #[case] other: &str) {
        assert_eq!(folded(one), folded(other));
    }

    #[rstest]
    #[case("۳۰", Some(30))]
    #[case("٣٠", Some(30))]
    #[case(" 1 000 ", Some(1000))]
    #[case("۱٬۲۳۴٬۵۶۷", Some(1_234_567))]
    #[case("1,234,567", Some(1_234_567))]
    #[case("50.000", Some(50_000))]
    #[case("2\u{A0}999", Some(2999))]
    #[case("۱۲٫۵", None)]
    #[case("12.5", None)]
    #[case("1,23,456", None)]
    #[case("-3", None)]
    #[case("", None)]
    #[case("۱۲ روز", None)]
    #[case("99999999999999999999", None)]
    fn numbers_are_read_as_people_type_them(#[case] text: &str, #[case] number: Option<i64>) {
        assert_eq!(parse_number(text), number);
    }

    #[rstest]
    #[case("۱۸۹٬۰۰۰ تومان", Currency::Irr, Some(1_890_000))]
    #[case("189000", Currency::Irr, Some(1_890_000))]
    #[case("189,000", Currency::Irr, Some(1_890_000))]
    #[case("۱۸۹.۰۰۰", Currency::Irr, Some(1_890_000))]
    #[case("تومان ۵۰", Currency::Irr, Some(500))]
    #[case("۱۲٫۵", Currency::Irr, None)]
    #[case("۱۲٫۵", Currency::Usd, Some(1250))]
    #[case("12,5", Currency::Rub, Some(1250))]
    #[case("12/5", Currency::Rub, Some(1250))]
    #[case("299 ₽", Currency::Rub, Some(29_900))]
    #[case("2 999 руб.", Currency::Rub, Some(299_900))]
    #[case("$4.90", Currency::Usd, Some(490))]
    #[case("1,234.50", Currency::Usd, Some(123_450))]
    #[case("1.234,50", Currency::Eur, Some(123_450))]
    #[case("1.234.567", Currency::Eur, Some(123_456_700))]
    #[case("1,234", Currency::Usd, Some(123_400))]
    #[case("1.234", Currency::Usd, None)]
    #[case("1,2,3", Currency::Usd, None)]
    #[case("4.999", Currency::Usd, None)]
    #[case("150 ⭐️", Currency::Xtr, Some(150))]
    #[case("150 Stars", Currency::Xtr, Some(150))]
    #[case("150.5", Currency::Xtr, None)]
    #[case("۵ تتر", Currency::Usdt, Some(500))]
    #[case("5 eur", Currency::Usd, None)]
    #[case("-5", Currency::Usd, None)]
    #[case("5-", Currency::Usd, None)]
    #[case(".5", Currency::Usd, None)]
    #[case("", Currency::Usd, None)]
    #[case("1e3", Currency::Usd, None)]
    #[case("9223372036854775807", Currency::Irr, None)]
    fn money_is_read_as_people_type_it(
        #[case] text: &str,
        #[case] currency: Currency,
        #[case] minor: Option<i64>,
    ) {
        assert_eq!(parse_money(text, currency).ok().map(|money| money.minor), minor);
    }
}
