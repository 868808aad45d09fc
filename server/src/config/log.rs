//! `[log]`: what is logged, and in which form.

use serde::Deserialize;
use tracing_subscriber::EnvFilter;

use super::{ConfigError, quoted, section};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub format: LogFormat,
    level: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

impl Log {
    /// # Errors
    /// The level is none.
    pub fn filter(&self) -> Result<EnvFilter, ConfigError> {
        EnvFilter::try_new(&self.level).map_err(|_| {
            ConfigError(format!(
                "`log.level` is {:?}: give error, warn, info, debug or trace, or directives like info,sea_orm=warn.",
                self.level
            ))
        })
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        self.filter().map(|_| ())
    }

    pub(super) fn printed(&self) -> String {
        let format = match self.format {
            LogFormat::Text => "text",
            LogFormat::Json => "json",
        };
        section("log", &[("format", quoted(format)), ("level", quoted(&self.level))])
    }
}
