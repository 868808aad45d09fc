//! Work about a panel.

use serde::{Deserialize, Serialize};

use crate::{ids::PanelId, jobs::Job};

/// Asks a panel that did not answer whether it is back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProbePanel {
    pub panel: PanelId,
}

impl Job for ProbePanel {
    const KIND: &'static str = "probe_panel";
    /// Every 15 s for a week.
    const MAX_ATTEMPTS: i32 = 40_320;

    fn dedupe_key(&self) -> Option<String> {
        Some(self.panel.to_string())
    }
}

/// Compares all accounts of a panel with ours.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SyncPanel {
    pub panel: PanelId,
}

impl Job for SyncPanel {
    const KIND: &'static str = "sync_panel";
    /// The next one comes in two hours anyway.
    const MAX_ATTEMPTS: i32 = 3;
    const PRIORITY: i32 = -10;

    fn dedupe_key(&self) -> Option<String> {
        Some(self.panel.to_string())
    }

    fn lane(&self) -> Option<String> {
        Some(lane(self.panel))
    }
}

/// The lane of the jobs that need this panel.
pub fn lane(panel: PanelId) -> String {
    format!("panel:{panel}")
}
