//! The card and the exact amount, the question for the receipt, and where it stands.

use domain::{
    args,
    entities::tenant::{
        order,
        receipt::{self, RejectReason},
    },
    locale::digits,
    money::{Currency, Money},
    shop::payment::card::{number, settings::Card},
};

use crate::{
    callback::{Act, Callback},
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
    shop::pay::view::{plan_name, start_of, values},
};

/// What to send, whereto and until when; above it why the last receipt was not believed.
pub fn open(reader: Reader, order: &order::Model, card: &Card, last: Option<&receipt::Model>) -> Screen {
    let values = values(reader, order)
        .with("number", number::grouped(&card.number))
        .with("holder", card.holder.as_str())
        .with("until", reader.date_time(order.expires_at));
    let mut blocks: Vec<String> = last.map(|receipt| rejection(reader, order, receipt)).into_iter().collect();
    let mut lines = vec![reader.html("bot-card-open-number", &values)];
    lines.extend(card.bank.as_ref().map(|bank| reader.html("bot-card-open-bank", &args!["bank" => bank])));
    lines.push(reader.html("bot-card-open-holder", &values));
    blocks.push(reader.html("bot-card-open-amount", &values));
    if order.currency == Currency::Irr {
        // Banks' apps count in rial, people in toman: a nought too few is the usual mistake.
        let rial = digits::local(reader.locale, &grouped_by_three(order.amount_minor));
        blocks.push(reader.html("bot-card-open-rial", &args!["rial" => rial]));
    }
    blocks.push(lines.join("\n"));
    blocks.extend(card.note.as_ref().map(|note| reader.html("bot-card-open-note", &args!["note" => note])));
    let todo = if order.is_top_up() { "bot-card-open-todo-wallet" } else { "bot-card-open-todo" };
    blocks.push(reader.html(todo, &values));
    let send = reader.button("bot-card-btn-send", Callback::ReceiptAsk(order.id)).style(Style::Success);
    let keyboard = copies(reader, order, card).row(send);
    Screen::new(blocks.join("\n\n"), reader.way_back(keyboard, start_of(order)))
}

/// Copies what is typed into the bank's app: digits and nothing else.
fn copies(reader: Reader, order: &order::Model, card: &Card) -> Keyboard {
    let copy = |key: &str, text: &str| Button::copy(reader.plain(key, &args![]), text);
    let number = copy("bot-card-btn-copy-number", &card.number);
    let amount = digits::typed_money(Money::new(order.amount_minor, order.currency));
    if order.currency == Currency::Irr {
        let rial = copy("bot-card-btn-copy-rial", &order.amount_minor.to_string());
        let toman = copy("bot-card-btn-copy-toman", &amount);
        let both = Keyboard::new().row_if(number);
        return match (rial, toman) {
            (Some(rial), Some(toman)) => both.pair(rial, toman),
            (one, other) => both.row_if(one).row_if(other),
        };
    }
    Keyboard::new().row_if(number).row_if(copy("bot-card-btn-copy-amount", &amount))
}

fn grouped_by_three(minor: i64) -> String {
    let digits = minor.to_string();
    let parts: Vec<&str> =
        digits.as_bytes().rchunks(3).filter_map(|part| std::str::from_utf8(part).ok()).collect();
    parts.into_iter().rev().collect::<Vec<_>>().join(",")
}

/// The next picture is the receipt.
pub fn ask(reader: Reader, order: &order::Model) -> Screen {
    Screen::new(reader.html("bot-card-ask-body", &values(reader, order)), back_to(reader, order))
}

/// It is asked for once more, after something else came.
pub fn ask_again(reader: Reader, order: &order::Model, key: &str) -> Screen {
    Screen::new(reader.html(key, &values(reader, order)), back_to(reader, order))
}

/// Several orders wait for a picture.
pub fn which(reader: Reader, orders: &[order::Model]) -> Screen {
    let keyboard = orders.iter().fold(Keyboard::new(), |keyboard, order| {
        let label = reader.plain("bot-card-btn-which", &values(reader, order));
        keyboard.row(Button::callback(label, Callback::ReceiptAsk(order.id)))
    });
    Screen::new(reader.html("bot-card-which-body", &args![]), reader.way_back(keyboard, Callback::Menu))
}

/// A person looks at it.
pub fn review(reader: Reader, order: &order::Model) -> Screen {
    let text = reader.html("bot-card-review-body", &values(reader, order));
    Screen::new(text, reader.way_back(Keyboard::new(), Callback::Menu))
}

/// Nobody sent a receipt in time; whoever has paid all the same can still send it.
pub fn run_out(reader: Reader, order: &order::Model) -> Screen {
    let again = reader.button("bot-card-btn-again", start_of(order)).style(Style::Primary);
    let late = reader.button("bot-card-btn-late", Callback::ReceiptAsk(order.id));
    let text = reader.html("bot-card-expired-body", &values(reader, order));
    Screen::new(text, reader.way_back(Keyboard::new().row(again).row(late), Callback::Menu))
}

/// Only a person can help.
pub fn too_many(reader: Reader, order: &order::Model) -> Screen {
    let again = reader.button("bot-card-btn-again", start_of(order));
    let text = reader.html("bot-card-too-many-body", &values(reader, order));
    Screen::new(text, reader.way_back(Keyboard::new().row(again), Callback::Menu))
}

/// To the buyer: why the receipt was not believed, and what can be done.
pub fn rejected(reader: Reader, order: &order::Model, receipt: &receipt::Model, can_send: bool) -> Screen {
    let again = reader.button("bot-card-btn-again", start_of(order));
    let send = reader.button("bot-card-btn-send-another", Callback::ReceiptAsk(order.id));
    let keyboard = match can_send {
        true => Keyboard::new().row(send.style(Style::Primary)).row(again),
        false => Keyboard::new().row(again),
    };
    let mut blocks = vec![rejection(reader, order, receipt)];
    if !can_send {
        blocks.push(reader.html("bot-card-too-many-body", &values(reader, order)));
    }
    Screen::new(blocks.join("\n\n"), reader.way_back(keyboard, Callback::Menu))
}

fn rejection(reader: Reader, order: &order::Model, receipt: &receipt::Model) -> String {
    let reason = receipt.reason.unwrap_or(RejectReason::Other);
    let own = receipt.note.as_deref().filter(|note| !note.is_empty());
    let mut said = Vec::new();
    if reason != RejectReason::Other {
        said.push(reader.plain(&format!("bot-card-reason-{}", reason.code()), &args![]));
    }
    said.extend(own.map(str::to_owned));
    reader.html("bot-card-rejected-body", &values(reader, order).with("reason", said.join(" ")))
}

/// To the owner: somebody waits for a decision.
pub fn sent(reader: Reader, order: &order::Model, page: Option<String>) -> Screen {
    let text =
        reader.html("bot-card-sent-body", &values(reader, order).with("plan", plan_name(reader, order)));
    let look = page.map(|page| Button::url(reader.plain("bot-card-btn-look", &args![]), page));
    let decide = reader.button("bot-card-btn-decide", Callback::Staff(Act::Receipts)).style(Style::Primary);
    Screen::new(text, Keyboard::new().row(decide).row_if(look))
}

fn back_to(reader: Reader, order: &order::Model) -> Keyboard {
    reader.way_back(Keyboard::new(), Callback::OrderOpen(order.id))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, FixedOffset};
    use domain::{
        entities::tenant::order::OrderState,
        ids::{BotId, OrderId, PlanId, UserId},
        locale::{Locale, Voice},
        units::Days,
    };
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;

    fn order(minor: i64, currency: Currency) -> order::Model {
        let at = DateTime::UNIX_EPOCH;
        order::Model {
            id: OrderId::new(),
            user_id: UserId::new(),
            bot_id: BotId::new(),
            plan_id: Some(PlanId::new()),
            subscription_id: None,
            plan_names: Some(json!({ "en": "1 month" })),
            plan_days: Some(Days(30)),
            plan_traffic_bytes: None,
            amount_minor: minor,
            currency,
            refunded_minor: 0,
            state: OrderState::Pending,
            provider: "card".into(),
            provider_account: "603799******7893".into(),
            provider_payment_id: None,
            pay_url: None,
            repeats: None,
            separate: false,
            created_at: at,
            expires_at: at,
            paid_at: None,
            provisioned_at: None,
        }
    }

    #[rstest]
    #[case::toman(4_890_370, Currency::Irr, &["6037991234567893", "4890370", "489037"])]
    #[case::cents(1_293, Currency::Usd, &["6037991234567893", "12.93"])]
    #[case::whole_rubles(30_000, Currency::Rub, &["6037991234567893", "300.00"])]
    fn what_is_typed_into_a_banks_app_is_copied_as_digits(
        #[case] minor: i64,
        #[case] currency: Currency,
        #[case] expected: &[&str],
    ) {
        let card = Card { number: "6037991234567893".into(), holder: "Sara".into(), bank: None, note: None };
        for locale in Locale::ALL {
            let reader = Reader {
                locale,
                zone: FixedOffset::east_opt(0).unwrap(),
                voice: Voice::OURS,
                calendar: None,
            };
            let screen = open(reader, &order(minor, currency), &card, None);
            let keyboard = screen.keyboard.to_json();
            let rows = keyboard["inline_keyboard"].as_array().unwrap();
            let buttons = rows.iter().flat_map(|row| row.as_array().unwrap());
            let copied: Vec<_> = buttons
                .filter_map(|button| button.pointer("/copy_text/text").and_then(Value::as_str))
                .collect();
            assert_eq!(copied, expected, "{locale:?}");
            assert!(screen.text.contains("<code>6037 9912 3456 7893</code>"), "{}", screen.text);
        }
    }

    #[test]
    fn rials_are_grouped_by_three() {
        assert_eq!(grouped_by_three(10), "10");
        assert_eq!(grouped_by_three(4_890_370), "4,890,370");
        assert_eq!(grouped_by_three(890_370), "890,370");
    }
}
