//! What a broadcast says: a text for each language, and one or two buttons.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use url::Url;

use crate::{
    args,
    error::Explain,
    locale::{Args, Locale, Voice},
};

/// Longest text of a message, and longest text below a picture
/// (<https://core.telegram.org/bots/api#sendmessage>, `#sendphoto`), in UTF-16 units, as Telegram counts.
pub const TEXT_LIMIT: usize = 4_096;
pub const CAPTION_LIMIT: usize = 1_024;
/// Longest label of a button: more is cut off on a phone.
pub const LABEL_LIMIT: usize = 64;
/// Longest address of a button.
const LINK_LIMIT: usize = 2_000;
/// Buttons under a message.
pub const BUTTONS: usize = 2;

/// In place of a language, for what all have that have none of their own.
pub const ALL: &str = "all";

/// What is written. Languages are named by their codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub texts: BTreeMap<String, String>,
    pub buttons: Vec<Button>,
}

/// Something to press below the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    pub target: Target,
    pub labels: BTreeMap<String, String>,
}

/// Where a button leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    Link(String),
    Screen(Place),
}

/// A screen of the bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Menu,
    Plans,
    Connect,
    Promo,
    Invite,
    Support,
}

impl Place {
    pub const ALL: [Self; 6] =
        [Self::Menu, Self::Plans, Self::Connect, Self::Promo, Self::Invite, Self::Support];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Menu => "menu",
            Self::Plans => "plans",
            Self::Connect => "connect",
            Self::Promo => "promo",
            Self::Invite => "invite",
            Self::Support => "support",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.code() == code)
    }

    /// What the bot's own button to this screen says.
    pub fn label(self, voice: Voice, locale: Locale) -> String {
        let key = match self {
            Self::Menu => "bot-common-btn-menu",
            Self::Plans => "bot-menu-btn-buy",
            Self::Connect => "bot-menu-btn-connect",
            Self::Promo => "bot-promo-btn-enter",
            Self::Invite => "bot-menu-btn-invite",
            Self::Support => "bot-menu-btn-support",
        };
        voice.plain(locale, key, &args![])
    }
}

/// What is wrong with a letter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// In the shop's own language, in which all read it that have no other.
    #[error("there is no text")]
    NoText(Locale),
    #[error("a text is too long")]
    Long { locale: Locale, limit: usize, has_picture: bool },
    #[error("a button has no label")]
    NoLabel { button: usize, locale: Locale },
    #[error("a label is too long")]
    LongLabel { button: usize, locale: Locale },
    #[error("not an address")]
    Link { button: usize },
}

impl Explain for Wrong {
    fn explain(&self) -> Option<(&'static str, Args)> {
        let count = |limit: usize| i64::try_from(limit).unwrap_or(i64::MAX);
        Some(match self {
            Self::NoText(locale) => ("error-broadcast-no-text", args!["language" => locale.native_name()]),
            Self::Long { limit, has_picture: false, .. } => {
                ("error-broadcast-long", args!["count" => count(*limit)])
            }
            Self::Long { limit, has_picture: true, .. } => {
                ("error-broadcast-long-caption", args!["count" => count(*limit)])
            }
            Self::NoLabel { .. } => ("error-broadcast-label", args![]),
            Self::LongLabel { .. } => ("error-broadcast-label-long", args!["count" => count(LABEL_LIMIT)]),
            Self::Link { .. } => ("error-broadcast-link", args![]),
        })
    }
}

impl Button {
    /// What it says in this language, in the shop's words where nothing is typed.
    pub fn label(&self, voice: Voice, locale: Locale) -> String {
        let typed = self.labels.get(locale.code()).filter(|label| !label.is_empty());
        match (typed, &self.target) {
            (Some(typed), _) => typed.clone(),
            (None, Target::Screen(place)) => place.label(voice, locale),
            (None, Target::Link(_)) => String::new(),
        }
    }
}

impl Letter {
    pub fn text(&self, locale: Locale) -> Option<&str> {
        self.texts.get(locale.code()).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// The language in which somebody reads it: his own, or the shop's.
    pub fn language_for(&self, own: Option<Locale>, shop: Locale) -> Locale {
        own.filter(|locale| self.text(*locale).is_some()).unwrap_or(shop)
    }

    /// The languages in which it is written.
    pub fn languages(&self) -> impl Iterator<Item = Locale> {
        Locale::ALL.into_iter().filter(|locale| self.text(*locale).is_some())
    }

    /// What stands against sending it. `pictures` are those that there are, by `whose`.
    pub fn wrong(&self, shop: Locale, pictures: &BTreeSet<String>) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        if self.text(shop).is_none() {
            wrong.push(Wrong::NoText(shop));
        }
        for locale in self.languages() {
            let has_picture = pictures.contains(locale.code()) || pictures.contains(ALL);
            let limit = if has_picture { CAPTION_LIMIT } else { TEXT_LIMIT };
            if self.text(locale).is_some_and(|text| utf16(text) > limit) {
                wrong.push(Wrong::Long { locale, limit, has_picture });
            }
        }
        for (button, row) in self.buttons.iter().enumerate() {
            if matches!(&row.target, Target::Link(link) if !is_link(link)) {
                wrong.push(Wrong::Link { button });
            }
            for locale in self.languages() {
                match utf16(&row.label(Voice::OURS, locale)) {
                    0 => wrong.push(Wrong::NoLabel { button, locale }),
                    length if length > LABEL_LIMIT => wrong.push(Wrong::LongLabel { button, locale }),
                    _ => {}
                }
            }
        }
        wrong
    }
}

fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

/// An address that opens on every phone.
fn is_link(link: &str) -> bool {
    let parsed = Url::parse(link).ok().filter(|_| link.len() <= LINK_LIMIT);
    parsed.is_some_and(|url| url.scheme() == "https" && url.has_host() && url.username().is_empty())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn letter(text: &str, button: Option<(Target, &str)>) -> Letter {
        let labelled = |label: &str| BTreeMap::from([("en".to_owned(), label.to_owned())]);
        let buttons = button.map(|(target, label)| Button { target, labels: labelled(label) });
        Letter { texts: BTreeMap::from([("en".into(), text.into())]), buttons: buttons.into_iter().collect() }
    }

    #[rstest]
    #[case::fits("x".repeat(4_096), false, true)]
    #[case::too_long("x".repeat(4_097), false, false)]
    #[case::fits_below_a_picture("x".repeat(1_024), true, true)]
    #[case::too_long_below_a_picture("x".repeat(1_025), true, false)]
    #[case::two_units_each("🎉".repeat(513), true, false)]
    #[case::nothing(String::new(), false, false)]
    fn a_text_fits_into_a_message(#[case] text: String, #[case] picture: bool, #[case] fits: bool) {
        let pictures = BTreeSet::from_iter(picture.then(|| ALL.to_owned()));
        assert_eq!(letter(&text, None).wrong(Locale::En, &pictures).is_empty(), fits);
    }

    #[rstest]
    #[case("https://example.com/sale", "Look", true)]
    #[case("https://example.com/sale", "", false)]
    #[case("http://example.com", "Look", false)]
    #[case("https://me@example.com", "Look", false)]
    #[case("example.com", "Look", false)]
    #[case("javascript:alert(1)", "Look", false)]
    fn a_link_is_an_address_with_a_label(#[case] link: &str, #[case] label: &str, #[case] fits: bool) {
        let letter = letter("Sale", Some((Target::Link(link.into()), label)));
        assert_eq!(letter.wrong(Locale::En, &BTreeSet::new()).is_empty(), fits);
    }

    #[test]
    fn a_screens_button_has_a_label_of_its_own_where_none_is_typed() {
        let screen = |label: &str| letter("Sale", Some((Target::Screen(Place::Plans), label)));
        assert_eq!(screen("").wrong(Locale::En, &BTreeSet::new()), []);
        assert_eq!(
            screen(&"x".repeat(65)).wrong(Locale::En, &BTreeSet::new()),
            [Wrong::LongLabel { button: 0, locale: Locale::En }]
        );
    }

    #[test]
    fn who_has_no_text_in_his_language_reads_the_shops() {
        let letter = letter("Sale", None);
        assert_eq!(letter.language_for(Some(Locale::Fa), Locale::En), Locale::En);
        assert_eq!(letter.wrong(Locale::Fa, &BTreeSet::new()), [Wrong::NoText(Locale::Fa)]);
    }
}
