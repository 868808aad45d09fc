//! The wizard's refusals, and payments whose news go astray.

use std::time::Duration;

use domain::{
    entities::master::{
        package_payment::PackagePaymentState,
        payment_inbox::{InboxKind, InboxState},
    },
    platform::{
        account::service::membership_of,
        billing::{intake, service as billing},
    },
};
use http::Method;
use rstest::rstest;

use crate::support::{Browser, TestServer};

const SHOP: [(&str, &str); 5] = [
    ("name", "Fastline"),
    ("language", "en"),
    ("currency", "USD"),
    ("time_zone", "0"),
    ("pack", "international"),
];

#[rstest]
#[case("/start/shop", &[("name", "x"), ("language", "en"), ("pack", "iran")], "Give your shop a name")]
#[case("/start/bot", &[("act", "token"), ("token", "-100123")], "This looks like a chat ID")]
#[case("/start/bot", &[("act", "token"), ("token", "abc")], "This is not a bot token")]
#[case("/start/panel", &[("act", "check"), ("url", "ftp://x.example"), ("username", "a"), ("password", "b")],
    "must start with https://")]
#[case("/start/panel", &[("act", "check"), ("url", "https://a:b@x.example"), ("username", "a"), ("password", "b")],
    "Leave user and password out")]
#[case("/start/panel", &[("act", "check"), ("url", "x.example"), ("username", "a")], "Please fill this in")]
#[case("/start/plans", &[("name_1", "Month"), ("days_1", "0"), ("traffic_1", "100"), ("price_1", "3.999")],
    "from 1 to 3650")]
#[case("/start/live", &[("act", "start")], "finish them first")]
#[tokio::test]
async fn what_is_refused_is_said_on_the_same_page(
    #[case] path: &str,
    #[case] fields: &[(&str, &str)],
    #[case] text: &str,
) {
    let server = TestServer::sandbox().await;
    let browser = server.signed_up("seller@example.com").await;
    browser.post("/start/shop", &SHOP).await;
    let answer = browser.post(path, fields).await;
    assert_eq!((answer.status, answer.location()), (303, path));
    let page = browser.follow(answer).await;
    assert!(page.shows(text), "{text}: {}", page.body);
    let typed = fields
        .iter()
        .filter(|(name, value)| !matches!(*name, "act" | "token" | "password") && value.len() > 1);
    for (name, value) in typed {
        assert!(page.shows(value), "{name} is kept");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_panel_inside_the_servers_own_network_is_refused() {
    let server = TestServer::sandbox().await;
    let browser = server.signed_up("seller@example.com").await;
    browser.post("/start/shop", &SHOP).await;
    let fields = [("act", "check"), ("url", "https://127.0.0.1:8443"), ("username", "a"), ("password", "b")];
    browser.post("/start/panel", &fields).await;
    until("the check says so", async || {
        browser.get("/start/panel?fragment=checks").await.shows("inside a private network")
    })
    .await;
    server.stop().await;
}

#[tokio::test]
async fn a_bot_that_another_shop_has_is_refused_and_nothing_tells_whose() {
    let server = TestServer::sandbox().await;
    let (one, two) = (server.signed_up("one@example.com").await, server.signed_up("two@example.com").await);
    one.post("/sandbox/botfather", &[("name", "Fastline"), ("username", "taken_test_bot")]).await;
    let telegram = &server.state().sandbox.as_ref().unwrap().telegram;
    let token = telegram.token(telegram.bot_named("taken_test_bot").unwrap()).unwrap();
    let token = secrecy::ExposeSecret::expose_secret(&token).to_owned();
    for browser in [&one, &two] {
        browser.post("/start/shop", &SHOP).await;
        browser.post("/start/package", &[("act", "trial")]).await;
    }
    let connect = [("act", "token"), ("token", token.as_str())];
    assert!(one.follow(one.post("/start/bot", &connect).await).await.shows("@taken_test_bot"));
    let page = two.follow(two.post("/start/bot", &connect).await).await;
    assert!(page.shows("already belongs to another shop"), "{}", page.body);
    assert!(!page.shows("one@example.com"));
    server.stop().await;
}

#[tokio::test]
async fn a_payment_whose_webhook_never_comes_is_found_by_looking() {
    let server = TestServer::sandbox().await;
    let browser = server.signed_up("seller@example.com").await;
    browser.post("/start/shop", &SHOP).await;
    pay(&server, &browser, "never").await;
    let state = async || latest_payment(&server).await;
    assert_eq!(state().await, PackagePaymentState::Pending);
    server.clock.advance(chrono::Duration::minutes(2));
    until("the payment is found", async || state().await == PackagePaymentState::Paid).await;
    server.stop().await;
}

#[tokio::test]
async fn a_webhook_with_a_wrong_signature_changes_nothing_and_is_in_the_inbox() {
    let server = TestServer::sandbox().await;
    let stranger = server.browser();
    for headers in [&[][..], &[("stripe-signature", "t=1,v1=00")][..]] {
        let answer = stranger.raw(Method::POST, "/webhooks/stripe", headers).await;
        assert_eq!(answer.status, 400);
    }
    let rows = intake::latest(server.state().master(), 10).await.unwrap();
    assert_eq!(rows.len(), 1, "one body, one row");
    assert_eq!((rows[0].kind, rows[0].state), (InboxKind::Refused, InboxState::Refused));
    server.stop().await;
}

async fn pay(server: &TestServer, browser: &Browser, webhook: &str) {
    let fields = [("package", "starter"), ("cycle", "month"), ("act", "pay")];
    let checkout = browser.post("/start/package", &fields).await.location().to_owned();
    let path = checkout.splitn(4, '/').nth(3).map(|path| format!("/{path}")).expect("a path");
    server.browser_at("localhost").post(&path, &[("act", "pay"), ("webhook", webhook)]).await;
}

/// Of the only account.
async fn latest_payment(server: &TestServer) -> PackagePaymentState {
    use domain::db::Conn as _;
    use sea_orm::EntityTrait as _;
    let master = server.state().master();
    let account = domain::entities::master::account::Entity::find().one(master.raw()).await.unwrap().unwrap();
    let customer = membership_of(master, account.id).await.unwrap().unwrap().customer_id;
    billing::latest_payment(master, customer).await.unwrap().unwrap().state
}

async fn until(what: &str, holds: impl AsyncFn() -> bool) {
    for _ in 0..400 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("not within 20 s: {what}");
}
