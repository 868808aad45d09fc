//! Parse mode HTML: <https://core.telegram.org/bots/api#html-style>.
//!
//! Tags, attributes, references, byte offsets and every complaint follow `parse_html` in tdlib/td,
//! `td/telegram/MessageEntity.cpp`. Its text is read up to an end mark, hence [`Reader::at`].

use super::{
    keyboard::checked_link,
    text::{Entity, Formatted},
};

/// Parses a text with tags.
///
/// # Errors
/// Telegram's complaint, without the words before the colon.
pub fn parse(source: &str) -> Result<Formatted, String> {
    let mut parser =
        Parser { reader: Reader { source, at: 0 }, done: Formatted::default(), open: Vec::new(), units: 0 };
    while parser.reader.at < source.len() {
        parser.step()?;
    }
    if let Some(tag) = parser.open.last() {
        return Err(format!("Can't find end tag corresponding to start tag \"{}\"", tag.name));
    }
    let mut done = parser.done;
    for entity in done.entities.iter_mut().filter(|entity| entity.kind == "code") {
        entity.language = None;
    }
    done.entities.sort_by_key(|entity| (entity.offset, std::cmp::Reverse(entity.length)));
    Ok(done)
}

const TAGS: [&str; 17] = [
    "a",
    "b",
    "strong",
    "i",
    "em",
    "s",
    "strike",
    "del",
    "u",
    "ins",
    "tg-spoiler",
    "tg-emoji",
    "tg-time",
    "span",
    "pre",
    "code",
    "blockquote",
];

struct OpenTag {
    name: String,
    argument: String,
    /// UTF-16 units of text before it.
    offset: usize,
    /// Bytes of text before it.
    begin: usize,
}

struct Parser<'a> {
    reader: Reader<'a>,
    done: Formatted,
    open: Vec<OpenTag>,
    /// UTF-16 units written so far.
    units: usize,
}

impl Parser<'_> {
    fn step(&mut self) -> Result<(), String> {
        let start = self.reader.at;
        match self.reader.byte() {
            b'&' => {
                let letter = self.reader.reference();
                self.push(letter.unwrap_or('&'));
                if letter.is_none() {
                    self.reader.at += 1;
                }
                Ok(())
            }
            b'<' => {
                self.reader.at += 1;
                if self.reader.byte() == b'/' { self.end_tag(start) } else { self.start_tag(start) }
            }
            _ => {
                let letter = self.reader.letter();
                self.push(letter);
                Ok(())
            }
        }
    }

    fn push(&mut self, letter: char) {
        self.done.text.push(letter);
        self.units += letter.len_utf16();
    }

    fn start_tag(&mut self, start: usize) -> Result<(), String> {
        let name = self.reader.until(|byte| is_space(byte) || byte == b'>').to_ascii_lowercase();
        if self.reader.byte() == 0 {
            return Err(format!("Unclosed start tag at byte offset {start}"));
        }
        if !TAGS.contains(&name.as_str()) {
            return Err(format!("Unsupported start tag \"{name}\" at byte offset {start}"));
        }
        let mut argument = String::new();
        loop {
            self.reader.skip_spaces();
            match self.reader.byte() {
                b'>' => break,
                0 => return Err(format!("Unclosed start tag \"{name}\" at byte offset {start}")),
                _ => {}
            }
            let (attribute, value) = self.reader.attribute(&name, start)?;
            match (name.as_str(), attribute.as_str()) {
                ("a", "href") | ("tg-emoji", "emoji-id") => argument = value,
                ("code", "class") => {
                    if let Some(language) = value.strip_prefix("language-") {
                        argument = language.to_owned();
                    }
                }
                ("span", "class") => {
                    if let Some(class) = value.strip_prefix("tg-") {
                        argument = class.to_owned();
                    }
                }
                ("blockquote", "expandable") => argument = "expandable".to_owned(),
                _ => {}
            }
        }
        self.reader.at += 1;
        if name == "span" && argument != "spoiler" {
            return Err(format!("Tag \"span\" must have class \"tg-spoiler\" at byte offset {start}"));
        }
        self.open.push(OpenTag { name, argument, offset: self.units, begin: self.done.text.len() });
        Ok(())
    }

    fn end_tag(&mut self, start: usize) -> Result<(), String> {
        let Some(tag) = self.open.pop() else {
            return Err(format!("Unexpected end tag at byte offset {start}"));
        };
        self.reader.at += 1;
        let name = self.reader.until(|byte| is_space(byte) || byte == b'>').to_ascii_lowercase();
        self.reader.skip_spaces();
        if self.reader.byte() != b'>' {
            return Err(format!("Unclosed end tag at byte offset {start}"));
        }
        self.reader.at += 1;
        if !name.is_empty() && name != tag.name {
            return Err(format!(
                "Unmatched end tag at byte offset {start}, expected \"</{}>\", found \"</{name}>\"",
                tag.name
            ));
        }
        if self.units > tag.offset { self.add_entity(tag) } else { Ok(()) }
    }

    fn add_entity(&mut self, tag: OpenTag) -> Result<(), String> {
        let mut entity = Entity::new("", tag.offset, self.units - tag.offset);
        let same_span = self
            .done
            .entities
            .last_mut()
            .filter(|last| last.offset == entity.offset && last.length == entity.length);
        entity.kind = match tag.name.as_str() {
            "b" | "strong" => "bold",
            "i" | "em" => "italic",
            "u" | "ins" => "underline",
            "s" | "strike" | "del" => "strikethrough",
            "tg-spoiler" | "span" => "spoiler",
            "blockquote" if tag.argument.is_empty() => "blockquote",
            "blockquote" => "expandable_blockquote",
            "tg-time" => "date_time",
            "tg-emoji" => {
                if !tag.argument.parse::<i64>().is_ok_and(|id| id > 0 && !tag.argument.starts_with('+')) {
                    return Err("Invalid custom emoji identifier specified".to_owned());
                }
                entity.custom_emoji_id = Some(tag.argument);
                "custom_emoji"
            }
            "a" => {
                let link = if tag.argument.is_empty() { &self.done.text[tag.begin..] } else { &tag.argument };
                // A link that Telegram cannot open is silently no link.
                let Ok(link) = checked_link(link) else { return Ok(()) };
                entity.url = Some(link);
                "text_link"
            }
            "pre" => match same_span.filter(|last| last.kind == "code" && last.language.is_some()) {
                Some(last) => {
                    last.kind = "pre".to_owned();
                    return Ok(());
                }
                None => "pre",
            },
            _ => match same_span.filter(|last| last.kind == "pre" && !tag.argument.is_empty()) {
                Some(last) => {
                    last.language = Some(tag.argument);
                    return Ok(());
                }
                None => {
                    entity.language = (!tag.argument.is_empty()).then_some(tag.argument);
                    "code"
                }
            },
        }
        .to_owned();
        self.done.entities.push(entity);
        Ok(())
    }
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    /// The byte at the cursor, 0 at the end.
    fn byte(&self) -> u8 {
        self.peek(0)
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.source.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    fn letter(&mut self) -> char {
        let letter = self.source[self.at..].chars().next().unwrap_or_default();
        self.at += letter.len_utf8();
        letter
    }

    fn until(&mut self, stop: impl Fn(u8) -> bool) -> &'a str {
        let begin = self.at;
        while self.byte() != 0 && !stop(self.byte()) {
            self.at += 1;
        }
        &self.source[begin..self.at]
    }

    fn skip_spaces(&mut self) {
        while self.byte() != 0 && is_space(self.byte()) {
            self.at += 1;
        }
    }

    /// One attribute with its value; a flag has an empty value.
    fn attribute(&mut self, tag: &str, start: usize) -> Result<(String, String), String> {
        let name = self.until(|byte| is_space(byte) || matches!(byte, b'=' | b'>')).to_ascii_lowercase();
        if name.is_empty() {
            return Err(format!("Empty attribute name in the tag \"{tag}\" at byte offset {start}"));
        }
        self.skip_spaces();
        if self.byte() != b'=' {
            return Ok((name, String::new()));
        }
        self.at += 1;
        self.skip_spaces();
        let value = match self.byte() {
            0 => return Err(format!("Unclosed start tag \"{tag}\" at byte offset {start}")),
            quote @ (b'"' | b'\'') => {
                self.at += 1;
                self.quoted(quote)
            }
            _ => {
                let begin = self.at;
                let token = self.until(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')));
                if !(is_space(self.byte()) || self.byte() == b'>') {
                    return Err(format!("Unexpected end of name token at byte offset {begin}"));
                }
                token.to_ascii_lowercase()
            }
        };
        if self.byte() == 0 {
            return Err(format!("Unclosed start tag at byte offset {start}"));
        }
        Ok((name, value))
    }

    fn quoted(&mut self, quote: u8) -> String {
        let mut value = String::new();
        while self.byte() != 0 && self.byte() != quote {
            match self.reference() {
                Some(letter) => value.push(letter),
                None => value.push(self.letter()),
            }
        }
        if self.byte() == quote {
            self.at += 1;
        }
        value
    }

    /// Reads `&lt;`, `&#65;` or `&#x41;`; the semicolon may be missing. Moves only when it is one.
    fn reference(&mut self) -> Option<char> {
        if self.byte() != b'&' {
            return None;
        }
        let rest = &self.source[self.at + 1..];
        let (letter, length) = if let Some(number) = rest.strip_prefix('#') {
            let (digits, radix, prefix) = match number.strip_prefix('x') {
                Some(hex) => (hex, 16, 2),
                None => (number, 10, 1),
            };
            let count = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
            let code = u32::from_str_radix(&digits[..count], radix).ok().filter(|code| *code != 0)?;
            // Telegram gives up on references of ten characters and more.
            if prefix + count + 1 >= 10 {
                return None;
            }
            (char::from_u32(code)?, prefix + count)
        } else {
            let count = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
            let letter = match &rest[..count] {
                "lt" => '<',
                "gt" => '>',
                "amp" => '&',
                "quot" => '"',
                _ => return None,
            };
            (letter, count)
        };
        self.at += 1 + length;
        if self.byte() == b';' {
            self.at += 1;
        }
        Some(letter)
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0 | 0x0b)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("<br>", "Unsupported start tag \"br\" at byte offset 0")]
    #[case("a < b", "Unsupported start tag \"\" at byte offset 2")]
    #[case("привет <br>", "Unsupported start tag \"br\" at byte offset 13")]
    #[case("x <b", "Unclosed start tag at byte offset 2")]
    #[case("<a href", "Unclosed start tag \"a\" at byte offset 0")]
    #[case("<a href=\"x\"", "Unclosed start tag at byte offset 0")]
    #[case("<a =\"x\">y</a>", "Empty attribute name in the tag \"a\" at byte offset 0")]
    #[case("<a href=x/>y</a>", "Unexpected end of name token at byte offset 8")]
    #[case("<span>x</span>", "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0")]
    #[case("x</b>", "Unexpected end tag at byte offset 1")]
    #[case("<b>x</b", "Unclosed end tag at byte offset 4")]
    #[case("<b>x</i>", "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\"")]
    #[case("<b>x", "Can't find end tag corresponding to start tag \"b\"")]
    #[case("<tg-emoji emoji-id=\"x\">y</tg-emoji>", "Invalid custom emoji identifier specified")]
    fn bad_markup_is_refused_in_telegrams_words(#[case] source: &str, #[case] complaint: &str) {
        assert_eq!(parse(source).unwrap_err(), complaint);
    }

    #[rstest]
    #[case("Tom & Jerry", "Tom & Jerry", "")]
    #[case("&lt;&gt&amp;&quot; &nbsp;", "<>&\" &nbsp;", "")]
    #[case("&#65;&#x42;&#67", "ABC", "")]
    #[case("<b>a<i>b</i></b>", "ab", "bold 0+2, italic 1+1")]
    #[case("<b>😀</b>", "😀", "bold 0+2")]
    #[case("<b></b>x", "x", "")]
    #[case("<pre><code class=\"language-py\">x</code></pre>", "x", "pre 0+1 py")]
    #[case(
        "<a href=\"https://example.com/?a=1&amp;b=2\">x</a>",
        "x",
        "text_link 0+1 https://example.com/?a=1&b=2"
    )]
    #[case("<a href=\"vless://u@h:1\">x</a>", "x", "")]
    #[case("<blockquote expandable>x</blockquote>", "x", "expandable_blockquote 0+1")]
    fn good_markup_becomes_text_and_entities(#[case] source: &str, #[case] text: &str, #[case] seen: &str) {
        let parsed = parse(source).unwrap();
        let entities: Vec<_> = parsed
            .entities
            .iter()
            .map(|e| {
                let more = e.url.as_deref().or(e.language.as_deref());
                let more = more.map(|more| format!(" {more}")).unwrap_or_default();
                format!("{} {}+{}{more}", e.kind, e.offset, e.length)
            })
            .collect();
        assert_eq!((parsed.text.as_str(), entities.join(", ").as_str()), (text, seen));
    }
}
