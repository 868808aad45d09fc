//! `[roles]`: which parts run in this process.

use serde::Deserialize;

use super::{ConfigError, section, text};

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roles {
    /// Pages and webhooks.
    #[serde(deserialize_with = "text::flag")]
    pub web: bool,
    #[serde(deserialize_with = "text::flag")]
    pub bots: bool,
    #[serde(deserialize_with = "text::flag")]
    pub jobs: bool,
}

impl Roles {
    pub(super) fn check(self) -> Result<(), ConfigError> {
        if self.web || self.bots || self.jobs {
            return Ok(());
        }
        Err(ConfigError("`roles` are all off: the server would do nothing.".into()))
    }

    pub(super) fn printed(self) -> String {
        section(
            "roles",
            &[
                ("web", self.web.to_string()),
                ("bots", self.bots.to_string()),
                ("jobs", self.jobs.to_string()),
            ],
        )
    }
}
