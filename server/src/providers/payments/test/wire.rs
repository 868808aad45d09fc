//! The card page's JSON and ours.

use chrono::{DateTime, Utc};
use domain::{
    ids::OrderId,
    money::{Currency, Money},
    ports::{Dispute, GatewayError, GatewayEvent, NewPayment, PaymentFacts, PaymentStatus, RefusedWebhook},
};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use crate::providers::payments::answer::read;

#[derive(Debug, Deserialize)]
pub(super) struct Payment {
    pub id: String,
    pub pay_url: Url,
    account: String,
    order: String,
    amount: i64,
    currency: String,
    status: String,
    paid_at: Option<DateTime<Utc>>,
    refunded: i64,
    dispute: Option<String>,
}

impl Payment {
    /// # Errors
    /// A currency that we do not know.
    pub(super) fn into_facts(self, raw: Value) -> Result<PaymentFacts, GatewayError> {
        let currency: Currency = self
            .currency
            .parse()
            .map_err(|_| GatewayError::Refused("the payment has a currency that we do not know".into()))?;
        Ok(PaymentFacts {
            provider_payment_id: self.id,
            account_id: self.account,
            order: self.order.parse::<OrderId>().ok(),
            repeats: None,
            amount: Money::new(self.amount, currency),
            // A word that we do not know is never taken for money.
            status: match self.status.as_str() {
                "paid" => PaymentStatus::Paid,
                "failed" => PaymentStatus::Failed,
                "expired" => PaymentStatus::Expired,
                _ => PaymentStatus::Pending,
            },
            refunded: self.refunded,
            dispute: match self.dispute.as_deref() {
                Some("won") => Some(Dispute::Won),
                Some("lost") => Some(Dispute::Lost),
                Some(_) => Some(Dispute::Open),
                None => None,
            },
            paid_at: self.paid_at,
            raw,
        })
    }
}

pub(super) fn request(payment: &NewPayment) -> Value {
    json!({
        "order": payment.order.to_string(),
        "amount": payment.amount.minor,
        "currency": payment.amount.currency.code(),
        "description": payment.description,
        "return_url": payment.return_url,
        "expires_at": payment.expires_at,
    })
}

/// The payments of a list, each with the JSON that it came as.
///
/// # Errors
/// The answer is not in the provider's form.
pub(super) fn list(body: &Value) -> Result<Vec<PaymentFacts>, GatewayError> {
    let payments = body["payments"].as_array().cloned().unwrap_or_default();
    payments.into_iter().map(|raw| read::<Payment>(&raw)?.into_facts(raw)).collect()
}

#[derive(Deserialize)]
struct Event {
    id: String,
    account: String,
    payment: String,
    order: String,
}

/// # Errors
/// [`RefusedWebhook::Malformed`] or [`RefusedWebhook::Account`].
pub(super) fn event(body: &[u8], account_id: &str) -> Result<GatewayEvent, RefusedWebhook> {
    let event: Event = serde_json::from_slice(body).map_err(|_| RefusedWebhook::Malformed)?;
    if event.account != account_id {
        return Err(RefusedWebhook::Account);
    }
    Ok(GatewayEvent {
        event_id: event.id,
        account_id: event.account,
        provider_payment_id: event.payment,
        order: event.order.parse().ok(),
    })
}
