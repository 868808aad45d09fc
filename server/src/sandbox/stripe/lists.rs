//! Lists, the newest first, a page at a time.

use serde_json::{Value, json};

use super::{
    checkout,
    form::{text, whole},
    payments,
    state::{Session, SessionStatus, StripeState},
};

/// Filters: `payment_intent`, `status`, `created[gte]`.
pub(super) fn sessions(state: &StripeState, params: &Value) -> Value {
    let intent = text(&params["payment_intent"]);
    let since = whole(&params["created"]["gte"]).unwrap_or(i64::MIN);
    let is_wanted = |session: &&Session| {
        let is_in = match params["status"].as_str() {
            Some("open") => session.status == SessionStatus::Open,
            Some("complete") => session.status == SessionStatus::Complete,
            Some("expired") => session.status == SessionStatus::Expired,
            _ => true,
        };
        is_in
            && session.created.timestamp() >= since
            && (intent.is_none() || session.payment_intent == intent)
    };
    let mut found: Vec<&Session> = state.sessions.values().filter(is_wanted).collect();
    found.sort_by(|a, b| (b.created, &b.id).cmp(&(a.created, &a.id)));
    let shown = |session: &&Session| checkout::shown(state, session, &params["expand"], "data.");
    page(found.iter().map(shown).collect(), params, "/v1/checkout/sessions")
}

/// Filters: `payment_intent`.
pub(super) fn refunds(state: &StripeState, params: &Value) -> Value {
    let is_wanted = |refund: &&Value| {
        refund["object"] == "refund"
            && params["payment_intent"].as_str().is_none_or(|intent| refund["payment_intent"] == intent)
    };
    let mut found: Vec<Value> = state.objects.values().filter(is_wanted).cloned().collect();
    found.sort_by_key(|refund| std::cmp::Reverse(refund["created"].as_i64()));
    page(found, params, "/v1/refunds")
}

/// Filters: `payment_intent`.
pub(super) fn disputes(state: &StripeState, params: &Value) -> Value {
    let wanted = params["payment_intent"].as_str();
    let of = state.payments.iter().filter(|(id, _)| wanted.is_none_or(|wanted| wanted == id.as_str()));
    let found = of.filter_map(|(id, payment)| payments::dispute(id, payment));
    page(found.collect(), params, "/v1/disputes")
}

/// Filters: `type`, `types[]`, `created[gte]`, `delivery_success`.
pub(super) fn events(state: &StripeState, params: &Value) -> Value {
    let kinds: Vec<&str> =
        params["types"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let since = whole(&params["created"]["gte"]).unwrap_or(i64::MIN);
    let is_wanted = |event: &&Value| {
        let kind = event["type"].as_str().unwrap_or_default();
        let is_delivered = event["pending_webhooks"] == 0;
        params["type"].as_str().is_none_or(|wanted| wanted == kind)
            && (kinds.is_empty() || kinds.contains(&kind))
            && event["created"].as_i64().is_some_and(|created| created >= since)
            && params["delivery_success"].as_str().is_none_or(|wanted| (wanted == "true") == is_delivered)
    };
    page(state.events.iter().rev().filter(is_wanted).cloned().collect(), params, "/v1/events")
}

/// `limit` of `all`, from behind `starting_after`.
fn page(all: Vec<Value>, params: &Value, url: &str) -> Value {
    let limit =
        whole(&params["limit"]).and_then(|limit| usize::try_from(limit).ok()).unwrap_or(10).clamp(1, 100);
    let from = match params["starting_after"].as_str() {
        Some(id) => all.iter().position(|item| item["id"] == id).map_or(all.len(), |at| at + 1),
        None => 0,
    };
    let has_more = all.len() > from + limit;
    let data: Vec<Value> = all.into_iter().skip(from).take(limit).collect();
    json!({ "object": "list", "data": data, "has_more": has_more, "url": url })
}
