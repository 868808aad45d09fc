//! Where a request comes from, for limits only: never logged.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use axum::extract::{ConnectInfo, FromRequestParts};
use http::{HeaderMap, request::Parts};

use crate::state::AppState;

/// The address of the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        Ok(Self(address(peer, &parts.headers, state.config.server.trusted_proxies)))
    }
}

/// Behind N proxies of ours, the N-th entry from the right was written by the outermost of them; what
/// stands left of it was written by whoever wanted to. Fewer entries than proxies: the peer itself.
fn address(peer: IpAddr, headers: &HeaderMap, proxies: u8) -> IpAddr {
    let Some(from_right) = usize::from(proxies).checked_sub(1) else { return peer.to_canonical() };
    let written: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .collect();
    let named = written.iter().rev().nth(from_right).and_then(|name| name.trim().parse::<IpAddr>().ok());
    named.unwrap_or(peer).to_canonical()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(0, Some("1.1.1.1"), "9.9.9.9")]
    #[case(1, Some("1.1.1.1"), "1.1.1.1")]
    #[case(1, Some("6.6.6.6, 1.1.1.1"), "1.1.1.1")]
    #[case(2, Some("6.6.6.6, 1.1.1.1, 2.2.2.2"), "1.1.1.1")]
    #[case(2, Some("1.1.1.1"), "9.9.9.9")]
    #[case(1, Some("rubbish"), "9.9.9.9")]
    #[case(1, None, "9.9.9.9")]
    #[case(1, Some("::ffff:1.1.1.1"), "1.1.1.1")]
    fn only_our_own_proxies_are_believed(
        #[case] proxies: u8,
        #[case] header: Option<&str>,
        #[case] seen: &str,
    ) {
        let mut headers = HeaderMap::new();
        if let Some(header) = header {
            headers.insert("x-forwarded-for", header.parse().unwrap());
        }
        let peer = "9.9.9.9".parse().unwrap();
        assert_eq!(address(peer, &headers, proxies), seen.parse::<IpAddr>().unwrap());
    }
}
