//! Values that stand in a text, each written in the reader's language when the text is made.

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentValue};

use super::{Locale, format};
use crate::{money::Money, units::Bytes};

/// The values of one text: `args!["plan" => plan.name, "count" => 3]`.
#[macro_export]
macro_rules! args {
    [$($name:literal => $value:expr),* $(,)?] => {
        $crate::locale::Args::from_pairs(vec![
            $((::std::borrow::Cow::Borrowed($name), $crate::locale::Arg::from($value))),*
        ])
    };
}

/// Named values; make them with [`args!`](crate::args).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Args(Vec<(Cow<'static, str>, Arg)>);

/// One value. Dates and durations come as text: only the caller knows the time zone.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    Text(String),
    /// Chooses plural forms, and shows with the language's digits and separators.
    Number(i64),
    Money(Money),
    Bytes(Bytes),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Escape {
    No,
    Html,
}

impl Args {
    pub fn from_pairs(pairs: Vec<(Cow<'static, str>, Arg)>) -> Self {
        Self(pairs)
    }

    /// One more value.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Arg>) -> Self {
        self.0.push((name.into(), value.into()));
        self
    }

    pub(super) fn resolve(&self, locale: Locale, escape: Escape) -> FluentArgs<'_> {
        self.0.iter().map(|(name, arg)| (&**name, arg.resolve(locale, escape))).collect()
    }
}

impl Arg {
    fn resolve(&self, locale: Locale, escape: Escape) -> FluentValue<'_> {
        let text: Cow<'_, str> = match self {
            Self::Number(number) => return (*number).into(),
            Self::Text(text) if escape == Escape::Html => escape_html(text).into(),
            Self::Text(text) => text.into(),
            Self::Money(money) => format::money(locale, *money).into(),
            Self::Bytes(bytes) => format::bytes(locale, *bytes).into(),
        };
        FluentValue::String(text)
    }
}

pub(super) fn escape_html(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for character in value.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<Money> for Arg {
    fn from(money: Money) -> Self {
        Self::Money(money)
    }
}

impl From<Bytes> for Arg {
    fn from(bytes: Bytes) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Arg {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
