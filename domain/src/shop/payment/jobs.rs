//! Work about payments.

use serde::{Deserialize, Serialize};

use crate::{ids::OrderId, jobs::Job};

/// Reads a payment from its provider and settles its order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SettlePayment {
    pub provider: String,
    pub provider_payment_id: String,
}

impl SettlePayment {
    /// The job that was queued for an event of `provider` with this key.
    pub fn of_key(provider: &str, key: &str) -> Option<Self> {
        let payment = key.strip_prefix(provider)?.strip_prefix(':')?;
        Some(Self { provider: provider.to_owned(), provider_payment_id: payment.to_owned() })
    }
}

impl Job for SettlePayment {
    const KIND: &'static str = "settle_payment";
    const PRIORITY: i32 = 20;

    fn dedupe_key(&self) -> Option<String> {
        Some(format!("{}:{}", self.provider, self.provider_payment_id))
    }
}

/// Asks the provider about an order whose webhook has not come.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PollPayment {
    pub order: OrderId,
}

impl Job for PollPayment {
    const KIND: &'static str = "poll_payment";
    /// After 1, 2, 5, 15, 60 minutes, then hourly for a week after the order ran out.
    const MAX_ATTEMPTS: i32 = 200;

    fn dedupe_key(&self) -> Option<String> {
        Some(self.order.to_string())
    }
}
