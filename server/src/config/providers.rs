//! `[providers.…]`: where the payment providers of shops are. The keys are the shops' own.

use serde::Deserialize;
use url::Url;

use super::{ConfigError, Server, quoted, section, telegram::live_address, text};
use crate::providers::http::PanelAddressRules;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Providers {
    pub yookassa: Endpoint,
    pub cryptopay: Endpoint,
    pub wata: Endpoint,
    pub stripe: Endpoint,
}

/// One provider's API.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    #[serde(deserialize_with = "text::address")]
    pub base_url: Url,
}

impl Providers {
    fn all(&self) -> [(&'static str, &Endpoint); 4] {
        [
            ("yookassa", &self.yookassa),
            ("cryptopay", &self.cryptopay),
            ("wata", &self.wata),
            ("stripe", &self.stripe),
        ]
    }

    pub(super) fn check_production(&self, server: &Server) -> Result<(), ConfigError> {
        let public = PanelAddressRules { ports: vec![1..=u16::MAX], ..PanelAddressRules::default() };
        for (name, endpoint) in self.all() {
            let key = format!("providers.{name}.base_url");
            live_address(&key, &endpoint.base_url, server)?;
            if public.check(&endpoint.base_url).is_err() {
                return Err(ConfigError(format!(
                    "`{key}` is {}, which is no public https address: nobody but the provider itself may say that a \
                     shop was paid.",
                    endpoint.base_url
                )));
            }
        }
        Ok(())
    }

    pub(super) fn printed(&self) -> String {
        let sections = self.all().map(|(name, endpoint)| {
            section(&format!("providers.{name}"), &[("base_url", quoted(&endpoint.base_url))])
        });
        sections.join("\n")
    }
}
