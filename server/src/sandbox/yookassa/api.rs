//! `/payments`, `/refunds` and `/me`, with the shop's number and secret as in Basic authentication.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use domain::money::Money;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;

use super::{
    YooKassaEmulator, objects,
    state::{Remembered, YooPayment, YooRefund, YooState, YooStatus},
};
use crate::sandbox::desk::{Account, Caller};

type Answer = Result<Json<Value>, Refused>;

/// Status, code and description.
struct Refused(StatusCode, &'static str, &'static str);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Self(status, code, description) = self;
        let id = Uuid::new_v4();
        (status, Json(json!({ "type": "error", "id": id, "code": code, "description": description })))
            .into_response()
    }
}

const fn invalid(description: &'static str) -> Refused {
    Refused(StatusCode::BAD_REQUEST, "invalid_request", description)
}

const fn missing() -> Refused {
    Refused(StatusCode::NOT_FOUND, "not_found", "Object not found")
}

pub(super) fn router(emulator: YooKassaEmulator) -> Router {
    Router::new()
        .route("/payments", get(list).post(create))
        .route("/payments/{id}", get(read))
        .route("/refunds", get(list_refunds).post(refund))
        .route("/me", get(me))
        .with_state(emulator)
}

#[derive(Deserialize)]
struct Amount {
    value: String,
    currency: String,
}

impl Amount {
    fn money(&self) -> Result<Money, Refused> {
        let currency = self.currency.parse().map_err(|_| invalid("Unknown currency"))?;
        let money = Money::from_decimal(&self.value, currency).map_err(|_| invalid("Invalid amount"))?;
        if money.minor > 0 { Ok(money) } else { Err(invalid("The amount must be more than zero")) }
    }
}

#[derive(Deserialize)]
struct NewPayment {
    amount: Amount,
    capture: bool,
    confirmation: Option<Confirmation>,
    payment_method_id: Option<String>,
    #[serde(default)]
    save_payment_method: bool,
    description: Option<String>,
    #[serde(default)]
    metadata: Value,
}

#[derive(Deserialize)]
struct Confirmation {
    r#type: String,
    return_url: Url,
}

async fn create(State(emulator): State<YooKassaEmulator>, caller: Caller, body: Bytes) -> Answer {
    let mut state = emulator.0.state();
    let (shop, account) = opened(&state, &caller)?;
    let request: Value = serde_json::from_slice(&body).map_err(|_| invalid("Not JSON"))?;
    let key = key(&caller, &shop, "payments")?;
    let now = account.clock.now();
    if let Some(id) = known(&state, &key, &request, now)? {
        let payment = state.payment(&id).ok_or(missing())?;
        return Ok(Json(objects::payment(&payment, state.refunded(&id))));
    }
    let wanted = NewPayment::deserialize(&request).map_err(|_| invalid("Not a payment"))?;
    let kept = wanted.payment_method_id.as_ref().map(|id| state.kept.methods.get(id));
    let return_url = match (wanted.confirmation, &kept) {
        (Some(page), None) if page.r#type == "redirect" => Some(page.return_url),
        (None, Some(Some(method))) if method.shop == shop => None,
        (None, Some(_)) => return Err(invalid("Payment method doesn't exist")),
        _ => return Err(invalid("This sandbox knows a page or a kept method, not both")),
    };
    if !wanted.capture {
        return Err(invalid("This sandbox knows captured payments only"));
    }
    if wanted.description.as_ref().is_some_and(|text| text.chars().count() > 128) {
        return Err(invalid("The description is too long"));
    }
    let id = Uuid::new_v4().to_string();
    let (status, refusal) = match kept.flatten() {
        Some(method) if method.slow => (YooStatus::Pending, None),
        Some(method) if method.refuses.is_some() => (YooStatus::Declined, method.refuses.clone()),
        Some(_) => (YooStatus::Succeeded, None),
        None => (YooStatus::Pending, None),
    };
    let payment = YooPayment {
        shop,
        amount: wanted.amount.money()?,
        description: wanted.description,
        status,
        page: emulator.0.page_base.join(&id).map_err(|_| invalid("The page has no address"))?,
        return_url,
        saves: wanted.save_payment_method,
        method: wanted.payment_method_id,
        refusal,
        metadata: wanted.metadata,
        created_at: now,
        captured_at: (status == YooStatus::Succeeded).then_some(now),
        told: false,
        id: id.clone(),
    };
    let answer = objects::payment(&payment, 0);
    state.kept.keys.insert(key, Remembered { request, made: id.clone(), at: now });
    state.kept.payments.insert(id, payment.clone());
    drop(state);
    if status != YooStatus::Pending {
        emulator.announce_payment(&payment);
    }
    Ok(Json(answer))
}

async fn read(
    State(emulator): State<YooKassaEmulator>,
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let mut state = emulator.0.state();
    let (shop, _) = opened(&state, &caller)?;
    // Another shop's payment is as good as none.
    let payment = state.payment(&id).filter(|payment| payment.shop == shop).ok_or(missing())?;
    Ok(Json(objects::payment(&payment, state.refunded(&id))))
}

#[derive(Deserialize)]
struct Filter {
    #[serde(rename = "created_at.gte")]
    since: Option<DateTime<Utc>>,
    payment_id: Option<String>,
    limit: Option<usize>,
    /// Where the page begins; only we know what it means.
    cursor: Option<String>,
}

impl Filter {
    fn page(&self, items: Vec<Value>) -> Answer {
        let limit = self.limit.unwrap_or(10);
        let from = match &self.cursor {
            None => 0,
            Some(cursor) => cursor.parse::<usize>().map_err(|_| invalid("Unknown cursor"))?,
        };
        if !(1..=100).contains(&limit) {
            return Err(invalid("The limit is from 1 to 100"));
        }
        let more = items.len() > from + limit;
        let items: Vec<_> = items.into_iter().skip(from).take(limit).collect();
        let mut page = json!({ "type": "list", "items": items });
        if more {
            page["next_cursor"] = json!((from + limit).to_string());
        }
        Ok(Json(page))
    }
}

async fn list(
    State(emulator): State<YooKassaEmulator>,
    caller: Caller,
    Query(filter): Query<Filter>,
) -> Answer {
    let mut state = emulator.0.state();
    let (shop, _) = opened(&state, &caller)?;
    let payments = state.payments_of(&shop);
    let wanted =
        payments.iter().filter(|payment| filter.since.is_none_or(|since| payment.created_at >= since));
    filter.page(wanted.map(|payment| objects::payment(payment, state.refunded(&payment.id))).collect())
}

async fn list_refunds(
    State(emulator): State<YooKassaEmulator>,
    caller: Caller,
    Query(filter): Query<Filter>,
) -> Answer {
    let state = emulator.0.state();
    let (shop, _) = opened(&state, &caller)?;
    let is_own = |refund: &&YooRefund| {
        state.kept.payments.get(&refund.payment).is_some_and(|payment| payment.shop == shop)
    };
    let is_wanted = |refund: &&YooRefund| filter.payment_id.as_ref().is_none_or(|id| *id == refund.payment);
    let refunds = state.kept.refunds.values().filter(is_own).filter(is_wanted);
    filter.page(refunds.map(objects::refund).collect())
}

#[derive(Deserialize)]
struct NewRefund {
    payment_id: String,
    amount: Amount,
    description: Option<String>,
}

async fn refund(State(emulator): State<YooKassaEmulator>, caller: Caller, body: Bytes) -> Answer {
    let mut state = emulator.0.state();
    let (shop, account) = opened(&state, &caller)?;
    let request: Value = serde_json::from_slice(&body).map_err(|_| invalid("Not JSON"))?;
    let key = key(&caller, &shop, "refunds")?;
    let now = account.clock.now();
    if let Some(id) = known(&state, &key, &request, now)? {
        return Ok(Json(objects::refund(state.kept.refunds.get(&id).ok_or(missing())?)));
    }
    let wanted = NewRefund::deserialize(&request).map_err(|_| invalid("Not a refund"))?;
    let payment = state.payment(&wanted.payment_id).filter(|payment| payment.shop == shop);
    let payment = payment.ok_or(invalid("Payment doesn't exist"))?;
    let amount = wanted.amount.money()?;
    let left = payment.amount.minor - state.refunded(&payment.id);
    if payment.status != YooStatus::Succeeded
        || amount.currency != payment.amount.currency
        || amount.minor > left
    {
        return Err(invalid("The payment has not so much left to refund"));
    }
    let refund = YooRefund {
        id: Uuid::new_v4().to_string(),
        payment: payment.id,
        amount,
        description: wanted.description,
        created_at: now,
    };
    let answer = objects::refund(&refund);
    state.kept.keys.insert(key, Remembered { request, made: refund.id.clone(), at: now });
    state.kept.refunds.insert(refund.id.clone(), refund);
    drop(state);
    emulator.announce("refund.succeeded", &answer, &account, None);
    Ok(Json(answer))
}

async fn me(State(emulator): State<YooKassaEmulator>, caller: Caller) -> Answer {
    let (_, account) = opened(&emulator.0.state(), &caller)?;
    Ok(Json(
        json!({ "account_id": account.id, "status": "enabled", "test": true, "payment_methods": ["bank_card"] }),
    ))
}

fn opened(state: &YooState, caller: &Caller) -> Result<(String, Account), Refused> {
    let pair = BASE64_STANDARD.decode(caller.authorization("Basic")).ok();
    let pair = pair.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let (id, secret) = pair.split_once(':').unwrap_or_default();
    let opens = |account: &Account| account.id == id && account.key == secret;
    let found = state.accounts.of_shop(&caller.shop, opens);
    found.ok_or(Refused(StatusCode::UNAUTHORIZED, "invalid_credentials", "Basic auth failed"))
}

/// A shop's key of idempotence, which a request that makes something has to bring.
fn key(caller: &Caller, shop: &str, path: &str) -> Result<String, Refused> {
    let given = caller.header("idempotence-key");
    if !(1..=64).contains(&given.len()) {
        return Err(invalid("Idempotence key is missing"));
    }
    Ok(format!("{shop}:{path}:{given}"))
}

/// What the key made before. The same key with other words is refused.
fn known(
    state: &YooState,
    key: &str,
    request: &Value,
    now: DateTime<Utc>,
) -> Result<Option<String>, Refused> {
    match state.remembered(key, now) {
        Some(known) if known.request != *request => Err(invalid("Idempotence key duplicated")),
        Some(known) => Ok(Some(known.made.clone())),
        None => Ok(None),
    }
}
