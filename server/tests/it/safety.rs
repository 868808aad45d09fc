//! What protects every page.

use reqwest::Method;
use server::{config::Mode, web};

use crate::support::{PASSWORD, TestServer};

#[tokio::test]
async fn no_route_that_changes_something_takes_a_request_of_another_site() {
    let server = TestServer::sandbox().await;
    let browser = server.browser();
    let routes = web::routes(Mode::Sandbox);
    assert!(routes.mutations().len() >= 8, "{:?}", routes.mutations());
    let functions = leptos::server_fn::axum::server_fn_paths();
    let paths =
        routes.mutations().iter().map(|path| fill(path)).chain(functions.map(|(path, _)| path.to_owned()));
    for path in paths {
        for headers in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "http://evil.example")],
            &[("origin", "null")],
            &[],
        ] {
            let answer = browser.raw(Method::POST, &path, headers).await;
            assert_eq!(answer.status, 403, "{path} with {headers:?}");
            assert!(answer.body.contains("This form was sent from another site"), "{path}: {}", answer.body);
        }
        let own = browser.origin();
        let answer = browser.raw(Method::POST, &path, &[("origin", &own)]).await;
        assert_ne!(answer.status, 403, "{path} from our own page");
    }
    server.stop().await;
}

#[tokio::test]
async fn every_answer_to_a_browser_carries_the_security_headers() {
    let server = TestServer::sandbox().await;
    let browser = server.browser();
    for path in ["/", "/login", "/nowhere", "/app.css", "/sandbox/botfather"] {
        let answer = browser.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'nonce-"), "{path}: {policy}");
        assert!(
            !policy.contains("unsafe-inline") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        let port = browser.origin().rsplit_once(':').unwrap().1.to_owned();
        assert!(
            policy.contains(&format!("form-action 'self' http://127.0.0.1:{port} http://localhost:{port}")),
            "{policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "{path}: not on http");
        assert_eq!(answer.header("x-request-id").len(), 12, "{path}");
    }
    server.stop().await;
}

#[tokio::test]
async fn the_nonce_is_new_in_every_answer_and_stands_in_the_page() {
    let server = TestServer::sandbox().await;
    let browser = server.browser();
    let nonce = |policy: &str| {
        policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap().to_owned()
    };
    let (first, second) = (browser.get("/").await, browser.get("/").await);
    let (one, two) =
        (nonce(first.header("content-security-policy")), nonce(second.header("content-security-policy")));
    assert_ne!(one, two);
    for script in first.body.split("<script").skip(1) {
        assert!(
            script.split('>').next().unwrap().contains(&one),
            "a script without the nonce: {script:.120}"
        );
    }
    assert!(!first.body.contains(" style=\""), "inline styles are refused by the policy");
    server.stop().await;
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let server = TestServer::sandbox().await;
    let large = "x".repeat(70_000);
    let answer = server.browser().post("/signup", &[("email", &large)]).await;
    assert_eq!(answer.status, 413);
    assert!(
        answer.body.contains("At most \u{2068}64\u{a0}KB\u{2069} can be sent at once."),
        "{}",
        answer.body
    );
    assert!(answer.body.starts_with("<!doctype html>"), "it is a page of ours");
    server.stop().await;
}

#[tokio::test]
async fn a_webhook_may_be_as_large_as_the_setting_says() {
    let server = TestServer::start(Mode::Sandbox, &[("BOTYARD__LIMITS__WEBHOOK_BYTES", "1000")]).await;
    let browser = server.browser();
    for path in ["/webhooks/stripe", "/tg/nobody", "/pay/nobody/test"] {
        let ends =
            async |length: usize| browser.post(path, &[("x", "y".repeat(length).as_str())]).await.status;
        assert_ne!(ends(900).await, 413, "{path}");
        assert_eq!(ends(1001).await, 413, "{path}");
    }
    server.stop().await;
}

#[tokio::test]
async fn an_address_that_makes_many_accounts_is_told_to_wait() {
    let server = TestServer::sandbox().await;
    for index in 0..20 {
        server.signed_up(&format!("u{index}@example.com")).await;
    }
    let browser = server.browser();
    let fields = [("email", "one-more@example.com"), ("password", PASSWORD)];
    assert_eq!(browser.post("/signup", &fields).await.status, 303);
    let page = browser.get("/signup").await.body;
    assert!(page.contains("Too many accounts were made from this network"), "{page}");
    server.stop().await;
}

#[tokio::test]
async fn a_live_server_has_https_cookies_hsts_and_no_sandbox() {
    let settings = [("BOTYARD__SERVER__PUBLIC_URL", "https://botyard.example")];
    let server = TestServer::start(Mode::Production, &settings).await;
    let browser = server.browser();
    let answer = browser.post("/signup", &[("email", "x")]).await;
    assert!(answer.header("set-cookie").starts_with("__Host-sid="), "{answer:?}");
    assert!(answer.header("strict-transport-security").starts_with("max-age=31536000"));
    let policy = browser.get("/").await.header("content-security-policy").to_owned();
    assert!(
        policy.contains("form-action 'self' https://checkout.stripe.com https://billing.stripe.com;"),
        "{policy}"
    );
    for path in [
        "/sandbox/botfather",
        "/sandbox/faults",
        "/emulator/stripe/v1/events",
        "/emulator/telegram/bot1:x/getMe",
    ] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
    server.stop().await;
}

/// A path of the pattern; what it names does not exist.
fn fill(pattern: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { "0".to_owned() } else { part.to_owned() };
    pattern.split('/').map(part).collect::<Vec<_>>().join("/")
}
