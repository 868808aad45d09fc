//! Whom the bot lets in: the channel that has to be joined, and newcomers.

use chrono::Duration;
use domain::{
    args,
    db::Conn as _,
    entities::{
        master::bot_instance::{self, BotState},
        tenant::notification,
    },
    locale::{self, Locale},
    shop::{
        gate::service::{self as gate, Entry},
        referral::service as referrals,
        user::service as users,
    },
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};

use super::scene::{SARA, Scene, Setup};

const OWNER: i64 = 1_002;
const CHANNEL: &str = "@fastline_news";

/// A shop whose channel has to be joined; gives the channel.
async fn gated(scene: &mut Scene) -> i64 {
    scene.telegram.user(OWNER, "Owner", "en");
    let channel = scene.telegram.make_channel("News", Some(CHANNEL), OWNER);
    scene.telegram.set_member(channel, scene.bot, "administrator").unwrap();
    let master = scene.store.master().write().await.unwrap();
    let row = bot_instance::ActiveModel {
        id: Set(scene.row.id),
        channel: Set(Some(CHANNEL.into())),
        owner_telegram_id: Set(Some(OWNER)),
        ..Default::default()
    };
    row.update(master.raw()).await.unwrap();
    master.commit().await.unwrap();
    let tx = scene.db.write().await.unwrap();
    gate::require(&tx, scene.row.id, true).await.unwrap();
    tx.commit().await.unwrap();
    scene.restart(|_| {}).await;
    channel
}

fn wall() -> String {
    locale::html(Locale::En, "bot-gate-body", &args!["shop" => "Fastline VPN", "channel" => CHANNEL])
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_in_the_channel_reads_how_to_join_and_gets_in_when_he_has() {
    for mut scene in Scene::each(Setup::new(BotState::Live)).await {
        let channel = gated(&mut scene).await;
        scene.say("/start").await;
        scene.press_label("English").await;
        let wall_shown = scene.press("bot-start-rules-btn-accept", &args![]).await;
        assert_eq!(wall_shown.html, wall(), "after the rules");
        for text in ["/start", "/menu", "/buy", "hello"] {
            assert_eq!(scene.say(text).await.html, wall(), "{text}");
        }
        let before = scene.last_id();
        let (message, data) = scene.find_button(&locale::plain(Locale::En, "bot-gate-btn-check", &args![]));
        scene.telegram.press_data(scene.bot, SARA, message.id, &data).unwrap();
        assert_eq!(scene.last_id(), before, "still outside: the same screen");
        assert!(scene.say("/support").await.html != wall(), "everybody can ask the shop");
        assert!(scene.say("/help").await.html.contains("How it works"));

        scene.telegram.join(channel, SARA).unwrap();
        scene.say("/menu").await;
        let menu = scene.press("bot-gate-btn-check", &args![]).await;
        assert!(menu.html.contains("Fastline VPN") && menu.html != wall(), "{}", menu.html);

        // Who leaves is met at the gate again, a short time later.
        scene.telegram.leave(channel, SARA).unwrap();
        assert_ne!(scene.say("/menu").await.html, wall(), "{}", scene.db.tenant());
        scene.store.clock.advance(Duration::minutes(11));
        assert_eq!(scene.say("/menu").await.html, wall());
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_pays_passes_the_gate_with_his_orders_and_links() {
    for mut scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.settle_in().await;
        scene.order_first_plan().await;
        gated(&mut scene).await;
        for text in ["/menu", "/buy", "/config", "/support"] {
            assert_ne!(scene.say(text).await.html, wall(), "{text}");
        }
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_the_bot_cannot_see_keeps_nobody_out_and_its_owner_is_told_once_a_day() {
    for mut scene in Scene::each(Setup::new(BotState::Live)).await {
        let channel = gated(&mut scene).await;
        scene.settle_in().await;
        scene.telegram.set_member(channel, scene.bot, "left").unwrap();
        scene.store.clock.advance(Duration::minutes(1));
        assert_ne!(scene.say("/menu").await.html, wall());
        scene.store.clock.advance(Duration::minutes(30));
        assert_ne!(scene.say("/menu").await.html, wall());
        let tx = scene.db.read().await.unwrap();
        let told = notification::Entity::find().all(tx.raw()).await.unwrap();
        drop(tx);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].telegram_id, OWNER);
        scene.telegram.say(scene.bot, OWNER, "/id").unwrap();
        scene.work().await;
        let chat = scene.telegram.transcript(scene.bot, OWNER);
        assert!(chat.iter().any(|message| message.html.contains("I cannot see who is in")), "{chat:#?}");
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_shop_turns_newcomers_away_and_keeps_whom_it_has() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.settle_in().await;
        let enter = async |entry| {
            let tx = scene.db.write().await.unwrap();
            gate::set_entry(&tx, entry).await.unwrap();
            tx.commit().await.unwrap();
        };
        let newcomer = 77_050;
        scene.telegram.user(newcomer, "Nima", "en");
        enter(Entry::Closed).await;
        let closed = hears(&scene, newcomer, "/start").await;
        assert!(closed.contains("takes no new customers"), "{closed}");
        assert!(scene.say("/menu").await.html.contains("Fastline VPN"), "who is in stays in");

        enter(Entry::Invited).await;
        for text in ["/start", "/menu"] {
            let invited = hears(&scene, newcomer, text).await;
            assert!(invited.contains("by invitation only"), "{text}: {invited}");
        }
        let tx = scene.db.write().await.unwrap();
        let sara = users::find_by_telegram(&tx, SARA).await.unwrap().unwrap();
        let code = referrals::code_of(&tx, sara.id).await.unwrap();
        tx.commit().await.unwrap();
        let language = locale::html(Locale::En, "bot-start-language-title", &args![]);
        assert_eq!(hears(&scene, newcomer, &format!("/start ref_{code}")).await, language);
        enter(Entry::Open).await;
        let other = 77_051;
        scene.telegram.user(other, "Mina", "en");
        assert_eq!(hears(&scene, other, "/start").await, language);
        scene.end().await;
    }
}

/// Somebody else writes; what the bot answers.
async fn hears(scene: &Scene, person: i64, text: &str) -> String {
    let chat = || scene.telegram.transcript(scene.bot, person);
    let before = chat().last().map_or(0, |message| message.id);
    scene.telegram.say(scene.bot, person, text).unwrap();
    crate::support::until(text, async || {
        chat().iter().any(|message| !message.from_me && message.id > before)
    })
    .await;
    chat().last().map(|message| message.html.clone()).unwrap_or_default()
}
