//! The wallet as its owner sees it.

use domain::{
    args,
    entities::tenant::order,
    locale::{self, digits},
    money::Money,
    shop::{
        payment::method::Choice,
        wallet::{
            service::{Movement, Reason},
            top_up::Offer,
        },
    },
};

use crate::{
    callback::{Callback, Provider},
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
    shop::pay::view::{method_label, start_of, values},
};

/// What a wallet's screen shows.
#[derive(Clone, Debug)]
pub struct Shown {
    /// What can be spent.
    pub balances: Vec<Money>,
    /// What is on its way back, or called back by a bank.
    pub held: Vec<Money>,
    pub history: Vec<Movement>,
    /// Whether the shop takes money from wallets now.
    pub is_on: bool,
    pub can_fill: bool,
}

pub fn wallet(reader: Reader, shown: &Shown) -> Screen {
    let mut blocks = vec![reader.html("bot-wallet-title", &args![])];
    let line = |key: &str, money: &Money| reader.html(key, &args!["amount" => *money]);
    let there = shown.balances.iter().map(|money| line("bot-wallet-line-balance", money));
    let held = shown.held.iter().map(|money| line("bot-wallet-line-held", money));
    let lines: Vec<_> = there.chain(held).collect();
    if lines.is_empty() {
        let body = if shown.can_fill { "bot-wallet-empty-fill-body" } else { "bot-wallet-empty-body" };
        blocks.push(reader.html(body, &args![]));
    } else {
        blocks.push(lines.join("\n"));
        let hint = if shown.is_on { "bot-wallet-hint-on" } else { "bot-wallet-hint-off" };
        blocks.push(reader.html(hint, &args![]));
    }
    if !shown.history.is_empty() {
        let title = reader.html("bot-wallet-history-title", &args![]);
        let lines = shown.history.iter().map(|movement| history_line(reader, movement));
        blocks.push(std::iter::once(title).chain(lines).collect::<Vec<_>>().join("\n"));
    }
    let fill = shown.can_fill.then(|| reader.button("bot-wallet-btn-fill", Callback::TopUp));
    let fill = fill.map(|button| button.style(Style::Primary));
    Screen::new(blocks.join("\n\n"), reader.way_back(Keyboard::new().row_if(fill), Callback::Profile))
}

/// How much? Above it what was wrong with the amount that was typed.
pub fn ask(reader: Reader, offer: &Offer, wrong: Option<&str>) -> Screen {
    let example = offer.proposed.first().copied().unwrap_or(Money::new(offer.least, offer.currency));
    let mut blocks: Vec<String> = wrong.map(str::to_owned).into_iter().collect();
    let values = args!["example" => digits::local(reader.locale, &digits::typed_money(example))];
    blocks.push(reader.html("bot-wallet-fill-body", &values));
    let limits = args!["least" => Money::new(offer.least, offer.currency)];
    blocks.extend(match (offer.least, offer.most) {
        (_, Some(most)) => {
            let most = Money::new(most, offer.currency);
            Some(reader.html("bot-wallet-fill-between", &limits.with("most", most)))
        }
        (2.., None) => Some(reader.html("bot-wallet-fill-from", &limits)),
        (_, None) => None,
    });
    let keyboard = offer.proposed.chunks(2).fold(Keyboard::new(), |keyboard, row| {
        let button = |money: &Money| {
            let label = locale::format::money(reader.locale, *money);
            Button::callback(label, Callback::TopUpBy { minor: money.minor })
        };
        match row {
            [one, two] => keyboard.pair(button(one), button(two)),
            row => row.iter().fold(keyboard, |keyboard, one| keyboard.row(button(one))),
        }
    });
    Screen::new(blocks.join("\n\n"), reader.way_back(keyboard, Callback::Wallet))
}

/// The ways in which so much can be put into the wallet.
pub fn ways(reader: Reader, amount: Money, choices: &[Choice]) -> Screen {
    let button = |choice: &Choice| {
        let provider = Provider::new(&choice.method.provider)?;
        let label = method_label(reader, &choice.method);
        Some(Button::callback(label, Callback::TopUpWith { minor: amount.minor, provider }))
    };
    let keyboard = choices.iter().fold(Keyboard::new(), |keyboard, choice| keyboard.row_if(button(choice)));
    let text = reader.html("bot-wallet-fill-ways-title", &args!["amount" => amount]);
    Screen::new(text, reader.way_back(keyboard, Callback::TopUp))
}

/// The amount is within all limits together, and no method takes just it.
pub fn no_way(reader: Reader, amount: Money) -> Screen {
    let again = reader.button("bot-wallet-btn-other-amount", Callback::TopUp).style(Style::Primary);
    let keyboard = reader.way_back(Keyboard::new().row(again), Callback::Wallet);
    Screen::new(reader.html("bot-wallet-fill-no-way-body", &args!["amount" => amount]), keyboard)
}

/// The shop takes nothing into wallets now.
pub fn closed(reader: Reader) -> Screen {
    let keyboard = reader.way_back(Keyboard::new(), Callback::Wallet);
    Screen::new(reader.html("bot-wallet-fill-closed-body", &args![]), keyboard)
}

/// What was put into the wallet is there.
pub fn filled(reader: Reader, order: &order::Model) -> Screen {
    let buy = reader.button("bot-menu-btn-buy", Callback::Plans).style(Style::Primary);
    let look = reader.button("bot-profile-btn-wallet", Callback::Wallet);
    let keyboard = reader.way_back(Keyboard::new().row(buy).row(look), Callback::Menu);
    Screen::new(reader.html("bot-wallet-filled-body", &values(reader, order)), keyboard)
}

pub fn confirm(reader: Reader, order: &order::Model, there: Money, left: Money) -> Screen {
    let values = values(reader, order).with("balance", there).with("left", left);
    let label = reader.plain("bot-wallet-confirm-btn-pay", &values);
    let pay = Button::callback(label, Callback::WalletPay(order.id)).style(Style::Success);
    let keyboard = reader.way_back(Keyboard::new().row(pay), start_of(order));
    Screen::new(reader.html("bot-wallet-confirm-body", &values), keyboard)
}

/// It does not cover the order any more, or not yet.
pub fn short(reader: Reader, order: &order::Model, there: Money) -> Screen {
    let values = values(reader, order).with("balance", there);
    let again = reader.button("bot-common-btn-retry", start_of(order)).style(Style::Primary);
    let keyboard = reader.way_back(Keyboard::new().row(again), Callback::Wallet);
    Screen::new(reader.html("bot-wallet-short-body", &values), keyboard)
}

fn history_line(reader: Reader, movement: &Movement) -> String {
    let reason = match movement.reason {
        Reason::Surplus => "bot-wallet-reason-surplus",
        Reason::SurplusBack => "bot-wallet-reason-surplus-back",
        Reason::Paid => "bot-wallet-reason-paid",
        Reason::Refund => "bot-wallet-reason-refund",
        Reason::TopUp => "bot-wallet-reason-top-up",
        Reason::TopUpBack => "bot-wallet-reason-top-up-back",
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
