//! What a crawl has read, as a text that is the same each time.

use std::{collections::HashMap, fmt::Write as _};

use bots::callback::Callback;
use server::sandbox::telegram::{Button, ButtonAction, ChatMessage};

/// From this length on a word of letters and digits is somebody's id.
const ID: usize = 5;
/// The length of a promo code that is made up, and of an order's number.
const CODE: usize = 8;
/// Behind a number that was measured.
const UNITS: [&str; 3] = [" ms", " мс", " میلی‌ثانیه"];

/// The first screen of each kind of button, in the order in which they were pressed.
#[derive(Default)]
pub struct Transcript(Vec<Shown>);

struct Shown {
    kind: String,
    data: String,
    toast: String,
    screen: ChatMessage,
}

impl Transcript {
    pub fn add(&mut self, callback: &Callback, data: &str, toast: &str, screen: &ChatMessage) {
        let kind = name(callback);
        if self.0.iter().all(|shown| shown.kind != kind) {
            let (data, toast) = (data.to_owned(), toast.to_owned());
            self.0.push(Shown { kind, data, toast, screen: screen.clone() });
        }
    }

    /// `taps` lead there from the menu; what it does not name comes with a message or in another state.
    pub fn write(&self, taps: &HashMap<String, usize>) -> String {
        let mut text = String::new();
        for Shown { kind, data, toast, screen } in &self.0 {
            let way = taps
                .get(data)
                .map_or_else(|| "by a message".to_owned(), |taps| format!("{taps} from the menu"));
            writeln!(text, "=== {kind} ({way})").unwrap();
            if !toast.is_empty() {
                writeln!(text, "! {}", masked(toast)).unwrap();
            }
            let attached = [("picture", screen.photo.is_some()), ("file", screen.document.is_some())];
            for (what, _) in attached.into_iter().filter(|(_, is_there)| *is_there) {
                writeln!(text, "<{what}>").unwrap();
            }
            writeln!(text, "{}", masked(&screen.text)).unwrap();
            for row in &screen.keyboard {
                let labels: Vec<_> = row.iter().map(label).collect();
                writeln!(text, "{}", labels.join(" ")).unwrap();
            }
            text.push('\n');
        }
        text
    }
}

/// `Staff(Gift { … })` is `Staff Gift`.
fn name(callback: &Callback) -> String {
    let written = format!("{callback:?}");
    let mut words = written.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    match callback {
        Callback::Staff(_) => format!("{first} {}", words.next().unwrap_or_default()),
        _ => first.to_owned(),
    }
}

fn label(button: &Button) -> String {
    let leads = match &button.action {
        ButtonAction::Callback(data) => Callback::decode(data).map_or_else(String::new, |to| name(&to)),
        ButtonAction::Url(_) => "link".to_owned(),
        ButtonAction::Copy(_) => "copy".to_owned(),
        ButtonAction::Other => "other".to_owned(),
    };
    format!("[{} → {leads}]", masked(&button.text))
}

/// Without the marks of direction, and with ids and measured times made equal.
fn masked(text: &str) -> String {
    let text = text.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{200E}', '\u{200F}'], "");
    let text = unmeasured(&text);
    let is_of_id = |sign: char| sign.is_ascii_alphanumeric() || "-_/:.".contains(sign);
    let mut masked = String::new();
    let mut rest = text.as_str();
    while let Some(sign) = rest.chars().next() {
        let length = rest.find(|sign| !is_of_id(sign)).unwrap_or(rest.len());
        let word = &rest[..length];
        match length {
            0 => masked.push(sign),
            _ if is_id(word) => masked.push('…'),
            _ => masked.push_str(word),
        }
        rest = &rest[length.max(sign.len_utf8())..];
    }
    masked
}

fn unmeasured(text: &str) -> String {
    UNITS.into_iter().fold(text.to_owned(), |text, unit| {
        let mut parts: Vec<_> = text.split(unit).map(str::to_owned).collect();
        let before = parts.len() - 1;
        for part in &mut parts[..before] {
            let rest = part.trim_end_matches(char::is_numeric).len();
            if rest < part.len() {
                part.replace_range(rest.., "…");
            }
        }
        parts.join(unit)
    })
}

fn is_id(word: &str) -> bool {
    let has = |kind: fn(&char) -> bool| word.chars().any(|sign| kind(&sign));
    let is_mixed = has(char::is_ascii_digit) && has(char::is_ascii_alphabetic);
    is_code(word) || is_order(word) || (word.len() >= ID && is_mixed)
}

/// An order's hex digits may all be letters.
fn is_order(word: &str) -> bool {
    let digits = word.strip_prefix("BY-").unwrap_or_default();
    digits.len() == CODE && digits.bytes().all(|sign| sign.is_ascii_hexdigit())
}

/// A promo code that was made up may have no digit.
fn is_code(word: &str) -> bool {
    let code = word.strip_prefix("promo_").unwrap_or(word);
    code.len() == CODE && code.bytes().all(|sign| sign.is_ascii_uppercase())
}
