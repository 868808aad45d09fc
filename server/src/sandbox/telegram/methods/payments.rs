//! Payments in Telegram Stars: <https://core.telegram.org/bots/api#payments>. The refusals are those of
//! the methods behind them: <https://core.telegram.org/method/payments.exportInvoice>,
//! <https://core.telegram.org/method/payments.refundStarsCharge>.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use uuid::Uuid;

use super::Turn;
use crate::sandbox::telegram::{
    error::ApiError,
    stars::{Invoice, Transaction, Verdict},
    text::utf16,
    wire,
};

/// How long the payer's app waits for the bot (<https://core.telegram.org/bots/api#answerprecheckoutquery>).
pub const ANSWERABLE_SECONDS: i64 = 10;
const MAX_TITLE: usize = 32;
const MAX_DESCRIPTION: usize = 255;
const MAX_PAYLOAD_BYTES: usize = 128;
const PAGE: usize = 100;
/// The only period there is (<https://core.telegram.org/bots/api#createinvoicelink>).
const MONTH: i64 = 2_592_000;
const MOST_A_MONTH: i64 = 10_000;

pub fn create_invoice_link(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let text = |name: &str| turn.params.text(name).unwrap_or_default();
    let bad = |text: &str| ApiError::bad_request(text);
    let (title, description, payload) = (text("title"), text("description"), text("payload"));
    if title.is_empty() || utf16(&title) > MAX_TITLE {
        return Err(bad("INVOICE_TITLE_INVALID"));
    }
    if description.is_empty() || utf16(&description) > MAX_DESCRIPTION {
        return Err(bad("INVOICE_DESCRIPTION_INVALID"));
    }
    if payload.is_empty() || payload.len() > MAX_PAYLOAD_BYTES {
        return Err(bad("INVOICE_PAYLOAD_INVALID"));
    }
    // Providers of money are none of the emulator's.
    if text("currency") != "XTR" || !text("provider_token").is_empty() {
        return Err(bad("PAYMENT_PROVIDER_INVALID"));
    }
    let prices = turn.params.json("prices", "can't parse prices JSON object")?.unwrap_or_default();
    let amount = match prices.as_array().map(Vec::as_slice) {
        Some([price]) => price["amount"].as_i64().filter(|amount| *amount > 0),
        _ => None,
    };
    let amount = amount.ok_or_else(|| bad("STARS_INVOICE_INVALID"))?;
    let period = turn.params.integer("subscription_period");
    if period.is_some_and(|period| period != MONTH) {
        return Err(bad("SUBSCRIPTION_PERIOD_INVALID"));
    }
    if period.is_some() && amount > MOST_A_MONTH {
        return Err(bad("STARS_INVOICE_INVALID"));
    }
    let slug = URL_SAFE_NO_PAD.encode(Uuid::new_v4().as_bytes());
    let invoice = Invoice { bot: turn.bot, title, description, payload, amount, period };
    turn.state.invoices.insert(slug.clone(), invoice);
    Ok(json!(format!("https://t.me/${slug}")))
}

pub fn answer_pre_checkout_query(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let id = turn.params.text("pre_checkout_query_id").unwrap_or_default();
    let (bot, now, ok) = (turn.bot, turn.now, turn.params.flag("ok"));
    let reason = turn.params.text("error_message");
    let checkout = turn.state.checkouts.get_mut(&id).filter(|checkout| {
        checkout.bot == bot && checkout.verdict.is_none() && now <= checkout.at + ANSWERABLE_SECONDS
    });
    let Some(checkout) = checkout else {
        let text = "query is too old and response timeout expired or query ID is invalid";
        return Err(ApiError::bad_request(text));
    };
    checkout.verdict = Some(match (ok, reason) {
        (true, _) => Verdict::Paid,
        (false, Some(reason)) => Verdict::Refused(reason),
        (false, None) => return Err(ApiError::bad_request("ERROR_TEXT_EMPTY")),
    });
    let user = checkout.user;
    turn.touch(user);
    if ok {
        turn.paid = Some(id);
    }
    Ok(json!(true))
}

pub fn star_transactions(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let count = |name: &str, otherwise: usize| match turn.params.integer(name) {
        Some(given) => usize::try_from(given).unwrap_or(0),
        None => otherwise,
    };
    let (offset, limit) = (count("offset", 0), count("limit", PAGE));
    if !(1..=PAGE).contains(&limit) {
        return Err(ApiError::bad_request("LIMIT_INVALID"));
    }
    // In chronological order.
    let page = turn.own()?.stars.iter().skip(offset).take(limit);
    let shown: Vec<Value> = page.map(|made| show(turn, made)).collect();
    Ok(json!({ "transactions": shown }))
}

pub fn refund_star_payment(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let charge = turn.params.text("telegram_payment_charge_id").unwrap_or_default();
    let (user, now) = (turn.params.integer("user_id"), turn.now);
    let own = turn.own_mut()?;
    if own.stars.iter().any(|made| made.id == charge && made.back) {
        return Err(ApiError::bad_request("CHARGE_ALREADY_REFUNDED"));
    }
    let Some(paid) = own.stars.iter().find(|made| made.id == charge && Some(made.user) == user) else {
        return Err(ApiError::bad_request("CHARGE_ID_INVALID"));
    };
    let back = Transaction { back: true, at: now + own.stars_ahead, ..paid.clone() };
    own.stars.push(back.clone());
    turn.returned = Some(back);
    Ok(json!(true))
}

/// <https://core.telegram.org/bots/api#edituserstarsubscription>: cancelling ends the renewal, and taking that
/// back lets the payer begin it again, as
/// <https://core.telegram.org/method/payments.botCancelStarsSubscription> says, whose refusals these are.
pub fn edit_user_star_subscription(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let charge = turn.params.text("telegram_payment_charge_id").unwrap_or_default();
    let (user, now, off) = (turn.params.integer("user_id"), turn.now, turn.params.flag("is_canceled"));
    let own = turn.own_mut()?;
    let now = now + own.stars_ahead;
    let mut all = own.subscriptions.iter_mut();
    let Some(one) = all.find(|one| one.charge == charge && Some(one.user) == user) else {
        return Err(ApiError::bad_request("CHARGE_ID_INVALID"));
    };
    if one.until <= now {
        return Err(ApiError::bad_request("SUBSCRIPTION_NOT_ACTIVE"));
    }
    one.canceled |= off;
    one.canceled_by_bot = off;
    Ok(json!(true))
}

pub fn star_balance(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let all = turn.own()?.stars.iter();
    let balance: i64 = all.map(|made| if made.back { -made.amount } else { made.amount }).sum();
    Ok(json!({ "amount": balance }))
}

/// <https://core.telegram.org/bots/api#startransaction>
fn show(turn: &Turn<'_>, made: &Transaction) -> Value {
    let user = turn.state.users.get(&made.user).map(wire::person).unwrap_or_default();
    let mut partner = json!({ "type": "user", "transaction_type": "invoice_payment", "user": user });
    if !made.payload.is_empty() {
        partner["invoice_payload"] = json!(made.payload);
    }
    if let Some(period) = made.period {
        partner["subscription_period"] = json!(period.seconds);
    }
    let side = if made.back { "receiver" } else { "source" };
    let mut shown = json!({ "id": made.id, "amount": made.amount, "date": made.at });
    shown[side] = partner;
    shown
}
