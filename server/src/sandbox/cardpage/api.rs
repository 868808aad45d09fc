//! `POST /payments`, `GET /payments`, `GET /payments/{id}` and `POST /payments/{id}/refunds`, with the
//! account's key as bearer token.

use std::collections::BTreeMap;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;

use super::{CardEmulator, CardPayment, CardStatus, state::CardState};
use crate::sandbox::desk::{self, Account, Caller};

type Answer = Result<Json<Value>, Refused>;

/// Status, code and message.
struct Refused(StatusCode, &'static str, &'static str);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Self(status, code, message) = self;
        (status, Json(json!({ "error": { "code": code, "message": message } }))).into_response()
    }
}

#[derive(Deserialize)]
struct NewPayment {
    order: String,
    amount: i64,
    currency: String,
    description: String,
    return_url: Url,
    expires_at: DateTime<Utc>,
}

pub(super) fn router(emulator: CardEmulator) -> Router {
    Router::new()
        .route("/payments", post(create).get(list))
        .route("/payments/{id}", get(read))
        .route("/payments/{id}/refunds", post(refund))
        .with_state(emulator)
}

/// One order has one payment: asking again gives it back, asking for another amount is a conflict.
async fn create(State(emulator): State<CardEmulator>, caller: Caller, body: Bytes) -> Answer {
    let mut state = emulator.0.state();
    let (id, account) = known(&state, &caller)?;
    let wanted: NewPayment = serde_json::from_slice(&body)
        .map_err(|_| Refused(StatusCode::BAD_REQUEST, "invalid", "The body is not a payment."))?;
    if wanted.amount <= 0 {
        return Err(Refused(StatusCode::BAD_REQUEST, "amount", "The amount must be more than zero."));
    }
    if let Some(known) = state.of_order(&id, &wanted.order) {
        if known.amount != wanted.amount || known.currency != wanted.currency {
            return Err(Refused(StatusCode::CONFLICT, "order", "The order has a payment of another amount."));
        }
        return Ok(Json(shown(&known)));
    }
    let payment_id = format!("card_{}", Uuid::new_v4().as_simple());
    let pay_url = emulator
        .0
        .page_base
        .join(&payment_id)
        .map_err(|_| Refused(StatusCode::INTERNAL_SERVER_ERROR, "page", "The page has no address."))?;
    let payment = CardPayment {
        id: payment_id,
        account: id,
        order: wanted.order,
        amount: wanted.amount,
        currency: wanted.currency,
        description: wanted.description,
        status: CardStatus::Pending,
        pay_url,
        return_url: wanted.return_url.into(),
        created_at: account.clock.now(),
        expires_at: wanted.expires_at,
        paid_at: None,
        refunds: BTreeMap::new(),
        dispute: None,
        told: false,
    };
    let answer = shown(&payment);
    state.payments.insert(payment.id.clone(), payment);
    Ok(Json(answer))
}

async fn read(
    State(emulator): State<CardEmulator>,
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let mut state = emulator.0.state();
    let (account, _) = known(&state, &caller)?;
    // Another account's payment is as good as none.
    let payment = state.payment(&id).filter(|payment| payment.account == account);
    let payment = payment.ok_or(Refused(StatusCode::NOT_FOUND, "not_found", "No such payment."))?;
    Ok(Json(shown(&payment)))
}

#[derive(Deserialize)]
struct Since {
    since: DateTime<Utc>,
}

async fn list(
    State(emulator): State<CardEmulator>,
    caller: Caller,
    Query(Since { since }): Query<Since>,
) -> Answer {
    let mut state = emulator.0.state();
    let (account, _) = known(&state, &caller)?;
    let payments = state.payments_of(&account);
    let shown: Vec<_> = payments.iter().filter(|payment| payment.created_at >= since).map(shown).collect();
    Ok(Json(json!({ "payments": shown })))
}

#[derive(Deserialize)]
struct NewRefund {
    refund: String,
    amount: i64,
}

async fn refund(
    State(emulator): State<CardEmulator>,
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    body: Bytes,
) -> Answer {
    let wanted: NewRefund = serde_json::from_slice(&body)
        .map_err(|_| Refused(StatusCode::BAD_REQUEST, "invalid", "The body is not a refund."))?;
    let mut state = emulator.0.state();
    let (account, _) = known(&state, &caller)?;
    let payment = state.payment(&id).filter(|payment| payment.account == account);
    payment.ok_or(Refused(StatusCode::NOT_FOUND, "not_found", "No such payment."))?;
    drop(state);
    let payment = emulator
        .refund(&id, &wanted.refund, wanted.amount)
        .map_err(|_| Refused(StatusCode::CONFLICT, "amount", "There is not so much left to send back."))?;
    Ok(Json(shown(&payment)))
}

fn shown(payment: &CardPayment) -> Value {
    json!({
        "id": payment.id,
        "account": desk::number(&payment.account),
        "order": payment.order,
        "amount": payment.amount,
        "currency": payment.currency,
        "status": payment.status,
        "pay_url": payment.pay_url,
        "created_at": payment.created_at,
        "paid_at": payment.paid_at,
        "refunded": payment.refunded(),
        "dispute": payment.dispute,
    })
}

fn known(state: &CardState, caller: &Caller) -> Result<(String, Account), Refused> {
    let key = caller.authorization("Bearer");
    let found = state.accounts.of_shop(&caller.shop, |account| account.key == key);
    found.ok_or(Refused(StatusCode::UNAUTHORIZED, "key", "The key is missing or wrong."))
}
