//! Stripe's JSON and ours. What we send is a form.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    ids::{OrderId, RefundId},
    money::{Currency, Money},
    ports::{
        CreatedPayment, Dispute, GatewayError, GatewayEvent, NewPayment, PaymentFacts, PaymentStatus,
        RefundRequest, RefusedWebhook,
    },
};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

/// Most characters of what is bought, on the payer's page.
const NAME: usize = 250;

/// A session lives for 30 minutes to 24 hours from when it is made
/// (<https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-expires_at>). An order
/// lives for an hour, and its last minute is early enough to open its payment.
const SHORTEST_LIFE: TimeDelta = TimeDelta::minutes(31);

/// The longest id that Stripe gives.
const ID: usize = 255;

/// What we write on a session, on its intent and on a refund, by which they are told to be ours.
const ORDER: &str = "botyard_order";
const TENANT: &str = "botyard_tenant";
const ACCOUNT: &str = "botyard_account";
const REFUND: &str = "botyard_refund";

/// What the payer told Stripe, and what opens their payment in a browser, is no evidence of ours.
const NOT_KEPT: [&str; 11] = [
    "/client_secret",
    "/collected_information",
    "/customer_details",
    "/customer_email",
    "/payment_intent/client_secret",
    "/payment_intent/receipt_email",
    "/payment_intent/shipping",
    "/payment_intent/latest_charge/billing_details",
    "/payment_intent/latest_charge/payment_method_details",
    "/payment_intent/latest_charge/receipt_email",
    "/payment_intent/latest_charge/receipt_url",
];

pub(super) type Form = Vec<(String, String)>;

/// A session for one order. The same order is the same form each time, or Stripe would take its key of
/// idempotence for another's: the clock has no part in it.
pub(super) fn request(payment: &NewPayment, account_id: &str) -> Form {
    let (amount, item) = (payment.amount, "line_items[0][price_data]");
    let name: String = payment.description.chars().take(NAME).collect();
    let mut form: Form = [
        ("mode", "payment".to_owned()),
        ("client_reference_id", payment.order.to_string()),
        ("success_url", payment.return_url.to_string()),
        ("cancel_url", payment.return_url.to_string()),
        ("expires_at", (payment.expires_at + SHORTEST_LIFE).timestamp().to_string()),
        ("line_items[0][quantity]", "1".to_owned()),
    ]
    .map(|(field, value)| (field.to_owned(), value))
    .into();
    form.push((format!("{item}[currency]"), amount.currency.code().to_lowercase()));
    form.push((format!("{item}[unit_amount]"), amount.minor.to_string()));
    form.push((format!("{item}[product_data][name]"), name));
    let marks = [
        (ORDER, payment.order.to_string()),
        (TENANT, payment.tenant.to_string()),
        (ACCOUNT, account_id.to_owned()),
    ];
    for (mark, value) in marks {
        form.push((format!("metadata[{mark}]"), value.clone()));
        form.push((format!("payment_intent_data[metadata][{mark}]"), value));
    }
    form
}

pub(super) fn refund(intent: &str, request: &RefundRequest) -> Form {
    vec![
        ("payment_intent".to_owned(), intent.to_owned()),
        ("amount".to_owned(), request.amount.minor.to_string()),
        (format!("metadata[{REFUND}]"), request.refund.to_string()),
    ]
}

/// A session that was just made.
#[derive(Deserialize)]
pub(super) struct Opened {
    id: String,
    url: Option<Url>,
}

impl Opened {
    /// # Errors
    /// A session that is over has no page any more.
    pub(super) fn created(self) -> Result<CreatedPayment, GatewayError> {
        let pay_url = self.url.ok_or_else(|| GatewayError::Refused("the payment is over".into()))?;
        Ok(CreatedPayment { provider_payment_id: self.id, pay_url })
    }
}

#[derive(Deserialize)]
pub(super) struct Page {
    pub data: Vec<Value>,
    pub has_more: bool,
}

/// A session with its intent and charge.
#[derive(Deserialize)]
pub(super) struct Session {
    id: String,
    status: Option<String>,
    payment_status: String,
    amount_total: Option<i64>,
    currency: Option<String>,
    client_reference_id: Option<String>,
    #[serde(default)]
    metadata: Value,
    /// Made when the payer pays.
    payment_intent: Option<Intent>,
}

#[derive(Deserialize)]
struct Intent {
    id: String,
    status: String,
    latest_charge: Option<Charge>,
}

#[derive(Deserialize)]
struct Charge {
    #[serde(with = "chrono::serde::ts_seconds")]
    created: DateTime<Utc>,
    amount_refunded: i64,
    disputed: bool,
}

impl Session {
    /// The id of the session's intent.
    pub(super) fn intent(&self) -> Option<&str> {
        self.payment_intent.as_ref().map(|intent| intent.id.as_str())
    }

    /// The id of the intent whose charge a bank has called back.
    pub(super) fn disputed(&self) -> Option<&str> {
        self.charge().filter(|charge| charge.disputed).and_then(|_| self.intent())
    }

    /// # Errors
    /// An amount that we cannot read.
    pub(super) fn into_facts(self, mut raw: Value) -> Result<PaymentFacts, GatewayError> {
        let currency = self.currency.as_deref().and_then(|code| code.parse::<Currency>().ok());
        let (Some(minor), Some(currency)) = (self.amount_total, currency) else {
            return Err(GatewayError::Refused("the session has no amount that we can read".into()));
        };
        for place in NOT_KEPT {
            if let Some(value) = raw.pointer_mut(place) {
                *value = Value::Null;
            }
        }
        Ok(PaymentFacts {
            account_id: self.metadata[ACCOUNT].as_str().unwrap_or_default().to_owned(),
            order: self.client_reference_id.as_deref().and_then(|id| id.parse::<OrderId>().ok()),
            repeats: None,
            amount: Money::new(minor, currency),
            status: self.status(),
            refunded: self.charge().map_or(0, |charge| charge.amount_refunded),
            dispute: None,
            paid_at: self.charge().map(|charge| charge.created),
            provider_payment_id: self.id,
            raw,
        })
    }

    fn charge(&self) -> Option<&Charge> {
        self.payment_intent.as_ref()?.latest_charge.as_ref()
    }

    /// A word that we do not know is never taken for money.
    fn status(&self) -> PaymentStatus {
        let intent = self.payment_intent.as_ref().map(|intent| intent.status.as_str());
        match (self.status.as_deref(), self.payment_status.as_str(), intent) {
            (Some("complete"), "paid", _) => PaymentStatus::Paid,
            // Ways to pay that take days can fail after the payer has gone.
            (Some("complete"), "unpaid", Some("requires_payment_method" | "canceled")) => {
                PaymentStatus::Failed
            }
            (Some("expired"), _, _) => PaymentStatus::Expired,
            _ => PaymentStatus::Pending,
        }
    }
}

/// Whether a listed session is this shop's, in a currency that we know: what else the account sells is
/// not our concern.
pub(super) fn is_of(raw: &Value, account_id: &str) -> bool {
    let currency = raw["currency"].as_str();
    raw["metadata"][ACCOUNT] == account_id && currency.is_some_and(|code| code.parse::<Currency>().is_ok())
}

/// What banks say of a payment. An inquiry is a dispute that has not begun, and takes no money yet
/// (<https://docs.stripe.com/disputes/how-disputes-work#inquiries>).
pub(super) fn dispute(disputes: &[Value]) -> Option<Dispute> {
    let word = |dispute: &Value| match dispute["status"].as_str()? {
        "lost" => Some(Dispute::Lost),
        "won" | "warning_closed" | "prevented" => Some(Dispute::Won),
        "needs_response" | "under_review" | "warning_needs_response" | "warning_under_review" => {
            Some(Dispute::Open)
        }
        _ => None,
    };
    let said: Vec<Dispute> = disputes.iter().filter_map(word).collect();
    [Dispute::Lost, Dispute::Open, Dispute::Won].into_iter().find(|worst| said.contains(worst))
}

#[derive(Deserialize)]
pub(super) struct Refund {
    status: Option<String>,
    failure_reason: Option<String>,
    #[serde(default)]
    metadata: Value,
}

impl Refund {
    pub(super) fn is_named(&self, refund: RefundId) -> bool {
        self.metadata[REFUND] == refund.to_string().as_str()
    }

    /// # Errors
    /// It was given up, and the payer got nothing.
    pub(super) fn outcome(self) -> Result<(), GatewayError> {
        match self.status.as_deref() {
            Some("failed" | "canceled") => {
                Err(GatewayError::Refused(self.failure_reason.unwrap_or_else(|| "the refund failed".into())))
            }
            _ => Ok(()),
        }
    }
}

#[derive(Deserialize)]
struct Event {
    id: String,
    /// Set only for events of an account that is connected to the shop's.
    account: Option<String>,
    data: EventData,
}

#[derive(Deserialize)]
struct EventData {
    object: Value,
}

/// Which payment to read: the session, or what is not one by its intent. Events of other kinds name
/// something that cannot be read as a payment: they are taken all the same, because Stripe switches an
/// endpoint off that refuses.
///
/// # Errors
/// [`RefusedWebhook::Malformed`] or [`RefusedWebhook::Account`].
pub(super) fn event(body: &[u8], account_id: &str) -> Result<GatewayEvent, RefusedWebhook> {
    let event: Event = serde_json::from_slice(body).map_err(|_| RefusedWebhook::Malformed)?;
    if event.account.is_some() {
        return Err(RefusedWebhook::Account);
    }
    let object = &event.data.object;
    let intent = object["payment_intent"].as_str().filter(|_| object["object"] != "checkout.session");
    let payment = intent.or_else(|| object["id"].as_str()).unwrap_or(&event.id);
    if !is_id(&event.id) || !is_id(payment) {
        return Err(RefusedWebhook::Malformed);
    }
    let marks = &object["metadata"];
    let order = marks[ORDER].as_str().filter(|_| marks[ACCOUNT] == account_id);
    Ok(GatewayEvent {
        account_id: account_id.to_owned(),
        provider_payment_id: payment.to_owned(),
        order: order.and_then(|id| id.parse().ok()),
        event_id: event.id,
    })
}

/// An id becomes part of an address, so it is nothing but an id.
pub(super) fn is_id(text: &str) -> bool {
    (1..=ID).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
