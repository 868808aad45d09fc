//! The one form of a code, whatever was typed: capitals, our digits, nothing that cannot be seen. Letters
//! are Latin, because a link into a chat takes no others
//! (<https://core.telegram.org/bots/features#deep-linking>).

use crate::{ids::PromoId, locale::digits};

/// What stands before a code in `/start`.
pub const LINK: &str = "promo_";

/// How long a code is.
pub const LENGTH: std::ops::RangeInclusive<usize> = 3..=24;

/// No letter that is taken for another when it is read aloud or from paper.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// The code that a text means; `None` when it can be none.
pub fn read(text: &str) -> Option<String> {
    let is_seen = |letter: &char| !letter.is_whitespace() && !letter.is_control() && !is_mark(*letter);
    let code: String = digits::western(text).chars().filter(is_seen).collect();
    let code = code.to_ascii_uppercase();
    let is_plain =
        |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
    (LENGTH.contains(&code.len()) && code.bytes().all(is_plain)).then_some(code)
}

/// A code for a shop that does not want to think of one: eight letters of the identifier's random part.
pub fn made_up(id: PromoId) -> String {
    let random = id.0.as_u128();
    let letter = |place: u32| usize::try_from((random >> (5 * place)) & 31).unwrap_or(0);
    (0..8).map(|place| char::from(LETTERS[letter(place)])).collect()
}

/// Signs of direction and joiners, which come along when a text is copied.
const fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::small_letters("welcome10", Some("WELCOME10"))]
    #[case::blanks("  Welcome 10\n", Some("WELCOME10"))]
    #[case::persian_digits("NOWRUZ۱۴۰۵", Some("NOWRUZ1405"))]
    #[case::arabic_digits("eid-٢٠٢٦", Some("EID-2026"))]
    #[case::copied_with_signs_of_direction("\u{2068}SALE_5\u{2069}\u{200C}", Some("SALE_5"))]
    #[case::too_short("AB", None)]
    #[case::too_long("ABCDEFGHIJKLMNOPQRSTUVWXY", None)]
    #[case::other_letters("نوروز", None)]
    #[case::other_signs("50%OFF", None)]
    #[case::nothing("", None)]
    fn a_code_is_read_however_it_is_typed(#[case] typed: &str, #[case] code: Option<&str>) {
        assert_eq!(read(typed).as_deref(), code);
    }

    #[test]
    fn a_code_that_is_made_up_is_one() {
        let code = made_up(PromoId::new());
        assert_eq!(read(&code).as_deref(), Some(code.as_str()));
        assert_eq!(code.len(), 8);
        assert_ne!(code, made_up(PromoId::new()));
    }
}
