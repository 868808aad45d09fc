//! The reader's accesses, one of which is before him.

use chrono::{DateTime, Utc};
use domain::{args, shop::subscription::several::MOST};

use super::{Access, Place};
use crate::{
    callback::Callback,
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
    shop::{profile::view::status_key, standing::Standing},
};

pub fn list(reader: Reader, all: &[Access], now: DateTime<Utc>, note: Option<&str>) -> Screen {
    if all.is_empty() {
        let buy = reader.button("bot-menu-btn-buy", Callback::Plans).style(Style::Primary);
        let keyboard = reader.way_back(Keyboard::new().row(buy), Callback::Profile);
        return Screen::new(reader.html("bot-access-empty-body", &args![]), keyboard);
    }
    let mut blocks: Vec<String> = note.map(str::to_owned).into_iter().collect();
    blocks.push(reader.html("bot-access-body", &args![]));
    let mut keyboard = Keyboard::new();
    for (place, access) in all.iter().enumerate() {
        let standing = Standing::of(&access.row, now);
        let values = args![
            "n" => place + 1,
            "plan" => &access.plan,
            "status" => reader.plain(status_key(standing), &args![]),
            "until" => reader.date(access.row.target_expire),
        ];
        let item = match access.is_present {
            true => "bot-access-item-present",
            false => "bot-access-item",
        };
        blocks.push(reader.html(item, &values));
        if !access.is_present {
            let label = reader.plain("bot-access-btn-choose", &values);
            keyboard = keyboard.row(Button::callback(label, Callback::Access(access.row.id)));
        }
    }
    let more = reader.button("bot-access-btn-more", Callback::AccessMore);
    let keyboard = keyboard.row_if((all.len() < MOST).then_some(more));
    Screen::new(blocks.join("\n\n"), reader.way_back(keyboard, Callback::Profile))
}

/// The way here.
pub fn button(reader: Reader) -> Button {
    reader.button("bot-access-btn-list", Callback::Accesses)
}

/// Below the menu's card: which of them it shows.
pub fn place(reader: Reader, place: Place) -> String {
    reader.html("bot-access-place", &args!["n" => place.number, "of" => place.of])
}
