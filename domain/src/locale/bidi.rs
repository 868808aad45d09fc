//! Invisible characters in Telegram messages: which must go, which must come.

use super::Locale;

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const LEFT_TO_RIGHT_ISOLATE: char = '\u{2066}';
const POP_ISOLATE: char = '\u{2069}';
const RIGHT_TO_LEFT_MARK: char = '\u{200F}';

/// Takes isolates out of attributes and out of `<code>` and `<pre>`, where a reader would copy them
/// with the value, and isolates the whole `<code>` element instead.
pub(super) fn clean_markup(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    let mut in_code = false;
    while let Some(start) = rest.find('<') {
        push(&mut clean, &rest[..start], in_code);
        let end = rest[start..].find('>').map_or(rest.len(), |length| start + length + 1);
        let tag = &rest[start..end];
        match tag {
            "<code>" | "<pre>" => {
                in_code = true;
                clean.push(LEFT_TO_RIGHT_ISOLATE);
                clean.push_str(tag);
            }
            "</code>" | "</pre>" => {
                in_code = false;
                clean.push_str(tag);
                clean.push(POP_ISOLATE);
            }
            _ => push(&mut clean, tag, true),
        }
        rest = &rest[end..];
    }
    push(&mut clean, rest, in_code);
    clean
}

fn push(clean: &mut String, part: &str, without_isolates: bool) {
    if without_isolates {
        clean.extend(part.chars().filter(|character| !is_isolate(*character)));
    } else {
        clean.push_str(part);
    }
}

fn is_isolate(character: char) -> bool {
    matches!(character, FIRST_STRONG_ISOLATE | LEFT_TO_RIGHT_ISOLATE | POP_ISOLATE)
}

/// Starts each Persian line whose first visible character is not Persian with a right-to-left mark:
/// Telegram Desktop lays such lines, and buttons, out left to right
/// (github.com/telegramdesktop/tdesktop, issues 8410 and 25004).
pub(super) fn right_to_left_lines(locale: Locale, text: String) -> String {
    if locale != Locale::Fa {
        return text;
    }
    let mut marked = String::with_capacity(text.len() + 8);
    for line in text.split_inclusive('\n') {
        if first_visible(line).is_some_and(|character| !is_arabic(character)) {
            marked.push(RIGHT_TO_LEFT_MARK);
        }
        marked.push_str(line);
    }
    marked
}

fn first_visible(line: &str) -> Option<char> {
    let mut in_tag = false;
    line.chars().find(|character| {
        match character {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                return false;
            }
            _ => {}
        }
        !in_tag && !character.is_whitespace() && !is_isolate(*character)
    })
}

/// Letters of the Arabic block; its digits have no direction of their own.
fn is_arabic(character: char) -> bool {
    matches!(character, '\u{0600}'..='\u{06FF}' | '\u{200F}') && !character.is_numeric()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn copyable_values_carry_no_invisible_characters() {
        assert_eq!(
            clean_markup(
                "a \u{2068}b\u{2069} <code>\u{2068}vless://x\u{2069}</code> <a href=\"\u{2068}u\u{2069}\">"
            ),
            "a \u{2068}b\u{2069} \u{2066}<code>vless://x</code>\u{2069} <a href=\"u\">"
        );
    }

    #[rstest]
    #[case("سلام\n", "سلام\n")]
    #[case("✅ شد", "\u{200F}✅ شد")]
    #[case("<b>سلام</b>\n<b>12</b> روز", "<b>سلام</b>\n\u{200F}<b>12</b> روز")]
    #[case("۳ روز", "\u{200F}۳ روز")]
    #[case("\u{2068}Plan\u{2069} فعال شد", "\u{200F}\u{2068}Plan\u{2069} فعال شد")]
    #[case("\u{200F}✅", "\u{200F}✅")]
    #[case("\n\n", "\n\n")]
    fn persian_lines_run_right_to_left(#[case] text: &str, #[case] marked: &str) {
        assert_eq!(right_to_left_lines(Locale::Fa, text.to_owned()), marked);
        assert_eq!(right_to_left_lines(Locale::Ru, text.to_owned()), text);
    }
}
