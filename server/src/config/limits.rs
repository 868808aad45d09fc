//! `[limits]`: how much and how long.

use std::time::Duration;

use serde::Deserialize;

use super::{ConfigError, section, text};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    #[serde(deserialize_with = "text::number")]
    pub form_bytes: u32,
    #[serde(deserialize_with = "text::number")]
    pub webhook_bytes: u32,
    #[serde(deserialize_with = "text::number")]
    request_seconds: u32,
    #[serde(deserialize_with = "text::number")]
    shutdown_seconds: u32,
    #[serde(deserialize_with = "text::number")]
    pub event_streams: u32,
}

impl Limits {
    pub fn request(&self) -> Duration {
        Duration::from_secs(self.request_seconds.into())
    }

    pub fn shutdown(&self) -> Duration {
        Duration::from_secs(self.shutdown_seconds.into())
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let keys = self.keys();
        if let Some((key, _)) = keys.iter().find(|(_, value)| *value == 0) {
            return Err(ConfigError(format!("`limits.{key}` is 0: nothing could ever be done.")));
        }
        if self.request_seconds < 25 {
            return Err(ConfigError(
                "`limits.request_seconds` is below 25: a webhook of Telegram may wait 20 seconds for its turn.".into(),
            ));
        }
        Ok(())
    }

    pub(super) fn printed(&self) -> String {
        section("limits", &self.keys().map(|(key, value)| (key, value.to_string())))
    }

    fn keys(&self) -> [(&'static str, u32); 5] {
        [
            ("form_bytes", self.form_bytes),
            ("webhook_bytes", self.webhook_bytes),
            ("request_seconds", self.request_seconds),
            ("shutdown_seconds", self.shutdown_seconds),
            ("event_streams", self.event_streams),
        ]
    }
}
