//! Broadcasts through the real server: written on its pages, sent by its jobs, read on phones.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use domain::{
    db::{Conn as _, TenantDb},
    entities::tenant::{
        broadcast::{self, BroadcastState, Segment},
        broadcast_recipient::{self as recipient, RecipientState},
        chat,
        order::OrderState,
        user,
    },
    ids::{BotId, BroadcastId, RowId, UserId},
    locale::Locale,
    platform::bot::service as bots,
    shop::broadcast::{
        letter::Letter,
        list::{self, Counts},
        send::AT_ONCE,
        service::{self, Draft},
    },
    testing,
};
use sea_orm::{ActiveValue::Set, EntityTrait as _};
use server::{
    sandbox::telegram::{ApiError, ButtonAction, ChatMessage, TelegramEmulator},
    state::AppState,
};

use crate::support::{
    BUSY, Browser, Child, Database, Flow,
    flow::until,
    outworld::{Outworld, Settings},
};

/// Who runs the shop.
const OWNER: i64 = 5_000_003;
/// The first of the users who have been there before.
pub const FIRST: i64 = 8_000_000;
const LANGUAGES: [&str; 3] = ["en", "fa", "ru"];

pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\x2c\0\0\0\xc8\x08\x02\0\0\0";

/// A shop's bot, as its users see it.
#[derive(Clone)]
pub struct Bot {
    pub id: BotId,
    number: i64,
    telegram: TelegramEmulator,
}

impl Bot {
    async fn of(state: &AppState, db: &TenantDb) -> Self {
        let row = bots::of_tenant(state.master(), db.tenant()).await.unwrap().remove(0);
        let telegram = state.sandbox.as_ref().unwrap().telegram.clone();
        Self { id: row.id, number: row.telegram_id.unwrap(), telegram }
    }

    fn chat(&self, person: i64) -> Vec<ChatMessage> {
        self.telegram.transcript(self.number, person)
    }

    /// How often a user got this.
    pub fn count(&self, person: i64, text: &str) -> usize {
        self.chat(person).iter().filter(|message| message.text.contains(text)).count()
    }

    /// So many users with a chat, in three languages in turn.
    async fn crowd(&self, db: &TenantDb, count: i64) {
        self.telegram.acquaint(self.number, FIRST..FIRST + count);
        let people: Vec<i64> = (FIRST..FIRST + count).collect();
        for people in people.chunks(500) {
            let tx = db.write().await.unwrap();
            let users = people.iter().map(|person| user::ActiveModel {
                id: Set(UserId::new()),
                telegram_id: Set(*person),
                first_name: Set("Somebody".into()),
                username: Set(None),
                locale: Set(language(*person).into()),
                language_chosen_at: Set(None),
                rules_accepted_at: Set(None),
                banned_at: Set(None),
                created_at: Set(tx.now()),
                last_seen_at: Set(tx.now()),
                calendar: Set(None),
                source: Set(None),
            });
            user::Entity::insert_many(users).exec_without_returning(tx.raw()).await.unwrap();
            let chats = people.iter().map(|person| chat::ActiveModel {
                id: Set(RowId::new()),
                bot_id: Set(self.id),
                telegram_id: Set(*person),
                dialogue: Set(serde_json::Value::Null),
                screen_message_id: Set(None),
                blocked_at: Set(None),
                updated_at: Set(tx.now()),
            });
            chat::Entity::insert_many(chats).exec_without_returning(tx.raw()).await.unwrap();
            tx.commit().await.unwrap();
        }
    }
}

fn language(person: i64) -> &'static str {
    LANGUAGES[usize::try_from(person).unwrap() % 3]
}

pub async fn newest(db: &TenantDb) -> (broadcast::Model, Counts) {
    let tx = db.read().await.unwrap();
    list::page(&tx, 0).await.unwrap().rows.remove(0)
}

pub async fn stands(db: &TenantDb, state: BroadcastState) -> bool {
    newest(db).await.0.state == state
}

/// Written and begun without the pages.
async fn begin(db: &TenantDb, bot: &Bot, text: &str) -> BroadcastId {
    let letter = Letter { texts: BTreeMap::from([("en".into(), text.into())]), buttons: Vec::new() };
    let tx = db.write().await.unwrap();
    let row = service::save(&tx, None, bot.id, &Draft { segment: Segment::All, letter }).await.unwrap();
    service::send(&tx, row.id, None, Locale::En).await.unwrap();
    tx.commit().await.unwrap();
    row.id
}

/// A live shop with so many users who have been there before.
pub async fn shop(database: &Database, count: i64) -> (Flow, Bot) {
    let flow = Flow::live(database).await;
    let bot = Bot::of(flow.server.state(), &flow.db).await;
    bot.crowd(&flow.db, count).await;
    (flow, bot)
}

/// Saves a draft and gives its address.
async fn draft(browser: &Browser, list: &str, fields: &[(&str, &str)]) -> String {
    let answer = browser.post(&format!("{list}/new"), &[&[("act", "save")][..], fields].concat()).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let own = answer.location().trim_end_matches("#review").to_owned();
    assert!(own.starts_with(list) && !own.ends_with("/new"), "{}", browser.get(&own).await.body);
    own
}

async fn press(browser: &Browser, own: &str, act: &str) -> String {
    browser.follow(browser.post(own, &[("act", act)]).await).await.body
}

#[tokio::test]
async fn a_broadcast_is_written_tested_and_reaches_everybody_once_in_a_language_that_is_written() {
    for database in Database::all() {
        let (flow, bot) = shop(&database, 9).await;
        let browser = &flow.seller.browser;
        let list = format!("{}/broadcasts", flow.overview);
        let page = browser.get(&list).await;
        assert!(page.shows("Nothing has been broadcast yet"), "{}", page.body);
        let page = browser.get(&format!("{list}/new")).await;
        assert!(page.shows("Never bought (9)") && page.shows("On a free trial (0)"), "{}", page.body);

        let texts = [("segment", "never"), ("text_en", "20% off <today>"), ("text_fa", "۲۰٪ تخفیف")];
        let buttons = [
            ("button1_to", "plans"),
            ("button2_to", "link"),
            ("button2_link", "https://example.com/sale"),
            ("button2_label_en", "Look"),
            ("button2_label_fa", "ببینید"),
        ];
        let own = draft(browser, &list, &[&texts[..], &buttons[..]].concat()).await;
        let page = browser.get(&own).await;
        assert!(page.shows("Goes to ") && page.shows("20% off &lt;today&gt;"), "{}", page.body);
        assert!(page.shows("Not written in"), "{}", page.body);

        bot.telegram.acquaint(bot.number, [OWNER]);
        let told = press(browser, &own, "test").await;
        assert!(told.contains("It is in your chat with the bot"), "{told}");
        assert_eq!((bot.count(OWNER, "20% off <today>"), bot.count(OWNER, "تخفیف")), (1, 1));

        press(browser, &own, "send").await;
        until("it is done", async || stands(&flow.db, BroadcastState::Done).await).await;
        for person in FIRST..FIRST + 9 {
            let chat = bot.chat(person);
            let expected = if language(person) == "fa" { "۲۰٪ تخفیف" } else { "20% off <today>" };
            assert_eq!(chat.len(), 1, "{}: {chat:?}", database.name());
            assert_eq!(chat[0].text, expected);
            let actions: Vec<_> = chat[0].keyboard.iter().flatten().map(|key| key.action.clone()).collect();
            assert!(matches!(actions[0], ButtonAction::Callback(_)));
            assert_eq!(actions[1], ButtonAction::Url("https://example.com/sale".into()));
        }
        let page = browser.get(&own).await;
        assert!(page.shows("Done") && !page.shows("What Telegram said"), "{}", page.body);
        assert!(browser.get(&list).await.shows("9 of 9 got it"));

        // The button works for whoever has it in front of him.
        let message = bot.chat(FIRST).remove(0);
        bot.telegram.press(bot.number, FIRST, message.id, 0, 0).unwrap();
        until("the plans", async || bot.chat(FIRST).iter().any(|message| !message.text.contains("20%")))
            .await;
        flow.end().await;
    }
}

#[tokio::test]
async fn what_telegram_would_refuse_is_refused_on_the_page_and_nothing_typed_is_lost() {
    let database = Database::sqlite();
    let (flow, bot) = shop(&database, 3).await;
    let browser = &flow.seller.browser;
    let list = format!("{}/broadcasts", flow.overview);
    let new = format!("{list}/new");
    let refused = async |at: &str, fields: &[(&str, &str)], words: &str| {
        let answer = browser.post(at, &[&[("act", "save"), ("segment", "trial")][..], fields].concat()).await;
        let page = browser.follow(answer).await;
        assert!(page.shows(words), "{words}: {}", page.body);
        page.body
    };
    let long = "ب".repeat(4_097);
    let page =
        refused(&new, &[("text_en", &long), ("text_fa", "سلام")], "a message has 4,096 characters").await;
    assert!(page.contains(&long) && page.contains("سلام"), "what was typed is gone");
    refused(&new, &[("text_fa", "سلام")], "The text in English is needed").await;
    let link = [("text_en", "Hi"), ("button1_to", "link"), ("button1_link", "example.com")];
    refused(&new, &link, "An address that begins with https://, please").await;
    refused(&new, &link, "needs a label in each language").await;
    assert!(browser.get(&list).await.shows("Nothing has been broadcast yet"));

    let own = draft(browser, &list, &[("text_en", &"x".repeat(1_100))]).await;
    let put = async |file: Option<&[u8]>| {
        let answer = browser.post_file(&format!("{own}/picture/all"), "picture", file).await;
        browser.follow(answer).await
    };
    let page = put(Some(PNG)).await;
    assert!(page.shows("below a picture there is room for 1,024"), "{}", page.body);
    assert!(put(Some(b"<svg/>")).await.shows("Choose a PNG or JPEG"));
    let answer = browser.post(&own, &[("act", "save"), ("segment", "all"), ("text_en", "Look")]).await;
    assert_eq!(answer.status, 303);
    assert!(put(Some(PNG)).await.shows("Saved"));
    let picture = browser.get(&format!("{own}/picture/all")).await;
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/png"));
    let late = [("act", "schedule"), ("day", "2020-01-01"), ("time", "10:00")];
    let page = browser.follow(browser.post(&own, &late).await).await;
    assert!(page.shows("This time is over") && page.shows(">Look<"), "{}", page.body);

    press(browser, &own, "send").await;
    until("it is done", async || stands(&flow.db, BroadcastState::Done).await).await;
    let chat = bot.chat(FIRST);
    assert!(chat[0].photo.is_some() && chat[0].text == "Look", "{chat:?}");
    flow.end().await;
}

#[tokio::test]
async fn a_broadcast_is_paused_goes_on_is_stopped_and_taken_back() {
    for database in Database::all() {
        let (flow, bot) = shop(&database, 150).await;
        let browser = &flow.seller.browser;
        let own = draft(browser, &format!("{}/broadcasts", flow.overview), &[("text_en", "Sale")]).await;
        press(browser, &own, "send").await;
        until("some have it", async || newest(&flow.db).await.1.arrived() > 10).await;
        let page = press(browser, &own, "pause").await;
        assert!(page.contains("It is paused"), "{page}");
        until("the run has ended", async || newest(&flow.db).await.0.run_job.is_none()).await;
        let before = newest(&flow.db).await.1.arrived();
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(newest(&flow.db).await.1.arrived(), before, "{}", database.name());

        press(browser, &own, "resume").await;
        until("more have it", async || newest(&flow.db).await.1.arrived() > before + 10).await;
        press(browser, &own, "stop").await;
        until("the run has ended", async || newest(&flow.db).await.0.run_job.is_none()).await;
        let (row, counts) = newest(&flow.db).await;
        assert_eq!(row.state, BroadcastState::Stopped);
        let page = press(browser, &own, "resume").await;
        assert!(page.contains("has moved on meanwhile"), "{page}");
        assert!(counts.of(RecipientState::Waiting) > 0, "{}: all were sent", database.name());

        let page = press(browser, &own, "delete_sent").await;
        assert!(page.contains("being deleted"), "{page}");
        until("all is deleted", async || newest(&flow.db).await.1.of(RecipientState::Sent) == 0).await;
        let left: usize = (FIRST..FIRST + 150).map(|person| bot.count(person, "Sale")).sum();
        assert_eq!(left, 0, "{}", database.name());
        assert_eq!(newest(&flow.db).await.1.of(RecipientState::Deleted), counts.arrived());
        flow.end().await;
    }
}

#[tokio::test]
async fn whoever_has_blocked_the_bot_is_marked_and_telegrams_wish_to_wait_is_obeyed() {
    for database in Database::all() {
        let (flow, bot) = shop(&database, 40).await;
        let browser = &flow.seller.browser;
        // Not told of it: the bot learns it by writing.
        bot.telegram.knobs().lose_next("update:my_chat_member", 2);
        bot.telegram.block(bot.number, FIRST);
        bot.telegram.block(bot.number, FIRST + 1);
        bot.telegram.refuse_next("sendMessage", 1, &ApiError::too_many(7));
        let own = draft(browser, &format!("{}/broadcasts", flow.overview), &[("text_en", "Sale")]).await;
        let begun = Instant::now();
        press(browser, &own, "send").await;
        until("it was asked to wait", async || bot.telegram.knobs().rules().is_empty()).await;
        until("nothing is in hand", async || {
            let (_, counts) = newest(&flow.db).await;
            counts.all() == 40 && counts.of(RecipientState::Sending) == 0
        })
        .await;
        assert!(
            newest(&flow.db).await.1.of(RecipientState::Waiting) > 0,
            "{}: it did not wait",
            database.name()
        );
        until("it is done", async || {
            flow.advance(chrono::Duration::seconds(1)).await;
            stands(&flow.db, BroadcastState::Done).await
        })
        .await;
        assert!(begun.elapsed() >= Duration::from_secs(7), "{}: {:?}", database.name(), begun.elapsed());
        let (_, counts) = newest(&flow.db).await;
        assert_eq!((counts.of(RecipientState::Sent), counts.of(RecipientState::Blocked)), (38, 2));
        assert!((FIRST + 2..FIRST + 40).all(|person| bot.count(person, "Sale") == 1));
        let page = browser.get(&own).await;
        assert!(page.shows("Forbidden: bot was blocked by the user"), "{}", page.body);
        let page = browser.get(&format!("{}/broadcasts/new", flow.overview)).await;
        assert!(page.shows("All users (38)"), "{}", page.body);
        flow.end().await;
    }
}

#[tokio::test]
async fn a_purchase_during_a_broadcast_is_answered_before_the_rest_of_it() {
    for database in Database::all() {
        let (flow, bot) = shop(&database, 400).await;
        let chat = flow.chat();
        chat.reach_the_menu().await;
        let page = chat.order_a_month().await;
        begin(&flow.db, &bot, "Sale").await;
        until("it is under way", async || newest(&flow.db).await.1.arrived() > 10).await;
        flow.seller.pay_by_card(&page, "at_once").await;
        let order = flow.orders().await.remove(0);
        flow.becomes(order.id, OrderState::Provisioned).await;
        until("the buyer reads it", async || chat.text().await.contains(" is active until ")).await;
        let (row, counts) = newest(&flow.db).await;
        assert_eq!(row.state, BroadcastState::Sending, "{}", database.name());
        assert!(counts.left() > 0);
        until("it is done", async || stands(&flow.db, BroadcastState::Done).await).await;
        assert!((FIRST..FIRST + 400).all(|person| bot.count(person, "Sale") == 1));
        flow.end().await;
    }
}

#[tokio::test]
async fn what_telegram_was_silent_about_is_listed_and_only_a_person_sends_it_again() {
    for database in Database::all() {
        let (flow, bot) = shop(&database, 30).await;
        let browser = &flow.seller.browser;
        bot.telegram.knobs().lose_answer("sendMessage", 1);
        let own = draft(browser, &format!("{}/broadcasts", flow.overview), &[("text_en", "Sale")]).await;
        press(browser, &own, "send").await;
        let over = async || {
            flow.advance(chrono::Duration::seconds(2)).await;
            stands(&flow.db, BroadcastState::Done).await
        };
        until("it is done", over).await;
        let (_, counts) = newest(&flow.db).await;
        assert_eq!((counts.of(RecipientState::Sent), counts.of(RecipientState::Unknown)), (29, 1));
        let listed = || browser.get(&own);
        let page = listed().await;
        assert!(page.shows("Not known whether it arrived: 1") && page.shows("Somebody"), "{}", page.body);

        // Whatever time passes: nobody gets it twice.
        flow.advance(chrono::Duration::days(2)).await;
        flow.drained().await;
        assert!((FIRST..FIRST + 30).all(|person| bot.count(person, "Sale") == 1), "{}", database.name());
        assert!(listed().await.shows("Not known whether it arrived: 1"));

        let told = press(browser, &own, "again_unknown").await;
        assert!(told.contains("They are sent to again"), "{told}");
        until("all have it", async || newest(&flow.db).await.1.of(RecipientState::Sent) == 30).await;
        let twice = (FIRST..FIRST + 30).filter(|person| bot.count(*person, "Sale") == 2).count();
        assert_eq!(twice, 1, "{}: the one who had it after all", database.name());
        assert!(!listed().await.shows("Not known whether it arrived"));
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_killed_in_the_middle_sends_nothing_twice_and_lists_what_it_does_not_know() {
    everywhere(240, 3, &[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes, as a bot does that Telegram lets send a thousand messages a second"]
async fn a_hundred_thousand_get_it_once_whatever_kills_the_server() {
    everywhere(100_000, 20, &[("BOTYARD__TELEGRAM__MESSAGES_PER_SECOND", "1000")]).await;
}

async fn everywhere(count: i64, kills: i64, settings: Settings) {
    let _alone = BUSY.lock().await;
    for database in Database::all() {
        one(&database, count, kills, settings).await;
    }
}

async fn one(database: &Database, count: i64, kills: i64, settings: Settings) {
    let (world, mut servers) = Outworld::live_with(database, 1, settings).await;
    let bot = Bot::of(world.state(), &world.db).await;
    bot.crowd(&world.db, count).await;
    let mut server: Child = servers.remove(0);
    let begun = Instant::now();
    let id = begin(&world.db, &bot, "Sale").await;
    for kill in 1..=kills {
        let far = count * kill / (kills + 1);
        wait_for(&format!("{far} are done"), count, async || {
            let counts = newest(&world.db).await.1;
            counts.all() == count && counts.all() - counts.left() >= far
        })
        .await;
        drop(server);
        server = world.restart(database, 0).await;
    }
    wait_for("it is done", count, async || stands(&world.db, BroadcastState::Done).await).await;
    let took = begun.elapsed();
    let tx = world.db.read().await.unwrap();
    let rows = recipient::Entity::find().all(tx.raw()).await.unwrap();
    let counts = list::counts(&tx, id).await.unwrap();
    drop(tx);
    let unknown = counts.of(RecipientState::Unknown);
    let arrived = |row: &recipient::Model| bot.count(row.telegram_id, "Sale");
    let twice = rows.iter().filter(|row| arrived(row) > 1).count();
    let lost = rows.iter().filter(|row| row.state == RecipientState::Sent && arrived(row) == 0).count();
    assert_eq!((rows.len() as i64, twice, lost), (count, 0, 0), "{}", database.name());
    assert_eq!(counts.of(RecipientState::Sent) + unknown, count);
    assert!(unknown <= kills * AT_ONCE as i64, "{}: {unknown} are unknown", database.name());
    let there = rows.iter().filter(|row| row.state == RecipientState::Unknown && arrived(row) == 1).count();
    testing::say(&format!(
        "{}: {count} recipients, {kills} kills, nobody twice, {unknown} unknown of {} in hand at the most at a kill \
         ({there} of them arrived), {} s",
        database.name(),
        AT_ONCE,
        took.as_secs()
    ));
    server.stop();
    world.stop().await;
}

/// As long as so many take, and a minute.
async fn wait_for(what: &str, count: i64, holds: impl AsyncFn() -> bool) {
    let most = Duration::from_secs(60 + u64::try_from(count).unwrap() / 10);
    let begin = Instant::now();
    while !holds().await {
        assert!(begin.elapsed() < most, "not within {most:?}: {what}");
        tokio::time::sleep(Duration::from_millis(if count > 1_000 { 1_000 } else { 50 })).await;
    }
}
