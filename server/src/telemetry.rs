//! Logs: one line an event, for people or for machines. What may be in them is decided where they
//! are written: never a body, a query, an address of a person, a token.

use std::io::IsTerminal;

use tracing_subscriber::{Layer, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::{ConfigError, Log, LogFormat};

/// Sends the process' events to standard error.
///
/// # Errors
/// The level cannot be read.
pub fn start(log: &Log) -> Result<(), ConfigError> {
    let form = match log.format {
        LogFormat::Json => {
            tracing_subscriber::fmt::layer().json().flatten_event(true).with_writer(std::io::stderr).boxed()
        }
        LogFormat::Text => tracing_subscriber::fmt::layer()
            .with_ansi(std::io::stderr().is_terminal())
            .with_writer(std::io::stderr)
            .boxed(),
    };
    // A second server in one process (tests) keeps the first one's.
    let _ = tracing_subscriber::registry().with(form.with_filter(log.filter()?)).try_init();
    Ok(())
}
