//! The screens on which a user chooses what he is told, and when not; and the reminders themselves.

use chrono::{DateTime, Utc};
use domain::{
    args,
    entities::tenant::subscription,
    ports::Notice,
    shop::{
        notification::{
            choices::{ShopChoice, UserChoice},
            hours::Hours,
            kind::NoticeKind,
        },
        renewal::ahead::Coming,
    },
};

use crate::{
    callback::Callback,
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
};

/// Quiet hours that are offered, in hours of the shop's zone.
const QUIET: [(u16, u16); 4] = [(21, 9), (22, 8), (23, 7), (0, 10)];

/// What is switched off for everybody is not offered.
pub fn notices(reader: Reader, shop: &ShopChoice, own: &UserChoice) -> Screen {
    let offered = NoticeKind::ALL.into_iter().filter(|kind| !shop.off.contains(kind));
    let keyboard = offered.fold(Keyboard::new(), |keyboard, kind| {
        let on = !own.off.contains(&kind);
        let name = reader.plain(&format!("bot-notices-name-{}", kind.code()), &args![]);
        let key = if on { "bot-notices-btn-on" } else { "bot-notices-btn-off" };
        let label = reader.plain(key, &args!["name" => name]);
        keyboard.row(Button::callback(label, Callback::Notice { kind, on: !on }))
    });
    Screen::new(reader.html("bot-notices-body", &args![]), reader.way_back(keyboard, Callback::Settings))
}

pub fn quiet(reader: Reader, own: &UserChoice, now: DateTime<Utc>) -> Screen {
    let choice = |quiet: Option<(u16, u16)>| {
        let hours = quiet.map(|(from, until)| Hours::between(from, until));
        let label = match quiet {
            Some((from, until)) => {
                let hour = |hour: u16| reader.minute_of_day(hour * 60);
                reader.plain("bot-quiet-btn-hours", &args!["from" => hour(from), "until" => hour(until)])
            }
            None => reader.plain("bot-quiet-btn-none", &args![]),
        };
        let style = if hours == own.quiet { Style::Primary } else { Style::Plain };
        Button::callback(label, Callback::Quiet(quiet)).style(style)
    };
    let offered = QUIET.into_iter().map(Some).chain([None]);
    let keyboard = offered.fold(Keyboard::new(), |keyboard, quiet| keyboard.row(choice(quiet)));
    let mut text = reader.html("bot-quiet-body", &args!["now" => reader.time(now)]);
    if let Some(quiet) = own.quiet {
        let hours =
            args!["from" => reader.minute_of_day(quiet.from), "until" => reader.minute_of_day(quiet.until)];
        text = format!("{text}\n\n{}", reader.html("bot-quiet-line-set", &hours));
    }
    Screen::new(text, reader.way_back(keyboard, Callback::Settings))
}

/// What a reminder says; `None` for other notices.
pub fn reminder(
    reader: Reader,
    notice: &Notice,
    row: &subscription::Model,
    (plan, sells_traffic): (&str, bool),
    now: DateTime<Utc>,
) -> Option<Screen> {
    let renew = "bot-menu-btn-renew";
    let (key, act) = match notice {
        Notice::TrialEnding { .. } => ("bot-remind-trial-ending-body", "bot-menu-btn-buy"),
        Notice::Expiring { days: 1, .. } => ("bot-remind-last-day-body", renew),
        Notice::Expiring { .. } => ("bot-remind-expiring-body", renew),
        Notice::Expired { .. } if row.trial => ("bot-remind-trial-ended-body", "bot-menu-btn-buy"),
        Notice::Expired { .. } => ("bot-remind-expired-body", renew),
        Notice::WinBack { .. } if row.trial => ("bot-remind-win-back-trial-body", "bot-menu-btn-buy"),
        Notice::WinBack { .. } => ("bot-remind-win-back-body", renew),
        Notice::TrafficUsed { percent: 80, .. } => ("bot-remind-traffic-low-body", renew),
        Notice::TrafficUsed { .. } => ("bot-remind-traffic-gone-body", renew),
        _ => return None,
    };
    let values = args![
        "plan" => plan,
        "until" => reader.date_time(row.target_expire),
        "left" => reader.left(now, row.target_expire),
        "traffic" => reader.traffic(row.used_traffic, row.target_data_limit),
    ];
    let keyboard = match notice {
        Notice::TrafficUsed { .. } if sells_traffic => Keyboard::new()
            .row(reader.button("bot-traffic-btn-add", Callback::AccessTraffic(row.id)).style(Style::Primary))
            .row(reader.button(act, Callback::AccessRenew(row.id))),
        _ => Keyboard::new().row(reader.button(act, Callback::AccessRenew(row.id)).style(Style::Primary)),
    };
    let keyboard = match NoticeKind::of(notice) {
        Some(kind) => keyboard.row(no_more(reader, kind)),
        None => keyboard,
    };
    Some(Screen::new(reader.html(key, &values), reader.way_back(keyboard, Callback::Menu)))
}

/// What will be charged tomorrow; the first button leads to where it is switched off.
pub fn charge(reader: Reader, coming: &Coming, plan: &str) -> Screen {
    let key = match coming.is_standing {
        true => "bot-remind-charge-stars-body",
        false => "bot-remind-charge-body",
    };
    let values = args!["plan" => plan, "amount" => coming.price, "at" => reader.date_time(coming.at)];
    let keyboard = Keyboard::new()
        .row(reader.button("bot-settings-btn-renewal", Callback::Renewal).style(Style::Primary))
        .row(no_more(reader, NoticeKind::RenewalAhead));
    Screen::new(reader.html(key, &values), reader.way_back(keyboard, Callback::Menu))
}

fn no_more(reader: Reader, kind: NoticeKind) -> Button {
    reader.button("bot-remind-btn-off", Callback::Notice { kind, on: false })
}
