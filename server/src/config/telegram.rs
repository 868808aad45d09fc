//! `[telegram]`: the Bot API and how updates come.

use serde::Deserialize;
use url::Url;

use super::{ConfigError, Server, quoted, section, text};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Telegram {
    #[serde(deserialize_with = "text::address")]
    pub base_url: Url,
    pub mode: UpdateMode,
    #[serde(deserialize_with = "text::number")]
    pub ramp_per_minute: u32,
    #[serde(deserialize_with = "text::number")]
    pub messages_per_second: u32,
}

/// What Telegram lets the best paying bots send in a second
/// (<https://core.telegram.org/bots/faq#how-can-i-message-all-of-my-bot-39s-subscribers-at-once>).
const MOST_PER_SECOND: u32 = 1_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UpdateMode {
    Polling,
    Webhook,
}

impl Telegram {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if (1..=MOST_PER_SECOND).contains(&self.messages_per_second) {
            return Ok(());
        }
        Err(ConfigError(format!(
            "`telegram.messages_per_second` is {}: a bot sends at least 1 and at most {MOST_PER_SECOND}.",
            self.messages_per_second
        )))
    }

    pub(super) fn check_production(&self, server: &Server) -> Result<(), ConfigError> {
        live_address("telegram.base_url", &self.base_url, server)?;
        if self.mode == UpdateMode::Webhook && !server.is_https() {
            return Err(ConfigError(
                "`telegram.mode` is webhook, and Telegram calls https addresses only: set `server.public_url` to \
                 one, or use polling."
                    .into(),
            ));
        }
        if self.ramp_per_minute == 0 {
            return Err(ConfigError("`telegram.ramp_per_minute` is 0: no bot would ever start.".into()));
        }
        Ok(())
    }

    pub(super) fn printed(&self) -> String {
        let mode = match self.mode {
            UpdateMode::Polling => "polling",
            UpdateMode::Webhook => "webhook",
        };
        section(
            "telegram",
            &[
                ("base_url", quoted(&self.base_url)),
                ("mode", quoted(mode)),
                ("ramp_per_minute", self.ramp_per_minute.to_string()),
                ("messages_per_second", self.messages_per_second.to_string()),
            ],
        )
    }
}

/// Refuses addresses by which a live server would speak to emulators, or in the clear over a network.
pub(super) fn live_address(key: &str, url: &Url, server: &Server) -> Result<(), ConfigError> {
    let own_port = url.port_or_known_default() == Some(server.listen.port()) && text::is_loopback(url);
    let own_name = server.public_url.as_ref().is_some_and(|own| own.origin() == url.origin());
    if own_port || own_name || url.path().starts_with("/emulator/") {
        return Err(ConfigError(format!(
            "`{key}` is {url}, an emulator: a live server must not take emulated money or bots for real ones. \
             Use `botyard sandbox` for that."
        )));
    }
    if url.scheme() == "http" && !text::is_loopback(url) {
        return Err(ConfigError(format!("`{key}` is {url}: keys would travel in the clear, use https.")));
    }
    Ok(())
}
