//! What a panel's address may look like, and which networks are public.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    ops::RangeInclusive,
};

use domain::ports::PanelError;
use ipnet::IpNet;
use url::{Host, Url};

const MAX_HOST: usize = 253;

/// Which panel addresses are allowed. Set by the operator, never by a tenant.
#[derive(Clone, Debug)]
pub struct PanelAddressRules {
    /// Networks that count as public, for panels on the operator's own.
    pub allow_private: Vec<IpNet>,
    /// Low ports speak other protocols: mail, SSH, databases of old.
    pub ports: Vec<RangeInclusive<u16>>,
    /// Whether a panel may be spoken to without TLS.
    pub allow_http: bool,
}

impl Default for PanelAddressRules {
    fn default() -> Self {
        Self { allow_private: Vec::new(), ports: vec![443..=443, 1024..=u16::MAX], allow_http: false }
    }
}

impl PanelAddressRules {
    /// Looks at an address as it was typed.
    ///
    /// # Errors
    /// One of those that are [of the address](PanelError::is_of_address). Where several things are
    /// wrong, the one that cannot be mended by typing the same host differently.
    pub fn check(&self, url: &Url) -> Result<(), PanelError> {
        let is_http = matches!(url.scheme(), "https" | "http");
        let has_user = !url.username().is_empty() || url.password().is_some();
        if !is_http || has_user || url.query().is_some() || url.fragment().is_some() {
            return Err(PanelError::AddressForm);
        }
        let (is_host_allowed, is_own) = match url.host() {
            Some(Host::Ipv4(ip)) => (self.allows(ip.into()), self.is_listed(ip.into())),
            Some(Host::Ipv6(ip)) => (self.allows(ip.into()), self.is_listed(ip.into())),
            Some(Host::Domain(name)) => (is_public_name(name) || !self.allow_private.is_empty(), false),
            None => return Err(PanelError::AddressForm),
        };
        if !is_host_allowed {
            return Err(PanelError::ForbiddenAddress);
        }
        if url.scheme() == "http" && !self.allow_http && !is_own {
            return Err(PanelError::Unencrypted);
        }
        let port = url.port_or_known_default().unwrap_or(0);
        let is_port_allowed = self.ports.iter().any(|range| range.contains(&port));
        if is_port_allowed { Ok(()) } else { Err(PanelError::ForbiddenPort) }
    }

    /// Whether we may connect to it.
    pub(super) fn allows(&self, ip: IpAddr) -> bool {
        is_global(ip) || self.is_listed(ip)
    }

    fn is_listed(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        self.allow_private.iter().any(|network| network.contains(&ip))
    }
}

/// Names that never leave the machine or the house (RFC 6761, RFC 8375, ICANN's `.internal`).
fn is_public_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let is_private = ["localhost", "local", "internal", "home.arpa", "lan", "intranet"]
        .iter()
        .any(|private| name == *private || name.ends_with(&format!(".{private}")));
    !name.is_empty() && name.len() <= MAX_HOST && name.contains('.') && !is_private
}

/// Whether an address is of the public internet (the registries of RFC 6890, as of 2026).
pub(super) fn is_global(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_global_v4(ip),
        IpAddr::V6(ip) => is_global_v6(ip),
    }
}

fn is_global_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127 | 224.., _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 168, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    )
}

/// Global unicast is `2000::/3`, without the parts that lead somewhere else: `2001::/23` (Teredo and
/// others), documentation, and 6to4, which carries an IPv4 address inside.
fn is_global_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    (0x2000..0x4000).contains(&a)
        && !(a == 0x2001 && b < 0x0200)
        && !(a == 0x2001 && b == 0x0db8)
        && a != 0x2002
        && !(a == 0x3fff && b < 0x1000)
}
