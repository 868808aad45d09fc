//! The way into the shop's channel.

use domain::args;

use crate::{
    callback::Callback,
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
};

pub fn join(reader: Reader, shop: &str, channel: &str) -> Screen {
    let address = format!("https://t.me/{}", channel.trim_start_matches('@'));
    let join = Button::url(reader.plain("bot-gate-btn-join", &args![]), address).style(Style::Primary);
    let keyboard = Keyboard::new()
        .row(join)
        .row(reader.button("bot-gate-btn-check", Callback::GateCheck))
        .row(reader.button("bot-menu-btn-support", Callback::Support));
    Screen::new(reader.html("bot-gate-body", &args!["shop" => shop, "channel" => channel]), keyboard)
}

/// To the owner: the gate stands open.
pub fn lost(reader: Reader, channel: &str) -> Screen {
    Screen::new(reader.html("bot-owner-gate-body", &args!["channel" => channel]), Keyboard::new())
}
