//! The packs on sale.

use domain::{
    args,
    shop::plan::service::{Offer, name_of},
};

use crate::{
    callback::Callback,
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
};

pub fn list(reader: Reader, offers: &[Offer]) -> Screen {
    if offers.is_empty() {
        let renew = reader.button("bot-menu-btn-renew", Callback::Plans).style(Style::Primary);
        let keyboard = reader.way_back(Keyboard::new().row(renew), Callback::Menu);
        return Screen::new(reader.html("bot-traffic-empty-body", &args![]), keyboard);
    }
    let keyboard = offers.iter().fold(Keyboard::new(), |keyboard, Offer { plan, price }| {
        let values = args!["plan" => name_of(plan, reader.locale), "amount" => *price];
        let label = reader.plain("bot-traffic-btn-pack", &values);
        keyboard.row(Button::callback(label, Callback::Plan(plan.id)))
    });
    Screen::new(reader.html("bot-traffic-body", &args![]), reader.way_back(keyboard, Callback::Menu))
}

/// The way here, where there is something to buy.
pub fn button(reader: Reader) -> Button {
    reader.button("bot-traffic-btn-add", Callback::Traffic)
}
