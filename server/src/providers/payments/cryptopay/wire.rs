//! Crypto Pay's JSON and ours. Amounts are decimal strings.

use chrono::{DateTime, Utc};
use domain::{
    ids::OrderId,
    money::{Currency, Money},
    ports::{GatewayError, GatewayEvent, NewPayment, PaymentFacts, PaymentStatus, RefusedWebhook},
};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use crate::providers::payments::answer;

/// In characters.
const MAX_DESCRIPTION: usize = 1_024;
/// In seconds; the provider takes no other. A minute is the least that can be paid in.
const EXPIRES_IN: (i64, i64) = (60, 2_678_400);

#[derive(Debug, Deserialize)]
pub(super) struct Invoice {
    pub invoice_id: i64,
    pub bot_invoice_url: Url,
    status: String,
    /// One of the two says the currency.
    asset: Option<String>,
    fiat: Option<String>,
    amount: String,
    payload: Option<String>,
    created_at: Option<String>,
    paid_at: Option<String>,
    expiration_date: Option<String>,
}

impl Invoice {
    /// Whether it collects just this payment.
    pub(super) fn is_for(&self, payment: &NewPayment) -> bool {
        self.status == "active" && self.order() == Some(payment.order) && self.money() == Some(payment.amount)
    }

    /// An invoice without times may have.
    pub(super) fn changed_since(&self, since: DateTime<Utc>) -> bool {
        let times = [&self.created_at, &self.paid_at, &self.expiration_date].map(moment);
        times.iter().all(Option::is_none) || times.into_iter().flatten().any(|at| at >= since)
    }

    /// # Errors
    /// An amount or a currency that we do not know.
    pub(super) fn into_facts(self, account: &str, raw: Value) -> Result<PaymentFacts, GatewayError> {
        let amount = self.money().ok_or_else(|| {
            GatewayError::Refused("the invoice has a currency or an amount that we do not know".into())
        })?;
        Ok(PaymentFacts {
            provider_payment_id: self.invoice_id.to_string(),
            account_id: account.to_owned(),
            order: self.order(),
            repeats: None,
            amount,
            // A word that we do not know is never taken for money.
            status: match self.status.as_str() {
                "paid" => PaymentStatus::Paid,
                "expired" => PaymentStatus::Expired,
                _ => PaymentStatus::Pending,
            },
            refunded: 0,
            dispute: None,
            paid_at: moment(&self.paid_at),
            raw,
        })
    }

    fn order(&self) -> Option<OrderId> {
        self.payload.as_deref()?.parse().ok()
    }

    fn money(&self) -> Option<Money> {
        let currency: Currency = match (&self.asset, &self.fiat) {
            // What was asked for in fiat is paid in an asset of the payer's choice.
            (_, Some(fiat)) => fiat.parse().ok().filter(|currency| *currency != Currency::Usdt)?,
            (Some(asset), None) => asset.parse().ok().filter(|currency| *currency == Currency::Usdt)?,
            (None, None) => return None,
        };
        Money::from_decimal(&self.amount, currency).ok()
    }
}

/// What a currency is called here, and by which field.
pub(super) fn currency(currency: Currency) -> (&'static str, String) {
    (if currency == Currency::Usdt { "asset" } else { "fiat" }, currency.code())
}

pub(super) fn request(payment: &NewPayment, now: DateTime<Utc>) -> Value {
    let (field, code) = currency(payment.amount.currency);
    let description: String = payment.description.chars().take(MAX_DESCRIPTION).collect();
    let (least, most) = EXPIRES_IN;
    json!({
        "currency_type": if field == "asset" { "crypto" } else { "fiat" },
        field: code,
        "amount": payment.amount.to_decimal(),
        "description": description,
        "payload": payment.order.to_string(),
        "expires_in": (payment.expires_at - now).num_seconds().clamp(least, most),
        "paid_btn_name": "callback",
        "paid_btn_url": payment.return_url,
        "allow_comments": false,
    })
}

/// # Errors
/// What the provider says instead, or an answer that is not its own.
pub(super) fn result(mut body: Value) -> Result<Value, GatewayError> {
    match (body["ok"].as_bool(), body["error"]["code"].as_i64()) {
        (Some(true), _) => Ok(body["result"].take()),
        (Some(false), Some(401 | 403)) => Err(GatewayError::Credentials),
        (Some(false), _) => Err(GatewayError::Refused(refusal(&body).unwrap_or("no reason").to_owned())),
        (None, _) => Err(answer::foreign()),
    }
}

/// What the provider says against a request.
pub(super) fn refusal(body: &Value) -> Option<&str> {
    body["error"]["name"].as_str()
}

/// # Errors
/// The answer is not in the provider's form.
pub(super) fn invoices(mut body: Value) -> Result<Vec<(Invoice, Value)>, GatewayError> {
    let Value::Array(items) = body["items"].take() else {
        return Err(answer::foreign());
    };
    answer::each(items)
}

fn moment(text: &Option<String>) -> Option<DateTime<Utc>> {
    Some(DateTime::parse_from_rfc3339(text.as_deref()?).ok()?.to_utc())
}

#[derive(Deserialize)]
struct Update {
    update_id: i64,
    update_type: String,
    payload: Told,
}

#[derive(Deserialize)]
struct Told {
    invoice_id: i64,
    payload: Option<String>,
}

/// The provider calls its update's number "non-unique"; with the invoice's it is the event's own.
///
/// # Errors
/// [`RefusedWebhook::Malformed`].
pub(super) fn event(body: &[u8], account_id: &str) -> Result<GatewayEvent, RefusedWebhook> {
    let update: Update = serde_json::from_slice(body).map_err(|_| RefusedWebhook::Malformed)?;
    if update.update_type != "invoice_paid" {
        return Err(RefusedWebhook::Malformed);
    }
    Ok(GatewayEvent {
        event_id: format!("{}:{}", update.update_id, update.payload.invoice_id),
        account_id: account_id.to_owned(),
        provider_payment_id: update.payload.invoice_id.to_string(),
        order: update.payload.payload.and_then(|order| order.parse().ok()),
    })
}
