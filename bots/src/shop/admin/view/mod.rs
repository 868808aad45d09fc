//! What staff sees.

mod broadcasts;
mod receipts;
mod sale;
mod stats;
mod users;

use domain::{
    args,
    entities::master::membership::Role,
    locale::Args,
    shop::{
        staff::rights::{Right, may},
        stat::period::Period,
    },
};

pub use self::{broadcasts::*, receipts::*, sale::*, stats::*, users::*};
use crate::{
    callback::{Act, Callback},
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
};

/// What waits for somebody.
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    pub receipts: usize,
    pub tickets: u64,
}

/// The first screen: what the role may do, and nothing else. `page` is the panel, where Telegram takes a
/// button to it.
pub fn home(reader: Reader, role: Role, waiting: Waiting, page: Option<String>) -> Screen {
    let button = |right: Right, key: &str, act: Act| may(role, right).then(|| staff_button(reader, key, act));
    let counted = |right: Right, key: &str, count: usize, act: Act| {
        may(role, right)
            .then(|| Button::callback(reader.plain(key, &args!["count" => count]), Callback::Staff(act)))
    };
    let tickets = usize::try_from(waiting.tickets).unwrap_or(usize::MAX);
    let find = button(Right::Users, "bot-admin-btn-users", Act::Find).map(|one| one.style(Style::Primary));
    let web = page.filter(|_| role == Role::Owner);
    let web = web.map(|page| Button::url(reader.plain("bot-admin-btn-web", &args![]), page));
    let receipts = counted(Right::Receipts, "bot-admin-btn-receipts", waiting.receipts, Act::Receipts);
    let tickets = counted(Right::Tickets, "bot-admin-btn-tickets", tickets, Act::Tickets(0));
    let plans = button(Right::Plans, "bot-admin-btn-plans", Act::Plans);
    let promos = button(Right::Promos, "bot-admin-btn-promos", Act::Promos);
    let broadcasts = button(Right::Broadcasts, "bot-admin-btn-broadcasts", Act::Broadcasts);
    let stats = button(Right::Stats, "bot-admin-btn-stats", Act::Stats(Period::Today));
    let health = button(Right::Diagnose, "bot-admin-btn-diag", Act::Diagnose);
    let work = button(Right::Maintenance, "bot-admin-btn-maintenance", Act::Maintenance);
    let keyboard = Keyboard::new().row_if(find);
    let keyboard = pair_if(keyboard, receipts, tickets);
    let keyboard = pair_if(keyboard, plans, promos);
    let keyboard = pair_if(keyboard, stats, health);
    let text = reader.html("bot-admin-title", &args!["role" => self::role(reader, role)]);
    Screen::new(text, reader.way_back(pair_if(keyboard, broadcasts, work).row_if(web), Callback::Menu))
}

pub fn no_rights(reader: Reader) -> Screen {
    Screen::new(reader.html("bot-admin-no-rights-body", &args![]), back(reader, Keyboard::new(), Act::Home))
}

/// A question; the next message is the answer.
pub fn ask(reader: Reader, key: &str, from: Act) -> Screen {
    Screen::new(reader.html(key, &args![]), back(reader, Keyboard::new(), from))
}

pub fn role(reader: Reader, role: Role) -> String {
    let key = match role {
        Role::Owner => "bot-admin-role-owner",
        Role::Manager => "bot-admin-role-manager",
        Role::Support => "bot-admin-role-support",
        Role::Analyst => "bot-admin-role-analyst",
    };
    reader.plain(key, &args![])
}

pub(super) fn staff_button(reader: Reader, key: &str, act: Act) -> Button {
    reader.button(key, Callback::Staff(act))
}

fn labelled(reader: Reader, key: &str, values: &Args, act: Act) -> Button {
    Button::callback(reader.plain(key, values), Callback::Staff(act))
}

pub(super) fn back(reader: Reader, keyboard: Keyboard, to: Act) -> Keyboard {
    reader.way_back(keyboard, Callback::Staff(to))
}

fn pair_if(keyboard: Keyboard, first: Option<Button>, second: Option<Button>) -> Keyboard {
    match (first, second) {
        (Some(first), Some(second)) => keyboard.pair(first, second),
        (first, second) => keyboard.row_if(first).row_if(second),
    }
}
