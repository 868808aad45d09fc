//! `[sessions]`: how long a browser stays signed in.

use chrono::Duration;
use serde::Deserialize;

use super::{ConfigError, section, text};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sessions {
    #[serde(deserialize_with = "text::number")]
    idle_hours: u16,
    #[serde(deserialize_with = "text::number")]
    absolute_hours: u16,
}

impl Sessions {
    pub fn idle(&self) -> Duration {
        Duration::hours(self.idle_hours.into())
    }

    pub fn absolute(&self) -> Duration {
        Duration::hours(self.absolute_hours.into())
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if self.idle_hours == 0 {
            return Err(ConfigError("`sessions.idle_hours` is 0: nobody could stay signed in.".into()));
        }
        if self.absolute_hours < self.idle_hours {
            return Err(ConfigError(
                "`sessions.absolute_hours` is below `sessions.idle_hours`: the idle limit would never apply."
                    .into(),
            ));
        }
        Ok(())
    }

    pub(super) fn printed(&self) -> String {
        section(
            "sessions",
            &[
                ("idle_hours", self.idle_hours.to_string()),
                ("absolute_hours", self.absolute_hours.to_string()),
            ],
        )
    }
}
