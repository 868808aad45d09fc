//! Work about renewals.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{OrderId, RowId},
    jobs::Job,
};

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

/// Tells the provider whether it is to go on repeating a payment.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct TellStanding {
    pub standing: RowId,
}

impl Job for TellStanding {
    const KIND: &'static str = "tell_standing";
    /// A month has as many hours: until then nothing more is taken.
    const MAX_ATTEMPTS: i32 = 100;

    fn dedupe_key(&self) -> Option<String> {
        Some(self.standing.to_string())
    }
}

/// Calls off what somebody began by paying for an order twice.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CallOff {
    pub order: OrderId,
    /// The provider's name for the second payment.
    pub payment: String,
}

impl Job for CallOff {
    const KIND: &'static str = "call_off";
    const MAX_ATTEMPTS: i32 = 100;

    fn dedupe_key(&self) -> Option<String> {
        Some(self.payment.clone())
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
