//! Accounts and sessions.

use chrono::Duration;

use crate::support::{Browser, PASSWORD, TestServer};

#[tokio::test]
async fn a_new_account_is_signed_in_under_a_new_session() {
    let server = TestServer::sandbox().await;
    let browser = server.browser();
    // A refused form makes an anonymous session, as an attacker might plant one.
    browser.post("/signup", &[("email", "nonsense"), ("password", "x")]).await;
    let planted = browser.cookie("__Host-sid").unwrap();
    let answer = browser.post("/signup", &[("email", "a@example.com"), ("password", PASSWORD)]).await;
    assert_eq!((answer.status, answer.location()), (303, "/start/shop"));
    let own = browser.cookie("__Host-sid").unwrap();
    assert_ne!(planted, own);
    assert_eq!(own.len(), 64);

    let thief = server.browser();
    thief.set_cookie("__Host-sid", &planted);
    assert_eq!(thief.get("/sandbox/botfather").await.status, 303);
    assert_eq!(browser.get("/sandbox/botfather").await.status, 200);
    server.stop().await;
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed_and_never_the_password() {
    let server = TestServer::sandbox().await;
    let browser = server.browser();
    let answer = browser.post("/signup", &[("email", "typed@nowhere"), ("password", "tooshort1")]).await;
    assert_eq!((answer.status, answer.location()), (303, "/signup"));
    let page = browser.get("/signup").await;
    assert!(page.shows("typed@nowhere"), "{}", page.body);
    assert!(!page.shows("tooshort1"));
    assert!(!browser.get("/signup").await.shows("typed@nowhere"), "shown once");
    server.stop().await;
}

#[tokio::test]
async fn logging_out_ends_the_session_on_the_server() {
    let server = TestServer::sandbox().await;
    let browser = server.signed_up("a@example.com").await;
    let session = browser.cookie("__Host-sid").unwrap();
    assert_eq!(browser.post("/logout", &[]).await.status, 303);
    assert_eq!(browser.cookie("__Host-sid"), None);
    let thief = server.browser();
    thief.set_cookie("__Host-sid", &session);
    let answer = thief.get("/sandbox/botfather").await;
    assert_eq!((answer.status, answer.location()), (303, "/login?next=%2Fsandbox%2Fbotfather"));
    server.stop().await;
}

#[tokio::test]
async fn a_session_ends_by_its_idle_and_by_its_absolute_limit() {
    let server = TestServer::sandbox().await;
    let idle = server.signed_up("idle@example.com").await;
    let busy = server.signed_up("busy@example.com").await;
    for _ in 0..4 {
        server.clock.advance(Duration::days(6));
        assert_eq!(busy.get("/sandbox/botfather").await.status, 200);
    }
    assert_eq!(idle.get("/sandbox/botfather").await.status, 303, "7 days without use");
    server.clock.advance(Duration::hours(6 * 24 - 1));
    assert_eq!(busy.get("/sandbox/botfather").await.status, 200, "an hour before the absolute limit");
    server.clock.advance(Duration::hours(1));
    assert_eq!(busy.get("/sandbox/botfather").await.status, 303, "30 days in any case");
    server.stop().await;
}

#[tokio::test]
async fn log_in_works_on_every_name_of_the_machine() {
    let server = TestServer::sandbox().await;
    server.signed_up("a@example.com").await;
    for (host, cookie) in [("127.0.0.1", "__Host-sid"), ("localhost", "__Host-sid"), ("192.168.7.7", "sid")] {
        let browser = server.browser_at(host);
        log_in(&browser, "a@example.com", PASSWORD).await;
        assert!(browser.cookie(cookie).is_some(), "{host}");
        assert_eq!(browser.get("/sandbox/botfather").await.status, 200, "{host}");
    }
    server.stop().await;
}

#[tokio::test]
async fn cookies_of_sessions_are_out_of_reach_of_scripts_and_other_sites() {
    let server = TestServer::sandbox().await;
    for (host, secure) in [("127.0.0.1", true), ("192.168.7.7", false)] {
        let answer = server.browser_at(host).post("/signup", &[("email", "x")]).await;
        let cookie = answer.header("set-cookie").to_owned();
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
            "{cookie}"
        );
        assert_eq!(cookie.contains("Secure"), secure, "{cookie}");
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    server.stop().await;
}

#[tokio::test]
async fn guessing_passwords_is_stopped_and_forgotten_later() {
    let server = TestServer::sandbox().await;
    server.signed_up("a@example.com").await;
    let browser = server.browser();
    for _ in 0..5 {
        browser.post("/login", &[("email", "a@example.com"), ("password", "wrong wrong wrong")]).await;
    }
    let answer = browser.post("/login", &[("email", "a@example.com"), ("password", PASSWORD)]).await;
    assert_eq!(answer.location(), "/login", "even the right one waits");
    server.clock.advance(Duration::minutes(16));
    log_in(&browser, "a@example.com", PASSWORD).await;
    server.stop().await;
}

#[tokio::test]
async fn after_log_in_nobody_is_sent_to_another_site() {
    let server = TestServer::sandbox().await;
    server.signed_up("a@example.com").await;
    for (next, goes) in [
        ("/sandbox/botfather", "/sandbox/botfather"),
        ("https://evil.example", "/app"),
        ("//evil.example", "/app"),
    ] {
        let browser = server.browser();
        let fields = [("email", "a@example.com"), ("password", PASSWORD), ("next", next)];
        assert_eq!(browser.post("/login", &fields).await.location(), goes);
    }
    server.stop().await;
}

async fn log_in(browser: &Browser, email: &str, password: &str) {
    let answer = browser.post("/login", &[("email", email), ("password", password)]).await;
    assert_eq!((answer.status, answer.location()), (303, "/app"), "{}", answer.body);
}
