//! What an owner does to a live bot from its page, and what the bot's visitors notice.

use domain::{
    args,
    db::Conn as _,
    entities::master::{
        audit,
        bot_instance::{self, BotState},
    },
    ids::BotId,
    locale::{self, Locale},
    platform::deployment::service as deployments,
};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};
use secrecy::ExposeSecret as _;

use crate::support::{Answer, Database, Flow, flow, until};

#[tokio::test]
async fn a_bot_is_paused_put_into_maintenance_and_started_again() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        for (act, state, word, said) in [
            ("pause", BotState::Paused, "Paused", "is taking a break"),
            ("maintain", BotState::Maintenance, "Maintenance", "is being serviced"),
        ] {
            press(&flow, act).await;
            assert_eq!(bot(&flow).await.state, state);
            let part = flow.seller.browser.get(&format!("{}?fragment=live", flow.overview)).await;
            assert!(part.shows(word) && part.shows("value=\"resume\""), "the live part: {}", part.body);
            until(said, async || {
                flow.chat().say("/start").await;
                flow.chat().count(said).await > 0
            })
            .await;
        }
        press(&flow, "resume").await;
        assert_eq!(bot(&flow).await.state, BotState::Live);
        flow.chat().reach_the_menu().await;
        assert_eq!(flow.seller.browser.post(&flow.overview, &[("act", "resume")]).await.status, 303);
        assert!(overview(&flow).await.shows("changed this in the meantime"), "it runs already");
        flow.end().await;
    }
}

#[tokio::test]
async fn a_bot_is_restarted_and_given_a_new_token() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let before = bot(&flow).await;
        press(&flow, "restart").await;
        assert_eq!(bot(&flow).await.restarts, before.restarts + 1);
        flow.chat().reach_the_menu().await;

        let telegram = &flow.sandbox().telegram;
        let (_, foreign) = telegram.create_bot("Other", "another_shop_bot").unwrap();
        let fields = [("act", "rotate_token"), ("token", foreign.expose_secret())];
        let page = flow.seller.browser.follow(flow.seller.browser.post(&flow.overview, &fields).await).await;
        assert!(page.shows("not to your bot"), "{}", page.body);
        let fresh = telegram.revoke_token(before.telegram_id.unwrap()).unwrap();
        until("the old one is missed", async || bot(&flow).await.state == BotState::NeedsToken).await;
        assert!(overview(&flow).await.shows("needs a new token"));
        let fields = [("act", "rotate_token"), ("token", fresh.expose_secret())];
        let page = flow.seller.browser.follow(flow.seller.browser.post(&flow.overview, &fields).await).await;
        assert!(page.shows("The new token is in use") && !page.shows(fresh.expose_secret()), "{}", page.body);
        let after = bot(&flow).await;
        assert!(after.token_hint != before.token_hint && after.state == BotState::Live);
        until("it answers with it", async || {
            let said = flow.chat().count("/menu").await;
            flow.chat().say("/menu").await;
            flow.chat().count("/menu").await > said && flow.chat().try_press("bot-menu-btn-buy").await
        })
        .await;
        flow.end().await;
    }
}

#[tokio::test]
async fn a_deleted_bot_stops_and_leaves_its_name_to_another_shop_and_its_shop_to_another_bot() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let row = bot(&flow).await;
        let browser = &flow.seller.browser;
        let wrong = browser.post(&flow.overview, &[("act", "delete"), ("confirm", "Fastline")]).await;
        assert!(browser.follow(wrong).await.shows("This is not the bot"), "asked for the name");
        assert_eq!(bot(&flow).await.state, BotState::Live);
        let right = browser.post(&flow.overview, &[("act", "delete"), ("confirm", "@first_shop_bot")]).await;
        let page = browser.follow(right).await;
        assert!(page.shows("No bot yet") && page.links().contains(&"/start/bot".to_owned()), "{}", page.body);
        assert_eq!(browser.get(&flow.overview).await.status, 404);
        let gone = bot_instance::Entity::find_by_id(row.id).one(flow.server.state().master().raw()).await;
        let gone = gone.unwrap().unwrap();
        assert!(gone.state == BotState::Deleted && gone.sealed_token.is_none(), "{gone:?}");
        let log = audit::Entity::find().all(flow.server.state().master().raw()).await.unwrap();
        assert!(log.iter().any(|entry| entry.action == "bot.delete" && entry.subject == row.id.to_string()));

        let telegram = &flow.sandbox().telegram;
        let token = telegram.token(row.telegram_id.unwrap()).unwrap();
        let (other, _, _) = flow::another(&flow.server, "second_shop_bot").await;
        let taken =
            other.browser.post("/start/bot", &[("act", "token"), ("token", token.expose_secret())]).await;
        let page = other.browser.follow(taken).await;
        assert!(!page.shows("belongs to another shop"), "{}", page.body);

        let (_, token) = telegram.create_bot("Next", "next_shop_bot").unwrap();
        browser.post("/start/bot", &[("act", "token"), ("token", token.expose_secret())]).await;
        until("the next one is live", async || {
            browser.post("/start/live", &[("act", "start")]).await;
            browser.get("/app").await.shows("Live")
        })
        .await;
        flow.end().await;
    }
}

#[tokio::test]
async fn another_program_at_the_bots_messages_is_a_problem_on_its_page() {
    let flow = Flow::live(&Database::sqlite()).await;
    let row = bot(&flow).await;
    let tx = flow.server.state().master().write().await.unwrap();
    let reason = Some("error-token-conflict");
    domain::platform::bot::service::set_state(&tx, row.id, BotState::Live, reason).await.unwrap();
    tx.commit().await.unwrap();
    for path in [flow.overview.as_str(), "/app"] {
        assert!(flow.seller.browser.get(path).await.shows("Another program runs"), "{path}");
    }
    flow.end().await;
}

#[tokio::test]
async fn each_bot_of_a_shop_shows_its_own_way_to_live() {
    let flow = Flow::live(&Database::sqlite()).await;
    let id = BotId::new();
    let second = bot_instance::Model {
        id,
        public_id: id.to_string(),
        telegram_id: None,
        username: Some("second_door_bot".into()),
        sealed_token: None,
        state: BotState::Draft,
        ..bot(&flow).await
    };
    let tx = flow.server.state().master().write().await.unwrap();
    let row = second.into_active_model().reset_all();
    bot_instance::Entity::insert(row).exec_without_returning(tx.raw()).await.unwrap();
    deployments::for_bot(&tx, flow.db.tenant(), id).await.unwrap();
    tx.commit().await.unwrap();
    let waiting = locale::text(Locale::En, "web-check-waiting", &args![]);
    let title = locale::text(Locale::En, "web-deploy-title", &args![]);
    for (path, is_live) in [(flow.overview.clone(), true), (format!("/app/b/{id}"), false)] {
        let page = flow.seller.browser.get(&path).await;
        assert!(page.shows(&title), "{}", page.body);
        assert_eq!(page.shows(&waiting), !is_live, "steps that wait: {}", page.body);
    }
    flow.end().await;
}

async fn press(flow: &Flow, act: &str) {
    let answer = flow.seller.browser.post(&flow.overview, &[("act", act)]).await;
    assert_eq!((answer.status, answer.location()), (303, flow.overview.as_str()), "{act}");
}

async fn overview(flow: &Flow) -> Answer {
    flow.seller.browser.get(&flow.overview).await
}

async fn bot(flow: &Flow) -> bot_instance::Model {
    let bots = bot_instance::Entity::find().all(flow.server.state().master().raw()).await.unwrap();
    bots.into_iter().find(|bot| bot.username.as_deref() == Some("first_shop_bot")).unwrap()
}
