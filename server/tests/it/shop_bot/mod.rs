//! A shop's bot from the user's side: real handlers, real Bot API client, the emulator behind HTTP.

mod admin;
pub mod crawl;
mod first_steps;
mod gate;
mod matrix;
mod outside;
mod promo;
pub mod scene;
mod screens;
mod staff_states;
pub mod stage;
mod states;
mod stuck;
mod webhook;

use std::{sync::atomic::Ordering, time::Duration};

use bots::WebhookAnswer;
use domain::{
    args,
    entities::{master::bot_instance::BotState, tenant::order::OrderState},
    locale::{self, Locale},
    platform::bot::{self, answered},
    ports::{BotHost as _, BotHostError},
};
use secrecy::ExposeSecret as _;
use server::sandbox::telegram::{ApiError, ButtonAction};

use self::{
    outside::OURS,
    scene::{SARA, Scene, Setup},
};
use crate::support::until;

/// Whether a text was left with a key or a variable in it. A key begins a word: what is drawn by lot, a
/// gift's link for one, may hold its letters.
fn is_unfinished(text: &str) -> bool {
    let is_key = |word: &str| word.trim_start_matches(|sign: char| !sign.is_alphabetic()).starts_with("bot-");
    text.contains(['{', '}']) || text.split_whitespace().any(is_key)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_gets_a_trial_and_a_link_with_its_qr_code() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        let language = scene.say("/start").await;
        assert_eq!(language.keyboard.len(), 3, "one button for each language");
        let rules = scene.press_label("English").await;
        assert_eq!(rules.id, language.id, "the screen is edited in place");
        scene.press("bot-start-rules-btn-accept", &args![]).await;
        scene.press("bot-menu-btn-trial", &args![]).await;
        let waiting = scene.press("bot-trial-offer-btn-start", &args![]).await;
        assert_eq!(waiting.id, language.id);

        assert_eq!(scene.work().await, 2, "the panel, then the message");
        let ready = scene.until(|chat| chat.last().filter(|last| last.id > waiting.id).cloned()).await;
        assert!(ready.html.contains(&format!("<code>{OURS}")), "{}", ready.html);

        let qr = scene.press("bot-config-btn-qr", &args![]).await;
        let (png, mime) = scene.telegram.photo(&qr.photo.expect("a picture")).unwrap();
        assert_eq!(mime, "image/png");
        assert!(!png.is_empty());

        let again = scene.say("/menu").await;
        assert!(again.html.contains("Free trial"), "{}", again.html);
        let profile = scene.say("/my").await;
        assert!(profile.html.contains(&SARA.to_string()), "{}", profile.html);
        assert!(profile.html.contains("As of"), "the panel does not answer: {}", profile.html);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_tap_makes_one_order_and_checking_it_brings_the_link() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.settle_in().await;
        let plans = scene.say("/buy").await;
        let ButtonAction::Callback(first) = &plans.keyboard[0][0].action else { panic!("a plan") };
        scene.telegram.press_data(scene.bot, SARA, plans.id, first).unwrap();
        let summary = scene.until(|chat| chat.last().filter(|last| last.html != plans.html).cloned()).await;
        let ButtonAction::Callback(pay) = &summary.keyboard[0][0].action else {
            panic!("a button that pays")
        };
        for _ in 0..2 {
            scene.telegram.press_data(scene.bot, SARA, summary.id, pay).unwrap();
        }
        scene.until(|chat| chat.last().filter(|last| last.html.contains("BY-")).cloned()).await;

        let paid = scene.press("bot-pay-open-btn-check", &args![]).await;
        assert!(paid.html.contains("received"), "{}", paid.html);
        scene.work().await;
        let ready = scene.until(|chat| chat.last().filter(|last| last.id > paid.id).cloned()).await;
        assert!(ready.html.contains(OURS), "the first order brings the link along: {}", ready.html);

        let tx = scene.db.read().await.unwrap();
        let orders = domain::shop::order::service::latest(&tx, 10).await.unwrap();
        assert_eq!(orders.len(), 1);
        assert_eq!(orders[0].state, OrderState::Provisioned);
        assert_eq!(scene.provider.times.load(Ordering::SeqCst), 1);
        drop(tx);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_comes_again_has_its_effect_once() {
    for scene in Scene::each(Setup::webhook(BotState::Live)).await {
        scene.manager.reconcile().await.unwrap();
        scene.telegram.say(scene.bot, SARA, "hello").unwrap();
        let secret = bot::token::webhook_secret(scene.store.master().sealer(), &scene.row);
        let chat = serde_json::json!({ "id": SARA, "type": "private", "first_name": "Sara" });
        let from = serde_json::json!({ "id": SARA, "is_bot": false, "first_name": "Sara" });
        let press = |id: i64, data: &str| {
            serde_json::json!({ "update_id": id, "callback_query": {
                "id": id.to_string(), "from": from, "chat_instance": "1", "data": data,
                "message": { "message_id": 1, "date": 1_768_564_800, "chat": chat, "text": "menu" },
            }})
            .to_string()
        };
        let bring = async |id, data| {
            let body = press(id, data);
            scene.manager.webhook("public", Some(secret.expose_secret()), body.as_bytes()).await
        };
        for (id, data) in [(1, "v1:start:lang:en"), (2, "v1:start:yes")] {
            assert_eq!(bring(id, data).await, WebhookAnswer::Acknowledged, "{data}");
        }
        let failed = serde_json::json!({ "ok": false, "error_code": 502, "description": "Bad Gateway" });
        scene.telegram.knobs().fail_next("sendMessage", 1, 502, failed);
        assert_eq!(bring(3, "v1:trial:claim").await, WebhookAnswer::Busy { retry_after: 5 });
        let setting_up = locale::html(Locale::En, "bot-trial-setting-up-body", &args![]);
        let said = || scene.chat().iter().filter(|message| message.html == setting_up).count();
        assert_eq!(said(), 0);
        for copy in ["shows what came of the first", "was answered"] {
            assert_eq!(bring(3, "v1:trial:claim").await, WebhookAnswer::Acknowledged);
            assert_eq!(said(), 1, "{copy}: {:#?}", scene.chat());
        }
        assert_eq!(scene.work().await, 2, "one account, one message");
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_which_nobody_knows_whether_it_arrived_is_kept_as_that_and_not_sent_again() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.telegram.knobs().lose_answer("sendMessage", 1);
        scene.telegram.say(scene.bot, SARA, "/help").unwrap();
        let master = scene.store.master();
        until("it is known", async || answered::unknown(master, scene.row.id).await.unwrap() == 1).await;
        scene.say("/id").await;
        let told = scene.chat().iter().filter(|message| !message.from_me).count();
        assert_eq!(told, 2, "{}: {:#?}", scene.store.name(), scene.chat());
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_process_leaves_a_chat_alone_for_as_long_as_telegram_asked() {
    for mut scene in Scene::each(Setup::new(BotState::Live)).await {
        // Longer than the answer waits for its turn: it is kept, and tried again in two seconds.
        scene.telegram.refuse_next("sendMessage", 1, &ApiError::too_many(20));
        scene.telegram.say(scene.bot, SARA, "/help").unwrap();
        until("it was asked to wait", async || scene.telegram.count(scene.bot, "sendMessage") == 1).await;
        scene.restart(|_| {}).await;
        tokio::time::sleep(Duration::from_secs(4)).await;
        assert_eq!(scene.telegram.count(scene.bot, "sendMessage"), 1, "{}", scene.store.name());
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_deploys_a_bot_learns_whether_it_runs() {
    for scene in Scene::each(Setup::new(BotState::Deploying)).await {
        assert_eq!(scene.manager.ensure_running(scene.row.id).await, Ok(()));
        // Its commands are set beside the first look for updates.
        until("the commands are set", async || !scene.telegram.menu(scene.bot, SARA, "fa").is_empty()).await;
        scene.telegram.revoke_token(scene.bot).unwrap();
        until("the bot is stopped", async || scene.manager.running().is_empty()).await;
        let answer = scene.manager.ensure_running(scene.row.id).await;
        assert_eq!(answer, Err(BotHostError::TokenRevoked));
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn old_buttons_free_text_and_unknown_commands_lead_to_the_menu() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.say("/start").await;
        scene.press_label("English").await;
        let gate = scene.say("hello").await;
        assert!(gate.html.contains("agree"), "the rules come first: {}", gate.html);
        scene.press("bot-start-rules-btn-accept", &args![]).await;

        for text in ["hello", "/nothing", "/menu"] {
            let menu = scene.say(text).await;
            assert!(menu.html.contains("Fastline VPN"), "{text}: {}", menu.html);
            assert!(!menu.keyboard.is_empty(), "{text}");
        }
        let plans = scene.say("/buy").await;
        assert_eq!(plans.keyboard.len(), 4, "three plans and the way back: {:#?}", plans.keyboard);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_in_maintenance_says_so_and_its_owner_can_still_prove_himself() {
    for scene in Scene::each(Setup::new(BotState::Maintenance)).await {
        let answer = scene.say("/start").await;
        assert_eq!(
            answer.html,
            locale::html(Locale::En, "bot-start-maintenance-body", &args!["shop" => "Fastline VPN"])
        );
        let wrong = scene.say("/start own_wrong").await;
        assert_eq!(wrong.html, locale::html(Locale::En, "bot-owner-err-link-body", &args![]));
        let linked = scene.say(&format!("/start own_{}", scene.row.owner_nonce)).await;
        assert!(linked.html.contains("owner"), "{}", linked.html);
        let row = bot::service::find(scene.store.master(), scene.row.id).await.unwrap().unwrap();
        assert_eq!(row.owner_telegram_id, Some(SARA));
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_token_stops_the_bot_and_asks_for_a_new_one() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.say("/start").await;
        scene.telegram.revoke_token(scene.bot).unwrap();
        let master = scene.store.master();
        let row = || async { bot::service::find(master, scene.row.id).await.unwrap().unwrap() };
        until("the row says so", async || row().await.state == BotState::NeedsToken).await;
        assert_eq!(row().await.reason.as_deref(), Some("error-token-revoked"));
        until("the bot is stopped", async || scene.manager.running().is_empty()).await;
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_needs_the_bots_secret() {
    for scene in Scene::each(Setup::webhook(BotState::Live)).await {
        let (manager, name) = (&scene.manager, scene.row.public_id.as_str());
        manager.reconcile().await.unwrap();
        let secret = bot::token::webhook_secret(scene.store.master().sealer(), &scene.row);
        let secret = secret.expose_secret();
        // The chat exists at Telegram once she has written.
        scene.telegram.say(scene.bot, SARA, "/start").unwrap();
        let update = serde_json::json!({ "update_id": 1, "message": {
            "message_id": 1, "date": 1_768_564_800, "text": "/start",
            "chat": { "id": SARA, "type": "private", "first_name": "Sara" },
            "from": { "id": SARA, "is_bot": false, "first_name": "Sara" },
        }});
        let body = update.to_string();

        let answer = manager.webhook(name, Some("wrong"), body.as_bytes()).await;
        assert_eq!(answer, WebhookAnswer::Unauthorized);
        assert_eq!(manager.webhook(name, None, body.as_bytes()).await, WebhookAnswer::Unauthorized);
        assert_eq!(manager.webhook("other", Some(secret), body.as_bytes()).await, WebhookAnswer::NotFound);
        assert!(scene.chat().iter().all(|message| message.from_me), "nothing was answered");

        assert_eq!(manager.webhook(name, Some(secret), body.as_bytes()).await, WebhookAnswer::Acknowledged);
        assert!(scene.chat().iter().any(|message| !message.from_me), "acknowledged only when answered");
        assert_eq!(manager.webhook(name, Some(secret), b"no json").await, WebhookAnswer::Acknowledged);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_blocked_the_bot_is_marked_and_unmarked() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.say("/start").await;
        let blocked = || async {
            let tx = scene.db.read().await.unwrap();
            let chat = domain::shop::chat::service::find(&tx, scene.row.id, SARA).await.unwrap();
            chat.unwrap().blocked_at.is_some()
        };
        scene.telegram.block(scene.bot, SARA);
        until("it is marked", async || blocked().await).await;
        scene.telegram.unblock(scene.bot, SARA);
        until("it is unmarked", async || !blocked().await).await;
        scene.end().await;
    }
}
