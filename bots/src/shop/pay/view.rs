//! From the order to the money.

use chrono::{DateTime, Utc};
use domain::{
    args,
    entities::tenant::{
        order::{self, For, OrderState},
        payment_method,
    },
    ids::PlanId,
    locale::{self, Args},
    money::{Currency, Money},
    shop::{
        order::list::title,
        payment::method::{self, Choice},
        wallet::service::is_payer,
    },
    units::Days,
};

use crate::{
    callback::{Callback, Provider},
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
    shop::{waiting, wallet},
};

pub fn methods(reader: Reader, plan: PlanId, price: Money, choices: &[Choice]) -> Screen {
    let keyboard = choices.iter().fold(Keyboard::new(), |keyboard, choice| {
        let again = choice.repeats.then(|| repeat_button(reader, plan, choice)).flatten();
        keyboard.row_if(method_button(reader, plan, price, choice)).row_if(again)
    });
    let mut text = reader.html("bot-pay-methods-title", &args!["amount" => price]);
    if choices.iter().any(|choice| choice.repeats) {
        text = format!("{text}\n\n{}", reader.html("bot-pay-methods-repeat-hint", &args![]));
    }
    Screen::new(text, reader.way_back(keyboard, Callback::Plan(plan)))
}

pub fn no_methods(reader: Reader) -> Screen {
    let keyboard = reader.way_back(Keyboard::new(), Callback::Plans);
    Screen::new(reader.html("bot-pay-methods-empty-body", &args![]), keyboard)
}

/// So many orders are to be paid from card to card that no amount is left for this one.
pub fn all_taken(reader: Reader, again: Callback) -> Screen {
    let retry = reader.button("bot-common-btn-retry", again).style(Style::Primary);
    let keyboard = reader.way_back(Keyboard::new().row(retry), Callback::Menu);
    Screen::new(reader.html("bot-card-all-taken-body", &args![]), keyboard)
}

/// The shop has no panel that could serve the plan.
pub fn no_room(reader: Reader) -> Screen {
    let keyboard = Keyboard::new().row(waiting::view::button(reader).style(Style::Primary));
    Screen::new(reader.html("bot-buy-limit-body", &args![]), reader.way_back(keyboard, Callback::Menu))
}

/// The provider's page is behind the first button; Stars are paid in the chat.
pub fn open(reader: Reader, order: &order::Model, pay_url: &str, repeats: bool) -> Screen {
    let values = values(reader, order)
        .with("until", reader.date_time(order.expires_at))
        .with("period", reader.days(order.plan_days.unwrap_or(Days(0))));
    let (body, label) = match order.currency {
        _ if repeats => ("bot-pay-open-repeat-body", "bot-pay-open-repeat-btn-pay"),
        Currency::Xtr => ("bot-pay-open-stars-body", "bot-pay-open-stars-btn-pay"),
        _ => ("bot-pay-open-body", "bot-pay-open-btn-pay"),
    };
    let pay = Button::url(reader.plain(label, &values), pay_url).style(Style::Success);
    let check = reader.button("bot-pay-open-btn-check", Callback::OrderCheck(order.id));
    let keyboard = reader.way_back(Keyboard::new().row(pay).row(check), start_of(order));
    Screen::new(reader.html(body, &values), keyboard)
}

/// The same after the provider said that nothing was paid.
pub fn still_open(
    reader: Reader,
    order: &order::Model,
    pay_url: &str,
    repeats: bool,
    now: DateTime<Utc>,
) -> Screen {
    let note = reader.html("bot-pay-check-pending-note", &args!["time" => reader.time(now)]);
    let open = open(reader, order, pay_url, repeats);
    Screen { text: format!("{note}\n\n{}", open.text), ..open }
}

/// The provider does not answer; the order is kept.
pub fn provider_down(reader: Reader, order: &order::Model) -> Screen {
    let retry = reader.button("bot-common-btn-retry", Callback::OrderOpen(order.id)).style(Style::Primary);
    let keyboard = reader.way_back(Keyboard::new().row(retry), start_of(order));
    Screen::new(reader.html("bot-pay-provider-down-body", &args![]), keyboard)
}

/// Where an order stands that is no longer open.
pub fn status(reader: Reader, order: &order::Model, until: Option<String>) -> Screen {
    let values = values(reader, order);
    let retry = reader.button("bot-common-btn-retry", start_of(order)).style(Style::Primary);
    let connect = reader.button("bot-menu-btn-connect", Callback::Config).style(Style::Primary);
    let (text, button) = match order.state {
        OrderState::Provisioned | OrderState::Disputed | OrderState::Won if order.is_top_up() => {
            return wallet::view::filled(reader, order);
        }
        OrderState::New | OrderState::Pending | OrderState::Paid => {
            (reader.html("bot-pay-paid-body", &values), None)
        }
        OrderState::Refunded | OrderState::Lost => (reader.html(refunded(order), &values), None),
        OrderState::Provisioned | OrderState::Disputed | OrderState::Won => {
            let values = values.with("until", until.unwrap_or_default());
            (reader.html("bot-pay-done-body", &values), Some(connect))
        }
        OrderState::Failed => (reader.html("bot-pay-failed-body", &values), Some(retry)),
        OrderState::Expired => (reader.html("bot-pay-expired-body", &values), Some(retry)),
        OrderState::Mismatch => (reader.html("bot-pay-mismatch-body", &values), None),
    };
    Screen::new(text, reader.way_back(Keyboard::new().row_if(button), Callback::Menu))
}

/// Where the money went is said as well.
pub fn refunded(order: &order::Model) -> &'static str {
    if is_payer(order) { "bot-pay-refunded-wallet-body" } else { "bot-pay-refunded-body" }
}

/// What every text about an order can show.
pub fn values(reader: Reader, order: &order::Model) -> Args {
    args![
        "plan" => plan_name(reader, order),
        "amount" => Money::new(order.amount_minor, order.currency),
        "order" => order.id.short(),
    ]
}

/// What the order is for.
pub fn plan_name(reader: Reader, order: &order::Model) -> String {
    title(order, reader.locale)
}

/// Where its buyer began, and begins again.
pub const fn start_of(order: &order::Model) -> Callback {
    match order.is_for() {
        For::Plan(bought) => Callback::Plan(bought.plan),
        For::Wallet => Callback::TopUp,
    }
}

/// Another amount than the plan shows stands beside the method.
fn method_button(reader: Reader, plan: PlanId, shown: Money, choice: &Choice) -> Option<Button> {
    let Choice { method, price, .. } = choice;
    let provider = Provider::new(&method.provider)?;
    let label = method_label(reader, method);
    let label = match *price == shown {
        true => label,
        false => format!("{label} · {}", locale::format::money(reader.locale, *price)),
    };
    Some(Button::callback(label, Callback::BuyWith { plan, provider, seen: choice.mark() }))
}

/// The same payment, repeated by the provider.
fn repeat_button(reader: Reader, plan: PlanId, choice: &Choice) -> Option<Button> {
    let provider = Provider::new(&choice.method.provider)?;
    let label = reader.plain("bot-pay-methods-btn-repeat", &args!["amount" => choice.full()]);
    Some(Button::callback(label, Callback::BuyRepeated { plan, provider }))
}

/// The shop's own name for the method, or ours.
pub fn method_label(reader: Reader, method: &payment_method::Model) -> String {
    let key = format!("bot-pay-methods-btn-{}", method.provider);
    match method::label(method, reader.locale) {
        Some(own) => own.to_owned(),
        None if locale::has(&key) => reader.plain(&key, &args![]),
        None => method.provider.clone(),
    }
}
