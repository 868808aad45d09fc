//! What every handler can reach.

use std::{net::SocketAddr, ops::Deref, sync::Arc};

use bots::BotManager;
use domain::{
    clock::Clock,
    db::{MasterDb, TenantStore},
    events::Events,
    platform::account::Passwords,
    ports::{BillingGateway, Mailer, TelegramProbe, VpnPanel},
    shop::payment::Providers,
};
use http::{HeaderMap, header};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use url::Url;

use crate::{
    config::{Config, Mode},
    providers::payments::wata::OpenOrders,
    sandbox::store::Sandbox,
    session_store::SessionStore,
    web::{links::limits::LinkLimits, live::Streams},
};

/// Shared by all handlers and workers. Cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Parts>);

/// The parts of [`AppState`].
pub struct Parts {
    pub config: Config,
    pub mode: Mode,
    pub addresses: Addresses,
    pub store: TenantStore,
    pub sessions: SessionStore,
    /// Hashes passwords, a few at a time.
    pub passwords: Passwords,
    /// What changed, for pages that are open.
    pub events: Events,
    pub streams: Streams,
    /// How customers pay for packages.
    pub billing: Arc<dyn BillingGateway>,
    pub panels: Arc<dyn VpnPanel>,
    /// Asks Telegram with tokens that are not stored yet.
    pub probe: Arc<dyn TelegramProbe>,
    /// How users pay in shops.
    pub providers: Providers,
    /// What Wata asks about before payments.
    pub open_orders: OpenOrders,
    /// The second way to users; `None`: no mail is configured.
    pub mailer: Option<Arc<dyn Mailer>>,
    pub bots: BotManager,
    /// How often subscriptions are asked for.
    pub link_limits: LinkLimits,
    /// The emulators, on a sandbox server.
    pub sandbox: Option<Sandbox>,
    /// Cancelled when the server shuts down: streams and workers end.
    pub stopping: CancellationToken,
    /// What a shutdown waits for.
    pub tasks: TaskTracker,
}

impl AppState {
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    pub fn master(&self) -> &MasterDb {
        self.store.master()
    }

    /// Real time (the platform's clock in a sandbox).
    pub fn clock(&self) -> &Arc<dyn Clock> {
        self.master().clock()
    }
}

impl Deref for AppState {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// By which addresses we are reached.
#[derive(Clone, Debug)]
pub struct Addresses {
    listening: SocketAddr,
    public: Option<Url>,
    emulators: Option<Url>,
}

impl Addresses {
    pub fn new(listening: SocketAddr, public: Option<Url>) -> Self {
        Self { listening, public, emulators: None }
    }

    pub fn with(listening: SocketAddr, config: &Config) -> Self {
        let emulators = config.sandbox.emulators.clone();
        Self { emulators, ..Self::new(listening, config.server.public_url.clone()) }
    }

    /// Where the emulators are.
    pub fn emulators(&self) -> Url {
        self.emulators.clone().unwrap_or_else(|| self.local())
    }

    /// The address that outsiders (providers, Telegram) are given.
    pub fn public(&self) -> Url {
        self.public.clone().unwrap_or_else(|| self.local())
    }

    /// The address at which this process reaches itself, for emulators.
    pub fn local(&self) -> Url {
        let ip = self.listening.ip();
        let host = match (ip.is_unspecified(), ip.is_ipv6()) {
            (true, _) => "127.0.0.1".to_owned(),
            (false, true) => format!("[{ip}]"),
            (false, false) => ip.to_string(),
        };
        let text = format!("http://{host}:{}", self.listening.port());
        Url::parse(&text).unwrap_or_else(|_| unreachable_address())
    }

    /// The address by which the reader came: the public one where it is set, else what the browser
    /// says, so that a sandbox works under every name of the machine.
    pub fn of_reader(&self, headers: &HeaderMap) -> Url {
        if let Some(public) = &self.public {
            return public.clone();
        }
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        host.and_then(own_name).unwrap_or_else(|| self.local())
    }

    /// Where the sandbox shows hosted pages to a reader who came by `origin`: under the machine's
    /// other loopback name, so that going there crosses an origin as it does in earnest.
    pub fn hosted(origin: &Url) -> Url {
        let other = match origin.host_str() {
            Some("localhost") => "127.0.0.1",
            Some("127.0.0.1") => "localhost",
            _ => return origin.clone(),
        };
        let mut hosted = origin.clone();
        match hosted.set_host(Some(other)) {
            Ok(()) => hosted,
            Err(_) => origin.clone(),
        }
    }

    /// A link to a hosted page of ours, under the name that the reader can reach; others stay as
    /// they are.
    pub fn hosted_for(&self, link: &str, headers: &HeaderMap) -> String {
        let Ok(mut url) = Url::parse(link) else { return link.to_owned() };
        let ours = [self.local(), Self::hosted(&self.local())].iter().any(|own| own.origin() == url.origin());
        let hosted = Self::hosted(&self.of_reader(headers));
        match hosted.host_str() {
            Some(host) if ours && url.set_host(Some(host)).is_ok() => url.into(),
            _ => link.to_owned(),
        }
    }

    pub fn port(&self) -> u16 {
        self.listening.port()
    }

    pub fn is_https(&self) -> bool {
        self.public.as_ref().is_some_and(|url| url.scheme() == "https")
    }
}

/// `http://<host>` when that is nothing but a host and a port.
fn own_name(host: &str) -> Option<Url> {
    let url = Url::parse(&format!("http://{host}")).ok()?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    (bare && url.username().is_empty() && url.password().is_none()).then_some(url)
}

fn unreachable_address() -> Url {
    unreachable!("a socket address makes an address")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("127.0.0.1:3000", "http://127.0.0.1:3000/", "http://localhost:3000/")]
    #[case("localhost:3000", "http://localhost:3000/", "http://127.0.0.1:3000/")]
    #[case("192.168.1.5:3000", "http://192.168.1.5:3000/", "http://192.168.1.5:3000/")]
    #[case("evil.example/x?y", "http://127.0.0.1:8080/", "http://localhost:8080/")]
    #[case("me:pw@localhost", "http://127.0.0.1:8080/", "http://localhost:8080/")]
    fn hosted_pages_lie_on_the_other_loopback_name(
        #[case] host: &str,
        #[case] own: &str,
        #[case] hosted: &str,
    ) {
        let addresses = Addresses::new(([127, 0, 0, 1], 8080).into(), None);
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        let origin = addresses.of_reader(&headers);
        assert_eq!(origin.as_str(), own);
        assert_eq!(Addresses::hosted(&origin).as_str(), hosted);
    }

    #[test]
    fn links_to_hosted_pages_follow_the_reader() {
        let addresses = Addresses::new(([0, 0, 0, 0], 8080).into(), None);
        let link = |host: &str, link: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            addresses.hosted_for(link, &headers)
        };
        assert_eq!(link("127.0.0.1:8080", "http://localhost:8080/p"), "http://localhost:8080/p");
        assert_eq!(link("localhost:8080", "http://localhost:8080/p"), "http://127.0.0.1:8080/p");
        assert_eq!(link("10.0.0.7:8080", "http://localhost:8080/p"), "http://10.0.0.7:8080/p");
        assert_eq!(link("10.0.0.7:8080", "https://t.me/x"), "https://t.me/x");
    }

    #[test]
    fn the_public_address_wins_over_what_a_browser_says() {
        let public = Url::parse("https://botyard.example").unwrap();
        let addresses = Addresses::new(([0, 0, 0, 0], 80).into(), Some(public.clone()));
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "evil.example".parse().unwrap());
        assert_eq!(addresses.of_reader(&headers), public);
        assert_eq!(addresses.local().as_str(), "http://127.0.0.1/");
    }
}
