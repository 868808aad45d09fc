//! `POST /links`, `GET /links`, `GET /v2/transactions` with the terminal's token as bearer, and
//! `GET /public-key` without.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use domain::money::{Currency, Money};
use serde::Deserialize;
use serde_json::{Number, Value, json};
use url::Url;
use uuid::Uuid;

use super::{
    WataEmulator,
    state::{Kind, Link, Status, Transaction, WataState, least},
};
use crate::sandbox::desk::{self, Account, Caller};

type Answer = Result<Json<Value>, Refused>;

/// Status and what is wrong.
struct Refused(StatusCode, &'static str);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Self(status, details) = self;
        let error = json!({ "code": null, "message": "Your request is invalid!", "details": details });
        (status, Json(json!({ "error": error }))).into_response()
    }
}

fn invalid(details: &'static str) -> Refused {
    Refused(StatusCode::BAD_REQUEST, details)
}

pub(super) fn router(emulator: WataEmulator) -> Router {
    Router::new()
        .route("/links", get(links).post(create))
        .route("/v2/transactions", get(transactions))
        .route("/public-key", get(public_key))
        .with_state(emulator)
}

async fn public_key(State(emulator): State<WataEmulator>) -> Json<Value> {
    Json(json!({ "value": emulator.public_key() }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewLink {
    amount: Number,
    currency: Currency,
    #[serde(default)]
    description: String,
    #[serde(default)]
    order_id: String,
    success_redirect_url: Option<Url>,
    expiration_date_time: Option<DateTime<Utc>>,
}

async fn create(State(emulator): State<WataEmulator>, caller: Caller, body: Bytes) -> Answer {
    let mut state = emulator.0.state();
    let (id, terminal) = known(&state, &caller)?;
    let wanted: NewLink = serde_json::from_slice(&body).map_err(|_| invalid("The body is not a link."))?;
    let amount = Money::from_decimal(&wanted.amount.to_string(), wanted.currency)
        .map_err(|_| invalid("'Amount' has more than two digits."))?;
    let least = least(wanted.currency).ok_or_else(|| invalid("'Currency' is not one of RUB, USD, EUR."))?;
    if !(least..=99_999_999).contains(&amount.minor) {
        return Err(invalid("'Amount' is out of range."));
    }
    let now = terminal.clock.now();
    let expires_at = wanted.expiration_date_time.unwrap_or(now + TimeDelta::days(3));
    if !(now + TimeDelta::minutes(10)..=now + TimeDelta::days(30)).contains(&expires_at) {
        return Err(invalid("'ExpirationDateTime' is out of range."));
    }
    let link = Link {
        id: Uuid::new_v4().to_string(),
        terminal: id,
        amount,
        description: wanted.description,
        order: wanted.order_id,
        success_url: wanted.success_redirect_url,
        created_at: now,
        expires_at,
    };
    state.links.insert(link.id.clone(), link.clone());
    Ok(Json(shown(&emulator.0.page_base, &state, &link)))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Filter {
    order_id: Option<String>,
    creation_time_from: Option<DateTime<Utc>>,
    max_result_count: Option<usize>,
    cursor_id: Option<String>,
    cursor_date: Option<DateTime<Utc>>,
}

impl Filter {
    fn count(&self) -> Result<usize, Refused> {
        let count = self.max_result_count.unwrap_or(10);
        if (1..=1_000).contains(&count) {
            Ok(count)
        } else {
            Err(invalid("'MaxResultCount' is out of range."))
        }
    }

    fn takes(&self, order: &str, created_at: DateTime<Utc>) -> bool {
        self.order_id.as_deref().is_none_or(|wanted| wanted == order)
            && self.creation_time_from.is_none_or(|from| created_at >= from)
    }
}

/// A link whose time is over is deleted.
async fn links(State(emulator): State<WataEmulator>, caller: Caller, Query(filter): Query<Filter>) -> Answer {
    let state = emulator.0.state();
    let (terminal, _) = known(&state, &caller)?;
    let of_terminal = state.links.values().filter(|link| link.terminal == terminal && !state.is_over(link));
    let found: Vec<&Link> = of_terminal.filter(|link| filter.takes(&link.order, link.created_at)).collect();
    let page = found.iter().take(filter.count()?).map(|link| shown(&emulator.0.page_base, &state, link));
    Ok(Json(json!({ "items": page.collect::<Vec<_>>(), "totalCount": found.len() })))
}

async fn transactions(
    State(emulator): State<WataEmulator>,
    caller: Caller,
    Query(filter): Query<Filter>,
) -> Answer {
    let state = emulator.0.state();
    let (terminal, _) = known(&state, &caller)?;
    let count = filter.count()?;
    let of_terminal = state.transactions.iter().filter(|one| one.terminal == terminal);
    let mut found: Vec<&Transaction> =
        of_terminal.filter(|one| filter.takes(&one.order, one.created_at)).collect();
    if let Some(cursor) = &filter.cursor_id {
        let after = found.iter().position(|one| one.id == *cursor).map_or(found.len(), |at| at + 1);
        // Half a cursor leads nowhere.
        let after = if filter.cursor_date.is_some() { after } else { found.len() };
        found.drain(..after);
    }
    let page: Vec<&Transaction> = found.iter().take(count).copied().collect();
    let mut answer = json!({
        "items": page.iter().map(|one| listed(one)).collect::<Vec<_>>(),
        "hasNextPage": found.len() > page.len(),
    });
    if found.len() > page.len()
        && let Some(last) = page.last()
    {
        answer["nextCursorId"] = last.id.clone().into();
        answer["nextCursorDate"] = stamp(last.created_at).into();
    }
    Ok(Json(answer))
}

fn shown(page_base: &Url, state: &WataState, link: &Link) -> Value {
    json!({
        "id": link.id,
        "amount": number(link.amount),
        "currency": link.amount.currency.code(),
        "status": if state.is_paid(link) || state.is_over(link) { "Closed" } else { "Opened" },
        "url": format!("{page_base}{}", link.id),
        "terminalName": "Shop",
        "terminalPublicId": desk::number(&link.terminal),
        "type": "OneTime",
        "creationTime": stamp(link.created_at),
        "orderId": link.order,
        "description": link.description,
        "successRedirectUrl": link.success_url,
        "expirationDateTime": stamp(link.expires_at),
    })
}

fn listed(one: &Transaction) -> Value {
    json!({
        "id": one.id,
        "terminalName": "Shop",
        "terminalPublicId": desk::number(&one.terminal),
        "type": "CardCrypto",
        "kind": one.kind,
        "originalTransactionId": one.original,
        "amount": number(one.amount),
        "currency": one.amount.currency.code(),
        "status": one.status,
        "orderId": one.order,
        "creationTime": stamp(one.created_at),
        "paymentTime": (one.status == Status::Paid).then(|| stamp(one.created_at)),
        "paymentLinkId": one.link,
    })
}

/// As webhooks spell a transaction.
pub(super) fn told(one: &Transaction) -> Value {
    json!({
        "transactionType": "CardCrypto",
        "kind": one.kind,
        "id": one.link,
        "transactionId": one.id,
        "originalTransactionId": one.original,
        "terminalPublicId": desk::number(&one.terminal),
        "terminalName": "Shop",
        "transactionStatus": one.status,
        "errorCode": (one.status == Status::Declined && one.kind == Kind::Payment).then_some("TRA_2999"),
        "amount": number(one.amount),
        "currency": one.amount.currency.code(),
        "orderId": one.order,
        "paymentTime": stamp(one.created_at),
        "paymentLinkId": one.link,
    })
}

fn number(amount: Money) -> Option<Number> {
    amount.to_decimal().parse().ok()
}

fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn known(state: &WataState, caller: &Caller) -> Result<(String, Account), Refused> {
    let token = caller.authorization("Bearer");
    let found = state.accounts.of_shop(&caller.shop, |terminal| terminal.key == token);
    found.ok_or(Refused(StatusCode::UNAUTHORIZED, "The token is missing or wrong."))
}
