//! The HTTP clients, and the guard on addresses that a tenant has typed.
//!
//! A panel's address could point into our own network. It is checked three times: as text, each
//! literal address in it, and every address that its name resolves to at the moment of the
//! connection (a literal never reaches the resolver, a name may change its mind). Redirects are not
//! followed at all. The example is Vaultwarden's `src/http_client.rs`.

use std::{
    error::Error,
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    ops::RangeInclusive,
    sync::Arc,
    time::Duration,
};

use domain::ports::PanelError;
use futures::{FutureExt, future::BoxFuture};
use ipnet::IpNet;
use reqwest::{
    Client, ClientBuilder, RequestBuilder, Response,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use url::{Host, Url};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(15);
/// No answer that we read is near this size.
const MAX_BODY: usize = 10 * 1024 * 1024;
const MAX_HOST: usize = 253;

/// A client for addresses from the configuration: time-outs, no redirects, no proxy.
///
/// # Errors
/// The TLS library cannot be set up.
pub fn client() -> reqwest::Result<Client> {
    builder().build()
}

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
    /// [`PanelError::ForbiddenAddress`].
    pub fn check(&self, url: &Url) -> Result<(), PanelError> {
        let is_plain = match url.scheme() {
            "https" => false,
            "http" => true,
            _ => return Err(PanelError::ForbiddenAddress),
        };
        let has_user = !url.username().is_empty() || url.password().is_some();
        let port = url.port_or_known_default().unwrap_or(0);
        let is_port_allowed = self.ports.iter().any(|range| range.contains(&port));
        let (is_host_allowed, is_own) = match url.host() {
            Some(Host::Ipv4(ip)) => (self.allows(ip.into()), self.is_listed(ip.into())),
            Some(Host::Ipv6(ip)) => (self.allows(ip.into()), self.is_listed(ip.into())),
            Some(Host::Domain(name)) => (is_public_name(name) || !self.allow_private.is_empty(), false),
            None => (false, false),
        };
        let is_scheme_allowed = !is_plain || self.allow_http || is_own;
        let has_extras = url.query().is_some() || url.fragment().is_some();
        if has_user || has_extras || !is_port_allowed || !is_host_allowed || !is_scheme_allowed {
            return Err(PanelError::ForbiddenAddress);
        }
        Ok(())
    }

    fn allows(&self, ip: IpAddr) -> bool {
        is_global(ip) || self.is_listed(ip)
    }

    fn is_listed(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        self.allow_private.iter().any(|network| network.contains(&ip))
    }
}

/// Clients for panels: a guarded one, and a plain one for the emulators of ours.
#[derive(Clone, Debug)]
pub struct PanelHttp {
    rules: PanelAddressRules,
    resolver: Guard,
    guarded: Client,
    trusted: Client,
}

impl PanelHttp {
    /// # Errors
    /// The TLS library cannot be set up.
    pub fn new(rules: PanelAddressRules) -> reqwest::Result<Self> {
        Self::with_resolver(rules, Arc::new(SystemResolver))
    }

    /// With a resolver of one's own, whose answers are guarded all the same.
    ///
    /// # Errors
    /// The TLS library cannot be set up.
    pub fn with_resolver(rules: PanelAddressRules, inner: Arc<dyn Lookup>) -> reqwest::Result<Self> {
        let resolver = Guard { rules: rules.clone(), inner };
        let guarded = builder().dns_resolver(Arc::new(resolver.clone())).build()?;
        Ok(Self { rules, resolver, guarded, trusted: client()? })
    }

    /// The client for one panel, after its address was looked at.
    ///
    /// # Errors
    /// [`PanelError::ForbiddenAddress`].
    pub fn client(&self, base_url: &Url, trusted: bool) -> Result<&Client, PanelError> {
        if trusted {
            return Ok(&self.trusted);
        }
        self.rules.check(base_url)?;
        Ok(&self.guarded)
    }

    /// Looks at the address and at what its name resolves to now.
    ///
    /// # Errors
    /// [`PanelError::ForbiddenAddress`] or [`PanelError::Dns`].
    pub async fn check(&self, base_url: &Url, trusted: bool) -> Result<(), PanelError> {
        self.client(base_url, trusted)?;
        match base_url.host() {
            Some(Host::Domain(name)) if !trusted => match self.resolver.lookup(name.to_owned()).await {
                Ok(_) => Ok(()),
                Err(error) => Err(class_of(error.as_ref()).unwrap_or(PanelError::Dns)),
            },
            _ => Ok(()),
        }
    }
}

/// Sends a request; a failure becomes a class, a redirect is not followed but refused.
///
/// # Errors
/// [`PanelError`].
pub async fn send(request: RequestBuilder) -> Result<Response, PanelError> {
    let answer = request.send().await.map_err(|error| classify(&error))?;
    if answer.status().is_redirection() {
        return Err(PanelError::NotAPanel);
    }
    Ok(answer)
}

/// The body, unless it is larger than anything that a panel says.
///
/// # Errors
/// [`PanelError`].
pub async fn body(mut answer: Response) -> Result<Vec<u8>, PanelError> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| classify(&error))? {
        if body.len() + chunk.len() > MAX_BODY {
            return Err(PanelError::NotAPanel);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Where names are looked up.
pub trait Lookup: Send + Sync + fmt::Debug {
    fn lookup(&self, name: String) -> LookupFuture;
}

/// The addresses of a name.
pub type LookupFuture = BoxFuture<'static, std::io::Result<Vec<IpAddr>>>;

/// The machine's resolver.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemResolver;

impl Lookup for SystemResolver {
    fn lookup(&self, name: String) -> LookupFuture {
        async move { Ok(tokio::net::lookup_host((name, 0)).await?.map(|address| address.ip()).collect()) }
            .boxed()
    }
}

/// Drops the whole answer if any address in it is forbidden: a good one among bad ones is bait.
#[derive(Clone, Debug)]
struct Guard {
    rules: PanelAddressRules,
    inner: Arc<dyn Lookup>,
}

impl Guard {
    async fn lookup(&self, name: String) -> Result<Vec<IpAddr>, Box<dyn Error + Send + Sync>> {
        let addresses = self.inner.lookup(name).await.map_err(|_| Refused::NoSuchName)?;
        if addresses.is_empty() {
            return Err(Refused::NoSuchName.into());
        }
        if !addresses.iter().all(|ip| self.rules.allows(*ip)) {
            return Err(Refused::Forbidden.into());
        }
        Ok(addresses)
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let addresses = guard.lookup(name.as_str().to_owned()).await?;
            let addresses: Addrs = Box::new(addresses.into_iter().map(|ip| SocketAddr::new(ip, 0)));
            Ok(addresses)
        })
    }
}

#[derive(Clone, Copy, Debug, thiserror::Error)]
enum Refused {
    #[error("the name resolves to a forbidden address")]
    Forbidden,
    #[error("the name does not resolve")]
    NoSuchName,
}

fn builder() -> ClientBuilder {
    Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(TOTAL_TIMEOUT)
        .user_agent(concat!("Botyard/", env!("CARGO_PKG_VERSION")))
}

fn classify(error: &reqwest::Error) -> PanelError {
    if let Some(class) = class_of(error) {
        return class;
    }
    if error.is_timeout() {
        PanelError::Timeout
    } else if error.is_builder() {
        PanelError::ForbiddenAddress
    } else {
        PanelError::Connect
    }
}

/// The class that the error at the bottom of the chain names.
fn class_of(error: &(dyn Error + 'static)) -> Option<PanelError> {
    let mut next = Some(error);
    while let Some(error) = next {
        match error.downcast_ref::<Refused>() {
            Some(Refused::Forbidden) => return Some(PanelError::ForbiddenAddress),
            Some(Refused::NoSuchName) => return Some(PanelError::Dns),
            None => {}
        }
        if error.is::<rustls::Error>() {
            return Some(PanelError::Tls);
        }
        let inside = error.downcast_ref::<std::io::Error>().and_then(|error| error.get_ref());
        next = match inside {
            Some(inside) => Some(inside),
            None => error.source(),
        };
    }
    None
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
fn is_global(ip: IpAddr) -> bool {
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

#[cfg(test)]
mod tests;
