//! `[panels]`: which addresses a tenant's panel may have.

use std::fmt;

use ipnet::IpNet;
use serde::{Deserialize, Deserializer, de::Error};

use super::{list, section, text};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Panels {
    #[serde(deserialize_with = "ranges")]
    pub allow_private: Vec<IpNet>,
    #[serde(deserialize_with = "ports")]
    pub ports: Vec<PortRange>,
    #[serde(deserialize_with = "text::flag")]
    pub allow_http: bool,
}

/// Ports from the first to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortRange {
    pub first: u16,
    pub last: u16,
}

impl PortRange {
    pub fn contains(&self, port: u16) -> bool {
        (self.first..=self.last).contains(&port)
    }
}

impl fmt::Display for PortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}-{}", self.first, self.last)
        }
    }
}

impl Panels {
    pub(super) fn printed(&self) -> String {
        section(
            "panels",
            &[
                ("allow_private", list(&self.allow_private)),
                ("ports", list(&self.ports)),
                ("allow_http", self.allow_http.to_string()),
            ],
        )
    }
}

fn ranges<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<IpNet>, D::Error> {
    let written = Vec::<String>::deserialize(deserializer)?;
    written
        .iter()
        .map(|text| {
            text.trim()
                .parse()
                .map_err(|_| D::Error::custom(format!("{text:?} is no address range like 10.8.0.0/16")))
        })
        .collect()
}

fn ports<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<PortRange>, D::Error> {
    let written = Vec::<String>::deserialize(deserializer)?;
    written
        .iter()
        .map(|text| {
            range(text)
                .ok_or_else(|| D::Error::custom(format!("{text:?} is no port or range like 8000-8999")))
        })
        .collect()
}

fn range(text: &str) -> Option<PortRange> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let range = PortRange { first: first.trim().parse().ok()?, last: last.trim().parse().ok()? };
    (range.first > 0 && range.first <= range.last).then_some(range)
}
