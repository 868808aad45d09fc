//! YooKassa's JSON and ours.

use chrono::{DateTime, Utc};
use domain::{
    ids::OrderId,
    money::{Currency, Money},
    ports::{
        CreatedPayment, GatewayError, GatewayEvent, Kept, NewPayment, PaymentFacts, PaymentStatus,
        RefundRequest, RefusedWebhook, SavedCharge, SavedMethod,
    },
};
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use crate::providers::payments::answer;

/// Most characters of a payment's description.
const DESCRIPTION: usize = 128;
/// Far above any notification; what anybody can send is kept in the inbox.
const NOTIFICATION: usize = 16 * 1024;
/// What can happen to a payment (<https://yookassa.ru/developers/using-api/webhooks>): whatever else
/// a body calls an event would be one more row in the inbox.
const EVENTS: [&str; 3] = ["payment.waiting_for_capture", "payment.succeeded", "payment.canceled"];
const REFUND: &str = "refund.succeeded";
/// Reasons after which no other charge can succeed
/// (<https://yookassa.ru/developers/payment-acceptance/after-the-payment/declined-payments>).
const WITHDRAWN: [&str; 2] = ["permission_revoked", "card_expired"];

#[derive(Debug, Deserialize)]
struct Amount {
    value: String,
    currency: String,
}

impl Amount {
    fn money(&self) -> Option<Money> {
        let currency: Currency = self.currency.parse().ok()?;
        Money::from_decimal(&self.value, currency).ok()
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Payment {
    id: String,
    status: String,
    amount: Amount,
    recipient: Recipient,
    refunded_amount: Option<Amount>,
    captured_at: Option<DateTime<Utc>>,
    confirmation: Option<Confirmation>,
    cancellation_details: Option<Cancellation>,
    payment_method: Option<Method>,
    #[serde(default)]
    metadata: Value,
}

#[derive(Debug, Deserialize)]
struct Method {
    r#type: String,
    id: String,
    saved: bool,
    title: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Recipient {
    account_id: String,
}

#[derive(Debug, Deserialize)]
struct Confirmation {
    confirmation_url: Option<Url>,
}

#[derive(Debug, Deserialize)]
struct Cancellation {
    reason: String,
}

impl Payment {
    /// # Errors
    /// A payment that is over has no page any more.
    pub(super) fn created(self) -> Result<CreatedPayment, GatewayError> {
        let page = self.confirmation.and_then(|confirmation| confirmation.confirmation_url);
        let pay_url = page.ok_or_else(|| GatewayError::Refused("the payment is over".into()))?;
        Ok(CreatedPayment { provider_payment_id: self.id, pay_url })
    }

    /// # Errors
    /// An amount that we cannot read.
    pub(super) fn into_facts(self, mut raw: Value) -> Result<PaymentFacts, GatewayError> {
        // By it what was kept is charged: evidence holds no secret.
        forget_method(raw.get_mut("payment_method"));
        let unreadable = || GatewayError::Refused("the payment has an amount that we cannot read".into());
        let amount = self.amount.money().ok_or_else(unreadable)?;
        let refunded = match &self.refunded_amount {
            None => 0,
            Some(refunded) => {
                let refunded = refunded.money().filter(|money| money.currency == amount.currency);
                refunded.ok_or_else(unreadable)?.minor
            }
        };
        Ok(PaymentFacts {
            account_id: self.recipient.account_id.clone(),
            order: self.metadata["order_id"].as_str().and_then(|id| id.parse::<OrderId>().ok()),
            repeats: None,
            amount,
            status: self.status(),
            refunded,
            // Banks' claims are settled in YooKassa's cabinet; its API does not speak of them.
            dispute: None,
            paid_at: self.captured_at,
            provider_payment_id: self.id,
            raw,
        })
    }

    pub(super) fn kept(self) -> Kept {
        let status = self.status();
        let reason = self.cancellation_details.map(|details| details.reason);
        match self.payment_method.filter(|method| method.saved) {
            _ if reason.is_some_and(|reason| WITHDRAWN.contains(&reason.as_str())) => Kept::Withdrawn,
            Some(method) if status == PaymentStatus::Paid => Kept::Saved(SavedMethod {
                title: method.title.unwrap_or(method.r#type),
                token: method.id.into(),
            }),
            _ => Kept::Not,
        }
    }

    /// A word that we do not know is never taken for money.
    fn status(&self) -> PaymentStatus {
        match self.status.as_str() {
            "succeeded" => PaymentStatus::Paid,
            "canceled" => match self.cancellation_details.as_ref().map(|details| details.reason.as_str()) {
                Some("expired_on_confirmation" | "expired_on_capture") => PaymentStatus::Expired,
                _ => PaymentStatus::Failed,
            },
            _ => PaymentStatus::Pending,
        }
    }
}

pub(super) fn request(payment: &NewPayment) -> Value {
    json!({
        "amount": amount(payment.amount),
        "capture": true,
        "confirmation": { "type": "redirect", "return_url": payment.return_url },
        "description": payment.description.chars().take(DESCRIPTION).collect::<String>(),
        "metadata": { "order_id": payment.order.to_string(), "tenant_id": payment.tenant.to_string() },
    })
}

/// Without a page: nobody is there to confirm it.
pub(super) fn charge(charge: &SavedCharge) -> Value {
    json!({
        "amount": amount(charge.amount),
        "capture": true,
        "payment_method_id": charge.token.expose_secret(),
        "description": charge.description.chars().take(DESCRIPTION).collect::<String>(),
        "metadata": { "order_id": charge.order.to_string(), "tenant_id": charge.tenant.to_string() },
    })
}

pub(super) fn refund(request: &RefundRequest) -> Value {
    json!({
        "payment_id": request.provider_payment_id,
        "amount": amount(request.amount),
        "description": request.refund.to_string(),
    })
}

fn amount(money: Money) -> Value {
    json!({ "value": money.to_decimal(), "currency": money.currency.code() })
}

#[derive(Debug, Deserialize)]
pub(super) struct Refund {
    status: String,
    description: Option<String>,
    cancellation_details: Option<Cancellation>,
}

impl Refund {
    pub(super) fn is_named(&self, name: &str) -> bool {
        self.description.as_deref() == Some(name)
    }

    /// # Errors
    /// It was given up, and the payer got nothing.
    pub(super) fn outcome(self) -> Result<(), GatewayError> {
        if self.status != "canceled" {
            return Ok(());
        }
        let reason = self.cancellation_details.map(|details| details.reason);
        Err(GatewayError::Refused(reason.unwrap_or_else(|| "the refund was canceled".into())))
    }
}

#[derive(Deserialize)]
pub(super) struct Page {
    pub items: Vec<Value>,
    pub next_cursor: Option<String>,
}

/// The payments of a list in a currency that we know: what else the shop sells there is not our concern.
///
/// # Errors
/// The answer is not in the provider's form.
pub(super) fn ours(items: Vec<Value>) -> Result<Vec<PaymentFacts>, GatewayError> {
    let known = |raw: &Value| {
        let currency = raw["amount"]["currency"].as_str();
        currency.is_some_and(|code| code.parse::<Currency>().is_ok())
    };
    let items = items.into_iter().filter(known);
    items.map(|raw| answer::read::<Payment>(&raw)?.into_facts(raw)).collect()
}

/// What YooKassa says of the account itself.
#[derive(Deserialize)]
pub(super) struct Shop {
    account_id: String,
    status: String,
}

impl Shop {
    /// # Errors
    /// Another account's key, or an account that may not take money.
    pub(super) fn check(&self, account_id: &str) -> Result<(), GatewayError> {
        if self.account_id != account_id {
            return Err(GatewayError::Credentials);
        }
        match self.status.as_str() {
            "disabled" => Err(GatewayError::Refused("the account is disabled".into())),
            _ => Ok(()),
        }
    }
}

/// Payments and refunds have UUIDs, so that an id is nothing but an id in an address.
pub(super) fn is_id(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

#[derive(Deserialize)]
struct Notification {
    r#type: String,
    event: String,
    object: Object,
}

#[derive(Deserialize)]
struct Object {
    id: String,
    payment_id: Option<String>,
}

/// A notification without the name of what was kept.
pub(super) fn without_secrets(body: &[u8]) -> String {
    let Ok(mut told) = serde_json::from_slice::<Value>(body) else {
        return String::from_utf8_lossy(body).into_owned();
    };
    forget_method(told.pointer_mut("/object/payment_method"));
    told.to_string()
}

fn forget_method(method: Option<&mut Value>) {
    if let Some(method) = method.and_then(Value::as_object_mut) {
        method.remove("id");
    }
}

/// Which payment to read. Anybody can write such a body, so nothing else of it is used.
///
/// # Errors
/// [`RefusedWebhook::Malformed`].
pub(super) fn event(body: &[u8], account_id: &str) -> Result<GatewayEvent, RefusedWebhook> {
    if body.len() > NOTIFICATION {
        return Err(RefusedWebhook::Malformed);
    }
    let told: Notification = serde_json::from_slice(body).map_err(|_| RefusedWebhook::Malformed)?;
    let payment = match told.event.as_str() {
        event if EVENTS.contains(&event) => Some(&told.object.id),
        REFUND => told.object.payment_id.as_ref(),
        _ => None,
    };
    let payment = payment.filter(|id| is_id(id)).ok_or(RefusedWebhook::Malformed)?;
    if told.r#type != "notification" || !is_id(&told.object.id) {
        return Err(RefusedWebhook::Malformed);
    }
    Ok(GatewayEvent {
        event_id: format!("{}:{}", told.event, told.object.id),
        account_id: account_id.to_owned(),
        provider_payment_id: payment.clone(),
        order: None,
    })
}
