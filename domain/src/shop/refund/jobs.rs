//! Work about refunds.

use serde::{Deserialize, Serialize};

use crate::{ids::RefundId, jobs::Job};

/// Asks the provider to send money back, and waits until it says that it has.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SendBack {
    pub refund: RefundId,
}

impl Job for SendBack {
    const KIND: &'static str = "send_back";
    /// Banks take days: with pauses of an hour at most, this is more than two weeks.
    const MAX_ATTEMPTS: i32 = 400;
    const PRIORITY: i32 = 15;

    fn dedupe_key(&self) -> Option<String> {
        Some(self.refund.to_string())
    }
}
