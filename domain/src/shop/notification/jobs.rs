//! Work about messages.

use serde::{Deserialize, Serialize};

use crate::{ids::RowId, jobs::Job};

/// Sends one notification.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendNotice {
    pub notification: RowId,
}

impl Job for SendNotice {
    const KIND: &'static str = "send_notice";
    const PRIORITY: i32 = 5;

    fn dedupe_key(&self) -> Option<String> {
        Some(self.notification.to_string())
    }
}
