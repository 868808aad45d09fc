//! Who comes for the first time, and what a bot says that does not serve.

use domain::{
    args,
    db::Conn as _,
    entities::{
        master::{bot_instance::BotState, tenant},
        tenant::user,
    },
    locale::{self, Locale},
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};

use super::scene::{SARA, Scene, Setup};

#[tokio::test(flavor = "multi_thread")]
async fn the_language_is_asked_until_it_is_chosen() {
    for mut scene in Scene::each(Setup::new(BotState::Maintenance)).await {
        let title = locale::html(Locale::En, "bot-start-language-title", &args![]);
        scene.say("/start").await;
        let linked = scene.say(&format!("/start own_{}", scene.row.owner_nonce)).await;
        assert!(linked.html.contains("owner"), "{}", linked.html);
        scene.set_state(BotState::Live).await;
        scene.restart(|_| {}).await;

        let help = scene.say("/help").await;
        assert!(help.html.contains("How it works"), "{}", help.html);
        for text in ["hello", "/menu", "/start"] {
            assert_eq!(scene.say(text).await.html, title, "{text}");
        }
        let rules = scene.press_label("Русский").await;
        assert_eq!(rules.html, locale::html(Locale::Ru, "bot-start-rules-body", &args![]));
        let rules = scene.say("/start").await;
        assert_eq!(rules.html, locale::html(Locale::Ru, "bot-start-rules-body", &args![]));
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_language_we_do_not_speak_reads_the_shops() {
    for mut scene in Scene::each(Setup::new(BotState::Live)).await {
        let tx = scene.store.master().write().await.unwrap();
        let shop = tenant::ActiveModel {
            id: Set(scene.db.tenant()),
            locale: Set("fa".into()),
            ..Default::default()
        };
        shop.update(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
        scene.restart(|_| {}).await;
        scene.telegram.user(SARA, "Sara", "de");
        let help = scene.say("/help").await;
        assert!(help.text.contains("راهنما"), "{}", help.text);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_does_not_serve_says_why() {
    let cases = [
        (BotState::Draft, "bot-start-setup-body"),
        (BotState::Deploying, "bot-start-setup-body"),
        (BotState::Paused, "bot-start-paused-body"),
        (BotState::Maintenance, "bot-start-maintenance-body"),
    ];
    for (state, key) in cases {
        for scene in Scene::each(Setup::new(state)).await {
            let said = scene.say("/menu").await;
            assert_eq!(
                said.html,
                locale::html(Locale::En, key, &args!["shop" => "Fastline VPN"]),
                "{state:?}"
            );
            scene.end().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_by_which_somebody_came_first_is_kept() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.say("/start src_<b>").await;
        scene.say("/start src_insta_spring").await;
        scene.settle_in().await;
        scene.say("/start src_later").await;
        let tx = scene.db.read().await.unwrap();
        let sources = domain::shop::user::service::sources(&tx, 5).await.unwrap();
        drop(tx);
        assert_eq!(sources, [("insta_spring".to_owned(), 1)]);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_banned_reads_that_and_nothing_else() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.settle_in().await;
        let tx = scene.db.write().await.unwrap();
        let sara = domain::shop::user::service::find_by_telegram(&tx, SARA).await.unwrap().unwrap();
        let banned =
            user::ActiveModel { id: Set(sara.id), banned_at: Set(Some(tx.now())), ..Default::default() };
        banned.update(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
        let banned = locale::html(Locale::En, "bot-start-banned-body", &args![]);
        for text in ["/start", "/menu", "/help", "hello"] {
            let said = scene.say(text).await;
            assert_eq!(said.html, banned, "{text}");
            assert!(said.keyboard.is_empty());
        }
        scene.end().await;
    }
}
