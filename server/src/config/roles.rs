//! `[roles]`: which parts run in this process.

use serde::Deserialize;

use super::{ConfigError, UpdateMode, section, text};

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
    /// Bots are known to the process that runs them and to no other.
    pub(super) fn check(self, updates: UpdateMode) -> Result<(), ConfigError> {
        let refused = if !(self.web || self.bots || self.jobs) {
            "`roles` are all off: the server would do nothing."
        } else if self.jobs && !self.bots {
            "`roles.jobs` is on and `roles.bots` is off: a deployment starts its bot in the process that runs it, \
             so switch `roles.bots` on as well."
        } else if updates == UpdateMode::Webhook && self.web != self.bots {
            "`telegram.mode` is webhook, and `roles.web` takes the updates that `roles.bots` answers: switch both \
             on or both off."
        } else {
            return Ok(());
        };
        Err(ConfigError(refused.into()))
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
