//! The languages of the product: texts, numbers, money, dates.
//!
//! One catalogue (`locales/<language>/*.ftl`, Fluent) serves the web panel and every bot, on the
//! server only. Whoever shows a text picks one of three renderings: [`text`] for pages, [`html`]
//! for bot messages, [`plain`] for what holds no markup (buttons, toasts, mail subjects, logs).

mod args;
mod bidi;
mod catalogue;
pub mod digits;
pub mod format;
mod negotiate;
#[cfg(test)]
mod parity;
pub(crate) mod shape;
pub(crate) mod source;
pub(crate) mod wording;

use sea_orm::{DeriveActiveEnum, EnumIter, entity::prelude::StringLen};
use serde::{Deserialize, Serialize};

use self::catalogue::{CATALOGUE, Rendering};
pub use self::{
    args::{Arg, Args},
    wording::Voice,
};
pub use crate::args;

/// A language that the product speaks.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))")]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    #[sea_orm(string_value = "en")]
    En,
    #[sea_orm(string_value = "fa")]
    Fa,
    #[sea_orm(string_value = "ru")]
    Ru,
}

impl Locale {
    pub const ALL: [Self; 3] = [Self::En, Self::Fa, Self::Ru];

    /// The ISO 639 code, as in `<html lang>`, the cookie and the folder name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fa => "fa",
            Self::Ru => "ru",
        }
    }

    /// The direction of writing, as in `<html dir>`.
    pub const fn dir(self) -> &'static str {
        match self {
            Self::Fa => "rtl",
            Self::En | Self::Ru => "ltr",
        }
    }

    /// What speakers call the language, for language menus.
    pub const fn native_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fa => "فارسی",
            Self::Ru => "Русский",
        }
    }

    /// Reads a language tag such as `fa`, `fa-IR` or Telegram's `language_code`.
    pub fn from_code(tag: &str) -> Option<Self> {
        let language = tag.trim().split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|locale| locale.code().eq_ignore_ascii_case(language))
    }

    /// The page's language: the cookie's if it is one of ours, else the best of `Accept-Language`.
    pub fn negotiate(cookie: Option<&str>, accept_language: Option<&str>) -> Self {
        negotiate::negotiate(cookie, accept_language)
    }

    const fn index(self) -> usize {
        self as usize
    }
}

/// A text for a page. Values are wrapped in direction isolates, so that a Latin name cannot turn a
/// Persian sentence around. Not escaped: the page's renderer does that.
///
/// A key that is missing in `locale` is taken from English; one that is missing there too shows as
/// the key itself and is logged once.
pub fn text(locale: Locale, key: &str, args: &Args) -> String {
    CATALOGUE.show(Rendering::Isolated, None, locale, key, &args.resolve(locale, args::Escape::No))
}

/// A text for a Telegram message in HTML parse mode: values are escaped, what stands in `<code>`,
/// `<pre>` or an attribute is free of invisible characters, and Persian lines run right to left.
pub fn html(locale: Locale, key: &str, args: &Args) -> String {
    Voice::OURS.html(locale, key, args)
}

/// A text without markup and without isolates: buttons, toasts, commands, mail subjects.
pub fn plain(locale: Locale, key: &str, args: &Args) -> String {
    Voice::OURS.plain(locale, key, args)
}

/// Whether the catalogue has `key`, in English at least. For keys that are built from stored codes.
pub fn has(key: &str) -> bool {
    CATALOGUE.has(key)
}

/// Escapes a value for Telegram's HTML parse mode or an HTML attribute.
pub fn escape_html(value: &str) -> String {
    args::escape_html(value)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::money::{Currency, Money};

    #[rstest]
    #[case("fa", Some(Locale::Fa))]
    #[case("fa-IR", Some(Locale::Fa))]
    #[case("RU_ru", Some(Locale::Ru))]
    #[case("fil", None)]
    #[case("", None)]
    fn language_tags_are_read_by_their_language(#[case] tag: &str, #[case] locale: Option<Locale>) {
        assert_eq!(Locale::from_code(tag), locale);
    }

    #[test]
    fn an_unknown_key_shows_as_itself() {
        assert_eq!(text(Locale::Ru, "no-such-key", &args![]), "no-such-key");
        assert!(!has("no-such-key"));
    }

    #[test]
    fn values_in_a_message_are_escaped_and_isolated() {
        let shown = html(Locale::En, "bot-menu-card-none", &args!["shop" => "<b>&\"", "name" => "x"]);
        assert!(shown.contains("\u{2068}&lt;b&gt;&amp;&quot;\u{2069}"), "{shown}");
    }

    #[test]
    fn numbers_and_money_follow_the_readers_language() {
        let amount = Money::new(61_240_000 * 10, Currency::Irr);
        let shown = plain(Locale::Fa, "bot-pay-summary-btn-pay", &args!["amount" => amount]);
        assert!(shown.contains("۶۱٬۲۴۰٬۰۰۰\u{A0}تومان"), "{shown}");
    }
}
