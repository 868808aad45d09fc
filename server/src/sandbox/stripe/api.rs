//! `/v1/…`: keys, idempotency, the error shape, and one function for each operation.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use super::{
    StripeEmulator, form, objects, settle,
    state::{Remembered, Session, SessionStatus, StripeState, new_id},
};

/// Keys are forgotten after a day (<https://docs.stripe.com/api/idempotent_requests>).
const KEY_LIFE: TimeDelta = TimeDelta::hours(24);
const SESSION_LIFE: TimeDelta = TimeDelta::hours(24);
const MAX_BODY: usize = 1024 * 1024;

type Answer = Result<Value, Refusal>;

/// Why an operation is refused (<https://docs.stripe.com/api/errors>).
#[derive(Debug)]
struct Refusal {
    status: StatusCode,
    kind: &'static str,
    code: Option<&'static str>,
    message: String,
    param: Option<String>,
}

impl Refusal {
    fn invalid(param: &str, message: impl Into<String>) -> Self {
        let (kind, param) = ("invalid_request_error", Some(param.to_owned()));
        Self { status: StatusCode::BAD_REQUEST, kind, code: None, message: message.into(), param }
    }

    fn missing(param: &str) -> Self {
        Self {
            code: Some("parameter_missing"),
            ..Self::invalid(param, format!("Missing required param: {param}."))
        }
    }

    fn no_such(noun: &str, id: &str) -> Self {
        let message = format!("No such {noun}: '{id}'");
        let status = StatusCode::NOT_FOUND;
        Self { status, code: Some("resource_missing"), ..Self::invalid("id", message) }
    }

    fn body(&self) -> Value {
        let mut error = Map::from_iter([
            ("type".to_owned(), json!(self.kind)),
            ("message".to_owned(), json!(self.message)),
        ]);
        if let Some(code) = self.code {
            error.insert("code".into(), json!(code));
            error.insert("doc_url".into(), json!(format!("https://stripe.com/docs/error-codes/{code}")));
        }
        if let Some(param) = &self.param {
            error.insert("param".into(), json!(param));
        }
        json!({ "error": error })
    }
}

pub(super) fn router(emulator: StripeEmulator) -> Router {
    Router::new().fallback(serve).with_state(emulator)
}

async fn serve(State(emulator): State<StripeEmulator>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, MAX_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let (path, query) = (parts.uri.path().to_owned(), parts.uri.query().unwrap_or_default().to_owned());
    let operation = format!("{} {path}", parts.method);
    let knobs = emulator.knobs().clone();
    let work = async move { handle(&emulator, &parts.method, &path, &query, &parts.headers, &body) };
    knobs.around(&operation, work).await
}

fn handle(
    emulator: &StripeEmulator,
    method: &Method,
    path: &str,
    query: &str,
    headers: &HeaderMap,
    body: &Bytes,
) -> Response {
    if let Err(refusal) = authorize(emulator, headers) {
        return answer(refusal.status, &refusal.body(), false);
    }
    emulator.expire_old_sessions();
    let now = emulator.0.clock.now();
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok());
    let key = key.filter(|_| method == Method::POST);
    let params = form::parse(if method == Method::POST { body } else { query.as_bytes() });
    // Parameters are the same in any order.
    let request = format!("{method} {path} {params}");
    if let Some(key) = key {
        let mut state = emulator.state();
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
    let result = route(emulator, method, path, &params, now);
    let (status, body) = match result {
        Ok(body) => (StatusCode::OK, body),
        Err(refusal) => (refusal.status, refusal.body()),
    };
    // Refused parameters are not remembered: the key may be used again for better ones.
    if let Some(key) = key.filter(|_| status.is_success()) {
        let remembered = Remembered { request, status: status.as_u16(), body: body.clone(), at: now };
        emulator.state().idempotency.insert(key.to_owned(), remembered);
    }
    answer(status, &body, false)
}

fn route(
    emulator: &StripeEmulator,
    method: &Method,
    path: &str,
    params: &Value,
    now: DateTime<Utc>,
) -> Answer {
    let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
    let is_post = method == Method::POST;
    match (is_post, segments.as_slice()) {
        (true, ["v1", "checkout", "sessions"]) => create_session(emulator, params, now),
        (false, ["v1", "checkout", "sessions", id]) => read_session(&emulator.state(), id),
        (true, ["v1", "checkout", "sessions", id, "expire"]) => expire_session(emulator, id, now),
        (true, ["v1", "customers"]) => create_customer(emulator, params, now),
        (false, ["v1", "customers", id]) => read_object(&emulator.state(), "customer", "cus_", id),
        (false, ["v1", "subscriptions", id]) => read_object(&emulator.state(), "subscription", "sub_", id),
        (false, ["v1", "invoices", id]) => read_object(&emulator.state(), "invoice", "in_", id),
        (true, ["v1", "billing_portal", "sessions"]) => create_portal_session(emulator, params, now),
        (true, ["v1", "refunds"]) => create_refund(emulator, params, now),
        (false, ["v1", "refunds", id]) => read_object(&emulator.state(), "refund", "re_", id),
        (false, ["v1", "events"]) => Ok(list_events(&emulator.state(), params)),
        (false, ["v1", "events", id]) => {
            emulator.state().event(id).cloned().ok_or_else(|| Refusal::no_such("event", id))
        }
        _ => Err(Refusal {
            status: StatusCode::NOT_FOUND,
            kind: "invalid_request_error",
            code: None,
            message: format!("Unrecognized request URL ({method}: {path})."),
            param: None,
        }),
    }
}

fn create_session(emulator: &StripeEmulator, params: &Value, now: DateTime<Utc>) -> Answer {
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
    let mut state = emulator.state();
    let customer = text(&params["customer"]);
    if let Some(id) = customer.as_deref().filter(|id| !state.objects.contains_key(*id)) {
        return Err(Refusal { status: StatusCode::BAD_REQUEST, ..Refusal::no_such("customer", id) });
    }
    let of_customer = customer.as_ref().and_then(|id| text(&state.objects.get(id)?["email"]));
    let id = new_id("cs_test");
    let url = format!("{}/{id}", emulator.0.settings.checkout_base.as_str().trim_end_matches('/'));
    let data = &items[0]["price_data"];
    let session = Session {
        url,
        status: SessionStatus::Open,
        is_subscription,
        product: text(&data["product_data"]["name"]).unwrap_or_default(),
        amount,
        currency: text(&data["currency"]).unwrap_or_default(),
        interval: interval.filter(|_| is_subscription),
        quantity: whole(&items[0]["quantity"]).and_then(|count| u64::try_from(count).ok()).unwrap_or(1),
        customer_email: text(&params["customer_email"]).or(of_customer),
        customer,
        client_reference_id: text(&params["client_reference_id"]),
        metadata: objects::map_or_empty(&params["metadata"]),
        subscription_metadata: objects::map_or_empty(&params["subscription_data"]["metadata"]),
        success_url,
        cancel_url: text(&params["cancel_url"]),
        subscription: None,
        invoice: None,
        payment_intent: None,
        declines: 0,
        created: now,
        expires_at: now + SESSION_LIFE,
        id,
    };
    let shown = objects::session(&session);
    state.sessions.insert(session.id.clone(), session);
    Ok(shown)
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

fn read_session(state: &StripeState, id: &str) -> Answer {
    state.sessions.get(id).map(objects::session).ok_or_else(|| Refusal::no_such("checkout.session", id))
}

fn expire_session(emulator: &StripeEmulator, id: &str, now: DateTime<Utc>) -> Answer {
    read_session(&emulator.state(), id)?;
    let expired = settle::expire(&mut emulator.state(), id, now);
    let (_, event) = expired.map_err(|_| {
        Refusal::invalid("session", "Only Checkout Sessions with a status in [\"open\"] can be expired.")
    })?;
    emulator.announce(vec![event]);
    read_session(&emulator.state(), id)
}

fn create_customer(emulator: &StripeEmulator, params: &Value, now: DateTime<Utc>) -> Answer {
    let (email, name) = (text(&params["email"]), text(&params["name"]));
    let customer = objects::customer(email.as_deref(), name.as_deref(), &params["metadata"], now);
    settle::store(&mut emulator.state(), customer.clone());
    Ok(customer)
}

fn create_portal_session(emulator: &StripeEmulator, params: &Value, now: DateTime<Utc>) -> Answer {
    let customer = text(&params["customer"]).ok_or_else(|| Refusal::missing("customer"))?;
    read_object(&emulator.state(), "customer", "cus_", &customer)
        .map_err(|refusal| Refusal { status: StatusCode::BAD_REQUEST, ..refusal })?;
    let base = emulator.0.settings.portal_base.as_str();
    let session = objects::portal_session(&customer, params["return_url"].as_str(), base, now);
    settle::store(&mut emulator.state(), session.clone());
    Ok(session)
}

fn create_refund(emulator: &StripeEmulator, params: &Value, now: DateTime<Utc>) -> Answer {
    let id = text(&params["payment_intent"]).ok_or_else(|| Refusal::missing("payment_intent"))?;
    let mut state = emulator.state();
    let payment = state.payments.get_mut(&id).ok_or_else(|| Refusal::no_such("payment_intent", &id))?;
    let left = payment.amount - payment.refunded;
    let amount = whole(&params["amount"]).unwrap_or(left);
    if left == 0 {
        let message = format!("Payment {id} has already been refunded.");
        return Err(Refusal {
            code: Some("charge_already_refunded"),
            ..Refusal::invalid("payment_intent", message)
        });
    }
    if !(1..=left).contains(&amount) {
        let message =
            format!("Refund amount ({amount}) is greater than unrefunded amount on charge ({left})");
        return Err(Refusal::invalid("amount", message));
    }
    payment.refunded += amount;
    let refund = objects::refund(&id, amount, &payment.currency.clone(), &params["metadata"], now);
    settle::store(&mut state, refund.clone());
    drop(state);
    emulator.announce(vec![objects::event("refund.created", &refund, now)]);
    Ok(refund)
}

/// Newest first. Filters: `type`, `types[]`, `created[gte]`, `delivery_success`, `starting_after`.
fn list_events(state: &StripeState, params: &Value) -> Value {
    let kinds: Vec<&str> =
        params["types"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let since = whole(&params["created"]["gte"]).unwrap_or(i64::MIN);
    let limit =
        whole(&params["limit"]).and_then(|limit| usize::try_from(limit).ok()).unwrap_or(10).clamp(1, 100);
    let wanted = |event: &&Value| {
        let kind = event["type"].as_str().unwrap_or_default();
        let is_delivered = event["pending_webhooks"] == 0;
        params["type"].as_str().is_none_or(|wanted| wanted == kind)
            && (kinds.is_empty() || kinds.contains(&kind))
            && event["created"].as_i64().is_some_and(|created| created >= since)
            && params["delivery_success"].as_str().is_none_or(|wanted| (wanted == "true") == is_delivered)
    };
    let newest = state.events.iter().rev().filter(wanted);
    let after = params["starting_after"].as_str();
    let rest: Vec<&Value> = match after {
        Some(id) => newest.skip_while(|event| event["id"] != id).skip(1).collect(),
        None => newest.collect(),
    };
    let page: Vec<&Value> = rest.iter().take(limit).copied().collect();
    json!({ "object": "list", "data": page, "has_more": rest.len() > limit, "url": "/v1/events" })
}

fn read_object(state: &StripeState, noun: &str, prefix: &str, id: &str) -> Answer {
    let found = state.objects.get(id).filter(|_| id.starts_with(prefix));
    found.cloned().ok_or_else(|| Refusal::no_such(noun, id))
}

/// `Bearer key`, or Basic with the key as user name.
fn authorize(emulator: &StripeEmulator, headers: &HeaderMap) -> Result<(), Refusal> {
    let refused = |message: &str| {
        let (status, kind) = (StatusCode::UNAUTHORIZED, "invalid_request_error");
        Err(Refusal { status, kind, code: None, message: message.to_owned(), param: None })
    };
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let key = given.and_then(|value| {
        let basic = |text: &str| String::from_utf8(BASE64.decode(text).ok()?).ok();
        let bearer = value.strip_prefix("Bearer ").map(str::to_owned);
        bearer.or_else(|| Some(basic(value.strip_prefix("Basic ")?)?.trim_end_matches(':').to_owned()))
    });
    match key {
        None => refused("You did not provide an API key."),
        Some(key) if key == emulator.0.settings.api_key => Ok(()),
        Some(_) => refused("Invalid API Key provided."),
    }
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

fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn whole(value: &Value) -> Option<i64> {
    value.as_str()?.parse().ok()
}
