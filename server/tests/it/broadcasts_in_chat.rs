//! Broadcasts that the shop's people write and send in the bot itself.

use std::collections::HashSet;

use domain::{
    entities::{
        master::membership::Role,
        tenant::{
            broadcast::{BroadcastState, Segment},
            staff_act::Deed,
        },
    },
    platform::bot::service as bots,
    shop::{
        broadcast::segment,
        staff::{
            log::{self, Actor},
            service as staff,
        },
    },
};
use server::sandbox::telegram::{ButtonAction, ChatMessage, Pressed};

use crate::{
    broadcasts::{Bot, FIRST, PNG, newest, shop, stands},
    support::{Database, Flow, Guest, guest::plain, until},
};

/// Who helps to run the shop.
const MINA: i64 = 6_000_011;

/// Somebody who helps to run the shop, with a phone of his own.
async fn hired<'a>(flow: &'a Flow, role: Role) -> Guest<'a> {
    let guest = Guest::settled(flow, MINA, "Mina").await;
    let bot = bots::of_tenant(flow.server.state().master(), flow.db.tenant()).await.unwrap().remove(0);
    let owner = Actor { by: "owner".into(), name: "the owner".into() };
    let tx = flow.db.write().await.unwrap();
    let invite = staff::invite(&tx, &owner, bot.id, role).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    guest.say(&format!("/start staff_{}", invite.nonce));
    until("she is staff", async || guest.shows("Welcome to the team")).await;
    guest
}

fn last(guest: &Guest<'_>) -> ChatMessage {
    guest.chat().into_iter().rfind(|message| !message.from_me).expect("a screen")
}

/// Writes, and waits for an answer that says this.
async fn says(guest: &Guest<'_>, text: &str, answer: &str) {
    guest.say(text);
    until(answer, async || plain(&last(guest).text).contains(answer)).await;
}

/// Presses the newest button that begins like this, and waits for a screen that says this.
async fn press(guest: &Guest<'_>, label: &str, shows: &str) {
    let button = async || button(guest, label);
    until(label, async || button().await.is_some()).await;
    let (message, data) = button().await.expect("it was there");
    guest.press_data(message, &data);
    // What is broadcast comes below the screen that is edited.
    let is_shown = |shown: &ChatMessage| shown.id >= message && plain(&shown.text).contains(shows);
    until(shows, async || guest.chat().iter().any(|shown| !shown.from_me && is_shown(shown))).await;
}

fn button(guest: &Guest<'_>, label: &str) -> Option<(i64, String)> {
    guest.chat().iter().rev().find_map(|shown| {
        let found = shown.keyboard.iter().flatten().find(|key| plain(&key.text).starts_with(label))?;
        match &found.action {
            ButtonAction::Callback(data) => Some((shown.id, data.clone())),
            _ => None,
        }
    })
}

/// To the question what shall be broadcast to all, which names how many that are.
async fn begins(guest: &Guest<'_>, count: u64) {
    says(guest, "/admin", "You are").await;
    press(guest, "📣 Broadcasts", "One message").await;
    press(guest, "✍️ New broadcast", "Who gets it?").await;
    press(guest, &format!("All users: {count}"), "Send the message as they shall read it").await;
}

async fn reach(flow: &Flow, bot: &Bot) -> u64 {
    let tx = flow.db.read().await.unwrap();
    segment::count(&tx, Segment::All, &[bot.id]).await.unwrap()
}

async fn deeds(flow: &Flow, count: u64) -> Vec<Deed> {
    let tx = flow.db.read().await.unwrap();
    let mut deeds: Vec<_> = log::latest(&tx, count).await.unwrap().into_iter().map(|act| act.deed).collect();
    deeds.reverse();
    deeds
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manager_writes_tests_and_sends_one_broadcast_however_often_he_taps() {
    for database in Database::all() {
        let (flow, bot) = shop(&database, 30).await;
        let mina = hired(&flow, Role::Manager).await;
        let count = reach(&flow, &bot).await;

        // Whoever turns away broadcasts nothing.
        begins(&mina, count).await;
        mina.say("/cancel");
        until("it is cancelled", async || !plain(&last(&mina).text).contains("as they shall read it")).await;
        mina.say("This is for nobody");
        begins(&mina, count).await;
        mina.send_photo(PNG, "");
        until("it lacks words", async || mina.shows("a picture with words below it")).await;
        mina.send_photo(PNG, &"x".repeat(1_025));
        until("it is too long", async || {
            mina.shows("there is room for 1024 characters")
                || mina.shows("there is room for 1,024 characters")
        })
        .await;
        mina.send_photo(PNG, "Two <new> servers & more");
        until("it is shown", async || plain(&last(&mina).text).contains("Ready, and not sent yet")).await;
        let review = plain(&last(&mina).text);
        for part in ["With a picture", "Two <new> servers & more", &format!("reaches {count} users")] {
            assert!(review.contains(part), "{part}: {review}");
        }
        press(&mina, "🧪 Send it to me", "The message above is what they get").await;
        let own = |guest: &Guest<'_>| {
            let is_it = |message: &&ChatMessage| !message.from_me && message.photo.is_some();
            guest.chat().iter().filter(is_it).filter(|one| one.text == "Two <new> servers & more").count()
        };
        assert_eq!((own(&mina), bot.count(FIRST, "servers & more")), (1, 0), "{}", database.name());

        press(&mina, "📣 Send to", "Send it now?").await;
        let (message, send) = button(&mina, "✅ Yes, send it").expect("a button");
        let taps = [0, 1].map(|_| mina.press_data(message, &send));
        until("it is done", async || stands(&flow.db, BroadcastState::Done).await).await;
        let toasts: HashSet<_> = {
            let answer = |tap: &Pressed| match tap {
                Pressed::Callback(query) => flow.sandbox().telegram.callback_answer(query),
                _ => None,
            };
            until("both are answered", async || taps.iter().all(|tap| answer(tap).is_some())).await;
            taps.iter().filter_map(|tap| answer(tap)?.text).collect()
        };
        assert!(toasts.iter().any(|toast| toast.contains("It is being sent")), "{toasts:?}");
        assert!(toasts.iter().any(|toast| toast.contains("did that already")), "{toasts:?}");
        for person in FIRST..FIRST + 30 {
            assert_eq!(bot.count(person, "servers & more"), 1, "{person} on {}", database.name());
        }
        assert_eq!(own(&mina), 2, "the test, and her own");
        press(&mina, "🔄 How far is it?", &format!("Arrived: {count} of {count}")).await;
        assert_eq!(deeds(&flow, 2).await, [Deed::BroadcastWritten, Deed::BroadcastSent]);

        // One that is thrown away is gone.
        begins(&mina, count).await;
        says(&mina, "A slip", "Ready, and not sent yet").await;
        press(&mina, "🗑 Throw away", "One message").await;
        assert_eq!(deeds(&flow, 1).await, [Deed::BroadcastDiscarded]);
        assert!(stands(&flow.db, BroadcastState::Done).await, "the one that was sent is the newest");
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broadcast_is_paused_goes_on_and_is_stopped_from_the_chat() {
    for database in Database::all() {
        let (flow, bot) = shop(&database, 400).await;
        let mina = hired(&flow, Role::Manager).await;
        begins(&mina, reach(&flow, &bot).await).await;
        says(&mina, "Sale", "Ready, and not sent yet").await;
        press(&mina, "📣 Send to", "Send it now?").await;
        press(&mina, "✅ Yes, send it", "Being sent").await;
        until("some have it", async || newest(&flow.db).await.1.arrived() > 5).await;
        press(&mina, "⏸ Pause", "Paused").await;
        until("the run has ended", async || newest(&flow.db).await.0.run_job.is_none()).await;
        let before = newest(&flow.db).await.1.arrived();
        press(&mina, "🔄 How far is it?", &format!("Arrived: {before} of")).await;
        assert_eq!(newest(&flow.db).await.1.arrived(), before, "{}", database.name());
        press(&mina, "▶️ Go on", "Being sent").await;
        until("more have it", async || newest(&flow.db).await.1.arrived() > before).await;
        press(&mina, "⏹ Stop", "Stop it for good?").await;
        press(&mina, "⏹ Yes, stop it", "Stopped").await;
        until("the run has ended", async || newest(&flow.db).await.0.run_job.is_none()).await;
        let (row, counts) = newest(&flow.db).await;
        assert_eq!(row.state, BroadcastState::Stopped);
        assert!(counts.left() > 0, "{}: all were sent", database.name());
        let done =
            [Deed::BroadcastSent, Deed::BroadcastPaused, Deed::BroadcastResumed, Deed::BroadcastStopped];
        assert_eq!(deeds(&flow, 4).await, done);
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn support_has_no_broadcasts() {
    let (flow, _) = shop(&Database::sqlite(), 1).await;
    let mina = hired(&flow, Role::Support).await;
    says(&mina, "/admin", "You are support").await;
    assert!(button(&mina, "📣").is_none(), "{:?}", last(&mina));
    flow.end().await;
}
