//! `[providers.…]`: where the payment providers of shops are. Keys are the shops' own.

use serde::Deserialize;
use url::Url;

use super::{ConfigError, Server, quoted, section, telegram::live_address, text};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Providers {
    pub yookassa: Provider,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    #[serde(deserialize_with = "text::address")]
    pub base_url: Url,
}

impl Providers {
    fn all(&self) -> [(&'static str, &Provider); 1] {
        [("providers.yookassa", &self.yookassa)]
    }

    pub(super) fn check_production(&self, server: &Server) -> Result<(), ConfigError> {
        for (name, Provider { base_url }) in self.all() {
            let key = format!("{name}.base_url");
            live_address(&key, base_url, server)?;
            // No provider runs on this machine, but an emulator on another port might.
            if text::is_loopback(base_url) {
                return Err(ConfigError(format!(
                    "`{key}` is {base_url}, this machine: a live server takes payments from the provider itself."
                )));
            }
        }
        Ok(())
    }

    pub(super) fn printed(&self) -> String {
        let sections = self.all().map(|(name, provider)| {
            let keys = [("base_url", quoted(&provider.base_url))];
            section(name, &keys)
        });
        sections.join("\n")
    }
}
