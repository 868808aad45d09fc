//! The wallet as its owner sees it.

use domain::{
    args,
    entities::tenant::order,
    money::Money,
    shop::wallet::service::{Movement, Reason},
};

use crate::{
    callback::Callback,
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
    shop::pay::view::values,
};

/// `is_on`: whether the shop takes money from wallets now.
pub fn wallet(reader: Reader, balances: &[Money], history: &[Movement], is_on: bool) -> Screen {
    let mut blocks = vec![reader.html("bot-wallet-title", &args![])];
    if balances.is_empty() {
        blocks.push(reader.html("bot-wallet-empty-body", &args![]));
    } else {
        let line = |money: &Money| reader.html("bot-wallet-line-balance", &args!["amount" => *money]);
        blocks.push(balances.iter().map(line).collect::<Vec<_>>().join("\n"));
        let hint = if is_on { "bot-wallet-hint-on" } else { "bot-wallet-hint-off" };
        blocks.push(reader.html(hint, &args![]));
    }
    if !history.is_empty() {
        let title = reader.html("bot-wallet-history-title", &args![]);
        let lines = history.iter().map(|movement| history_line(reader, movement));
        blocks.push(std::iter::once(title).chain(lines).collect::<Vec<_>>().join("\n"));
    }
    Screen::new(blocks.join("\n\n"), reader.way_back(Keyboard::new(), Callback::Profile))
}

pub fn confirm(reader: Reader, order: &order::Model, there: Money, left: Money) -> Screen {
    let values = values(reader, order).with("balance", there).with("left", left);
    let label = reader.plain("bot-wallet-confirm-btn-pay", &values);
    let pay = Button::callback(label, Callback::WalletPay(order.id)).style(Style::Success);
    let keyboard = reader.way_back(Keyboard::new().row(pay), Callback::Plan(order.plan_id));
    Screen::new(reader.html("bot-wallet-confirm-body", &values), keyboard)
}

/// It does not cover the order any more.
pub fn short(reader: Reader, order: &order::Model, there: Money) -> Screen {
    let values = values(reader, order).with("balance", there);
    let again = reader.button("bot-common-btn-retry", Callback::Plan(order.plan_id)).style(Style::Primary);
    let keyboard = reader.way_back(Keyboard::new().row(again), Callback::Wallet);
    Screen::new(reader.html("bot-wallet-short-body", &values), keyboard)
}

fn history_line(reader: Reader, movement: &Movement) -> String {
    let reason = match movement.reason {
        Reason::Surplus => "bot-wallet-reason-surplus",
        Reason::SurplusBack => "bot-wallet-reason-surplus-back",
        Reason::Paid => "bot-wallet-reason-paid",
        Reason::Refund => "bot-wallet-reason-refund",
    };
    let key = if movement.amount.minor < 0 { "bot-wallet-history-out" } else { "bot-wallet-history-in" };
    let amount = Money::new(movement.amount.minor.abs(), movement.amount.currency);
    let values = args![
        "date" => reader.date(movement.at),
        "reason" => reader.plain(reason, &args![]),
        "amount" => amount,
    ];
    reader.html(key, &values)
}
