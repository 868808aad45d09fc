//! What the shop's people do in the bot, and what nobody else sees of it.

use std::sync::atomic::{AtomicI64, Ordering};

use bots::callback::{Act, Callback};
use chrono::Duration;
use domain::{
    args,
    clock::Clock as _,
    entities::{
        master::{bot_instance::BotState, membership::Role},
        tenant::{broadcast::Segment, staff_act::Deed, subscription, ticket::TicketState, user},
    },
    ids::{BroadcastId, UserId},
    locale::Locale,
    shop::{
        plan::service as plans,
        promo::service as codes,
        staff::{
            acts::{self, Outcome, Seen},
            log::{self, Actor},
            service::{self as staff, Joined},
        },
        subscription::service as subscriptions,
        support::list as tickets,
        user::service::{self as users, TelegramPerson},
    },
};
use server::sandbox::telegram::{ApiError, ChatMessage};

use super::scene::{SARA, Scene, Setup};
use crate::support::until;

/// A user of the shop.
const NIMA: i64 = 88_001;

fn owner() -> Actor {
    Actor { by: "owner".into(), name: "the owner".into() }
}

/// Sara is past her first steps and helps to run the shop.
async fn hired(scene: &Scene, role: Role) {
    scene.settle_in().await;
    let tx = scene.db.write().await.unwrap();
    let invite = staff::invite(&tx, &owner(), scene.row.id, role).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let welcome = scene.say(&format!("/start staff_{}", invite.nonce)).await;
    assert!(words(&welcome).contains("Welcome to the team"), "{}", welcome.text);
}

/// Nima has a month of access.
async fn nima(scene: &Scene) -> user::Model {
    let person = TelegramPerson {
        telegram_id: NIMA,
        first_name: "Nima".into(),
        username: Some("nima_f".into()),
        language_code: Some("en".into()),
    };
    scene.telegram.user(NIMA, "Nima", "en");
    scene.telegram.say(scene.bot, NIMA, "/id").unwrap();
    crate::support::until("the bot knows him", async || !shown_to(scene, NIMA).is_empty()).await;
    let tx = scene.db.write().await.unwrap();
    let user = users::seen(&tx, &person, Locale::En).await.unwrap();
    users::choose_language(&tx, user.id, Locale::En).await.unwrap();
    users::accept_rules(&tx, user.id).await.unwrap();
    let offers = plans::offers(&tx).await.unwrap();
    let given = (user.id, offers[0].plan.id, Seen::of(None));
    let gift = acts::gift(&tx, &owner(), scene.row.id, given).await.unwrap();
    assert!(matches!(gift, Outcome::Done(_)), "{gift:?}");
    let user = users::find(&tx, user.id).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    scene.work().await;
    user
}

async fn access(scene: &Scene, user: UserId) -> subscription::Model {
    let tx = scene.db.read().await.unwrap();
    subscriptions::current_of(&tx, user).await.unwrap().unwrap()
}

fn words(message: &ChatMessage) -> String {
    let text = message.text.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "");
    text.replace('\u{a0}', " ")
}

fn shown_to(scene: &Scene, person: i64) -> Vec<String> {
    let chat = scene.telegram.transcript(scene.bot, person);
    chat.iter().filter(|message| !message.from_me).map(words).collect()
}

/// Sara presses a button that she saw once, whatever stands under her last message now.
async fn press_old(scene: &Scene, act: Act) -> ChatMessage {
    scene.bring_press(SARA, next_update(), &Callback::Staff(act).encode()).await
}

/// Numbers that the emulator does not come to.
fn next_update() -> i64 {
    static NEXT: AtomicI64 = AtomicI64::new(9_000_000);
    NEXT.fetch_add(1, Ordering::SeqCst)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_sees_nothing_of_the_admin_area() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.settle_in().await;
        for command in ["/admin", "/stats", "/diag"] {
            let shown = scene.say(command).await;
            assert!(words(&shown).contains("did not get that"), "{command}: {}", shown.text);
            let labels: Vec<_> = shown.keyboard.iter().flatten().map(|button| button.text.as_str()).collect();
            assert!(!labels.iter().any(|label| label.contains("Admin")), "{labels:?}");
        }
        let stale = press_old(&scene, Act::Home).await;
        assert!(!words(&stale).contains("🛠"), "{}", stale.text);
        let guessed = scene.say("/start staff_0123456789abcdef").await;
        assert!(words(&guessed).contains("too old"), "{}", guessed.text);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_finds_a_user_and_gives_days_once() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        hired(&scene, Role::Manager).await;
        let nima = nima(&scene).await;
        let before = access(&scene, nima.id).await;
        scene.say("/menu").await;
        scene.press("bot-menu-btn-admin", &args![]).await;
        scene.press("bot-admin-btn-users", &args![]).await;
        let nobody = scene.say("@nobody").await;
        assert!(words(&nobody).contains("Nobody fits"), "{}", nobody.text);
        // A slip is mended by typing once more.
        let card = scene.say("@Nima_F").await;
        for part in ["@nima_f", &NIMA.to_string(), "Account:", "No orders yet"] {
            assert!(words(&card).contains(part), "{part}: {}", card.text);
        }
        scene.press("bot-admin-user-btn-extend", &args![]).await;
        let wrong = scene.say("a week").await;
        assert!(words(&wrong).contains("whole number"), "{}", wrong.text);
        let sure = scene.say("۱۲").await;
        assert!(words(&sure).contains("12 days"), "{}", sure.text);
        let (_, data) = scene.find_button(&sure.keyboard[0][0].text);
        scene.press_label(&sure.keyboard[0][0].text).await;
        let until = before.target_expire + Duration::days(12);
        assert_eq!(access(&scene, nima.id).await.target_expire, until);
        // The same button once more: the days are there, and she is told who gave them.
        let update = next_update();
        scene.bring_press(SARA, update, &data).await;
        let answers = scene.answers(SARA, update);
        assert!(answers.iter().any(|toast| toast.contains("did that already")), "{answers:?}");
        assert_eq!(access(&scene, nima.id).await.target_expire, until);
        scene.work().await;
        let row = access(&scene, nima.id).await;
        assert_eq!(row.applied_version, row.target_version, "the panel holds it");
        assert!(shown_to(&scene, NIMA).iter().any(|text| text.contains("given you more time")));
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_written_to_banned_and_let_in_again() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        hired(&scene, Role::Manager).await;
        let nima = nima(&scene).await;
        press_old(&scene, Act::Write(nima.id)).await;
        let sent = scene.say("We moved to a faster server").await;
        assert!(words(&sent).contains("on its way"), "{}", sent.text);
        scene.work().await;
        assert!(shown_to(&scene, NIMA).iter().any(|text| text.contains("We moved to a faster server")));

        let ask = press_old(&scene, Act::BanAsk(nima.id)).await;
        assert!(words(&ask).contains("goes on until its end"), "{}", ask.text);
        let card = scene.press_label(&ask.keyboard[0][0].text).await;
        assert!(words(&card).contains("False payments"), "{}", card.text);
        scene.telegram.say(scene.bot, NIMA, "/menu").unwrap();
        crate::support::until("the bot is closed to him", async || {
            shown_to(&scene, NIMA).last().is_some_and(|text| !text.contains("ID"))
        })
        .await;
        scene.press("bot-admin-user-btn-unban", &args![]).await;
        scene.press("bot-admin-unban-btn-sure", &args![]).await;
        let tx = scene.db.read().await.unwrap();
        assert_eq!(users::find(&tx, nima.id).await.unwrap().unwrap().banned_at, None);
        let deeds: Vec<_> = log::latest(&tx, 3).await.unwrap().into_iter().map(|act| act.deed).collect();
        assert_eq!(deeds, [Deed::Unbanned, Deed::Banned, Deed::Messaged]);
        drop(tx);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn support_is_told_what_its_role_does_not_include() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        hired(&scene, Role::Support).await;
        let nima = nima(&scene).await;
        let home = scene.say("/admin").await;
        let labels: Vec<_> = home.keyboard.iter().flatten().map(|button| button.text.clone()).collect();
        assert!(labels.iter().any(|label| label.contains("Find a user")), "{labels:?}");
        assert!(!labels.iter().any(|label| label.contains("Plans")), "{labels:?}");
        let refused = [
            Act::Plans,
            Act::Extend(nima.id),
            Act::BanAsk(nima.id),
            Act::MaintainAsk,
            Act::Promos,
            Act::Broadcasts,
            Act::BroadcastWrite(Segment::All),
            Act::BroadcastSend(BroadcastId::new()),
            Act::Mend,
        ];
        for act in refused {
            let shown = press_old(&scene, act.clone()).await;
            assert!(words(&shown).contains("does not include this"), "{act:?}: {}", shown.text);
        }
        let stats = scene.say("/stats").await;
        assert!(words(&stats).contains("does not include this"), "{}", stats.text);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn maintenance_closes_the_bot_for_users_and_not_for_staff() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        hired(&scene, Role::Manager).await;
        nima(&scene).await;
        press_old(&scene, Act::MaintenanceText).await;
        let kept = scene.say("Back at <b>nine</b>").await;
        assert!(words(&kept).contains("Back at <b>nine</b>"), "{}", kept.text);
        scene.press("bot-admin-maintenance-btn-close", &args![]).await;
        scene.press("bot-admin-maintenance-btn-sure", &args![]).await;
        crate::support::until("Nima reads the shop's own words", async || {
            scene.telegram.say(scene.bot, NIMA, "/menu").unwrap();
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            shown_to(&scene, NIMA).last().is_some_and(|text| text.contains("Back at <b>nine</b>"))
        })
        .await;
        let home = scene.say("/admin").await;
        assert!(words(&home).contains("You are manager"), "{}", home.text);
        scene.press("bot-admin-btn-maintenance", &args![]).await;
        let open = scene.press("bot-admin-maintenance-btn-open", &args![]).await;
        assert!(words(&open).contains("Users are served"), "{}", open.text);
        crate::support::until("Nima is served", async || {
            scene.telegram.say(scene.bot, NIMA, "/menu").unwrap();
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            shown_to(&scene, NIMA).last().is_some_and(|text| !text.contains("nine"))
        })
        .await;
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_made_in_two_taps_or_by_its_name() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        hired(&scene, Role::Manager).await;
        scene.say("/admin").await;
        scene.press("bot-admin-btn-promos", &args![]).await;
        let made = scene.press("bot-admin-promo-btn-percent", &args!["percent" => 20]).await;
        assert!(words(&made).contains("takes 20% off"), "{}", made.text);
        scene.press("bot-admin-promo-btn-more", &args![]).await;
        let slip = scene.say("summer").await;
        assert!(words(&slip).contains("SUMMER 25"), "{}", slip.text);
        let named = scene.say("nowruz ۲۵٪").await;
        assert!(words(&named).contains("NOWRUZ takes 25% off"), "{}", named.text);
        let taken = {
            scene.press("bot-admin-promo-btn-more", &args![]).await;
            scene.say("NOWRUZ 30").await
        };
        assert!(!words(&taken).contains("takes 30%"), "{}", taken.text);
        let tx = scene.db.read().await.unwrap();
        assert_eq!(codes::list(&tx).await.unwrap().len(), 2);
        drop(tx);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_come_as_words_and_as_a_picture() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        hired(&scene, Role::Analyst).await;
        nima(&scene).await;
        let today = scene.say("/stats").await;
        assert!(words(&today).contains("Active now: 1"), "{}", today.text);
        let picture = scene.press("bot-stats-btn-chart", &args![]).await;
        let (png, mime) = scene.telegram.photo(&picture.photo.expect("a picture")).unwrap();
        assert_eq!(mime, "image/png");
        assert_eq!(png.get(1..4), Some(b"PNG".as_slice()));
        let daily = press_old(&scene, Act::ReportAt(Some(21))).await;
        assert!(words(&daily).contains("come at 21:00"), "{}", daily.text);
        let off = scene.press("bot-stats-report-btn-off", &args![]).await;
        assert!(words(&off).contains("Shall the day's figures"), "{}", off.text);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_is_checked_and_the_report_is_a_question() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        hired(&scene, Role::Support).await;
        scene.say("/support").await;
        let none = scene.press("bot-support-btn-check", &args![]).await;
        assert!(words(&none).contains("You have no access yet"), "{}", none.text);
        let sara = {
            let tx = scene.db.write().await.unwrap();
            let sara = users::find_by_telegram(&tx, SARA).await.unwrap().unwrap();
            let offers = plans::offers(&tx).await.unwrap();
            let given = (sara.id, offers[0].plan.id, Seen::of(None));
            acts::gift(&tx, &owner(), scene.row.id, given).await.unwrap();
            tx.commit().await.unwrap();
            sara
        };
        scene.work().await;
        scene.say("/support").await;
        let silent = scene.press("bot-support-btn-check", &args![]).await;
        assert!(words(&silent).contains("does not answer at this moment"), "{}", silent.text);
        scene.panel.tells.store(true, Ordering::SeqCst);
        let fine = scene.press("bot-check-btn-again", &args![]).await;
        assert!(words(&fine).contains("Your account is in order"), "{}", fine.text);
        let sent = scene.press("bot-check-btn-report", &args![]).await;
        assert!(words(&sent).contains("Your question is #1"), "{}", sent.text);

        // She is support herself: the question waits in her list, and she is told of it.
        scene.say("/admin").await;
        let waiting = scene.press("bot-admin-btn-tickets", &args!["count" => 1]).await;
        let thread = scene.press_label(&waiting.keyboard[0][0].text).await;
        assert!(words(&thread).contains("Check: the account is in order"), "{}", thread.text);
        scene.press("bot-support-staff-btn-answer", &args![]).await;
        scene.say("Try the second server").await;
        let tx = scene.db.read().await.unwrap();
        let ticket = tickets::of_user(&tx, sara.id, 0, 1).await.unwrap().rows.pop().unwrap();
        assert_eq!(ticket.state, TicketState::Answered);
        let first = log::last(&tx, ticket.id, &[Deed::TicketAnswered]).await.unwrap();
        assert!(first.is_some_and(|act| act.at <= scene.db.clock().now()));
        drop(tx);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_thing_that_the_bot_stands_on_has_a_line() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        hired(&scene, Role::Support).await;
        let shown = scene.say("/diag").await;
        let lines = words(&shown);
        for part in
            ["knows the bot as @fastline_bot", "fetch messages", "Panel", "No work is late", "Version"]
        {
            assert!(lines.contains(part), "{part}: {lines}");
        }
        press_old(&scene, Act::Diagnose).await;
        let labels = shown.keyboard.iter().flatten().map(|key| key.text.as_str());
        assert!(!labels.collect::<String>().contains("Register"), "support only looks");
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_has_telegram_told_again_and_reads_what_it_said() {
    for scene in Scene::each(Setup::webhook(BotState::Live)).await {
        until("Telegram is told", async || scene.telegram.count(scene.bot, "setWebhook") == 1).await;
        scene.settle_quietly(SARA, Locale::En).await;
        let tx = scene.db.write().await.unwrap();
        let sara = users::find_by_telegram(&tx, SARA).await.unwrap().unwrap();
        let invite = staff::invite(&tx, &owner(), scene.row.id, Role::Manager).await.unwrap().unwrap();
        staff::join(&tx, &sara, scene.row.id, &invite.nonce).await.unwrap();
        tx.commit().await.unwrap();

        let trouble = ApiError::bad_request("bad webhook: Failed to resolve host");
        scene.telegram.refuse_next("setWebhook", 1, &trouble);
        let refused = words(&press_old(&scene, Act::Mend).await);
        for part in ["Something does not work", "Failed to resolve host", "taken the menu of commands"] {
            assert!(refused.contains(part), "{part}: {refused}");
        }
        let before = scene.telegram.count(scene.bot, "setMyCommands");
        let told = words(&press_old(&scene, Act::Mend).await);
        assert!(told.contains("has taken our address again"), "{told}");
        assert!(told.contains("knows the bot as @fastline_bot"), "{told}");
        // The one at the start, and this one: what it refused is not counted.
        assert_eq!(scene.telegram.count(scene.bot, "setWebhook"), 2, "{}", scene.store.name());
        let commands = Locale::ALL.len() as u64 + 2;
        assert_eq!(scene.telegram.count(scene.bot, "setMyCommands"), before + commands);
        let tx = scene.db.read().await.unwrap();
        assert_eq!(log::latest(&tx, 1).await.unwrap()[0].deed, Deed::BotMended);
        drop(tx);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_fetches_its_messages_has_no_address_to_register() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        hired(&scene, Role::Manager).await;
        scene.say("/diag").await;
        scene.telegram.refuse_next("setMyCommands", 1, &ApiError::too_many(7));
        let shown = words(&scene.press("bot-diag-btn-mend", &args![]).await);
        assert!(shown.contains("no address to register"), "{shown}");
        assert!(shown.contains("asks us to wait for 7 s"), "{shown}");
        assert_eq!(scene.telegram.count(scene.bot, "setWebhook"), 0);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_removed_is_a_user_again() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        hired(&scene, Role::Manager).await;
        let tx = scene.db.write().await.unwrap();
        let row = staff::find(&tx, SARA).await.unwrap().unwrap();
        staff::remove(&tx, &owner(), row.id).await.unwrap();
        tx.commit().await.unwrap();
        let shown = scene.say("/admin").await;
        assert!(words(&shown).contains("did not get that"), "{}", shown.text);
        let tx = scene.db.write().await.unwrap();
        let sara = users::find_by_telegram(&tx, SARA).await.unwrap().unwrap();
        let invite = staff::invite(&tx, &owner(), scene.row.id, Role::Analyst).await.unwrap().unwrap();
        let joined = staff::join(&tx, &sara, scene.row.id, &invite.nonce).await.unwrap();
        assert_eq!(joined, Joined::As(Role::Analyst), "asked in again");
        drop(tx);
        scene.end().await;
    }
}
