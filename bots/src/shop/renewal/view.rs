//! What is charged, when and from what.

use domain::{
    args,
    entities::tenant::saved_method,
    locale::Args,
    shop::{
        order::list::title,
        plan::service::name_of,
        renewal::{rules::Source, standing::Standing},
    },
    units::Days,
};

use super::Renewal;
use crate::{
    callback::Callback,
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
};

pub fn renewal(reader: Reader, renewal: &Renewal, note: Option<&str>) -> Screen {
    let mut blocks: Vec<String> = note.map(str::to_owned).into_iter().collect();
    blocks.push(reader.html("bot-renew-title", &args![]));
    let until = args!["until" => reader.date_time(renewal.subscription.target_expire)];
    let mut keyboard = Keyboard::new();
    if let Some(standing) = &renewal.standing {
        blocks.push(standing_block(reader, standing));
        keyboard = keyboard.row(standing_button(reader, standing));
        if standing.is_on() {
            // It is the one thing that charges; ours would call it off.
            let keyboard = keyboard.row_if(renewal.saved.as_ref().map(|saved| forget(reader, saved)));
            return Screen::new(blocks.join("\n\n"), reader.way_back(keyboard, Callback::Profile));
        }
    }
    match (&renewal.agreed, &renewal.offer) {
        (_, None) => blocks.push(reader.html("bot-renew-gone-body", &until)),
        (None, Some((plan, price))) => {
            let values = until
                .with("plan", name_of(plan, reader.locale))
                .with("amount", *price)
                .with("at", reader.date_time(renewal.at))
                .with("period", reader.days(plan.days));
            blocks.push(reader.html("bot-renew-off-body", &values));
            blocks.push(source(reader, renewal));
            let label = reader.plain("bot-renew-btn-on", &args!["amount" => *price]);
            let on = Button::callback(label, Callback::RenewalOn { minor: price.minor });
            keyboard = keyboard.row(on.style(Style::Success));
        }
        (Some(agreed), Some((plan, _))) => {
            let values = until
                .with("plan", name_of(plan, reader.locale))
                .with("amount", agreed.price())
                .with("at", reader.date_time(renewal.at))
                .with("period", reader.days(plan.days));
            blocks.push(reader.html("bot-renew-on-body", &values));
            blocks.push(source(reader, renewal));
        }
    }
    if renewal.elsewhere {
        blocks.push(reader.html("bot-renew-elsewhere-body", &args![]));
    }
    if renewal.agreed.is_some() {
        keyboard = keyboard.row(reader.button("bot-renew-btn-off", Callback::RenewalOff));
    }
    let keyboard = keyboard.row_if(renewal.saved.as_ref().map(|saved| forget(reader, saved)));
    Screen::new(blocks.join("\n\n"), reader.way_back(keyboard, Callback::Profile))
}

/// Nothing was bought yet, or it has ended.
pub fn nothing_to_renew(reader: Reader, saved: Option<&saved_method::Model>) -> Screen {
    let text = [reader.html("bot-renew-title", &args![]), reader.html("bot-renew-none-body", &args![])];
    let buy = reader.button("bot-menu-btn-buy", Callback::Plans).style(Style::Primary);
    let keyboard = Keyboard::new().row(buy).row_if(saved.map(|saved| forget(reader, saved)));
    Screen::new(text.join("\n\n"), reader.way_back(keyboard, Callback::Profile))
}

pub fn ask_to_forget(reader: Reader, title: &str) -> Screen {
    let values = args!["card" => title];
    let yes = reader.button("bot-renew-btn-forget-yes", Callback::SavedForgotten).style(Style::Danger);
    let keyboard = reader.way_back(Keyboard::new().row(yes), Callback::Renewal);
    Screen::new(reader.html("bot-renew-forget-body", &values), keyboard)
}

/// What would pay, as things are now.
fn source(reader: Reader, renewal: &Renewal) -> String {
    let Some(outlook) = &renewal.outlook else { return String::new() };
    let saved = outlook.saved.as_deref();
    let with = |values: Args| match saved {
        Some(card) => values.with("card", card),
        None => values,
    };
    match (outlook.from, renewal.balance) {
        (Source::Wallet, Some(balance)) => {
            reader.html("bot-renew-source-wallet", &args!["balance" => balance])
        }
        (Source::Saved, Some(_)) => reader.html("bot-renew-source-saved-or-wallet", &with(args![])),
        (Source::Saved, None) => reader.html("bot-renew-source-saved", &with(args![])),
        (_, Some(balance)) => reader.html("bot-renew-source-short", &args!["balance" => balance]),
        (_, None) => reader.html("bot-renew-source-none", &args![]),
    }
}

/// What Telegram takes by itself.
fn standing_block(reader: Reader, standing: &Standing) -> String {
    let until = standing.row.paid_until.unwrap_or(standing.row.created_at);
    let values = args![
        "plan" => title(&standing.order, reader.locale),
        "amount" => standing.price(),
        "period" => reader.days(standing.order.plan_days.unwrap_or(Days(0))),
        "until" => reader.date_time(until),
    ];
    let key = match (standing.is_on(), standing.is_allowed()) {
        (true, _) => "bot-renew-standing-on-body",
        (_, true) => "bot-renew-standing-allowed-body",
        (false, false) => "bot-renew-standing-off-body",
    };
    reader.html(key, &values)
}

fn standing_button(reader: Reader, standing: &Standing) -> Button {
    match standing.row.stopped_at.is_none() {
        true => reader.button("bot-renew-btn-standing-off", Callback::StandingOff),
        false => reader.button("bot-renew-btn-standing-on", Callback::StandingOn).style(Style::Success),
    }
}

fn forget(reader: Reader, saved: &saved_method::Model) -> Button {
    let label = reader.plain("bot-renew-btn-forget", &args!["card" => &saved.title]);
    Button::callback(label, Callback::SavedForget)
}
