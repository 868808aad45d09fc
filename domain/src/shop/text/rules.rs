//! Which texts a shop may put into its own words, and what such a text must be.

use std::{collections::BTreeSet, iter};

use fluent_syntax::{
    ast::{Entry, Pattern},
    parser,
};

use crate::{
    args,
    error::Explain,
    locale::{
        Args, Locale,
        shape::Shape,
        source::{self, Ours},
        wording::Wording,
    },
    shop::faq,
};

/// Longest text as it is typed, with all its variants.
pub const TYPED: usize = 8_000;

/// Placeables of one text: Fluent's reader and its writer recurse into them.
pub(super) const BRACES: usize = 90;
/// Two texts may stand in one message: a note above a screen, a card below a greeting.
const HALF_A_MESSAGE: usize = 2_048;
/// These have a message to themselves.
const ALONE: [&str; 2] = ["bot-start-rules-body", "bot-terms-body"];
/// What the panel shows as well, in lists of orders and beside a bot's state; and what the shop's people
/// read and its users do not.
const ALSO_OURS: [&str; 5] =
    ["bot-wallet-top-up-title", "bot-reason-", "bot-admin-", "bot-stats-", "bot-diag-"];

/// What stands in every message of a shop anyway: its words may do without.
const DISPENSABLE: [&str; 2] = ["name", "shop"];

/// Elements of core.telegram.org/bots/api#html-style that we use; anything else, or one left open, makes
/// Telegram refuse the whole message.
const ELEMENTS: [&str; 6] = ["b", "i", "code", "pre", "blockquote", "a"];

/// Where a text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Message,
    /// Below a picture.
    Caption,
    Toast,
    Button,
    Command,
    /// A piece of other texts.
    Piece,
}

/// Why a text is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    #[error("nothing was written")]
    Empty,
    #[error("longer than {TYPED} characters as it is written")]
    TypedTooLong,
    #[error("Fluent cannot read line {line}")]
    Syntax { line: usize },
    #[error("it has more than {BRACES} braces")]
    Braces,
    #[error("it names a function, a term or another text")]
    ReachesFurther,
    #[error("there is no value {name}")]
    UnknownValue { name: String },
    #[error("the value {name} has to be shown")]
    MissingValue { name: String },
    #[error("it lacks the plural forms {forms}")]
    MissingForms { forms: String },
    #[error("Telegram does not take its markup")]
    Markup,
    #[error("markup is not shown here")]
    NoMarkupHere,
    #[error("{length} of at most {limit} characters")]
    Long { length: usize, limit: usize },
    /// An update of ours took the text away.
    #[error("there is no such text any more")]
    NoSuchText,
    /// In a file.
    #[error("it stands there twice")]
    Twice,
}

impl Explain for BadText {
    fn explain(&self) -> Option<(&'static str, Args)> {
        Some(match self {
            Self::Empty => ("error-required", args![]),
            Self::TypedTooLong => ("error-text-long", args!["length" => TYPED + 1, "limit" => TYPED]),
            Self::Syntax { line } => ("error-text-syntax", args!["line" => *line]),
            Self::Braces => ("error-text-braces", args!["limit" => BRACES]),
            Self::ReachesFurther => ("error-text-further", args![]),
            Self::UnknownValue { name } => ("error-text-unknown", args!["name" => format!("{{ ${name} }}")]),
            Self::MissingValue { name } => ("error-text-missing", args!["name" => format!("{{ ${name} }}")]),
            Self::MissingForms { forms } => ("error-text-forms", args!["forms" => forms]),
            Self::Markup => ("error-text-markup", args![]),
            Self::NoMarkupHere => ("error-text-no-markup", args![]),
            Self::Long { length, limit } => {
                ("error-text-long", args!["length" => *length, "limit" => *limit])
            }
            Self::NoSuchText => ("error-text-gone", args![]),
            Self::Twice => ("error-text-twice", args![]),
        })
    }
}

impl Place {
    pub fn of(key: &str) -> Self {
        let any = |parts: &[&str]| parts.iter().any(|part| key.contains(part));
        let begins = |parts: &[&str]| parts.iter().any(|part| key.starts_with(part));
        if any(&["-btn-"]) {
            Self::Button
        } else if any(&["-toast-", "-checkout-err-"]) {
            Self::Toast
        } else if any(&["-command-"]) {
            Self::Command
        } else if any(&["-qr-", "-caption"]) {
            Self::Caption
        } else if !key.ends_with("-title")
            && begins(&[
                "bot-common-traffic",
                "bot-common-unlimited",
                "bot-promo-gift-",
                "bot-promo-separator-",
                "bot-referral-share-",
                "bot-support-file-",
                "bot-support-state-",
                "bot-support-topic-",
                "bot-card-reason-",
                "bot-check-report-",
                "bot-faq-category-",
                "bot-notices-name-",
                "bot-settings-calendar-",
                "bot-settings-calendar-",
            ])
        {
            Self::Piece
        } else {
            Self::Message
        }
    }

    /// In UTF-16 units, after Telegram's limits (core.telegram.org/bots/api: 4096 for a message, 1024 for a
    /// caption, 200 for a toast, 256 for a command's description). 64 is ours, for buttons that people can
    /// read; a piece leaves room for what stands around it.
    pub const fn limit(self) -> usize {
        match self {
            Self::Message => 4_096,
            Self::Caption => 1_024,
            Self::Toast => 200,
            Self::Piece => 512,
            Self::Command => 256,
            Self::Button => 64,
        }
    }

    pub const fn takes_markup(self) -> bool {
        matches!(self, Self::Message | Self::Caption)
    }
}

/// Whether a shop may put this text into its own words. Answers to frequent questions have a page of their
/// own, and Telegram keeps the descriptions of commands.
pub fn is_changeable(key: &str) -> bool {
    let of_faq = |code: &&str| {
        let rest = key.strip_prefix("bot-faq-").and_then(|rest| rest.strip_prefix(*code));
        matches!(rest, Some("-question" | "-answer"))
    };
    Place::of(key) != Place::Command
        && !ALSO_OURS.iter().any(|ours| key.starts_with(*ours))
        && ours(Locale::En, key).is_some()
        && !faq::rules::OURS.iter().any(|(code, _)| of_faq(code))
}

/// The part of the bot that a text belongs to.
pub fn area(key: &str) -> &str {
    key.split('-').nth(1).unwrap_or_default()
}

/// How long a shop's text may be when it is shown.
pub fn limit(key: &str) -> usize {
    match Place::of(key) {
        Place::Message if !ALONE.contains(&key) => HALF_A_MESSAGE,
        place => place.limit(),
    }
}

/// All texts that can be changed, by their keys.
pub fn keys() -> impl Iterator<Item = &'static str> {
    source::bot_texts(Locale::En).keys().map(String::as_str).filter(|key| is_changeable(key))
}

/// Our text as it is written.
pub fn our_source(locale: Locale, key: &str) -> Option<&'static str> {
    ours(locale, key).map(|ours| ours.source.as_str())
}

/// The values that our text knows.
pub fn values(key: &str) -> BTreeSet<&'static str> {
    let known = Locale::ALL.into_iter().filter_map(|locale| ours(locale, key));
    known.flat_map(|ours| ours.shape.shown.iter().chain(&ours.shape.chosen_by)).map(String::as_str).collect()
}

/// Whether the text may take our text's place.
///
/// # Errors
/// [`BadText`].
pub fn check(locale: Locale, key: &str, typed: &str) -> Result<(), BadText> {
    let ours = ours(locale, key).filter(|_| is_changeable(key)).ok_or(BadText::NoSuchText)?;
    if typed.trim().is_empty() {
        return Err(BadText::Empty);
    }
    if typed.chars().count() > TYPED {
        return Err(BadText::TypedTooLong);
    }
    let shape = read(key, typed)?;
    if shape.reaches_further {
        return Err(BadText::ReachesFurther);
    }
    let known = values(key);
    if let Some(name) = shape.shown.iter().chain(&shape.chosen_by).find(|name| !known.contains(name.as_str()))
    {
        return Err(BadText::UnknownValue { name: name.clone() });
    }
    let mut needed = ours.shape.shown.iter().filter(|name| !DISPENSABLE.contains(&name.as_str()));
    if let Some(name) = needed.find(|name| !shape.shown.contains(*name)) {
        return Err(BadText::MissingValue { name: name.clone() });
    }
    let missing = shape.missing_forms(locale);
    if !missing.is_empty() {
        return Err(BadText::MissingForms { forms: missing.join(", ") });
    }
    check_shown(locale, key, typed, &shape)
}

/// As readers would see it, with values as long as real ones get.
fn check_shown(locale: Locale, key: &str, typed: &str, shape: &Shape) -> Result<(), BadText> {
    let (place, draft) = (Place::of(key), draft(locale, key, typed));
    // One number for each plural form of our languages.
    let numbers = [12_345_i64, 1, 2, 5];
    let samples = iter::once(shape.sample()).chain(numbers.map(|number| {
        shape.chosen_by.iter().fold(shape.sample(), |args, name| args.with(name.clone(), number))
    }));
    for sample in samples {
        let shown = draft.show(locale, key, &sample, place.takes_markup()).ok_or(BadText::ReachesFurther)?;
        if place.takes_markup() {
            markup(&shown)?;
        } else if shown.contains('<') {
            return Err(BadText::NoMarkupHere);
        }
        if shown.trim().is_empty() {
            return Err(BadText::Empty);
        }
        let (length, limit) = (shown.encode_utf16().count(), limit(key));
        if length > limit {
            return Err(BadText::Long { length, limit });
        }
    }
    Ok(())
}

/// How a text would be shown with these values; `None` when it is not one that could be shown.
pub fn preview(locale: Locale, key: &str, typed: &str, args: &Args) -> Option<String> {
    read(key, typed).ok()?;
    draft(locale, key, typed).show(locale, key, args, Place::of(key).takes_markup())
}

/// Whether Telegram takes the markup of a whole message.
///
/// # Errors
/// [`BadText::Markup`].
pub fn markup(shown: &str) -> Result<(), BadText> {
    let mut open: Vec<&str> = Vec::new();
    for part in shown.split('<').skip(1) {
        let (tag, _) = part.split_once('>').ok_or(BadText::Markup)?;
        let fits = match tag.strip_prefix('/') {
            Some(name) => open.pop() == Some(name),
            None => {
                let (name, rest) = tag.split_once(' ').unwrap_or((tag, ""));
                open.push(name);
                let is_link = name == "a" && rest.starts_with("href=\"") && rest.ends_with('"');
                ELEMENTS.contains(&name) && (is_link || (name != "a" && rest.is_empty()))
            }
        };
        if !fits {
            return Err(BadText::Markup);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(BadText::Markup) }
}

/// The text as a message of a Fluent file. A line that begins with a sign of Fluent's own is meant as it
/// stands.
pub(super) fn message(key: &str, typed: &str) -> String {
    let mut source = format!("{key} =");
    let mut braces = Braces::default();
    for line in typed.trim().lines() {
        source.push_str("\n    ");
        let text = line.trim_start();
        match text.chars().next().filter(|sign| braces.depth == 0 && matches!(sign, '[' | '*' | '.')) {
            Some(sign) => source.push_str(&format!("{{\"{sign}\"}}{}", &text[sign.len_utf8()..])),
            None => source.push_str(line),
        }
        braces.follow(line);
    }
    source
}

/// Whether a place of the text is within braces.
#[derive(Default)]
struct Braces {
    depth: usize,
}

impl Braces {
    fn follow(&mut self, line: &str) {
        let (mut quoted, mut escaped) = (false, false);
        for character in line.chars() {
            match character {
                _ if escaped => escaped = false,
                '\\' if quoted => escaped = true,
                '"' if self.depth > 0 => quoted = !quoted,
                '{' if !quoted => self.depth += 1,
                '}' if !quoted => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }
}

fn read(key: &str, typed: &str) -> Result<Shape, BadText> {
    if typed.matches('{').count() > BRACES {
        return Err(BadText::Braces);
    }
    let source = message(key, typed);
    let resource = parser::parse(source.as_str()).map_err(|(_, errors)| {
        let at = errors.first().map_or(0, |error| error.pos.start.min(source.len()));
        let line = source.bytes().take(at).filter(|byte| *byte == b'\n').count();
        BadText::Syntax { line: line.max(1) }
    })?;
    match resource.body.as_slice() {
        [Entry::Message(message)] if message.id.name == key && message.attributes.is_empty() => {
            let pattern: &Pattern<&str> = message.value.as_ref().ok_or(BadText::Empty)?;
            Ok(Shape::of(pattern))
        }
        _ => Err(BadText::Syntax { line: 1 }),
    }
}

fn draft(locale: Locale, key: &str, typed: &str) -> Wording {
    Wording::new(String::new(), &[(locale, message(key, typed))])
}

fn ours(locale: Locale, key: &str) -> Option<&'static Ours> {
    source::bot_texts(locale).get(key)
}
