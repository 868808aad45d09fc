//! What a code gives, on what terms, and why it does not.

use domain::{
    args,
    entities::tenant::promo_code,
    ids::PlanId,
    money::Money,
    shop::promo::{
        holder::Taken,
        rules::{Effect, Refusal},
    },
};

use crate::{
    callback::Callback,
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
    shop::plans::Shown,
};

/// `code` is what lies ready; `plans` the names of the plans on which it works.
pub fn ask(
    reader: Reader,
    code: Option<&promo_code::Model>,
    plans: &[String],
    plan: Option<PlanId>,
) -> Screen {
    let mut blocks = vec![reader.html("bot-promo-ask-body", &args![])];
    let mut keyboard = Keyboard::new();
    if let Some(code) = code {
        blocks.push(ready_line(reader, code));
        blocks.extend(terms(reader, code, plans));
        keyboard = keyboard.row(choose(reader)).row(off(reader, code));
    }
    Screen::new(blocks.join("\n\n"), reader.way_back(keyboard, back(plan)))
}

/// A code was taken.
pub fn ready(reader: Reader, taken: &Taken, code: &promo_code::Model, plans: &[String]) -> Screen {
    let mut blocks = vec![note(reader, taken)];
    blocks.extend(terms(reader, code, plans));
    let keyboard = Keyboard::new().row(choose(reader)).row(off(reader, code));
    Screen::new(blocks.join("\n\n"), reader.way_back(keyboard, Callback::Menu))
}

pub fn refused(reader: Reader, refusal: Refusal, plan: Option<PlanId>) -> Screen {
    let text = match refusal {
        Refusal::Barred(_) => reason(reader, refusal),
        _ => format!("{}\n\n{}", reason(reader, refusal), reader.html("bot-promo-another-body", &args![])),
    };
    // Where there is a plan to go back to, it is bought there without a code.
    let buy = plan.is_none().then(|| choose(reader));
    Screen::new(text, reader.way_back(Keyboard::new().row_if(buy), back(plan)))
}

/// What came of a code, in a sentence.
pub fn note(reader: Reader, taken: &Taken) -> String {
    match taken {
        Taken::Ready(code) => {
            let values = args!["code" => &code.code, "gift" => gift(reader, code)];
            reader.html("bot-promo-taken-body", &values)
        }
        Taken::Already(code) => ready_line(reader, code),
        Taken::Refused(refusal) => reason(reader, *refusal),
    }
}

/// What lies ready.
pub fn ready_line(reader: Reader, code: &promo_code::Model) -> String {
    reader.html("bot-promo-ready-body", &args!["code" => &code.code, "gift" => gift(reader, code)])
}

/// What a plan's summary says of the code that lies ready.
pub fn summary_lines(reader: Reader, shown: &Shown) -> Option<String> {
    let standing = shown.standing.as_ref()?;
    let code = args!["code" => &standing.code.code];
    if let Some(refusal) = standing.refused {
        return Some(not_here(reader, &standing.code, reason(reader, refusal)));
    }
    let Some(applied) = &shown.promo else {
        let reason = match standing.code.effect() {
            Some(Effect::Amount(off)) if off.currency != shown.full.currency => {
                reader.html("bot-promo-err-currency", &args!["amount" => off])
            }
            _ => reason(reader, Refusal::Least),
        };
        return Some(not_here(reader, &standing.code, reason));
    };
    let line = match applied.effect {
        Effect::Percent(_) | Effect::Amount(_) => {
            let off = Money::new(applied.off_minor, shown.full.currency);
            reader.html("bot-promo-line-off", &code.with("off", off).with("full", shown.full))
        }
        Effect::Days(days) => reader.html("bot-promo-line-days", &code.with("period", reader.days(days))),
        Effect::Traffic(bytes) => reader.html("bot-promo-line-traffic", &code.with("traffic", bytes)),
    };
    if !applied.is_cut {
        return Some(line);
    }
    Some(format!("{line}\n{}", reader.html("bot-promo-line-least", &args!["amount" => shown.price])))
}

/// A code that lies ready and does nothing here.
fn not_here(reader: Reader, code: &promo_code::Model, reason: String) -> String {
    format!("{}\n{reason}", reader.html("bot-promo-line-not", &args!["code" => &code.code]))
}

fn reason(reader: Reader, refusal: Refusal) -> String {
    match refusal {
        Refusal::Unknown => reader.html("bot-promo-err-unknown", &args![]),
        Refusal::Off => reader.html("bot-promo-err-off", &args![]),
        Refusal::NotYet(at) => reader.html("bot-promo-err-not-yet", &args!["at" => reader.date_time(at)]),
        Refusal::Ended(at) => reader.html("bot-promo-err-ended", &args!["at" => reader.date_time(at)]),
        Refusal::UsedUp => reader.html("bot-promo-err-used-up", &args![]),
        Refusal::UsedByYou => reader.html("bot-promo-err-used", &args![]),
        Refusal::FirstPurchaseOnly => reader.html("bot-promo-err-first", &args![]),
        Refusal::OtherPlan => reader.html("bot-promo-err-plan", &args![]),
        Refusal::Least => reader.html("bot-promo-err-least", &args![]),
        Refusal::Unpaid(at) => reader.html("bot-promo-err-unpaid", &args!["at" => reader.date_time(at)]),
        Refusal::Barred(at) => reader.html("bot-promo-err-tries", &args!["at" => reader.time(at)]),
    }
}

/// What it gives, to stand in a sentence.
fn gift(reader: Reader, code: &promo_code::Model) -> String {
    match code.effect() {
        Some(Effect::Percent(percent)) => {
            reader.plain("bot-promo-gift-percent", &args!["percent" => percent])
        }
        Some(Effect::Amount(off)) => reader.plain("bot-promo-gift-amount", &args!["amount" => off]),
        Some(Effect::Days(days)) => {
            reader.plain("bot-promo-gift-days", &args!["period" => reader.days(days)])
        }
        Some(Effect::Traffic(bytes)) => reader.plain("bot-promo-gift-traffic", &args!["traffic" => bytes]),
        None => String::new(),
    }
}

/// On what terms, one in a line.
fn terms(reader: Reader, code: &promo_code::Model, plans: &[String]) -> Option<String> {
    let until = code
        .valid_until
        .map(|until| reader.html("bot-promo-term-until", &args!["at" => reader.date_time(until)]));
    let separator = reader.plain("bot-promo-separator-plans", &args![]);
    let some = (!plans.is_empty())
        .then(|| reader.html("bot-promo-term-plans", &args!["plans" => plans.join(&separator)]));
    let first = code.first_purchase.then(|| reader.html("bot-promo-term-first", &args![]));
    let lines: Vec<String> = [until, some, first].into_iter().flatten().collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn choose(reader: Reader) -> Button {
    reader.button("bot-promo-btn-plans", Callback::Plans).style(Style::Primary)
}

fn off(reader: Reader, code: &promo_code::Model) -> Button {
    let label = reader.plain("bot-promo-btn-off", &args!["code" => &code.code]);
    Button::callback(label, Callback::PromoOff(None))
}

const fn back(plan: Option<PlanId>) -> Callback {
    match plan {
        Some(plan) => Callback::Plan(plan),
        None => Callback::Menu,
    }
}
