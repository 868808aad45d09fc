//! The number of a bank's card, as people type it and as it is shown.

use crate::locale::digits;

/// Digits of a number: Iranian, Russian and most other cards have so many.
const LENGTH: usize = 16;

/// Why a text is no card's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadNumber {
    #[error("a card's number has sixteen digits")]
    Length,
    /// A digit is wrong, or two have changed places.
    #[error("the last digit does not fit the others")]
    Checksum,
}

/// The sixteen digits, whatever digits were typed and however they were grouped.
///
/// # Errors
/// [`BadNumber`].
pub fn read(typed: &str) -> Result<String, BadNumber> {
    let is_between = |letter: char| {
        letter.is_whitespace()
            || matches!(letter, '-' | '–' | '_' | '.' | '\u{200B}'..='\u{200F}' | '\u{2066}'..='\u{2069}')
    };
    let number: String = digits::western(typed).chars().filter(|letter| !is_between(*letter)).collect();
    if number.len() != LENGTH || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(BadNumber::Length);
    }
    if luhn(&number) { Ok(number) } else { Err(BadNumber::Checksum) }
}

/// ISO/IEC 7812-1, annex B: every second digit from the end is doubled, and the sum ends in nought.
fn luhn(number: &str) -> bool {
    let sum: u32 = number
        .bytes()
        .rev()
        .zip([false, true].into_iter().cycle())
        .map(|(byte, doubled)| match (u32::from(byte - b'0'), doubled) {
            (digit, false) => digit,
            (digit, true) => digit * 2 / 10 + digit * 2 % 10,
        })
        .sum();
    // Sixteen noughts fulfil the rule and are nobody's card.
    sum > 0 && sum.is_multiple_of(10)
}

/// In groups of four, as it stands on the card.
pub fn grouped(number: &str) -> String {
    let digits: Vec<char> = number.chars().collect();
    digits.chunks(4).map(|group| group.iter().collect()).collect::<Vec<String>>().join(" ")
}

/// The name of the card's account in our books: enough to tell cards apart, too little to use one.
pub fn masked(number: &str) -> String {
    let (first, last) = (number.get(..6).unwrap_or_default(), number.get(12..).unwrap_or_default());
    format!("{first}******{last}")
}

/// The last four digits, by which people know a card.
pub fn ending(masked: &str) -> &str {
    masked.len().checked_sub(4).and_then(|at| masked.get(at..)).unwrap_or(masked)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("6037991234567893", Ok("6037991234567893"))]
    #[case::grouped("6037 9912 3456 7893", Ok("6037991234567893"))]
    #[case::persian("۶۰۳۷-۹۹۱۲-۳۴۵۶-۷۸۹۳", Ok("6037991234567893"))]
    #[case::arabic("٦٠٣٧ ٩٩١٢ ٣٤٥٦ ٧٨٩٣", Ok("6037991234567893"))]
    #[case::with_marks_of_direction("\u{200E}6037\u{A0}9912 3456 7893\u{200F}", Ok("6037991234567893"))]
    #[case::visa("4242 4242 4242 4242", Ok("4242424242424242"))]
    #[case::one_digit_wrong("6037991234567894", Err(BadNumber::Checksum))]
    #[case::two_changed_places("6037991234567839", Err(BadNumber::Checksum))]
    #[case::noughts("0000000000000000", Err(BadNumber::Checksum))]
    #[case::short("603799123456789", Err(BadNumber::Length))]
    #[case::long("60379912345678930", Err(BadNumber::Length))]
    #[case::letters("6037 9912 3456 789O", Err(BadNumber::Length))]
    #[case::empty("", Err(BadNumber::Length))]
    fn a_number_is_read_as_people_type_it(#[case] typed: &str, #[case] read_as: Result<&str, BadNumber>) {
        assert_eq!(read(typed).as_deref(), read_as.as_ref().copied());
    }

    #[test]
    fn a_number_is_shown_in_groups_and_kept_without_its_middle() {
        assert_eq!(grouped("6037991234567893"), "6037 9912 3456 7893");
        assert_eq!(masked("6037991234567893"), "603799******7893");
        assert_eq!(ending(&masked("6037991234567893")), "7893");
        assert_eq!(ending("۱۲"), "۱۲");
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(typed in ".{0,40}") {
            if let Ok(number) = read(&typed) {
                prop_assert_eq!(read(&grouped(&number)), Ok(number));
            }
        }

        #[test]
        fn one_wrong_digit_is_always_noticed(at in 0..16_usize, by in 1..10_u8) {
            let mut digits: Vec<u8> = b"6037991234567893".to_vec();
            digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
            prop_assert_eq!(read(&String::from_utf8(digits).unwrap()), Err(BadNumber::Checksum));
        }
    }
}
