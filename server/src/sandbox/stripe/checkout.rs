//! Sessions: opened, read with what is to be expanded in them, ended.

use std::sync::Arc;

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::{
    account::Account,
    form::{text, whole},
    objects, payments,
    refusal::{Answer, Refusal},
    settle,
    state::{Session, SessionStatus, StripeState, new_id},
};

/// How long a session lives when nothing is asked for, and at the most and the least.
const SESSION_LIFE: TimeDelta = TimeDelta::hours(24);
const SHORTEST_LIFE: TimeDelta = TimeDelta::minutes(30);

/// The least amount of the currencies that are used here
/// (<https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts>).
const LEAST: [(&str, i64); 2] = [("usd", 50), ("eur", 50)];

pub(super) fn create(account: &Arc<Account>, params: &Value, now: DateTime<Utc>) -> Answer {
    let is_subscription = match params["mode"].as_str() {
        Some("subscription") => true,
        Some("payment") => false,
        Some(_) => {
            return Err(Refusal::invalid(
                "mode",
                "Invalid mode: must be one of payment, setup, or subscription",
            ));
        }
        None => return Err(Refusal::missing("mode")),
    };
    let success_url = text(&params["success_url"]).ok_or_else(|| Refusal::missing("success_url"))?;
    let items = params["line_items"].as_array().filter(|items| !items.is_empty());
    let items = items.ok_or_else(|| Refusal::missing("line_items"))?;
    let (mut amount, mut interval) = (0, None);
    for (index, item) in items.iter().enumerate() {
        let price = price(item, index)?;
        amount += price.0;
        interval = interval.or(price.1);
    }
    if is_subscription && interval.is_none() {
        let message =
            "You must provide at least one recurring price in `subscription` mode when using prices.";
        return Err(Refusal::invalid("line_items", message));
    }
    let data = &items[0]["price_data"];
    let currency = text(&data["currency"]).unwrap_or_default();
    check_least(amount, &currency)?;
    let expires_at = expires_at(params, now)?;
    let mut state = account.state();
    let customer = text(&params["customer"]);
    if let Some(id) = customer.as_deref().filter(|id| !state.objects.contains_key(*id)) {
        return Err(Refusal { status: StatusCode::BAD_REQUEST, ..Refusal::no_such("customer", id) });
    }
    let of_customer = customer.as_ref().and_then(|id| text(&state.objects.get(id)?["email"]));
    let id = new_id("cs_test");
    let session = Session {
        url: account.page_of(&id),
        status: SessionStatus::Open,
        is_subscription,
        product: text(&data["product_data"]["name"]).unwrap_or_default(),
        amount,
        currency,
        interval: interval.filter(|_| is_subscription),
        quantity: whole(&items[0]["quantity"]).and_then(|count| u64::try_from(count).ok()).unwrap_or(1),
        customer_email: text(&params["customer_email"]).or(of_customer),
        customer,
        client_reference_id: text(&params["client_reference_id"]),
        metadata: objects::map_or_empty(&params["metadata"]),
        subscription_metadata: objects::map_or_empty(&params["subscription_data"]["metadata"]),
        intent_metadata: objects::map_or_empty(&params["payment_intent_data"]["metadata"]),
        success_url,
        cancel_url: text(&params["cancel_url"]),
        subscription: None,
        invoice: None,
        payment_intent: None,
        declines: 0,
        created: now,
        expires_at,
        id,
    };
    let shown = objects::session(&session);
    state.sessions.insert(session.id.clone(), session);
    Ok(shown)
}

pub(super) fn read(state: &StripeState, id: &str, params: &Value) -> Answer {
    let session = state.sessions.get(id).ok_or_else(|| Refusal::no_such("checkout.session", id))?;
    Ok(shown(state, session, &params["expand"], ""))
}

pub(super) fn expire(account: &Arc<Account>, id: &str, now: DateTime<Utc>) -> Answer {
    read(&account.state(), id, &Value::Null)?;
    let expired = settle::expire(&mut account.state(), id, now);
    let (_, event) = expired.map_err(|_| {
        Refusal::invalid("session", "Only Checkout Sessions with a status in [\"open\"] can be expired.")
    })?;
    account.announce(vec![event]);
    read(&account.state(), id, &Value::Null)
}

/// A session with its intent instead of the intent's id, where that is asked for. In a list the names
/// begin with `data.`.
pub(super) fn shown(state: &StripeState, session: &Session, expand: &Value, prefix: &str) -> Value {
    let mut shown = objects::session(session);
    let wanted = expand.as_array().into_iter().flatten().filter_map(Value::as_str);
    let wanted: Vec<&str> = wanted.filter_map(|name| name.strip_prefix(prefix)).collect();
    let with_charge = wanted.contains(&"payment_intent.latest_charge");
    if let Some(id) = session.payment_intent.as_deref()
        && (with_charge || wanted.contains(&"payment_intent"))
        && let Some(payment) = state.payments.get(id)
    {
        shown["payment_intent"] = payments::intent(id, payment, with_charge);
    }
    shown
}

/// The amount of one line, and its interval.
fn price(item: &Value, index: usize) -> Result<(i64, Option<String>), Refusal> {
    let at = |name: &str| format!("line_items[{index}][price_data]{name}");
    if let Some(id) = text(&item["price"]) {
        return Err(Refusal { status: StatusCode::BAD_REQUEST, ..Refusal::no_such("price", &id) });
    }
    let data = &item["price_data"];
    let currency = text(&data["currency"]).ok_or_else(|| Refusal::missing(&at("[currency]")))?;
    if currency.len() != 3 {
        return Err(Refusal::invalid(&at("[currency]"), format!("Invalid currency: {currency}.")));
    }
    text(&data["product_data"]["name"]).ok_or_else(|| Refusal::missing(&at("[product_data][name]")))?;
    let unit = whole(&data["unit_amount"]).ok_or_else(|| Refusal::missing(&at("[unit_amount]")))?;
    let quantity = whole(&item["quantity"])
        .ok_or_else(|| Refusal::missing(&format!("line_items[{index}][quantity]")))?;
    Ok((unit * quantity, text(&data["recurring"]["interval"])))
}

fn check_least(amount: i64, currency: &str) -> Result<(), Refusal> {
    let least = LEAST.iter().find(|(code, _)| *code == currency).map_or(1, |(_, least)| *least);
    if amount >= least {
        return Ok(());
    }
    let message = "The Checkout Session's total amount due is too small for its currency.";
    Err(Refusal { code: Some("amount_too_small"), ..Refusal::invalid("line_items", message) })
}

fn expires_at(params: &Value, now: DateTime<Utc>) -> Result<DateTime<Utc>, Refusal> {
    let Some(wanted) = text(&params["expires_at"]) else { return Ok(now + SESSION_LIFE) };
    let at = wanted.parse().ok().and_then(|second| DateTime::from_timestamp(second, 0));
    // Whole seconds, as the answer has them.
    let life = at.map(|at| TimeDelta::seconds(at.timestamp() - now.timestamp()));
    match (at, life) {
        (Some(at), Some(life)) if (SHORTEST_LIFE..=SESSION_LIFE).contains(&life) => Ok(at),
        _ => Err(Refusal::invalid(
            "expires_at",
            "The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from Checkout Session creation.",
        )),
    }
}
