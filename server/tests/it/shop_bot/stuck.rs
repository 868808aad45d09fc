//! A chat that Telegram does not let us answer.

use domain::{
    db::Conn as _,
    entities::{master::bot_instance::BotState, tenant::parked_update},
};
use sea_orm::EntityTrait as _;

use super::scene::{SARA, Scene, Setup};
use crate::support::until;

async fn parked(scene: &Scene) -> usize {
    let tx = scene.db.read().await.unwrap();
    parked_update::Entity::find().all(tx.raw()).await.unwrap().len()
}

async fn until_parked(scene: &Scene, count: usize) {
    until(&format!("{count} updates are parked"), async || parked(scene).await == count).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_that_cannot_be_answered_holds_up_nobody_and_is_answered_in_order_later() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.settle_in().await;
        let seen = scene.last_id();
        scene.stuck.lock().unwrap().insert(SARA);
        let asked = ["/my", "/help", "/id", "/help", "/my", "/id"];
        let [my, help, id] = ["With us since", "How it works", "Your Telegram ID"];
        let said = [my, help, id, help, my, id];
        for text in asked {
            scene.telegram.say(scene.bot, SARA, text).unwrap();
        }
        // More than Telegram shows beyond the first one that is not acknowledged.
        let others: Vec<i64> = (1..=110).map(|number| SARA + number).collect();
        for other in &others {
            scene.telegram.user(*other, "Reza", "en");
            scene.telegram.say(scene.bot, *other, "/help").unwrap();
        }
        for other in &others {
            let answered =
                || scene.telegram.transcript(scene.bot, *other).iter().any(|message| !message.from_me);
            for _ in 0..1_500 {
                if answered() {
                    break;
                }
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
            assert!(answered(), "{}: {other} waits for Sara", scene.store.name());
        }
        until_parked(&scene, asked.len()).await;

        scene.stuck.lock().unwrap().clear();
        until_parked(&scene, 0).await;
        let answers: Vec<String> = scene
            .chat()
            .into_iter()
            .filter(|message| message.id > seen && !message.from_me)
            .map(|message| message.text)
            .collect();
        assert_eq!(answers.len(), asked.len(), "{answers:#?}");
        assert!(answers.iter().zip(said).all(|(answer, said)| answer.contains(said)), "{answers:#?}");
        scene.say("/menu").await;
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_its_chat_outlives_the_process() {
    for mut scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.settle_in().await;
        let seen = scene.last_id();
        scene.stuck.lock().unwrap().insert(SARA);
        scene.telegram.say(scene.bot, SARA, "/help").unwrap();
        until_parked(&scene, 1).await;
        scene.restart(|_| {}).await;
        scene.telegram.say(scene.bot, SARA, "/id").unwrap();
        until_parked(&scene, 2).await;
        scene.stuck.lock().unwrap().clear();
        until_parked(&scene, 0).await;
        let answers = scene.chat().into_iter().filter(|message| message.id > seen && !message.from_me);
        let answers: Vec<String> = answers.map(|message| message.text).collect();
        assert!(answers[0].contains("How it works") && answers[1].contains("Telegram ID"), "{answers:#?}");
        scene.end().await;
    }
}
