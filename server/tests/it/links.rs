//! Pages lead nowhere that does not exist.

use std::collections::BTreeSet;

use domain::{
    db::Conn as _,
    entities::master::{bot_instance::BotState, deployment},
    testing,
};
use sea_orm::{EntityTrait as _, sea_query::Expr};
use server::config::Mode;

use crate::support::{Browser, TestServer};

#[tokio::test]
async fn every_link_of_a_live_servers_home_and_overview_leads_somewhere() {
    let settings = [("BOTYARD__SERVER__PUBLIC_URL", "https://botyard.example")];
    let server = TestServer::start(Mode::Production, &settings).await;
    let browser = server.signed_up("seller@example.com").await;
    browser.post("/start/shop", &[("name", "Fastline"), ("pack", "international")]).await;
    for state in [BotState::Live, BotState::Draft, BotState::NeedsToken] {
        let overview = bot_in(&server, state).await;
        for page in ["/app", overview.as_str()] {
            assert_eq!(follow_all(&browser, page).await, Vec::<String>::new(), "{page} {state:?}");
        }
    }
    server.stop().await;
}

/// The links of a page that lead to nothing.
async fn follow_all(browser: &Browser, path: &str) -> Vec<String> {
    let page = browser.get(path).await;
    assert_eq!(page.status, 200, "{path}");
    let own: BTreeSet<String> = page.links().into_iter().filter(|link| link.starts_with('/')).collect();
    assert!(!own.is_empty(), "{path} has links");
    let mut dead = Vec::new();
    for link in own {
        if browser.get(&link).await.status >= 400 {
            dead.push(link);
        }
    }
    dead
}

/// A bot that waits for nothing from Telegram: it has no token.
async fn bot_in(server: &TestServer, state: BotState) -> String {
    let master = server.state().master();
    let bot = testing::bot(master, server.state().store.ids().await.unwrap()[0], None, state);
    testing::insert_bot(master, &bot).await;
    deployment::Entity::update_many()
        .col_expr(deployment::Column::LiveAt, Expr::value(bot.created_at))
        .exec(master.raw())
        .await
        .unwrap();
    format!("/app/b/{}", bot.id)
}
