//! What the emulated account holds.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// Where a checkout stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SessionStatus {
    Open,
    Complete,
    Expired,
}

/// What the payment page shows of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckoutPage {
    pub id: String,
    pub status: SessionStatus,
    pub product: String,
    /// In the currency's smallest unit.
    pub amount: i64,
    /// Lower-case ISO 4217.
    pub currency: String,
    /// `month` or `year` for a subscription.
    pub interval: Option<String>,
    pub customer_email: Option<String>,
    /// With the session's id filled in.
    pub success_url: String,
    pub cancel_url: Option<String>,
    /// How often a card was refused on this page.
    pub declines: u32,
    pub created: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Session {
    pub id: String,
    pub status: SessionStatus,
    pub is_subscription: bool,
    pub product: String,
    pub amount: i64,
    pub currency: String,
    pub interval: Option<String>,
    pub quantity: u64,
    pub customer: Option<String>,
    pub customer_email: Option<String>,
    pub client_reference_id: Option<String>,
    pub metadata: Value,
    pub subscription_metadata: Value,
    #[serde(default)]
    pub intent_metadata: Value,
    pub success_url: String,
    pub cancel_url: Option<String>,
    /// The page's address.
    pub url: String,
    pub subscription: Option<String>,
    pub invoice: Option<String>,
    pub payment_intent: Option<String>,
    pub declines: u32,
    pub created: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

impl Session {
    pub(super) fn page(&self) -> CheckoutPage {
        CheckoutPage {
            id: self.id.clone(),
            status: self.status,
            product: self.product.clone(),
            amount: self.amount,
            currency: self.currency.clone(),
            interval: self.interval.clone(),
            customer_email: self.customer_email.clone(),
            success_url: self.filled_success_url(),
            cancel_url: self.cancel_url.clone(),
            declines: self.declines,
            created: self.created,
            expires_at: self.expires_at,
        }
    }

    /// <https://docs.stripe.com/payments/checkout/custom-success-page>
    pub(super) fn filled_success_url(&self) -> String {
        self.success_url
            .replace("{CHECKOUT_SESSION_ID}", &self.id)
            .replace("%7BCHECKOUT_SESSION_ID%7D", &self.id)
    }
}

/// Money that was taken.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Payment {
    pub amount: i64,
    pub refunded: i64,
    pub currency: String,
    /// The charge's id.
    #[serde(default)]
    pub charge: String,
    #[serde(default)]
    pub metadata: Value,
    #[serde(default)]
    pub created: DateTime<Utc>,
    #[serde(default)]
    pub dispute: Option<Dispute>,
}

/// What the payer's bank calls back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Dispute {
    pub id: String,
    /// In the API's words.
    pub status: String,
    pub created: DateTime<Utc>,
}

impl Dispute {
    /// An inquiry has taken no money yet.
    pub(super) fn is_refundable(&self) -> bool {
        self.status.starts_with("warning_")
    }
}

/// The answer to a key, kept for a day.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Remembered {
    pub request: String,
    pub status: u16,
    pub body: Value,
    pub at: DateTime<Utc>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct StripeState {
    pub sessions: BTreeMap<String, Session>,
    /// Customers, subscriptions, invoices, portal sessions and refunds in the API's form, by id.
    pub objects: BTreeMap<String, Value>,
    /// By payment intent.
    pub payments: BTreeMap<String, Payment>,
    /// Oldest first.
    pub events: Vec<Value>,
    pub idempotency: BTreeMap<String, Remembered>,
}

impl StripeState {
    pub(super) fn event(&self, id: &str) -> Option<&Value> {
        self.events.iter().find(|event| event["id"] == id)
    }

    /// One endpoint less waits for this event.
    pub(super) fn delivered(&mut self, id: &str) {
        if let Some(event) = self.events.iter_mut().find(|event| event["id"] == id) {
            event["pending_webhooks"] =
                (event["pending_webhooks"].as_u64().unwrap_or(0).saturating_sub(1)).into();
        }
    }
}

pub(super) fn new_id(prefix: &str) -> String {
    format!("{prefix}_{}", Uuid::new_v4().as_simple())
}
