//! `[sandbox]`: what concerns `botyard sandbox` alone.

use serde::Deserialize;
use url::Url;

use super::{quoted, section, text};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sandbox {
    /// Another sandbox server, whose emulators this one talks to.
    #[serde(deserialize_with = "text::optional_address")]
    pub emulators: Option<Url>,
}

impl Sandbox {
    pub(super) fn printed(&self) -> String {
        section("sandbox", &[("emulators", quoted(self.emulators.as_ref().map_or("", Url::as_str)))])
    }
}
