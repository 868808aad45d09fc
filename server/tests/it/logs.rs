//! What the log says of people: nothing. And of a request: its id, which the page shows too.

use std::{fs, time::Duration};

use serde_json::Value;

use crate::support::{Chat, Child, Database, PASSWORD, Seller, child, until};

/// Typed somewhere on the way; none may reach the log.
const PANEL_PASSWORD: &str = "canary-panel-password";
const WRONG_PASSWORD: &str = "canary wrong password";
const CHAT: &str = "canary chat text";

#[tokio::test]
async fn the_log_names_requests_by_their_id_and_holds_nothing_that_people_typed() {
    let database = Database::sqlite();
    let (log, address) = (database.folder().join("log"), child::free_address());
    let mut command = child::command(&database, &["sandbox", "--listen", &address.to_string()]);
    command.env("BOTYARD__LOG__LEVEL", "debug").env("BOTYARD__LOG__FORMAT", "json");
    command.stderr(fs::File::create(&log).unwrap());
    let server = Child::spawn(command, address).await;
    let mut seller =
        Seller::new(server.browser("127.0.0.1"), server.browser("localhost"), "canary_mail_shop_bot");

    let overview = seller.go_through_the_wizard().await;
    let token = seller.token().await.unwrap();
    let browser = &seller.browser;
    let chat = Chat::new(browser, &overview);
    chat.reach_the_menu().await;
    chat.say(CHAT).await;
    let panel = [("act", "check"), ("url", "https://panel.invalid"), ("username", "canary-admin")];
    browser.post("/start/panel", &[&panel[..], &[("password", PANEL_PASSWORD)]].concat()).await;
    // What fails is told in more words.
    let down = [("act", "set"), ("emulator", "telegram"), ("fault", "down"), ("pattern", "*")];
    browser.post("/sandbox/faults", &down).await;
    browser.post("/start/bot", &[("act", "replace")]).await;
    browser.post("/start/bot", &[("act", "token"), ("token", &token)]).await;
    chat.say(CHAT).await;
    let failed = async || fs::read_to_string(&log).unwrap().contains("\"WARN\"");
    until("a failure is logged", failed).await;
    browser.post("/sandbox/faults", &[("act", "clear"), ("emulator", "telegram")]).await;
    let email = "canary_mail_shop_bot@example.com";
    browser.post("/logout", &[]).await;
    browser.post("/login", &[("email", email), ("password", WRONG_PASSWORD)]).await;
    let answer = browser.post("/login", &[("email", email), ("password", PASSWORD)]).await;
    assert_eq!((answer.status, answer.location()), (303, "/app"));
    let session = browser.cookie("__Host-sid").unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    server.stop();

    let text = fs::read_to_string(&log).unwrap();
    let secret = token.split_once(':').unwrap().1;
    for canary in [email, PASSWORD, WRONG_PASSWORD, PANEL_PASSWORD, "canary-admin", CHAT, secret, &session] {
        let found = text.lines().find(|line| line.contains(canary));
        assert_eq!(found, None, "{canary} is in the log");
    }
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answered: Vec<&Value> = lines.iter().filter(|line| line["message"] == "answered").collect();
    assert!(answered.len() > 20, "{} answers are logged", answered.len());
    assert!(answered.iter().all(|line| line["span"]["id"].as_str().is_some_and(|id| id.len() == 12)));
    let id = answer.header("x-request-id");
    let line = answered.iter().find(|line| line["span"]["id"] == id).expect("the log-in's line");
    assert_eq!((&line["span"]["route"], &line["status"]), (&"/login".into(), &303.into()));
}
