//! `/v1/…`: keys, idempotency, and one line for each operation.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{
    StripeEmulator,
    account::Account,
    checkout,
    form::{self, text},
    lists, objects, payments,
    refusal::{Answer, Refusal},
    settle,
    state::{Remembered, StripeState, new_id},
};

/// Keys are forgotten after a day (<https://docs.stripe.com/api/idempotent_requests>).
const KEY_LIFE: TimeDelta = TimeDelta::hours(24);
const MAX_BODY: usize = 1024 * 1024;

pub(super) fn router(emulator: StripeEmulator) -> Router {
    Router::new().fallback(serve).with_state(emulator)
}

async fn serve(State(emulator): State<StripeEmulator>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, MAX_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let path = without_shop(parts.uri.path());
    let query = parts.uri.query().unwrap_or_default();
    let operation = format!("{} {path}", parts.method);
    let knobs = emulator.knobs().clone();
    let work = async {
        match caller(&emulator, &parts.headers) {
            Ok(account) => handle(&account, &parts.method, path, query, &parts.headers, &body),
            Err(refusal) => answer(refusal.status, &refusal.body(), false),
        }
    };
    knobs.around(&operation, work).await
}

/// Each shop has an address of its own, as at every emulated provider. It says nothing here: the key says
/// whose account it is, and two shops may share one.
pub(super) fn without_shop(path: &str) -> &str {
    path.find("/v1/").map_or(path, |at| &path[at..])
}

fn handle(
    account: &Arc<Account>,
    method: &Method,
    path: &str,
    query: &str,
    headers: &HeaderMap,
    body: &Bytes,
) -> Response {
    account.expire_old_sessions();
    let now = account.now();
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok());
    let key = key.filter(|_| method == Method::POST);
    let params = form::parse(if method == Method::POST { body } else { query.as_bytes() });
    // Parameters are the same in any order.
    let request = format!("{method} {path} {params}");
    if let Some(key) = key {
        let mut state = account.state();
        state.idempotency.retain(|_, remembered| now - remembered.at < KEY_LIFE);
        match state.idempotency.get(key) {
            Some(known) if known.request == request => {
                let status = StatusCode::from_u16(known.status).unwrap_or(StatusCode::OK);
                return answer(status, &known.body, true);
            }
            Some(_) => return reused_key(key),
            None => {}
        }
    }
    let result = route(account, method, path, &params, now);
    let (status, body) = match result {
        Ok(body) => (StatusCode::OK, body),
        Err(refusal) => (refusal.status, refusal.body()),
    };
    // Refused parameters are not remembered: the key may be used again for better ones.
    if let Some(key) = key.filter(|_| status.is_success()) {
        let remembered = Remembered { request, status: status.as_u16(), body: body.clone(), at: now };
        account.state().idempotency.insert(key.to_owned(), remembered);
    }
    answer(status, &body, false)
}

fn route(account: &Arc<Account>, method: &Method, path: &str, params: &Value, now: DateTime<Utc>) -> Answer {
    let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
    let is_post = method == Method::POST;
    match (is_post, segments.as_slice()) {
        (true, ["v1", "checkout", "sessions"]) => checkout::create(account, params, now),
        (false, ["v1", "checkout", "sessions"]) => Ok(lists::sessions(&account.state(), params)),
        (false, ["v1", "checkout", "sessions", id]) => checkout::read(&account.state(), id, params),
        (true, ["v1", "checkout", "sessions", id, "expire"]) => checkout::expire(account, id, now),
        (true, ["v1", "customers"]) => create_customer(account, params, now),
        (false, ["v1", "customers", id]) => read_object(&account.state(), "customer", "cus_", id),
        (false, ["v1", "subscriptions", id]) => read_object(&account.state(), "subscription", "sub_", id),
        (false, ["v1", "invoices", id]) => read_object(&account.state(), "invoice", "in_", id),
        (true, ["v1", "billing_portal", "sessions"]) => create_portal_session(account, params, now),
        (true, ["v1", "refunds"]) => create_refund(account, params, now),
        (false, ["v1", "refunds"]) => Ok(lists::refunds(&account.state(), params)),
        (false, ["v1", "refunds", id]) => read_object(&account.state(), "refund", "re_", id),
        (false, ["v1", "disputes"]) => Ok(lists::disputes(&account.state(), params)),
        (false, ["v1", "events"]) => Ok(lists::events(&account.state(), params)),
        (false, ["v1", "events", id]) => {
            account.state().event(id).cloned().ok_or_else(|| Refusal::no_such("event", id))
        }
        _ => Err(Refusal::unknown_address(format!("Unrecognized request URL ({method}: {path})."))),
    }
}

fn create_customer(account: &Account, params: &Value, now: DateTime<Utc>) -> Answer {
    let (email, name) = (text(&params["email"]), text(&params["name"]));
    let customer = objects::customer(email.as_deref(), name.as_deref(), &params["metadata"], now);
    settle::store(&mut account.state(), customer.clone());
    Ok(customer)
}

fn create_portal_session(account: &Account, params: &Value, now: DateTime<Utc>) -> Answer {
    let customer = text(&params["customer"]).ok_or_else(|| Refusal::missing("customer"))?;
    read_object(&account.state(), "customer", "cus_", &customer)
        .map_err(|refusal| Refusal { status: StatusCode::BAD_REQUEST, ..refusal })?;
    let base = account.world().settings.portal_base.as_str();
    let session = objects::portal_session(&customer, params["return_url"].as_str(), base, now);
    settle::store(&mut account.state(), session.clone());
    Ok(session)
}

fn create_refund(account: &Arc<Account>, params: &Value, now: DateTime<Utc>) -> Answer {
    let (refund, events) = payments::refund(&mut account.state(), params, now)?;
    settle::store(&mut account.state(), refund.clone());
    account.announce(events);
    Ok(refund)
}

fn read_object(state: &StripeState, noun: &str, prefix: &str, id: &str) -> Answer {
    let found = state.objects.get(id).filter(|_| id.starts_with(prefix));
    found.cloned().ok_or_else(|| Refusal::no_such(noun, id))
}

/// By `Bearer key`, or Basic with the key as user name.
fn caller(emulator: &StripeEmulator, headers: &HeaderMap) -> Result<Arc<Account>, Refusal> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let key = given.and_then(|value| {
        let basic = |text: &str| String::from_utf8(BASE64.decode(text).ok()?).ok();
        let bearer = value.strip_prefix("Bearer ").map(str::to_owned);
        bearer.or_else(|| Some(basic(value.strip_prefix("Basic ")?)?.trim_end_matches(':').to_owned()))
    });
    let key = key.ok_or_else(|| Refusal::unauthorized("You did not provide an API key."))?;
    emulator.opened_by(&key).ok_or_else(|| Refusal::unauthorized("Invalid API Key provided."))
}

fn reused_key(key: &str) -> Response {
    let message = format!(
        "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '{key}' if you meant to execute a different request."
    );
    let body = json!({ "error": { "type": "idempotency_error", "message": message } });
    answer(StatusCode::BAD_REQUEST, &body, false)
}

fn answer(status: StatusCode, body: &Value, is_replay: bool) -> Response {
    let mut answer = (status, [("request-id", new_id("req"))], Json(body)).into_response();
    if is_replay {
        answer.headers_mut().insert("idempotent-replayed", header::HeaderValue::from_static("true"));
    }
    answer
}
