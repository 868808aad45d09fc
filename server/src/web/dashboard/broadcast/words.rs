//! A broadcast in the reader's words.

use std::collections::BTreeSet;

use app::components::{KeyAction, KeyStyle, PhoneKey, PhoneMessage, Problem, Tone};
use chrono::{DateTime, Duration, FixedOffset, Utc};
use domain::{
    args,
    clock::Clock as _,
    db::StoreError,
    entities::tenant::{
        broadcast::{self, BroadcastState, Halt, Segment},
        broadcast_recipient::{self as recipient, RecipientState},
        user,
    },
    locale::{self, Args, Locale, Voice, format},
    platform::tenant::broadcasts::BroadcastAct,
    shop::broadcast::{
        letter::{ALL, Letter, Target},
        list::Counts,
        service::letter_of,
    },
};

use crate::web::{dashboard::broadcasts, guard::ShopBot};

/// Messages of a broadcast that leave in a second, at the most.
const PER_SECOND: i64 = 25;
/// Of a text's first line, what names it in a list.
const TITLE: usize = 60;

/// The states that a page counts.
const COUNTED: [(RecipientState, &str); 8] = [
    (RecipientState::Waiting, "web-broadcast-waiting"),
    (RecipientState::Sending, "web-broadcast-in-hand"),
    (RecipientState::Sent, "web-broadcast-sent"),
    (RecipientState::Blocked, "web-broadcast-blocked"),
    (RecipientState::Failed, "web-broadcast-not-taken"),
    (RecipientState::Unknown, "web-broadcast-not-known"),
    (RecipientState::Deleted, "web-broadcast-deleted"),
    (RecipientState::Kept, "web-broadcast-kept"),
];

pub(in crate::web::dashboard) fn segment(locale: Locale, segment: Segment) -> String {
    locale::text(locale, &format!("web-broadcast-segment-{}", segment.code()), &Args::default())
}

/// How its text begins, in the reader's language where it is written.
pub(in crate::web::dashboard) fn title(locale: Locale, row: &broadcast::Model) -> String {
    let letter = letter_of(row).unwrap_or_default();
    let own = letter.text(locale).or_else(|| letter.texts.values().map(String::as_str).next());
    let line = own.and_then(|text| text.lines().find(|line| !line.trim().is_empty())).unwrap_or("…");
    match line.char_indices().nth(TITLE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// What is said after it was done.
pub(super) const fn done(act: BroadcastAct) -> &'static str {
    match act {
        BroadcastAct::Send(None) => "web-flash-broadcast-begun",
        BroadcastAct::Send(Some(_)) => "web-flash-broadcast-scheduled",
        BroadcastAct::CallOff => "web-flash-broadcast-called-off",
        BroadcastAct::Pause => "web-flash-broadcast-paused",
        BroadcastAct::Resume => "web-flash-broadcast-resumed",
        BroadcastAct::Stop => "web-flash-broadcast-stopped",
        BroadcastAct::Discard => "web-flash-broadcast-discarded",
        BroadcastAct::SendAgain(_) => "web-flash-broadcast-again",
        BroadcastAct::DeleteSent => "web-flash-broadcast-deleting",
    }
}

/// One reader's words.
pub(super) struct Words {
    pub locale: Locale,
    zone: FixedOffset,
    now: DateTime<Utc>,
    /// The shop's own words, where it has some.
    pub voice: Voice,
    href: String,
}

impl Words {
    pub fn of(bot: &ShopBot, locale: Locale) -> Self {
        let now = bot.shop.db.clock().now();
        Self {
            locale,
            zone: bot.shop.zone(),
            now,
            voice: Voice::of(bot.shop.tenant.id),
            href: broadcasts::address(bot),
        }
    }

    pub fn say(&self, key: &str) -> String {
        locale::text(self.locale, key, &args![])
    }

    pub fn number(&self, count: i64) -> String {
        format::number(self.locale, count)
    }

    /// As users will see it, one language below the other.
    pub fn messages(
        &self,
        row: &broadcast::Model,
        pictures: &BTreeSet<String>,
    ) -> Result<Vec<PhoneMessage>, StoreError> {
        let letter = letter_of(row)?;
        let message = |language: Locale| {
            let whose = [language.code(), ALL].into_iter().find(|code| pictures.contains(*code));
            PhoneMessage {
                text: letter.text(language).unwrap_or_default().to_owned(),
                photo: whose.map(|code| format!("{}/{}/picture/{code}", self.href, row.id)),
                time: format::time_of_day(self.locale, row.send_at.unwrap_or(self.now), self.zone),
                notice: Some(language.native_name().to_owned()),
                keyboard: letter
                    .buttons
                    .iter()
                    .map(|button| vec![key(button.label(self.voice, language), &button.target)])
                    .collect(),
                ..PhoneMessage::default()
            }
        };
        Ok(letter.languages().map(message).collect())
    }

    /// To how many it goes, and how long that takes.
    pub fn reach(&self, count: i64) -> String {
        if count == 0 {
            return self.say("web-broadcast-reach-nobody");
        }
        let values = args!["count" => count, "time" => self.lasts(count)];
        locale::text(self.locale, "web-broadcast-reach", &values)
    }

    /// Who reads another language than his own.
    pub fn missing(&self, letter: &Letter, shop: Locale) -> Option<String> {
        let missing: Vec<_> = Locale::ALL
            .into_iter()
            .filter(|one| letter.text(*one).is_none())
            .map(Locale::native_name)
            .collect();
        let values = args!["languages" => missing.join(", "), "shop" => shop.native_name()];
        (!missing.is_empty()).then(|| locale::text(self.locale, "web-broadcast-missing", &values))
    }

    pub fn times(&self, row: &broadcast::Model) -> Vec<String> {
        let say = |key: &str, at| {
            let at = format::date_time(self.locale, at, self.zone);
            locale::text(self.locale, key, &args!["at" => at])
        };
        let planned = row.send_at.filter(|_| row.state == BroadcastState::Scheduled);
        let lines = [
            planned.map(|at| say("web-broadcast-begins", at)),
            row.started_at.map(|at| say("web-broadcast-started", at)),
            row.ended_at.map(|at| say("web-broadcast-ended", at)),
        ];
        lines.into_iter().flatten().collect()
    }

    pub fn halt(&self, row: &broadcast::Model) -> Option<Problem> {
        let (title, detail) = match row.halt? {
            Halt::Bot => ("web-broadcast-halt-bot", "web-broadcast-halt-bot-text"),
            Halt::Refused => ("web-broadcast-halt-refused", "web-broadcast-halt-refused-text"),
        };
        Some(Problem {
            tone: Tone::Warn,
            title: self.say(title),
            detail: Some(self.say(detail)),
            action: None,
        })
    }

    pub fn figures(&self, counts: &Counts) -> Vec<(String, String)> {
        let counted = COUNTED.into_iter().filter(|(state, _)| counts.of(*state) > 0);
        counted.map(|(state, key)| (self.say(key), self.number(counts.of(state)))).collect()
    }

    /// While it is sent.
    pub fn left(&self, row: &broadcast::Model, counts: &Counts) -> Option<String> {
        let values = args!["count" => counts.left(), "time" => self.lasts(counts.left())];
        let sending = row.state == BroadcastState::Sending && counts.left() > 0;
        sending.then(|| locale::text(self.locale, "web-broadcast-left", &values))
    }

    pub fn reasons(&self, reasons: Vec<(RecipientState, String, i64)>) -> Vec<(String, String, String)> {
        let named = |state: RecipientState| {
            COUNTED.into_iter().find(|(one, _)| *one == state).map(|(_, key)| self.say(key))
        };
        let row = |(state, reason, count): (RecipientState, String, i64)| {
            Some((named(state)?, reason, self.number(count)))
        };
        reasons.into_iter().filter_map(row).collect()
    }

    /// @username, or the first name, and the number at Telegram.
    pub fn who(&self, row: &recipient::Model, user: Option<&user::Model>) -> String {
        let name = user.map(|user| match &user.username {
            Some(username) => format!("@{username}"),
            None => user.first_name.clone(),
        });
        format!("{} {}", name.unwrap_or_default(), row.telegram_id).trim_start().to_owned()
    }

    fn lasts(&self, count: i64) -> String {
        format::duration(self.locale, Duration::seconds((count / PER_SECOND).max(1)))
    }
}

fn key(label: String, target: &Target) -> PhoneKey {
    let action = match target {
        Target::Link(link) => KeyAction::Open(link.clone()),
        Target::Screen(_) => KeyAction::Press,
    };
    PhoneKey { label, style: KeyStyle::Plain, action }
}
