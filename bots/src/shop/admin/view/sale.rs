//! Plans, codes, questions and maintenance.

use domain::{
    args,
    entities::tenant::{plan, promo_code, staff_act, ticket},
    locale::Args,
    shop::{plan::service::name_of, support::list::Page},
};

use super::{back, labelled, pair_if, staff_button};
use crate::{
    callback::Act,
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
    shop::support::view as threads,
};

/// Questions on one screen.
pub const LISTED: u64 = 5;

/// What a quick code takes off.
const PERCENTS: [u8; 4] = [10, 20, 30, 50];

pub fn plans(reader: Reader, plans: &[plan::Model]) -> Screen {
    let keyboard = plans.iter().fold(Keyboard::new(), |keyboard, plan| {
        let key = if plan.active { "bot-admin-plans-btn-on" } else { "bot-admin-plans-btn-off" };
        let values = args!["plan" => name_of(plan, reader.locale)];
        keyboard.row(labelled(reader, key, &values, Act::Plan { plan: plan.id, on: !plan.active }))
    });
    let key = if plans.is_empty() { "bot-admin-plans-empty-body" } else { "bot-admin-plans-title" };
    Screen::new(reader.html(key, &args![]), back(reader, keyboard, Act::Home))
}

pub fn promos(reader: Reader) -> Screen {
    let buttons = PERCENTS.map(|percent| {
        let values = args!["percent" => i64::from(percent)];
        labelled(reader, "bot-admin-promo-btn-percent", &values, Act::PromoOf(percent))
    });
    let [ten, twenty, thirty, half] = buttons;
    let keyboard = Keyboard::new().pair(ten, twenty).pair(thirty, half);
    Screen::new(reader.html("bot-admin-promo-ask-body", &args![]), back(reader, keyboard, Act::Home))
}

/// Why the code is not made; the question stands.
pub fn promo_refused(reader: Reader, key: &str, values: &Args) -> Screen {
    Screen::new(reader.html(key, values), back(reader, Keyboard::new(), Act::Promos))
}

pub fn promo_made(reader: Reader, code: &promo_code::Model, percent: i64, link: &str) -> Screen {
    let until = code.valid_until.map(|at| reader.date_time(at)).unwrap_or_default();
    let values = args!["code" => &code.code, "percent" => percent, "until" => until, "link" => link];
    let copy = Button::copy(reader.plain("bot-admin-promo-btn-copy", &args![]), link);
    let more = staff_button(reader, "bot-admin-promo-btn-more", Act::Promos);
    let keyboard = Keyboard::new().row_if(copy).row(more);
    Screen::new(reader.html("bot-admin-promo-made-body", &values), back(reader, keyboard, Act::Home))
}

/// The questions that wait, the oldest first.
pub fn tickets(reader: Reader, page: &Page<ticket::Model>, number: u16) -> Screen {
    let keyboard = page.rows.iter().fold(Keyboard::new(), |keyboard, ticket| {
        let label = threads::label(reader, ticket);
        keyboard.row(Button::callback(label, crate::callback::Callback::Staff(Act::Ticket(ticket.id))))
    });
    let before =
        number.checked_sub(1).map(|page| staff_button(reader, "bot-admin-btn-before", Act::Tickets(page)));
    let after = number.checked_add(1).filter(|_| page.more);
    let after = after.map(|page| staff_button(reader, "bot-admin-btn-after", Act::Tickets(page)));
    let key = if page.rows.is_empty() { "bot-admin-tickets-empty-body" } else { "bot-admin-tickets-title" };
    let keyboard = pair_if(keyboard, before, after);
    Screen::new(reader.html(key, &args![]), back(reader, keyboard, Act::Home))
}

pub fn maintenance(
    reader: Reader,
    is_on: bool,
    text: Option<&str>,
    last: Option<&staff_act::Model>,
) -> Screen {
    let key = if is_on { "bot-admin-maintenance-on-body" } else { "bot-admin-maintenance-off-body" };
    let mut blocks = vec![reader.html(key, &args![])];
    blocks.extend(last.map(|act| {
        let values = args!["name" => &act.name, "time" => reader.date_time(act.at)];
        reader.html("bot-admin-maintenance-line-by", &values)
    }));
    blocks.push(match text {
        Some(text) => reader.html("bot-admin-maintenance-line-text", &args!["text" => text]),
        None => reader.html("bot-admin-maintenance-line-own", &args![]),
    });
    let switch = match is_on {
        true => {
            staff_button(reader, "bot-admin-maintenance-btn-open", Act::Maintain(false)).style(Style::Success)
        }
        false => staff_button(reader, "bot-admin-maintenance-btn-close", Act::MaintainAsk),
    };
    let write = staff_button(reader, "bot-admin-maintenance-btn-text", Act::MaintenanceText);
    let own = text.map(|_| staff_button(reader, "bot-admin-maintenance-btn-own", Act::MaintenanceOwn));
    let keyboard = Keyboard::new().row(switch).row(write).row_if(own);
    Screen::new(blocks.join("\n\n"), back(reader, keyboard, Act::Home))
}

pub fn confirm_maintenance(reader: Reader) -> Screen {
    let sure =
        staff_button(reader, "bot-admin-maintenance-btn-sure", Act::Maintain(true)).style(Style::Danger);
    let text = reader.html("bot-admin-maintenance-confirm-body", &args![]);
    Screen::new(text, back(reader, Keyboard::new().row(sure), Act::Maintenance))
}
