//! The HTTP clients, and the guard on addresses that a tenant has typed.
//!
//! A panel's address could point into our own network. It is checked three times: as text, each
//! literal address in it, and every address that its name resolves to at the moment of the
//! connection (a literal never reaches the resolver, a name may change its mind). Redirects are not
//! followed at all. The example is Vaultwarden's `src/http_client.rs`.
//!
//! Every client is made here and none uses a proxy from the environment, which would see tokens and
//! connect in our place. Stripe's own client knows no proxies.

mod address;

use std::{
    error::Error,
    fmt,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use domain::ports::PanelError;
use futures::{FutureExt, future::BoxFuture};
use reqwest::{
    Client, ClientBuilder, RequestBuilder, Response,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use url::{Host, Url};

pub use self::address::PanelAddressRules;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(15);
const WEBHOOK_TIMEOUT: Duration = Duration::from_secs(30);
/// No answer that we read is near this size.
const MAX_BODY: usize = 10 * 1024 * 1024;

/// A client for addresses from the configuration.
///
/// # Errors
/// The TLS library cannot be set up.
pub fn client() -> reqwest::Result<Client> {
    builder().timeout(TOTAL_TIMEOUT).build()
}

/// For the Bot API: each call sets its own time-out, because long polls take as long as they ask.
///
/// # Errors
/// As [`client`].
pub fn bot_client() -> reqwest::Result<Client> {
    builder().pool_idle_timeout(Duration::from_secs(60)).build()
}

/// For our emulators' webhooks, which lie on this server and may wait for their turn.
///
/// # Errors
/// As [`client`].
pub fn emulator_client() -> reqwest::Result<Client> {
    builder().timeout(WEBHOOK_TIMEOUT).build()
}

/// Clients for panels: a guarded one, and a plain one for the emulator of this very server.
#[derive(Clone, Debug)]
pub struct PanelHttp {
    rules: PanelAddressRules,
    resolver: Guard,
    guarded: Client,
    plain: Client,
    /// Where the emulated panels lie; only a sandbox server has them.
    emulator: Option<Url>,
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
        let guarded = builder().timeout(TOTAL_TIMEOUT).dns_resolver(Arc::new(resolver.clone())).build()?;
        Ok(Self { rules, resolver, guarded, plain: client()?, emulator: None })
    }

    /// With the emulated panels of this server, below an address that ends with a slash.
    #[must_use]
    pub fn with_emulator(self, base: Url) -> Self {
        Self { emulator: Some(base), ..self }
    }

    /// The client for one panel, after its address was looked at. A `sandboxed` shop may use the
    /// emulator, whose address is a private one; what it typed besides is guarded like any other's.
    ///
    /// # Errors
    /// One of those that are [of the address](PanelError::is_of_address).
    pub fn client(&self, base_url: &Url, sandboxed: bool) -> Result<&Client, PanelError> {
        if sandboxed && self.is_emulated(base_url) {
            return Ok(&self.plain);
        }
        self.rules.check(base_url)?;
        Ok(&self.guarded)
    }

    /// Looks at the address and at what its name resolves to now.
    ///
    /// # Errors
    /// As [`Self::client`], or [`PanelError::Dns`].
    pub async fn check(&self, base_url: &Url, sandboxed: bool) -> Result<(), PanelError> {
        self.client(base_url, sandboxed)?;
        match base_url.host() {
            Some(Host::Domain(name)) if !(sandboxed && self.is_emulated(base_url)) => {
                match self.resolver.lookup(name.to_owned()).await {
                    Ok(_) => Ok(()),
                    Err(error) => Err(class_of(error.as_ref()).unwrap_or(PanelError::Dns)),
                }
            }
            _ => Ok(()),
        }
    }

    fn is_emulated(&self, base_url: &Url) -> bool {
        self.emulator.as_ref().is_some_and(|own| base_url.as_str().starts_with(own.as_str()))
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
        .user_agent(concat!("Botyard/", env!("CARGO_PKG_VERSION")))
}

fn classify(error: &reqwest::Error) -> PanelError {
    if let Some(class) = class_of(error) {
        return class;
    }
    if error.is_timeout() {
        PanelError::Timeout
    } else if error.is_builder() {
        PanelError::AddressForm
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

#[cfg(test)]
mod tests;
