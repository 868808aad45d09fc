//! `[server]`: where we listen and how people reach us.

use std::net::SocketAddr;

use serde::Deserialize;
use url::Url;

use super::{ConfigError, quoted, section, text};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub listen: SocketAddr,
    #[serde(deserialize_with = "text::optional_address")]
    pub public_url: Option<Url>,
    #[serde(deserialize_with = "text::number")]
    pub trusted_proxies: u8,
}

impl Server {
    /// Whether browsers reach us by https.
    pub fn is_https(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.scheme() == "https")
    }

    pub(super) fn check_production(&self) -> Result<(), ConfigError> {
        if self.is_https() {
            return Ok(());
        }
        if let Some(url) = self.public_url.as_ref().filter(|url| !text::is_loopback(url)) {
            return Err(ConfigError(format!(
                "`server.public_url` is {url}, and over http everybody on the way reads sessions and tokens: \
                 give an https address."
            )));
        }
        if !self.listen.ip().is_loopback() {
            return Err(ConfigError(format!(
                "The server would listen on {} without https: set `server.public_url` to the https address by \
                 which people reach it, or listen on 127.0.0.1.",
                self.listen
            )));
        }
        Ok(())
    }

    pub(super) fn printed(&self) -> String {
        section(
            "server",
            &[
                ("listen", quoted(self.listen)),
                ("public_url", quoted(self.public_url.as_ref().map_or("", Url::as_str))),
                ("trusted_proxies", self.trusted_proxies.to_string()),
            ],
        )
    }
}
