//! The language and the clock of whoever reads a screen.

use chrono::{DateTime, FixedOffset, Utc};
use domain::{
    args,
    locale::{
        Args, Locale, Voice,
        format::{self, Calendar},
    },
    units::{Bytes, Days},
};

use crate::{
    callback::Callback,
    keyboard::{Button, Keyboard},
};

/// Writes texts for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    pub locale: Locale,
    pub zone: FixedOffset,
    /// In whose words.
    pub voice: Voice,
    /// By which dates are written, where the reader has chosen.
    pub calendar: Option<Calendar>,
}

impl Reader {
    /// A message's text.
    pub fn html(self, key: &str, args: &Args) -> String {
        self.voice.html(self.locale, key, args)
    }

    /// A label, a toast, or a value that stands in another text.
    pub fn plain(self, key: &str, args: &Args) -> String {
        self.voice.plain(self.locale, key, args)
    }

    pub fn button(self, key: &str, callback: Callback) -> Button {
        Button::callback(self.plain(key, &args![]), callback)
    }

    pub fn calendar(self) -> Calendar {
        self.calendar.unwrap_or(Calendar::of(self.locale))
    }

    pub fn date(self, at: DateTime<Utc>) -> String {
        format::date_in(self.locale, self.calendar(), at, self.zone)
    }

    pub fn date_time(self, at: DateTime<Utc>) -> String {
        format::date_time_in(self.locale, self.calendar(), at, self.zone)
    }

    pub fn time(self, at: DateTime<Utc>) -> String {
        format::time_of_day(self.locale, at, self.zone)
    }

    /// A time of day, from its minutes after midnight.
    pub fn minute_of_day(self, minute: u16) -> String {
        let midnight = DateTime::UNIX_EPOCH - chrono::Duration::seconds(self.zone.local_minus_utc().into());
        self.time(midnight + chrono::Duration::minutes(minute.into()))
    }

    /// How long until then.
    pub fn left(self, now: DateTime<Utc>, until: DateTime<Utc>) -> String {
        format::duration(self.locale, until - now)
    }

    pub fn days(self, days: Days) -> String {
        format::duration(self.locale, chrono::Duration::days(days.0))
    }

    /// What a plan holds.
    pub fn volume(self, limit: Option<Bytes>) -> String {
        match limit {
            Some(limit) => format::bytes(self.locale, limit),
            None => self.plain("bot-common-unlimited", &args![]),
        }
    }

    /// What is used of what there is.
    pub fn traffic(self, used: Bytes, limit: Option<Bytes>) -> String {
        match limit {
            Some(limit) => self.plain("bot-common-traffic", &args!["used" => used, "limit" => limit]),
            None => self.plain("bot-common-traffic-unlimited", &args!["used" => used]),
        }
    }

    /// The last row of nearly every screen.
    pub fn way_back(self, keyboard: Keyboard, back: Callback) -> Keyboard {
        let menu = self.button("bot-common-btn-menu", Callback::Menu);
        if back == Callback::Menu {
            return keyboard.row(menu);
        }
        keyboard.pair(self.button("bot-common-btn-back", back), menu)
    }
}
