//! The main job through the real server: an order becomes a live bot that gives a working config.

use server::sandbox::marzban::User;

use crate::support::{Answer, Browser, Database, Phone, TestServer, until};

const THIRTY_DAYS: i64 = 30 * 86_400;

#[tokio::test]
async fn an_order_becomes_a_live_bot_that_sells_a_working_config() {
    for database in Database::all() {
        the_main_job_works(TestServer::on(&database).await).await;
    }
}

async fn the_main_job_works(server: TestServer) {
    let browser = server.signed_up("seller@example.com").await;
    name_the_shop(&browser).await;
    pay_the_package(&server, &browser).await;
    connect_the_bot(&server, &browser, "fastline_test_bot").await;
    connect_the_panel(&browser).await;
    confirm_the_plans(&browser).await;
    let overview = go_live(&browser).await;

    let phone = Phone::new(&server, &browser, "fastline_test_bot", &format!("{overview}/preview"));
    reach_the_menu(&phone).await;
    let trial_ends = take_the_trial(&server, &phone).await;
    let month_ends = buy_a_month(&server, &browser, &phone).await;
    assert_eq!(month_ends - trial_ends, THIRTY_DAYS, "the month follows the trial");

    let page = browser.get(&overview).await;
    assert_eq!(page.status, 200);
    assert!(page.shows("BY-"), "the sale is listed");
    assert_eq!(browser.get(&format!("{overview}/preview")).await.status, 200);
    assert_eq!(server.breaches().await, [], "the books add up");
    server.stop().await;
}

#[tokio::test]
async fn a_bot_of_somebody_else_is_as_absent_as_one_that_does_not_exist() {
    let server = TestServer::sandbox().await;
    let owner = server.signed_up("owner@example.com").await;
    name_the_shop(&owner).await;
    owner.post("/start/package", &[("package", "starter"), ("cycle", "month"), ("act", "trial")]).await;
    connect_the_bot(&server, &owner, "owners_own_bot").await;
    let bot = sole_bot(&server).await;
    let stranger = server.signed_up("stranger@example.com").await;
    name_the_shop(&stranger).await;
    let absent = uuid::Uuid::now_v7().simple().to_string();
    for path in ["", "/preview", "/preview/photo/x"] {
        let (foreign, none) = (
            stranger.get(&format!("/app/b/{bot}{path}")).await,
            stranger.get(&format!("/app/b/{absent}{path}")).await,
        );
        assert_eq!((foreign.status, none.status), (404, 404), "{path}");
        assert_eq!(stripped(&foreign, &bot), stripped(&none, &absent), "{path}");
    }
    assert_eq!(stranger.post(&format!("/app/b/{bot}"), &[("act", "pause")]).await.status, 404);
    assert_eq!(stranger.get(&format!("/live/phone-{bot}")).await.status, 404);
    server.stop().await;
}

async fn name_the_shop(browser: &Browser) {
    let fields = [
        ("name", "Fastline"),
        ("language", "en"),
        ("currency", "USD"),
        ("time_zone", "0"),
        ("pack", "international"),
    ];
    let answer = browser.post("/start/shop", &fields).await;
    assert!(answer.location().starts_with("/start/package"), "{}", browser.follow(answer).await.body);
}

async fn pay_the_package(server: &TestServer, browser: &Browser) {
    let fields = [("package", "starter"), ("cycle", "month"), ("act", "pay")];
    let answer = browser.post("/start/package", &fields).await;
    let checkout = answer.location().to_owned();
    assert!(checkout.starts_with("http://localhost:"), "the other origin: {checkout} {}", answer.body);
    let path = checkout.splitn(4, '/').nth(3).map(|path| format!("/{path}")).expect("a path");
    let payer = server.browser_at("localhost");
    assert!(payer.get(&path).await.shows("$50"));
    let paid = payer.post(&path, &[("act", "pay"), ("webhook", "at_once")]).await;
    assert!(
        paid.location().starts_with(&format!("{}/start/package/return", browser.origin())),
        "{}",
        paid.location()
    );
    let done =
        async || browser.get("/start/package/return").await.links().iter().any(|link| link == "/start/bot");
    until("the payment is confirmed", async || {
        let page = browser.get("/start/package/return").await;
        page.location() == "/start/bot" || done().await
    })
    .await;
}

async fn connect_the_bot(server: &TestServer, browser: &Browser, username: &str) {
    browser.post("/sandbox/botfather", &[("name", "Fastline VPN"), ("username", username)]).await;
    let telegram = &server.state().sandbox.as_ref().unwrap().telegram;
    let token = telegram.token(telegram.bot_named(username).unwrap()).unwrap();
    let token = secrecy::ExposeSecret::expose_secret(&token).to_owned();
    let answer = browser.post("/start/bot", &[("token", &token), ("act", "token")]).await;
    let page = browser.follow(answer).await;
    assert!(page.shows(&format!("@{username}")) && !page.shows(&token), "{}", page.body);
}

async fn connect_the_panel(browser: &Browser) {
    browser.post("/start/panel", &[("act", "sandbox")]).await;
    until("the panel is checked", async || {
        browser.get("/start/panel?fragment=checks").await.shows("value=\"inbounds\"")
    })
    .await;
}

async fn confirm_the_plans(browser: &Browser) {
    let inputs = browser.get("/start/plans").await.inputs();
    let fields: Vec<(&str, &str)> =
        inputs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = browser.post("/start/plans", &fields).await;
    assert_eq!(answer.location(), "/start/live", "{inputs:?} {}", browser.follow(answer.clone()).await.body);
}

/// Answers the overview's path.
async fn go_live(browser: &Browser) -> String {
    browser.post("/start/live", &[("act", "start")]).await;
    let found = |page: &Answer| page.links().into_iter().find(|link| link.starts_with("/app/b/"));
    until("the bot is live", async || found(&browser.get("/start/live?fragment=deployment").await).is_some())
        .await;
    let link = found(&browser.get("/start/live").await).expect("a link to the bot");
    link.trim_end_matches("/preview").to_owned()
}

async fn reach_the_menu(phone: &Phone<'_>) {
    // The bot reads its new state a moment after the page shows it.
    until("the bot serves", async || {
        phone.say("/start").await;
        phone.has_keys()
    })
    .await;
    phone.press_beginning("English").await;
    phone.press("bot-start-rules-btn-accept").await;
    phone
        .wait_for("the menu", |chat| chat.iter().any(|message| !message.keyboard.is_empty()).then_some(()))
        .await;
}

async fn take_the_trial(server: &TestServer, phone: &Phone<'_>) -> i64 {
    phone.press("bot-menu-btn-trial").await;
    phone.press("bot-trial-offer-btn-start").await;
    until("the account is on the panel", async || account(server).is_some()).await;
    let user = account(server).expect("an account");
    user.expire.expect("an expiry")
}

async fn buy_a_month(server: &TestServer, browser: &Browser, phone: &Phone<'_>) -> i64 {
    let before = account(server).and_then(|user| user.expire);
    phone.say("/buy").await;
    phone.press("bot-buy-plans-btn-plan").await;
    phone.press("bot-pay-summary-btn-pay").await;
    let link = phone.link("bot-pay-open-btn-pay").await;
    let path = link.splitn(4, '/').nth(3).map(|path| format!("/{path}")).expect("a path");
    let payer = server.browser_at("localhost");
    let page = payer.get(&path).await;
    assert!(page.status == 200 && page.shows("BY-"), "{link}: {}", page.body);
    assert!(
        browser.origin().starts_with("http://127.0.0.1") && link.starts_with("http://localhost"),
        "{link}"
    );
    payer.post(&path, &[("act", "pay"), ("webhook", "twice")]).await;
    until("the expiry moves", async || account(server).and_then(|user| user.expire) != before).await;
    account(server).and_then(|user| user.expire).expect("an expiry")
}

/// The only account on the only panel.
fn account(server: &TestServer) -> Option<User> {
    let marzban = &server.state().sandbox.as_ref()?.marzban;
    marzban.panels().iter().flat_map(|panel| marzban.users(panel)).next()
}

async fn sole_bot(server: &TestServer) -> String {
    use domain::db::Conn as _;
    use sea_orm::EntityTrait as _;
    let bots = domain::entities::master::bot_instance::Entity::find()
        .all(server.state().master().raw())
        .await
        .unwrap();
    bots[0].id.to_string()
}

/// A page without what differs by itself.
fn stripped(answer: &Answer, id: &str) -> String {
    answer.body.replace(answer.header("x-request-id"), "").replace(id, "")
}
