//! Work about broadcasts.

use serde::{Deserialize, Serialize};

use crate::{ids::BroadcastId, jobs::Job};

/// Broadcasts of a shop that work at once: they take no more than these of its places.
const LANE: &str = "broadcast";

/// Sends a part of a broadcast and queues itself for the rest.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SendBroadcast {
    pub broadcast: BroadcastId,
    /// The end of something is unknown: first see whether Telegram answers at all.
    pub in_doubt: bool,
}

impl Job for SendBroadcast {
    const KIND: &'static str = "send_broadcast";
    /// Behind all that somebody waits for.
    const PRIORITY: i32 = -10;

    fn dedupe_key(&self) -> Option<String> {
        Some(self.broadcast.to_string())
    }

    fn lane(&self) -> Option<String> {
        Some(LANE.to_owned())
    }
}

/// Deletes a part of what a broadcast has sent and queues itself for the rest.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct DeleteBroadcast {
    pub broadcast: BroadcastId,
}

impl Job for DeleteBroadcast {
    const KIND: &'static str = "delete_broadcast";
    const PRIORITY: i32 = -10;

    fn dedupe_key(&self) -> Option<String> {
        Some(self.broadcast.to_string())
    }

    fn lane(&self) -> Option<String> {
        Some(LANE.to_owned())
    }
}
