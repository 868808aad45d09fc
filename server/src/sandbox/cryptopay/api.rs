//! `getMe`, `createInvoice`, `getInvoices` and `deleteInvoice`, with the app's token in a header.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use domain::money::{Currency, Money};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;

use super::{
    CryptoPayEmulator,
    state::{CryptoState, Invoice, Status},
};
use crate::sandbox::desk::{Account, Caller};

type Answer = Result<Json<Value>, Refused>;

/// Status and name.
struct Refused(StatusCode, &'static str);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Self(status, name) = self;
        let body = json!({ "ok": false, "error": { "code": status.as_u16(), "name": name } });
        (status, Json(body)).into_response()
    }
}

fn invalid(name: &'static str) -> Refused {
    Refused(StatusCode::BAD_REQUEST, name)
}

pub(super) fn router(emulator: CryptoPayEmulator) -> Router {
    Router::new()
        .route("/getMe", get(me))
        .route("/createInvoice", post(create))
        .route("/getInvoices", get(list))
        .route("/deleteInvoice", post(delete))
        .with_state(emulator)
}

async fn me(State(emulator): State<CryptoPayEmulator>, caller: Caller) -> Answer {
    let (_, app) = known(&emulator.0.state(), &caller)?;
    let id: i64 = app.id.parse().map_err(|_| invalid("APP_ID_INVALID"))?;
    Ok(done(json!({ "app_id": id, "name": "Shop", "payment_processing_bot_username": "CryptoBot" })))
}

#[derive(Deserialize)]
struct NewInvoice {
    currency_type: Option<String>,
    asset: Option<Currency>,
    fiat: Option<Currency>,
    amount: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    payload: String,
    expires_in: Option<i64>,
    paid_btn_name: Option<String>,
    paid_btn_url: Option<Url>,
}

async fn create(State(emulator): State<CryptoPayEmulator>, caller: Caller, body: Bytes) -> Answer {
    let mut state = emulator.0.state();
    let (app_id, app) = known(&state, &caller)?;
    let wanted: NewInvoice = serde_json::from_slice(&body).map_err(|_| invalid("PARAMS_INVALID"))?;
    let invoice = made(&state, app_id, app.clock.now(), wanted)?;
    state.invoices.insert(invoice.id, invoice.clone());
    Ok(done(shown(&emulator.0.page_base, &invoice)))
}

fn made(
    state: &CryptoState,
    app: String,
    now: DateTime<Utc>,
    wanted: NewInvoice,
) -> Result<Invoice, Refused> {
    let currency = match (wanted.currency_type.as_deref().unwrap_or("crypto"), wanted.asset, wanted.fiat) {
        ("crypto", Some(Currency::Usdt), None) => Currency::Usdt,
        ("crypto", ..) => return Err(invalid("ASSET_INVALID")),
        ("fiat", None, Some(fiat @ (Currency::Usd | Currency::Eur | Currency::Rub))) => fiat,
        _ => return Err(invalid("FIAT_INVALID")),
    };
    let amount = Money::from_decimal(&wanted.amount, currency).map_err(|_| invalid("AMOUNT_INVALID"))?;
    if amount.minor <= 0 {
        return Err(invalid("AMOUNT_INVALID"));
    }
    if wanted.expires_in.is_some_and(|seconds| !(1..=2_678_400).contains(&seconds)) {
        return Err(invalid("EXPIRES_IN_INVALID"));
    }
    if wanted.description.chars().count() > 1_024 || wanted.payload.len() > 4_096 {
        return Err(invalid("TEXT_TOO_LONG"));
    }
    if wanted.paid_btn_name.is_some() != wanted.paid_btn_url.is_some() {
        return Err(invalid("PAID_BTN_INVALID"));
    }
    Ok(Invoice {
        id: state.next_id(),
        hash: format!("IV{}", Uuid::new_v4().as_simple()),
        app,
        currency,
        amount: wanted.amount,
        description: wanted.description,
        payload: wanted.payload,
        paid_btn_url: wanted.paid_btn_url,
        status: Status::Active,
        created_at: now,
        expires_at: wanted.expires_in.map(|seconds| now + TimeDelta::seconds(seconds)),
        paid_at: None,
        told: false,
    })
}

#[derive(Deserialize)]
struct Filter {
    asset: Option<Currency>,
    fiat: Option<Currency>,
    invoice_ids: Option<String>,
    status: Option<Status>,
    offset: Option<usize>,
    count: Option<usize>,
}

async fn list(
    State(emulator): State<CryptoPayEmulator>,
    caller: Caller,
    Query(filter): Query<Filter>,
) -> Answer {
    let count = filter.count.unwrap_or(100);
    if !(1..=1_000).contains(&count) {
        return Err(invalid("COUNT_INVALID"));
    }
    let mut state = emulator.0.state();
    let (app, _) = known(&state, &caller)?;
    let ids: Option<Vec<&str>> = filter.invoice_ids.as_ref().map(|ids| ids.split(',').collect());
    let items: Vec<Value> = state
        .of_app(&app)
        .iter()
        .filter(|invoice| filter.status.is_none_or(|status| invoice.status == status))
        .filter(|invoice| filter.asset.or(filter.fiat).is_none_or(|currency| invoice.currency == currency))
        .filter(|invoice| ids.as_ref().is_none_or(|ids| ids.contains(&invoice.id.to_string().as_str())))
        .skip(filter.offset.unwrap_or(0))
        .take(count)
        .map(|invoice| shown(&emulator.0.page_base, invoice))
        .collect();
    Ok(done(json!({ "items": items })))
}

#[derive(Deserialize)]
struct Deleted {
    invoice_id: i64,
}

async fn delete(State(emulator): State<CryptoPayEmulator>, caller: Caller, body: Bytes) -> Answer {
    let mut state = emulator.0.state();
    let (app, _) = known(&state, &caller)?;
    let wanted: Deleted = serde_json::from_slice(&body).map_err(|_| invalid("PARAMS_INVALID"))?;
    let found = state.invoice(wanted.invoice_id).filter(|invoice| invoice.app == app);
    match found.map(|invoice| invoice.status) {
        Some(Status::Paid) => Err(invalid("INVOICE_ALREADY_PAID")),
        Some(_) => {
            state.invoices.remove(&wanted.invoice_id);
            Ok(done(json!(true)))
        }
        None => Err(invalid("INVOICE_NOT_FOUND")),
    }
}

pub(super) fn shown(page_base: &Url, invoice: &Invoice) -> Value {
    let is_crypto = invoice.currency == Currency::Usdt;
    let page = format!("{}{}", page_base, invoice.hash);
    let mut shown = json!({
        "invoice_id": invoice.id,
        "hash": invoice.hash,
        "currency_type": if is_crypto { "crypto" } else { "fiat" },
        if is_crypto { "asset" } else { "fiat" }: invoice.currency.code(),
        "amount": invoice.amount,
        "bot_invoice_url": page,
        "description": invoice.description,
        "status": invoice.status,
        "created_at": stamp(invoice.created_at),
        "allow_comments": false,
        "payload": invoice.payload,
    });
    // What has no value is left out.
    let rest = [
        ("expiration_date", invoice.expires_at.map(stamp)),
        ("paid_at", invoice.paid_at.map(stamp)),
        ("paid_asset", invoice.paid_at.map(|_| "USDT".to_owned())),
        ("paid_btn_name", invoice.paid_btn_url.as_ref().map(|_| "callback".to_owned())),
        ("paid_btn_url", invoice.paid_btn_url.as_ref().map(Url::to_string)),
    ];
    for (name, value) in rest {
        if let Some(value) = value {
            shown[name] = value.into();
        }
    }
    shown
}

fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn done(result: Value) -> Json<Value> {
    Json(json!({ "ok": true, "result": result }))
}

fn known(state: &CryptoState, caller: &Caller) -> Result<(String, Account), Refused> {
    let token = caller.header("crypto-pay-api-token");
    let found = state.accounts.of_shop(&caller.shop, |app| app.key == token);
    found.ok_or(Refused(StatusCode::UNAUTHORIZED, "UNAUTHORIZED"))
}
