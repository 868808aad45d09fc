//! Bots whose updates Telegram brings.

use std::time::{Duration, Instant};

use bots::{Updates, WebhookAnswer};
use domain::{
    entities::master::{
        bot_instance::{self, BotState},
        tenant::TenantKind,
    },
    platform::bot,
};
use serde_json::json;
use server::sandbox::knobs::Fault;

use super::scene::{SARA, Scene, Setup};
use crate::support::until;

/// Brings one text of Sara's.
async fn bring(scene: &Scene, row: &bot_instance::Model, id: i64, text: &str) -> WebhookAnswer {
    let update = json!({ "update_id": id, "message": {
        "message_id": id, "date": 1_768_564_800, "text": text,
        "chat": { "id": SARA, "type": "private", "first_name": "Sara" },
        "from": { "id": SARA, "is_bot": false, "first_name": "Sara" },
    }});
    scene.bring(row, &update).await
}

async fn told(scene: &Scene) -> Option<String> {
    bot::service::find(scene.store.master(), scene.row.id).await.unwrap().unwrap().webhook_set
}

#[tokio::test(flavor = "multi_thread")]
async fn all_bots_answer_at_once_after_a_restart_while_webhooks_are_set_in_turn() {
    let setup =
        Setup { kind: TenantKind::Live, starts_per_minute: Some(1), ..Setup::webhook(BotState::Live) };
    for mut scene in Scene::each(setup).await {
        until("Telegram is told", async || told(&scene).await.is_some()).await;
        let (second, second_row) = scene.another_bot("second_bot").await;
        let (third, third_row) = scene.another_bot("third_bot").await;
        scene.restart(|_| {}).await;
        until("all bots run", async || scene.manager.running().len() == 3).await;

        for (bot, row) in [(scene.bot, &scene.row), (second, &second_row), (third, &third_row)] {
            // The chat exists at Telegram once she has written.
            scene.telegram.say(bot, SARA, "/start").unwrap();
            assert_eq!(bring(&scene, row, 1, "/start").await, WebhookAnswer::Acknowledged);
            assert!(scene.telegram.transcript(bot, SARA).iter().any(|message| !message.from_me));
        }
        let set = |bot| scene.telegram.count(bot, "setWebhook");
        until("one more is told", async || set(second) + set(third) == 1).await;
        assert_eq!(set(scene.bot), 1, "{}: Telegram knows it already", scene.store.name());
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_is_set_again_when_the_address_changed_or_polling_took_it_away() {
    for mut scene in Scene::each(Setup::webhook(BotState::Live)).await {
        until("Telegram is told", async || told(&scene).await.is_some()).await;
        scene.restart(|settings| settings.public_url = "https://other.example".parse().unwrap()).await;
        until("Telegram is told again", async || scene.telegram.count(scene.bot, "setWebhook") == 2).await;
        until("it is told the new address", async || {
            told(&scene).await.unwrap().starts_with("https://other.example/tg/")
        })
        .await;

        scene.restart(|settings| settings.updates = Updates::Polling).await;
        scene.say("/start").await;
        assert_eq!(told(&scene).await, None);
        scene.restart(|settings| settings.updates = Updates::Webhook).await;
        until("Telegram is told once more", async || scene.telegram.count(scene.bot, "setWebhook") == 3)
            .await;
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_question_before_a_payment_passes_by_the_chat_that_is_at_work() {
    for scene in Scene::each(Setup::webhook(BotState::Live)).await {
        scene.manager.reconcile().await.unwrap();
        // The chat exists at Telegram once she has written.
        scene.telegram.say(scene.bot, SARA, "/help").unwrap();
        scene.telegram.knobs().set("sendMessage", Fault::Delay { milliseconds: 3_000 }, Some(1));
        let query = json!({ "update_id": 2, "pre_checkout_query": {
            "id": "42", "from": { "id": SARA, "is_bot": false, "first_name": "Sara" },
            "currency": "XTR", "total_amount": 150, "invoice_payload": "nothing of ours",
        }});
        let slow = async { (bring(&scene, &scene.row, 1, "/help").await, Instant::now()) };
        let asked = async {
            until("the chat is at work", async || scene.telegram.count(scene.bot, "sendMessage") > 0).await;
            let began = Instant::now();
            (scene.bring(&scene.row, &query).await, began.elapsed(), Instant::now())
        };
        let ((slow, at_work_until), (asked, took, answered)) = tokio::join!(slow, asked);
        assert_eq!([slow, asked], [WebhookAnswer::Acknowledged; 2]);
        assert_eq!(scene.telegram.count(scene.bot, "answerPreCheckoutQuery"), 1);
        assert!(answered < at_work_until && took < Duration::from_secs(1), "{took:?}");
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_bot_is_refused_only_when_all_bots_are_known() {
    for scene in Scene::each(Setup::webhook(BotState::Live)).await {
        let new = scene.idle_manager();
        let early = new.webhook("public", Some("x"), b"{}").await;
        assert_eq!(early, WebhookAnswer::Busy { retry_after: 1 });
        new.reconcile().await.unwrap();
        assert_eq!(new.webhook("public", Some("x"), b"{}").await, WebhookAnswer::Unauthorized);
        assert_eq!(new.webhook("nobody", Some("x"), b"{}").await, WebhookAnswer::NotFound);
        scene.end().await;
    }
}
