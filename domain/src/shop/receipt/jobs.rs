//! Work about receipts.

use serde::{Deserialize, Serialize};

use crate::{ids::ReceiptId, jobs::Job};

/// Brings the picture here, so that it outlives the bot.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct FetchReceipt {
    pub receipt: ReceiptId,
}

impl Job for FetchReceipt {
    const KIND: &'static str = "fetch_receipt";

    fn dedupe_key(&self) -> Option<String> {
        Some(self.receipt.to_string())
    }
}
