//! The check of a panel as the wizard shows it, line by line.

use std::time::Duration;

use domain::{
    db::TenantDb,
    platform::tenant::panel_check::{self, Checked},
};
use server::sandbox::panels;

use crate::support::{Browser, Database, TestServer, until};

const PART: &str = "/start/panel?watch=1&fragment=checks";

#[tokio::test]
async fn each_line_is_shown_when_it_is_finished() {
    for database in Database::all() {
        let server = TestServer::on(&database).await;
        let (browser, db) = shop(&server).await;
        let marzban = &server.state().sandbox.as_ref().unwrap().marzban;
        panels::of_shop(marzban, &db).unwrap();
        let knobs = marzban.knobs(&db.tenant().to_string()).unwrap();
        knobs.delay("GET /api/system", Duration::from_secs(3));
        browser.post("/start/panel", &[("act", "sandbox")]).await;
        until("three lines stand while the fourth runs", async || {
            let part = browser.get(PART).await;
            part.body.matches(">done<").count() == 3 && part.body.matches(">running<").count() == 1
        })
        .await;
        assert!(!browser.get("/start/panel").await.shows("value=\"check\""), "no second one meanwhile");
        until("the page is shown anew", async || browser.get(PART).await.shows("data-go")).await;
        let page = browser.get("/start/panel").await;
        assert_eq!(page.body.matches(">done<").count(), 6, "{}", page.body);
        assert!(page.shows("value=\"replace\"") && page.shows("0.8.4"));
        server.stop().await;
    }
}

#[tokio::test]
async fn a_check_whose_process_died_is_called_interrupted_within_half_a_minute() {
    let server = TestServer::sandbox().await;
    let (browser, db) = shop(&server).await;
    panel_check::begin(&db, Checked::First, "https://panel.example.com/", "admin").await.unwrap();
    let page = browser.get("/start/panel").await;
    assert!(page.shows(">running<") && page.shows("data-again"), "{}", page.body);
    server.clock.advance(chrono::Duration::seconds(30));
    let page = browser.get("/start/panel").await;
    assert!(page.shows("The check was interrupted") && !page.shows(">running<"), "{}", page.body);
    assert!(
        page.shows("value=\"check\"") && page.shows("https://panel.example.com/"),
        "it can be tried again"
    );
    server.stop().await;
}

#[tokio::test]
async fn a_panel_that_failed_leaves_the_one_that_works_and_its_errors_in_sight() {
    let server = TestServer::sandbox().await;
    let (browser, _) = shop(&server).await;
    browser.post("/start/panel", &[("act", "sandbox")]).await;
    until("the first passes", async || browser.get("/start/panel").await.shows("value=\"replace\"")).await;
    let other = [("act", "check"), ("url", "https://127.0.0.1:8443"), ("username", "a"), ("password", "b")];
    browser.post("/start/panel", &other).await;
    until("the second fails", async || browser.get("/start/panel").await.shows("inside a private network"))
        .await;
    let page = browser.get("/start/panel").await;
    assert!(page.shows("value=\"check\"") && page.shows("127.0.0.1:8443"), "{}", page.body);
    assert!(page.shows("until another panel has passed") && !page.shows("value=\"replace\""));

    let refused = [("act", "check"), ("url", "ftp://x.example"), ("username", "a"), ("password", "b")];
    let page = browser.follow(browser.post("/start/panel", &refused).await).await;
    assert!(page.shows("must start with https://"), "{}", page.body);
    server.stop().await;
}

async fn shop(server: &TestServer) -> (Browser, TenantDb) {
    let browser = server.signed_up("seller@example.com").await;
    browser.post("/start/shop", &[("name", "Fastline"), ("pack", "international")]).await;
    let id = server.state().store.ids().await.unwrap().remove(0);
    (browser, server.state().store.open(id).await.unwrap())
}
