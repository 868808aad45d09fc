//! `[stripe]`: how customers pay for packages.

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

use super::{ConfigError, Server, list, quoted, section, telegram::live_address, text};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stripe {
    #[serde(deserialize_with = "text::address")]
    pub base_url: Url,
    #[serde(deserialize_with = "text::secret")]
    pub api_key: Option<SecretString>,
    #[serde(deserialize_with = "text::secret")]
    pub webhook_secret: Option<SecretString>,
    #[serde(deserialize_with = "text::optional")]
    pub account: Option<String>,
    hosted_origins: Vec<Url>,
}

impl Stripe {
    /// Origins of the hosted pages, for the content security policy.
    pub fn hosted_origins(&self) -> Vec<String> {
        self.hosted_origins.iter().map(|url| url.origin().ascii_serialization()).collect()
    }

    pub(super) fn check_production(&self, server: &Server) -> Result<(), ConfigError> {
        live_address("stripe.base_url", &self.base_url, server)?;
        for origin in &self.hosted_origins {
            live_address("stripe.hosted_origins", origin, server)?;
        }
        match (&self.api_key, &self.webhook_secret, &self.account) {
            (Some(key), Some(secret), Some(_)) => {
                if !key.expose_secret().starts_with("sk_") && !key.expose_secret().starts_with("rk_") {
                    return Err(ConfigError("`stripe.api_key` is not a secret key (sk_… or rk_…).".into()));
                }
                if !secret.expose_secret().starts_with("whsec_") {
                    return Err(ConfigError("`stripe.webhook_secret` is not a signing secret (whsec_…).".into()));
                }
                Ok(())
            }
            (None, None, _) => Ok(()),
            _ => Err(ConfigError(
                "`stripe.api_key`, `stripe.webhook_secret` and `stripe.account` belong together: without one of \
                 them payments would be taken and never booked."
                    .into(),
            )),
        }
    }

    pub(super) fn printed(&self) -> String {
        section(
            "stripe",
            &[
                ("base_url", quoted(&self.base_url)),
                ("api_key", text::masked(self.api_key.as_ref())),
                ("webhook_secret", text::masked(self.webhook_secret.as_ref())),
                ("account", quoted(self.account.as_deref().unwrap_or_default())),
                ("hosted_origins", list(&self.hosted_origins())),
            ],
        )
    }
}
