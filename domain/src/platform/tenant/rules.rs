//! What a shop's settings must be.

use crate::locale::digits;

/// The characters of a shop's or plan's name.
const NAME_LENGTH: std::ops::RangeInclusive<usize> = 2..=40;
/// Offsets in use on Earth: -12:00 to +14:00.
const OFFSETS: std::ops::RangeInclusive<i32> = -720..=840;

/// A name with single blanks and no control characters, or nothing when it is too short or long.
pub fn read_name(typed: &str) -> Option<String> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let form_ok = NAME_LENGTH.contains(&name.chars().count()) && !name.chars().any(char::is_control);
    form_ok.then_some(name)
}

/// Reads minutes east of Greenwich in steps of a quarter of an hour.
pub fn read_offset(typed: &str) -> Option<i32> {
    let minutes = digits::western(typed.trim()).parse::<i32>().ok()?;
    (OFFSETS.contains(&minutes) && minutes % 15 == 0).then_some(minutes)
}

/// Reads a whole number within bounds, in any of our digits.
pub fn read_number(typed: &str, bounds: std::ops::RangeInclusive<i64>) -> Option<i64> {
    digits::parse_number(typed).filter(|number| bounds.contains(number))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("  Fast   Line ", Some("Fast Line"))]
    #[case("فروشگاه", Some("فروشگاه"))]
    #[case("x", None)]
    #[case("a\u{7}b", None)]
    fn names_are_tidied(#[case] typed: &str, #[case] name: Option<&str>) {
        assert_eq!(read_name(typed).as_deref(), name);
        assert_eq!(read_name(&"x".repeat(41)), None);
    }

    #[rstest]
    #[case("210", Some(210))]
    #[case("-۲۱۰", Some(-210))]
    #[case("845", None)]
    #[case("7", None)]
    #[case("+03:30", None)]
    fn offsets_are_minutes_in_quarters(#[case] typed: &str, #[case] minutes: Option<i32>) {
        assert_eq!(read_offset(typed), minutes);
    }
}
