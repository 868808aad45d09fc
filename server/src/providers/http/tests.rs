//! Hostile addresses. None may cause a packet: the canary in the last tests would see it.

use std::sync::atomic::{AtomicUsize, Ordering};

use rstest::rstest;

use super::*;

/// At least sixty ways to write an address that is not a panel's.
const HOSTILE: [&str; 74] = [
    // This machine, in every spelling that a URL parser takes for an IPv4 address.
    "https://127.0.0.1/",
    "https://127.1/",
    "https://127.0.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0x0.0x0.0x1/",
    "https://0177.0.0.1/",
    "https://017700000001/",
    "https://127.000.000.001/",
    "https://127.255.255.254/",
    "https://①②⑦.⓪.⓪.①/",
    "https://127。0。0。1/",
    "https://%31%32%37.0.0.1/",
    "https://0/",
    "https://0.0.0.0/",
    "https://0.1.2.3/",
    "https://127.0.0.1:8000/",
    "https://127.0.0.1./",
    // Private, shared, link-local, reserved.
    "https://10.0.0.1/",
    "https://10.255.255.255/",
    "https://172.16.0.1/",
    "https://172.31.255.255/",
    "https://192.168.0.1/",
    "https://192.168.1.254:8443/",
    "https://100.64.0.1/",
    "https://100.127.255.255/",
    "https://169.254.169.254/",
    "https://169.254.169.254/latest/meta-data/",
    "https://2852039166/",
    "https://0xa9fea9fe/",
    "https://0251.0376.0251.0376/",
    "https://169.254.170.2/",
    "https://192.0.0.1/",
    "https://192.0.2.1/",
    "https://192.88.99.1/",
    "https://198.18.0.1/",
    "https://198.19.255.255/",
    "https://198.51.100.1/",
    "https://203.0.113.1/",
    "https://224.0.0.1/",
    "https://239.255.255.255/",
    "https://240.0.0.1/",
    "https://255.255.255.255/",
    // IPv6, and IPv4 inside it.
    "https://[::]/",
    "https://[::1]/",
    "https://[0:0:0:0:0:0:0:1]:8000/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::ffff:169.254.169.254]/",
    "https://[::127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b:1::1]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "https://[2001:db8::1]/",
    "https://[3fff::1]/",
    "https://[5f00::1]/",
    "https://[100::1]/",
    "https://[fc00::1]/",
    "https://[fd12:3456:789a::1]/",
    "https://[fe80::1]/",
    "https://[fec0::1]/",
    "https://[ff02::1]/",
    // Names that mean here.
    "https://localhost/",
    "https://LOCALHOST:8000/",
    "https://localhost./",
    "https://panel.localhost/",
    "https://printer.local/",
    "https://metadata.google.internal/",
    "https://router.lan/",
    "https://intranet/",
    "https://kubernetes/",
    "https://ⓛocalhost/",
    "https://host.home.arpa/",
];

const WRONG: [&str; 14] = [
    "http://panel.example.com/",
    "ftp://panel.example.com/",
    "file:///etc/passwd",
    "gopher://panel.example.com/",
    "data:text/plain,x",
    "https://user@panel.example.com/",
    "https://user:password@panel.example.com/",
    "https://panel.example.com@127.0.0.1/",
    "https://panel.example.com:22/",
    "https://panel.example.com:25/",
    "https://panel.example.com:80/",
    "https://panel.example.com:1023/",
    "https://panel.example.com/?next=1",
    "https://panel.example.com/#part",
];

#[test]
fn no_hostile_address_passes() {
    let rules = PanelAddressRules::default();
    for text in HOSTILE.into_iter().chain(WRONG) {
        let Ok(url) = Url::parse(text) else { continue };
        assert_eq!(rules.check(&url), Err(PanelError::ForbiddenAddress), "{text}");
    }
    let parsed = HOSTILE.iter().filter(|text| Url::parse(text).is_ok()).count();
    assert!(parsed >= 60, "only {parsed} of the hostile addresses are addresses at all");
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
    for other in ["https://10.2.0.1/", "https://127.0.0.1/", "http://panel.example.com/"] {
        assert_eq!(rules.check(&other.parse().unwrap()), Err(PanelError::ForbiddenAddress), "{other}");
    }
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

/// A server that counts connections and sends whoever comes to itself.
async fn canary(location: &'static str) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let hits = Arc::new(AtomicUsize::new(0));
    let counter = hits.clone();
    let app = axum::Router::new().fallback(move || {
        counter.fetch_add(1, Ordering::SeqCst);
        async move { (axum::http::StatusCode::FOUND, [("location", location)]) }
    });
    tokio::spawn(async move { axum::serve(listener, app).await });
    (address, hits)
}

#[rstest]
#[case::plain(&[&["127.0.0.1"][..]])]
#[case::mapped(&[&["::ffff:127.0.0.1"][..]])]
#[case::among_good_ones(&[&["8.8.8.8", "127.0.0.1"][..]])]
#[case::after_the_check(&[&["8.8.8.8"][..], &["127.0.0.1"][..]])]
#[tokio::test]
async fn a_name_that_leads_home_is_refused_at_the_connection(#[case] answers: &[&[&str]]) {
    let (address, hits) = canary("/").await;
    let http = guarded(answers);
    let url: Url = format!("http://panel.example.com:{}/", address.port()).parse().unwrap();
    if answers.len() > 1 {
        assert_eq!(http.check(&url, false).await, Ok(()), "the name still behaves");
    }
    let error = send(http.client(&url, false).unwrap().get(url.clone())).await.unwrap_err();
    assert_eq!(error, PanelError::ForbiddenAddress);
    assert_eq!(hits.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_name_without_addresses_is_not_found() {
    let http = guarded(&[&[]]);
    let url: Url = "https://panel.example.com/".parse().unwrap();
    assert_eq!(http.check(&url, false).await, Err(PanelError::Dns));
    assert_eq!(send(http.client(&url, false).unwrap().get(url)).await.unwrap_err(), PanelError::Dns);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (address, hits) = canary("http://169.254.169.254/latest/meta-data/").await;
    let http = guarded(&[&["8.8.8.8"]]);
    let url: Url = format!("http://{address}/").parse().unwrap();
    let error = send(http.client(&url, true).unwrap().get(url)).await.unwrap_err();
    assert_eq!(error, PanelError::NotAPanel);
    assert_eq!(hits.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_server_without_tls_is_named_as_such() {
    let (address, _) = canary("/").await;
    let http = guarded(&[&["8.8.8.8"]]);
    let url: Url = format!("https://{address}/").parse().unwrap();
    assert_eq!(send(http.client(&url, true).unwrap().get(url)).await.unwrap_err(), PanelError::Tls);
}

#[tokio::test]
async fn an_endless_body_is_cut_off() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url: Url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
    let app = axum::Router::new().fallback(|| async {
        let chunk = || Ok::<_, std::io::Error>(bytes::Bytes::from(vec![b'x'; 1024 * 1024]));
        axum::body::Body::from_stream(futures::stream::repeat_with(chunk))
    });
    tokio::spawn(async move { axum::serve(listener, app).await });
    let http = guarded(&[&["8.8.8.8"]]);
    let answer = send(http.client(&url, true).unwrap().get(url)).await.unwrap();
    assert_eq!(body(answer).await, Err(PanelError::NotAPanel));
}
