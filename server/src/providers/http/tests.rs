//! Hostile addresses. None may cause a packet: the canaries would see it.

mod hostile;

use std::{
    net::Ipv4Addr,
    sync::atomic::{AtomicUsize, Ordering},
};

use domain::{
    entities::master::tenant::TenantKind, ports::VpnPanel, shop::panel::service as panels, testing,
};
use ipnet::IpNet;
use rstest::rstest;
use tokio::net::TcpListener;

use self::hostile::{HOSTILE, LEAD_HOME, WRONG};
use super::*;
use crate::providers::{http::address::is_global, panels::marzban::Marzban};

#[test]
fn no_hostile_address_passes_and_none_is_called_something_else() {
    let rules = PanelAddressRules::default();
    let mut parsed = 0;
    for text in HOSTILE {
        let Ok(url) = Url::parse(text) else { continue };
        parsed += 1;
        assert_eq!(rules.check(&url), Err(PanelError::ForbiddenAddress), "{text}");
    }
    assert!(parsed >= 60, "only {parsed} of the hostile addresses are addresses at all");
}

#[test]
fn an_address_that_leads_outside_is_refused_for_what_is_wrong_with_it() {
    let rules = PanelAddressRules::default();
    for (text, wrong) in WRONG {
        assert_eq!(rules.check(&text.parse().unwrap()), Err(wrong), "{text}");
    }
}

#[tokio::test]
async fn no_hostile_address_costs_a_single_packet() {
    let canary = Canary::start().await;
    let names = LEAD_HOME.iter().map(|name| format!("https://{name}/"));
    let http = guarded(&[&["127.0.0.1"]]);
    for text in HOSTILE.iter().map(ToString::to_string).chain(names) {
        for scheme in ["https", "http"] {
            let Ok(mut url) = Url::parse(&text.replacen("https", scheme, 1)) else { continue };
            url.set_port(Some(canary.address.port())).unwrap();
            let refused = match http.client(&url, true) {
                Ok(client) => send(client.get(url.clone())).await.map(|_| ()),
                Err(error) => Err(error),
            };
            assert_eq!(refused, Err(PanelError::ForbiddenAddress), "{url}");
            assert_eq!(http.check(&url, true).await, Err(PanelError::ForbiddenAddress), "{url}");
        }
    }
    assert_eq!(canary.seen(), 0);
    let url = canary.url();
    send(at_this_machine().client(&url, false).unwrap().get(url)).await.unwrap_err();
    assert_eq!(canary.seen(), 1, "the canary would have seen it");
}

#[rstest]
#[case("http://127.0.0.1:3000/emulator/marzban/shop/", true)]
#[case("http://127.0.0.1:3000/emulator/marzban/", true)]
#[case("http://127.0.0.1:3000/emulator/marzban/../../readyz", false)]
#[case("http://127.0.0.1:3000/emulator/marzban/%2e%2e/stripe/", false)]
#[case("http://127.0.0.1:3000/emulator/marzbanish/", false)]
#[case("http://127.0.0.1:3001/emulator/marzban/shop/", false)]
#[case("http://localhost:3000/emulator/marzban/shop/", false)]
#[case("http://127.0.0.1/emulator/marzban/shop/", false)]
#[case("http://user@127.0.0.1:3000/emulator/marzban/shop/", false)]
#[case("https://127.0.0.1:3000/emulator/marzban/shop/", false)]
fn only_the_emulator_of_this_server_is_trusted_and_only_for_a_sandbox(
    #[case] text: &str,
    #[case] ours: bool,
) {
    let url: Url = text.parse().unwrap();
    let production = guarded(&[&["127.0.0.1"]]);
    let sandbox =
        production.clone().with_emulator("http://127.0.0.1:3000/emulator/marzban/".parse().unwrap());
    assert_eq!(sandbox.client(&url, true).is_ok(), ours);
    assert!(sandbox.client(&url, false).is_err(), "a live shop on a sandbox server");
    assert!(production.client(&url, true).is_err(), "a sandbox shop on a live server");
}

#[rstest]
#[case("https://panel.example.com/")]
#[case("https://panel.example.com:8000/")]
#[case("https://panel.example.com:2053/some/path/")]
#[case("https://xn--e1afmkfd.xn--p1ai/")]
#[case("https://пример.рф/")]
#[case("https://8.8.8.8:8443/")]
#[case("https://[2606:4700:4700::1111]/")]
#[case("https://172.15.0.1/")]
#[case("https://172.32.0.1/")]
#[case("https://100.128.0.1/")]
fn a_public_address_passes(#[case] text: &str) {
    assert_eq!(PanelAddressRules::default().check(&text.parse().unwrap()), Ok(()));
}

#[test]
fn the_operator_may_open_a_network_of_his_own() {
    let rules = PanelAddressRules {
        allow_private: vec!["10.1.0.0/16".parse().unwrap()],
        ..PanelAddressRules::default()
    };
    assert_eq!(rules.check(&"http://10.1.2.3:8000/".parse().unwrap()), Ok(()));
    assert_eq!(rules.check(&"https://[::ffff:10.1.2.3]/".parse().unwrap()), Ok(()));
    for other in ["https://10.2.0.1/", "https://127.0.0.1/"] {
        assert_eq!(rules.check(&other.parse().unwrap()), Err(PanelError::ForbiddenAddress), "{other}");
    }
    let outside = "http://panel.example.com/".parse().unwrap();
    assert_eq!(rules.check(&outside), Err(PanelError::Unencrypted));
}

#[test]
fn every_ipv4_network_is_judged_as_the_registry_has_it() {
    let not_global: Vec<IpNet> = [
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    ]
    .iter()
    .map(|network| network.parse().unwrap())
    .collect();
    // The registry knows nothing smaller than a /24, and every /8 that is left out is of one kind.
    let first_octets = [0, 1, 10, 100, 126, 127, 128, 169, 172, 192, 198, 203, 223, 224, 239, 240, 255_u32];
    for network in first_octets.into_iter().flat_map(|first| (first << 16)..((first + 1) << 16)) {
        let ip = IpAddr::V4(Ipv4Addr::from(network << 8 | 1));
        let expected = !not_global.iter().any(|reserved| reserved.contains(&ip));
        assert_eq!(is_global(ip), expected, "{ip}");
    }
}

/// Answers one list after the other, the last one for ever.
#[derive(Debug)]
struct Scripted {
    answers: Vec<Vec<IpAddr>>,
    asked: AtomicUsize,
}

impl Lookup for Scripted {
    fn lookup(&self, _: String) -> LookupFuture {
        let index = self.asked.fetch_add(1, Ordering::SeqCst).min(self.answers.len() - 1);
        let answer = self.answers[index].clone();
        async move { Ok(answer) }.boxed()
    }
}

fn guarded(answers: &[&[&str]]) -> PanelHttp {
    let parse = |list: &&[&str]| list.iter().map(|ip| ip.parse().unwrap()).collect();
    let answers = answers.iter().map(parse).collect();
    let rules = PanelAddressRules { allow_http: true, ..PanelAddressRules::default() };
    PanelHttp::with_resolver(rules, Arc::new(Scripted { answers, asked: AtomicUsize::new(0) })).unwrap()
}

/// Counts connections to a port of this machine, on whatever address they come, and drops them.
struct Canary {
    address: SocketAddr,
    seen: Arc<AtomicUsize>,
}

impl Canary {
    async fn start() -> Self {
        let first = TcpListener::bind("0.0.0.0:0").await.unwrap();
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, first.local_addr().unwrap().port()));
        // A machine without IPv6 cannot be reached by it either.
        let second = TcpListener::bind(("::1", address.port())).await.ok();
        let seen = Arc::new(AtomicUsize::new(0));
        for listener in [Some(first), second].into_iter().flatten() {
            let seen = seen.clone();
            tokio::spawn(async move {
                while listener.accept().await.is_ok() {
                    seen.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        Self { address, seen }
    }

    fn url(&self) -> Url {
        format!("http://{}/", self.address).parse().unwrap()
    }

    fn seen(&self) -> usize {
        self.seen.load(Ordering::SeqCst)
    }
}

/// The guarded clients of an operator who has panels on this machine.
fn at_this_machine() -> PanelHttp {
    let allow_private = vec!["127.0.0.0/8".parse().unwrap()];
    PanelHttp::new(PanelAddressRules { allow_private, ..PanelAddressRules::default() }).unwrap()
}

/// Serves and says where.
async fn serve(app: axum::Router) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

#[rstest]
#[case::plain(&[&["127.0.0.1"][..]])]
#[case::mapped(&[&["::ffff:127.0.0.1"][..]])]
#[case::metadata(&[&["169.254.169.254"][..]])]
#[case::among_good_ones(&[&["8.8.8.8", "127.0.0.1"][..]])]
#[case::after_the_check(&[&["8.8.8.8"][..], &["127.0.0.1"][..]])]
#[tokio::test]
async fn a_name_that_leads_home_is_refused_at_the_connection(#[case] answers: &[&[&str]]) {
    let canary = Canary::start().await;
    let http = guarded(answers);
    let url: Url = format!("http://panel.example.com:{}/", canary.address.port()).parse().unwrap();
    if answers.len() > 1 {
        assert_eq!(http.check(&url, true).await, Ok(()), "the name still behaves");
    }
    let error = send(http.client(&url, true).unwrap().get(url.clone())).await.unwrap_err();
    assert_eq!(error, PanelError::ForbiddenAddress);
    assert_eq!(canary.seen(), 0);
}

#[tokio::test]
async fn a_name_without_addresses_is_not_found() {
    let http = guarded(&[&[]]);
    let url: Url = "https://panel.example.com/".parse().unwrap();
    assert_eq!(http.check(&url, false).await, Err(PanelError::Dns));
    assert_eq!(send(http.client(&url, false).unwrap().get(url)).await.unwrap_err(), PanelError::Dns);
}

#[rstest]
#[tokio::test]
async fn a_redirect_is_not_followed_even_to_where_we_might_go(
    #[values(301, 302, 303, 307, 308)] status: u16,
) {
    let canary = Canary::start().await;
    let location = canary.url().to_string();
    let status = axum::http::StatusCode::from_u16(status).unwrap();
    let url =
        serve(axum::Router::new().fallback(move || async move { (status, [("location", location)]) })).await;
    let http = at_this_machine();
    assert_eq!(http.check(&canary.url(), false).await, Ok(()), "only the redirect keeps us away");
    let error = send(http.client(&url, false).unwrap().get(url)).await.unwrap_err();
    assert_eq!(error, PanelError::NotAPanel);
    assert_eq!(canary.seen(), 0);
}

#[tokio::test]
async fn a_server_without_tls_is_named_as_such() {
    let mut url = serve(axum::Router::new()).await;
    url.set_scheme("https").unwrap();
    let http = at_this_machine();
    assert_eq!(send(http.client(&url, false).unwrap().get(url)).await.unwrap_err(), PanelError::Tls);
}

#[tokio::test]
async fn an_endless_body_is_cut_off() {
    let url = serve(axum::Router::new().fallback(|| async {
        let chunk = || Ok::<_, std::io::Error>(bytes::Bytes::from(vec![b'x'; 1024 * 1024]));
        axum::body::Body::from_stream(futures::stream::repeat_with(chunk))
    }))
    .await;
    let answer = send(at_this_machine().client(&url, false).unwrap().get(url)).await.unwrap();
    assert_eq!(body(answer).await, Err(PanelError::NotAPanel));
}

#[tokio::test]
async fn a_saved_panel_of_a_sandbox_shop_is_guarded_like_any_other() {
    for test in testing::stores().await {
        let canary = Canary::start().await;
        let shop = test.selling_shop().await;
        assert_ne!(shop.db.kind(), TenantKind::Live);
        let tx = shop.db.read().await.unwrap();
        let mut row = panels::find(&tx, shop.panel_id).await.unwrap().unwrap();
        row.base_url = format!("https://panel.example.com:{}/", canary.address.port());
        let saved = panels::access(&tx, shop.db.kind(), &row).unwrap();
        drop(tx);
        for later in ["127.0.0.1", "169.254.169.254", "::1"] {
            let http = guarded(&[&["8.8.8.8"], &[later]])
                .with_emulator("http://127.0.0.1:3000/emulator/marzban/".parse().unwrap());
            assert_eq!(http.check(&saved.base_url, saved.sandboxed).await, Ok(()), "as it was saved");
            let marzban = Marzban::new(http, Arc::new(test.clock.clone()));
            assert_eq!(marzban.system(&saved).await, Err(PanelError::ForbiddenAddress), "{later}");
        }
        assert_eq!(canary.seen(), 0);
    }
}
