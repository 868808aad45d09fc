//! The link, the rules and what came of it.

use domain::{
    args,
    entities::tenant::{
        referral::{self, ReferralState},
        user,
    },
    shop::referral::{
        list::{Figures, Friend},
        rules::Terms,
    },
    units::Days,
};
use url::Url;

use crate::{
    callback::Callback,
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
};

const DAY: i64 = 86_400;

/// What a user has of bringing friends.
#[derive(Clone, Debug)]
pub struct Own {
    pub shop: String,
    pub link: String,
    pub terms: Terms,
    pub figures: Figures,
    pub friends: Vec<Friend>,
}

pub fn show(reader: Reader, own: &Own) -> Screen {
    let mut blocks =
        vec![rules(reader, own.terms), reader.html("bot-referral-link", &args!["link" => &own.link])];
    if own.figures.invited == 0 {
        blocks.push(reader.html("bot-referral-none-yet", &args![]));
    } else {
        let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let values = args![
            "count" => count(own.figures.invited),
            "buying" => count(own.figures.buying),
            "days" => reader.days(Days(own.figures.seconds / DAY)),
        ];
        blocks.push(reader.html("bot-referral-figures", &values));
        let lines = own.friends.iter().map(|friend| line(reader, friend));
        let title = reader.html("bot-referral-history-title", &args![]);
        blocks.push(std::iter::once(title).chain(lines).collect::<Vec<_>>().join("\n"));
    }
    let share = share(reader, own).map(|button| button.style(Style::Primary));
    let copy = Button::copy(reader.plain("bot-referral-btn-copy", &args![]), &own.link);
    let qr = reader.button("bot-referral-btn-qr", Callback::InviteQr);
    let keyboard = Keyboard::new().row_if(share).row_if(copy).row(qr);
    Screen::new(blocks.join("\n\n"), reader.way_back(keyboard, Callback::Menu))
}

pub fn off(reader: Reader) -> Screen {
    let text = reader.html("bot-referral-off-body", &args![]);
    Screen::new(text, reader.way_back(Keyboard::new(), Callback::Menu))
}

pub fn qr(reader: Reader, own: &Own, png: Vec<u8>) -> Screen {
    let text = reader.html("bot-referral-qr-body", &args!["shop" => &own.shop]);
    Screen::new(text, reader.way_back(Keyboard::new(), Callback::Invite)).with_photo(png)
}

/// To the one who brought a friend, or to the friend: what he got.
pub fn bonus(
    reader: Reader,
    is_referrer: bool,
    friend: Option<&user::Model>,
    seconds: i64,
    figures: Figures,
) -> Screen {
    let values = args![
        "friend" => friend.map(|friend| friend.first_name.clone()).unwrap_or_default(),
        "bonus" => reader.days(Days(seconds / DAY)),
    ];
    let (text, to) = match is_referrer {
        true => {
            let values = values.with("total", reader.days(Days(figures.seconds / DAY)));
            (reader.html("bot-notify-referral-bonus-body", &values), Callback::Invite)
        }
        false => (reader.html("bot-notify-referral-welcome-body", &values), Callback::Profile),
    };
    let key = if is_referrer { "bot-referral-btn-mine" } else { "bot-menu-btn-profile" };
    let keyboard = Keyboard::new().row(reader.button(key, to).style(Style::Primary));
    Screen::new(text, reader.way_back(keyboard, Callback::Menu))
}

pub fn reversed(reader: Reader, friend: Option<&user::Model>) -> Screen {
    let name = friend.map(|friend| friend.first_name.clone()).unwrap_or_default();
    let text = reader.html("bot-notify-referral-reversed-body", &args!["friend" => name]);
    let look = reader.button("bot-referral-btn-mine", Callback::Invite).style(Style::Primary);
    Screen::new(text, reader.way_back(Keyboard::new().row(look), Callback::Menu))
}

/// To a newcomer: who brought him, and what he gets.
pub fn invited(reader: Reader, referrer: &user::Model, terms: Terms) -> String {
    let name = args!["friend" => &referrer.first_name];
    match terms.referee_days {
        0 => reader.html("bot-referral-invited-plain", &name),
        days => reader.html("bot-referral-invited", &name.with("bonus", reader.days(Days(days)))),
    }
}

fn rules(reader: Reader, terms: Terms) -> String {
    let days = |days: i64| reader.days(Days(days));
    let values = args!["own" => days(terms.referrer_days), "friends" => days(terms.referee_days)];
    match (terms.referrer_days, terms.referee_days) {
        (_, 0) => reader.html("bot-referral-rules-referrer", &args!["own" => days(terms.referrer_days)]),
        (0, _) => reader.html("bot-referral-rules-referee", &args!["friends" => days(terms.referee_days)]),
        _ => reader.html("bot-referral-rules", &values),
    }
}

/// Telegram's own way to choose a chat (<https://core.telegram.org/widgets/share>).
fn share(reader: Reader, own: &Own) -> Option<Button> {
    let text = reader.plain("bot-referral-share-text", &args!["shop" => &own.shop]);
    let url = Url::parse_with_params("https://t.me/share/url", [("url", &own.link), ("text", &text)]).ok()?;
    Some(Button::url(reader.plain("bot-referral-btn-share", &args![]), url))
}

fn line(reader: Reader, friend: &Friend) -> String {
    let name = friend.referee.as_ref().map(|user| user.first_name.clone()).unwrap_or_default();
    let values = args!["date" => reader.date(friend.at), "friend" => name];
    let row: &referral::Model = &friend.row;
    match row.state {
        ReferralState::Granted if friend.seconds > 0 => {
            let bonus = reader.days(Days(friend.seconds / DAY));
            reader.html("bot-referral-history-granted", &values.with("bonus", bonus))
        }
        ReferralState::Granted | ReferralState::Void => reader.html("bot-referral-history-without", &values),
        ReferralState::Reversed => reader.html("bot-referral-history-reversed", &values),
        ReferralState::Invited => reader.html("bot-referral-history-invited", &values),
    }
}
