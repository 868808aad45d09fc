//! That one waits, and that there is room.

use domain::args;

use crate::{
    callback::Callback,
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
};

pub fn button(reader: Reader) -> Button {
    reader.button("bot-buy-limit-btn-wait", Callback::Wait)
}

pub fn waiting(reader: Reader) -> Screen {
    let text = reader.html("bot-buy-waiting-body", &args![]);
    Screen::new(text, reader.way_back(Keyboard::new(), Callback::Menu))
}

/// Places are not kept: whoever is first has one.
pub fn room(reader: Reader, shop: &str) -> Screen {
    let buy = reader.button("bot-menu-btn-buy", Callback::Plans).style(Style::Primary);
    let text = reader.html("bot-buy-room-body", &args!["shop" => shop]);
    Screen::new(text, reader.way_back(Keyboard::new().row(buy), Callback::Menu))
}
