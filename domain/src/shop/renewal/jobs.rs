//! Work about renewals.

use serde::{Deserialize, Serialize};

use crate::{ids::OrderId, jobs::Job};

/// Looks for subscriptions that end soon and are renewed by themselves.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct RenewSubscriptions {}

impl Job for RenewSubscriptions {
    const KIND: &'static str = "renew_subscriptions";
    /// The next one comes within the hour.
    const MAX_ATTEMPTS: i32 = 3;

    fn dedupe_key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Charges a saved method for a renewal.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct ChargeSaved {
    pub order: OrderId,
}

impl Job for ChargeSaved {
    const KIND: &'static str = "charge_saved";
    const PRIORITY: i32 = 15;
    /// More than the day after which it gives up by itself.
    const MAX_ATTEMPTS: i32 = 100;

    fn dedupe_key(&self) -> Option<String> {
        Some(self.order.to_string())
    }
}

/// Asks the provider what became of the way in which an order was paid: saved, or withdrawn.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct KeepMethod {
    pub order: OrderId,
}

impl Job for KeepMethod {
    const KIND: &'static str = "keep_method";

    fn dedupe_key(&self) -> Option<String> {
        Some(self.order.to_string())
    }
}
