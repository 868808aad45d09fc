//! The page on which people make the pretend services fail.

use app::pages::sandbox::{Emulator, FaultKind};
use server::sandbox::{
    hosted::HostedPayments as _,
    knobs::{Fault, Knobs},
};

use crate::support::{Answer, Browser, Database, Flow, Seller, TestServer, flow, until};

const PAGE: &str = "/sandbox/faults";

async fn set(browser: &Browser, emulator: &str, fault: &str, pattern: &str, times: &str) -> Answer {
    let fields = [
        ("act", "set"),
        ("emulator", emulator),
        ("fault", fault),
        ("pattern", pattern),
        ("times", times),
        ("seconds", "7"),
    ];
    browser.post(PAGE, &fields).await
}

fn knobs(flow: &Flow, emulator: Emulator) -> Knobs {
    let sandbox = flow.sandbox();
    match emulator {
        Emulator::Telegram => sandbox.telegram.knobs().clone(),
        Emulator::Panel => sandbox.marzban.knobs(&flow.db.tenant().to_string()).unwrap(),
        Emulator::Stripe => sandbox.stripe.knobs().clone(),
        Emulator::Bank => sandbox.card.knobs().clone(),
        Emulator::YooKassa => sandbox.yookassa.knobs().clone(),
        Emulator::CryptoPay => sandbox.cryptopay.knobs().clone(),
        Emulator::Wata => sandbox.wata.knobs().clone(),
        Emulator::Mail => sandbox.mailbox.knobs().clone(),
    }
}

#[tokio::test]
async fn every_knob_of_every_emulator_is_turned_and_put_right_on_the_page() {
    let flow = Flow::live(&Database::sqlite()).await;
    let browser = &flow.seller.browser;
    for emulator in Emulator::ALL {
        let knobs = knobs(&flow, emulator);
        for (index, kind) in FaultKind::ALL.into_iter().enumerate() {
            let pattern = format!("nothing:{}", kind.code());
            let times = if index == 0 { "" } else { "۳" };
            let answer = set(browser, emulator.code(), kind.code(), &pattern, times).await;
            assert_eq!((answer.status, answer.location()), (303, PAGE));
            let rule = knobs.rules().pop().unwrap();
            assert_eq!((rule.pattern, rule.left), (pattern.clone(), (index > 0).then_some(3)));
            assert!(browser.get(PAGE).await.shows(&pattern));
        }
        assert!(knobs.rules().iter().any(|rule| rule.fault == Fault::Delay { milliseconds: 7000 }));
        browser.post(PAGE, &[("act", "clear"), ("emulator", emulator.code())]).await;
        assert!(knobs.rules().is_empty());
    }
    flow.end().await;
}

#[tokio::test]
async fn a_panel_that_is_switched_off_there_is_down_for_its_own_shop_only() {
    let flow = Flow::live(&Database::sqlite()).await;
    let (other, ..) = flow::another(&flow.server, "second_shop_bot").await;
    set(&flow.seller.browser, "panel", "down", "*", "").await;
    assert!(knobs(&flow, Emulator::Panel).is_down());
    let checked = async |browser: &Browser, text: &str| {
        browser.post("/start/panel", &[("act", "sandbox")]).await;
        until(text, async || browser.get("/start/panel?fragment=checks").await.shows(text)).await;
    };
    checked(&flow.seller.browser, "does not accept connections").await;
    assert!(other.connect_the_panel().await, "the other shop's panel answers");
    flow.seller.browser.post(PAGE, &[("act", "clear"), ("emulator", "panel")]).await;
    assert!(flow.seller.connect_the_panel().await);
    flow.end().await;
}

#[tokio::test]
async fn what_cannot_be_set_is_said_and_nobody_else_may_set_it() {
    let server = TestServer::sandbox().await;
    let stranger = server.browser();
    assert!(set(&stranger, "telegram", "down", "*", "").await.location().starts_with("/login"));
    let browser = server.signed_up("seller@example.com").await;
    assert_eq!(set(&browser, "panel", "down", "*", "").await.status, 404, "there is no panel yet");
    for (fault, times, text) in
        [("down", "0", "Write a number from"), ("explode", "1", "Please choose one of the options")]
    {
        let refused = set(&browser, "telegram", fault, "getMe", times).await;
        let page = browser.follow(refused).await;
        assert!(page.shows(text) && page.shows("getMe"), "{}", page.body);
    }
    assert!(server.state().sandbox.as_ref().unwrap().telegram.knobs().rules().is_empty());
    server.stop().await;
}

#[tokio::test]
async fn a_trial_ends_by_the_platforms_clock_and_nobody_is_logged_out() {
    for database in Database::all() {
        let server = TestServer::on(&database).await;
        let mut seller = Seller::new(server.browser(), server.browser_at("localhost"), "late_trial_bot");
        seller.sign_up().await;
        assert!(seller.name_the_shop().await);
        let trial = [("package", "starter"), ("cycle", "month"), ("act", "trial")];
        seller.browser.post("/start/package", &trial).await;
        let token = seller.token().await.expect("a token");

        let before = seller.browser.get(PAGE).await;
        let moved = seller.browser.post("/sandbox/platform-clock", &[("advance", "30d")]).await;
        let after = seller.browser.follow(moved).await;
        assert!(after.shows("clock now says") && before.body != after.body, "{}", after.body);
        assert_eq!(seller.browser.get("/start/shop").await.status, 200, "still signed in");
        let refused = seller.browser.post("/start/bot", &[("token", &token), ("act", "token")]).await;
        let page = seller.browser.follow(refused).await;
        assert!(page.shows("package"), "{}", page.body);
        assert!(!page.shows("@late_trial_bot"), "the trial has ended: {}", page.body);
        server.stop().await;

        // The clock is where it was moved to after a restart.
        let server = TestServer::on(&database).await;
        let ahead = server.state().master().platform_clock().offset();
        assert_eq!(ahead, chrono::Duration::days(30));
        server.stop().await;
    }
}
