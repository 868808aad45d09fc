//! The wizard's refusals, and payments whose news go astray.

use domain::{
    db::Conn as _,
    entities::master::{
        bot_instance::BotState,
        deployment,
        package_payment::PackagePaymentState,
        payment_inbox::{InboxKind, InboxState},
        tenant,
    },
    ids::BotId,
    platform::{
        account::service::membership_of,
        billing::{intake, service as billing},
        bot::service as bots,
    },
};
use http::Method;
use rstest::rstest;
use sea_orm::{EntityTrait as _, sea_query::Expr};
use secrecy::ExposeSecret as _;

use crate::support::{Browser, TestServer, until};

const SHOP: [(&str, &str); 5] = [
    ("name", "Fastline"),
    ("language", "en"),
    ("currency", "USD"),
    ("time_zone", "0"),
    ("pack", "international"),
];

const PACKAGE: [(&str, &str); 3] = [("package", "starter"), ("cycle", "month"), ("act", "pay")];

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
#[case("/start/plans", &[("trial_days", "7"), ("trial_traffic", "5"), ("name_1", "Month"), ("days_1", "30"),
    ("traffic_1", "100"), ("price_1", "3.99"), ("name_2", "Quarter"), ("days_2", "90"), ("traffic_2", "100"),
    ("price_2", "9.99"), ("name_3", "Year"), ("days_3", "365"), ("traffic_3", "100"), ("price_3", "34.99")],
    "at least one plan on sale")]
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
async fn what_was_refused_stands_outside_the_part_that_is_fetched_again() {
    let server = TestServer::sandbox().await;
    let browser = server.signed_up("seller@example.com").await;
    connected(&server, &browser, "outside_test_bot").await;
    let cases = [
        ("channel", "@a", "public name"),
        ("owner_id", "me", "A Telegram ID is a number"),
        ("token", "abc", "This is not a bot token"),
    ];
    for (field, typed, text) in cases {
        let act = field.trim_end_matches("_id");
        let page = browser.follow(browser.post("/start/bot", &[("act", act), (field, typed)]).await).await;
        assert!(page.shows(text), "{text}: {}", page.body);
        let live = page.body.split("id=\"checks\"").nth(1).and_then(|rest| rest.split("</ul>").next());
        assert!(!live.unwrap().contains(text), "{field}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_token_that_is_to_be_replaced_is_not_shown_as_accepted_by_the_live_part() {
    let server = TestServer::sandbox().await;
    let browser = server.signed_up("seller@example.com").await;
    connected(&server, &browser, "replaced_test_bot").await;
    let page = browser.get("/start/bot?replace=1").await;
    let address = "/start/bot?replace=1&fragment=checks";
    assert!(
        page.shows(&address.replace('&', "\\u0026")) || page.shows(&address.replace('&', "&amp;")),
        "{}",
        page.body
    );
    assert!(!browser.get(address).await.shows("Token accepted"));
    assert!(browser.get("/start/bot?fragment=checks").await.shows("Token accepted"));
    server.stop().await;
}

#[tokio::test]
async fn a_draft_whose_token_was_revoked_says_so_and_takes_another() {
    let server = TestServer::sandbox().await;
    let browser = server.signed_up("seller@example.com").await;
    let bot = connected(&server, &browser, "revoked_test_bot").await;
    let tx = server.state().master().write().await.unwrap();
    bots::set_state(&tx, bot, BotState::NeedsToken, Some("error-token-revoked")).await.unwrap();
    tx.commit().await.unwrap();
    let page = browser.get("/start/bot").await;
    assert!(
        page.shows("Telegram did not accept this token") && !page.shows("Token accepted"),
        "{}",
        page.body
    );
    assert!(page.shows("name=\"token\""), "it asks for another");

    let telegram = &server.state().sandbox.as_ref().unwrap().telegram;
    let token = telegram.revoke_token(telegram.bot_named("revoked_test_bot").unwrap()).unwrap();
    browser.post("/start/bot", &[("act", "token"), ("token", token.expose_secret())]).await;
    assert!(browser.get("/start/bot").await.shows("Token accepted"));
    let row = bots::find(server.state().master(), bot).await.unwrap().unwrap();
    assert_eq!(row.state, BotState::Draft, "and goes live by the button only");
    server.stop().await;
}

#[tokio::test]
async fn the_owner_of_a_sandbox_bot_proves_himself_on_the_phone_page_and_can_be_changed() {
    let server = TestServer::sandbox().await;
    let browser = server.signed_up("seller@example.com").await;
    let bot = connected(&server, &browser, "owned_test_bot").await;
    let links = browser.get("/start/bot").await.links();
    let link = links.into_iter().find(|link| link.contains("start=own_")).expect("the owner's link");
    assert!(link.starts_with(&format!("/app/b/{bot}/preview?")), "{link}");
    let payload = format!("/start {}", link.split_once("start=").unwrap().1);
    let page = browser.get(&link).await;
    assert!(page.shows(&format!("value=\"{payload}\"")), "{}", page.body);
    let phone = format!("/app/b/{bot}/preview");
    until("the bot hears it", async || {
        browser.post(&phone, &[("persona", "owner"), ("text", &payload)]).await;
        browser.get("/start/bot").await.shows("5000003")
    })
    .await;

    browser.post("/start/bot", &[("act", "owner"), ("owner_id", "700100200")]).await;
    let page = browser.get("/start/bot").await;
    assert!(page.shows("700100200") && !page.shows("5000003"), "{}", page.body);
    server.stop().await;
}

#[tokio::test]
async fn a_starter_pack_decides_what_is_not_chosen_otherwise_until_the_shop_is_live() {
    let server = TestServer::sandbox().await;
    let browser = server.signed_up("seller@example.com").await;
    let choose = async |pack: &str, currency: &str| {
        let fields = [("name", "Fastline"), ("pack", pack), ("language", ""), ("currency", currency)];
        browser.follow(browser.post("/start/shop", &fields).await).await
    };
    let plans = async || browser.get("/start/plans").await;
    choose("iran", "").await;
    let page = plans().await;
    assert!(page.shows("یک ماهه") && page.shows("value=\"190000\""), "{}", page.body);
    choose("russia", "").await;
    let page = plans().await;
    assert!(page.shows("1 месяц") && page.shows("value=\"299.00\""), "{}", page.body);
    let shop = sole_shop(&server).await;
    assert_eq!((shop.locale.as_str(), shop.utc_offset_minutes), ("ru", 180));
    choose("russia", "EUR").await;
    assert!(plans().await.shows("value=\"3.99\""));

    deployment::Entity::update_many()
        .col_expr(deployment::Column::LiveAt, Expr::value(server.state().clock().now()))
        .exec(server.state().master().raw())
        .await
        .unwrap();
    let page = choose("international", "").await;
    assert!(page.shows("Your shop has been live"), "{}", page.body);
    assert!(plans().await.shows("1 месяц"));
    assert_eq!(sole_shop(&server).await.starter_pack, "russia");
    server.stop().await;
}

#[rstest]
#[case(false, "/start/bot")]
#[case(true, "/start/package/return")]
#[tokio::test]
async fn looking_at_the_checkout_costs_nobody_the_trial_but_paying_there_does(
    #[case] paid: bool,
    #[case] then: &str,
) {
    let server = TestServer::sandbox().await;
    let browser = server.signed_up("seller@example.com").await;
    browser.post("/start/shop", &SHOP).await;
    match paid {
        true => pay(&server, &browser, "never").await,
        false => drop(browser.post("/start/package", &PACKAGE).await),
    }
    assert!(browser.get("/start/package").await.shows("value=\"trial\""));
    assert!(browser.get("/start/package/return").await.links().contains(&"/start/package".to_owned()));
    assert_eq!(browser.post("/start/package", &[("act", "trial")]).await.location(), then);
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

/// A shop on trial whose bot is connected.
async fn connected(server: &TestServer, browser: &Browser, username: &str) -> BotId {
    browser.post("/start/shop", &SHOP).await;
    browser.post("/start/package", &[("act", "trial")]).await;
    browser.post("/sandbox/botfather", &[("name", "Fastline"), ("username", username)]).await;
    let telegram = &server.state().sandbox.as_ref().unwrap().telegram;
    let token = telegram.token(telegram.bot_named(username).unwrap()).unwrap();
    browser.post("/start/bot", &[("act", "token"), ("token", token.expose_secret())]).await;
    let shop = sole_shop(server).await;
    bots::of_tenant(server.state().master(), shop.id).await.unwrap().remove(0).id
}

async fn sole_shop(server: &TestServer) -> tenant::Model {
    tenant::Entity::find().one(server.state().master().raw()).await.unwrap().unwrap()
}

async fn pay(server: &TestServer, browser: &Browser, webhook: &str) {
    let checkout = browser.post("/start/package", &PACKAGE).await.location().to_owned();
    let path = checkout.splitn(4, '/').nth(3).map(|path| format!("/{path}")).expect("a path");
    server.browser_at("localhost").post(&path, &[("act", "pay"), ("webhook", webhook)]).await;
}

/// Of the only account.
async fn latest_payment(server: &TestServer) -> PackagePaymentState {
    let master = server.state().master();
    let account = domain::entities::master::account::Entity::find().one(master.raw()).await.unwrap().unwrap();
    let customer = membership_of(master, account.id).await.unwrap().unwrap().customer_id;
    billing::latest_payment(master, customer).await.unwrap().unwrap().state
}
