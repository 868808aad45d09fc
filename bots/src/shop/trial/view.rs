//! The trial's offer and what comes of it.

use domain::{args, entities::tenant::plan, money::Money};

use crate::{
    callback::Callback,
    keyboard::{Keyboard, Style},
    reader::Reader,
    screen::Screen,
    shop::waiting,
};

pub fn offer(reader: Reader, plan: &plan::Model) -> Screen {
    let values = args!["period" => reader.days(plan.days), "traffic" => reader.volume(plan.traffic_bytes)];
    let start = reader.button("bot-trial-offer-btn-start", Callback::TrialClaim).style(Style::Primary);
    let keyboard = reader.way_back(Keyboard::new().row(start), Callback::Menu);
    Screen::new(reader.html("bot-trial-offer-body", &values), keyboard)
}

/// The link comes as a message of its own.
pub fn setting_up(reader: Reader) -> Screen {
    let keyboard = reader.way_back(Keyboard::new(), Callback::Menu);
    Screen::new(reader.html("bot-trial-setting-up-body", &args![]), keyboard)
}

/// `cheapest` is where plans start.
pub fn used(reader: Reader, cheapest: Option<Money>) -> Screen {
    let text = match cheapest {
        Some(amount) => reader.html("bot-trial-used-body", &args!["amount" => amount]),
        None => reader.html("bot-trial-used-plain-body", &args![]),
    };
    Screen::new(text, to_plans(reader))
}

pub fn none(reader: Reader) -> Screen {
    Screen::new(reader.html("bot-trial-none-body", &args![]), to_plans(reader))
}

pub fn full(reader: Reader) -> Screen {
    let keyboard = Keyboard::new()
        .row(waiting::view::button(reader).style(Style::Primary))
        .row(reader.button("bot-menu-btn-buy", Callback::Plans));
    Screen::new(reader.html("bot-trial-limit-body", &args![]), reader.way_back(keyboard, Callback::Menu))
}

fn to_plans(reader: Reader) -> Keyboard {
    let buy = reader.button("bot-menu-btn-buy", Callback::Plans).style(Style::Primary);
    reader.way_back(Keyboard::new().row(buy), Callback::Menu)
}
