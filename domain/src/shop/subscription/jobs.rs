//! Work about access.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{PanelId, SubscriptionId},
    jobs::Job,
    shop::panel,
};

/// Drives the panel to the subscription's target.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Provision {
    pub subscription: SubscriptionId,
    pub panel: PanelId,
}

impl Job for Provision {
    const KIND: &'static str = "provision";
    /// A panel may be away for months; what was paid looks for it every ten minutes.
    const MAX_ATTEMPTS: i32 = 20_000;
    const PRIORITY: i32 = 10;

    fn dedupe_key(&self) -> Option<String> {
        Some(self.subscription.to_string())
    }

    fn lane(&self) -> Option<String> {
        Some(panel::jobs::lane(self.panel))
    }
}
