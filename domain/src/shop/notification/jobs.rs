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

/// Looks for what users are to be told of their subscriptions soon.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct RemindUsers {}

impl Job for RemindUsers {
    const KIND: &'static str = "remind_users";
    /// The next one comes within the hour.
    const MAX_ATTEMPTS: i32 = 3;
    const PRIORITY: i32 = -5;

    fn dedupe_key(&self) -> Option<String> {
        Some(String::new())
    }
}
