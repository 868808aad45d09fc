//! Support: the user on the phone, the shop's people in the panel and in the bot.

use bots::callback::Callback;
use domain::{
    entities::{
        master::bot_instance::BotState,
        tenant::{
            ticket::{Model, TicketState},
            ticket_message::{Author, FileKind},
        },
    },
    locale::Locale,
    shop::support::{list, service as support},
};
use server::sandbox::telegram::ButtonAction;

use crate::{
    shop_bot::{
        crawl::asked,
        scene::{SARA, Scene, Setup},
    },
    support::{Browser, Chat, Database, Flow, until},
};

/// Who holds the phone of the preview page, and who runs the shop.
const USER: i64 = 5_000_001;
const OWNER: i64 = 5_000_003;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\x2c\0\0\0\xc8\x08\x02\0\0\0";

async fn tickets(flow: &Flow) -> Vec<Model> {
    let tx = flow.db.read().await.unwrap();
    list::page(&tx, None, 0).await.unwrap().rows.into_iter().map(|row| row.ticket).collect()
}

async fn said(flow: &Flow, ticket: &Model) -> Vec<(Author, String)> {
    let tx = flow.db.read().await.unwrap();
    let thread = support::messages(&tx, ticket.id, 50).await.unwrap();
    thread.into_iter().map(|row| (row.author, row.text)).collect()
}

/// Asks this under the first topic.
async fn ask(chat: &Chat<'_>, flow: &Flow, text: &str) -> Model {
    let before = tickets(flow).await.len();
    chat.say("/support").await;
    chat.press("bot-support-btn-new").await;
    chat.press("bot-support-topic-connect").await;
    until("it is asked", async || chat.text().await.contains("Describe it in one message")).await;
    chat.say(text).await;
    until("it is there", async || tickets(flow).await.len() > before).await;
    let mut all = tickets(flow).await;
    all.sort_unstable_by_key(|ticket| ticket.number);
    all.pop().unwrap()
}

/// The answer form of a ticket, with the name that it has on the page.
async fn answer(browser: &Browser, own: &str, act: &str, text: &str) -> String {
    let page = browser.get(own).await;
    let key = page.inputs().into_iter().find(|(name, _)| name == "key").expect("the form").1;
    let fields = [("act", act), ("key", key.as_str()), ("answer", text)];
    let page = browser.follow(browser.post(own, &fields).await).await;
    assert!(page.shows("Your answer is on its way"), "{}", page.body);
    key
}

/// The shop's owner is known to its bot, as after the wizard.
async fn owner_of(flow: &Flow) -> i64 {
    let telegram = &flow.sandbox().telegram;
    let bot = telegram.bot_named(&flow.seller.username).unwrap();
    telegram.user(OWNER, "Owner", "en");
    telegram.say(bot, OWNER, "/id").unwrap();
    bot
}

#[tokio::test]
async fn a_question_is_asked_answered_in_the_panel_once_closed_and_rated_once() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let (browser, chat) = (&flow.seller.browser, flow.chat());
        let list = format!("{}/tickets", flow.overview);
        let page = browser.get(&list).await;
        assert!(page.shows("Nobody has asked anything yet"), "{}", page.body);
        owner_of(&flow).await;
        chat.reach_the_menu().await;
        let ticket = ask(&chat, &flow, "It does not connect <since> noon").await;
        until("it is acknowledged", async || chat.text().await.contains("Your question is #1")).await;
        chat.send_picture(Some(PNG)).await;
        until("the picture is in it", async || said(&flow, &ticket).await.len() == 2).await;

        let own = format!("{list}/{}", ticket.id);
        let page = browser.get(&list).await;
        assert!(page.shows("Waits for you") && page.links().contains(&own), "{}", page.body);
        assert!(browser.get(&format!("{list}?state=closed")).await.shows("Nothing in this state"));
        let overview = browser.get(&flow.overview).await;
        assert!(overview.links().contains(&format!("{list}?state=waiting")), "{}", overview.body);
        let page = browser.get(&own).await;
        assert!(page.shows("It does not connect &lt;since&gt; noon"), "{}", page.body);
        let files = page.links().into_iter().filter(|link| link.contains("/file/")).collect::<Vec<_>>();
        let picture = browser.get(&files[0]).await;
        assert_eq!((picture.status, picture.header("content-type")), (200, "image/png"));
        assert!(picture.header("cache-control").contains("no-store"));

        let empty = browser.follow(browser.post(&own, &[("act", "answer"), ("answer", " ")]).await).await;
        assert!(empty.shows("answer-error"), "{}", empty.body);
        let key = answer(browser, &own, "answer", "Press connect again.\nThen wait.").await;
        // The same form once more answers nothing more.
        let again =
            [("act", "answer"), ("key", key.as_str()), ("answer", "Press connect again.\nThen wait.")];
        browser.post(&own, &again).await;
        until("the answer is in the chat", async || chat.count("Press connect again.").await == 1).await;
        assert_eq!(tickets(&flow).await[0].state, TicketState::Answered);

        chat.press("bot-support-btn-reply").await;
        until("it is asked for more", async || chat.text().await.contains("add to question #1")).await;
        chat.say("It is so again").await;
        until("it waits again", async || tickets(&flow).await[0].state == TicketState::Waiting).await;
        answer(browser, &own, "answer_and_close", "We have restarted it").await;
        until("its user is asked", async || chat.text().await.contains("We have closed question #1")).await;
        chat.press("bot-support-rate-btn-star").await;
        until("it is rated", async || tickets(&flow).await[0].rating.is_some()).await;
        until("it says so", async || chat.text().await.contains("You gave 5 stars")).await;
        assert!(browser.get(&own).await.shows("of 5 stars"), "{}", database.name());

        let thread = said(&flow, &ticket).await;
        assert_eq!(thread.iter().filter(|(author, _)| *author == Author::Staff).count(), 2, "{thread:?}");
        assert_eq!(chat.count("We have restarted it").await, 2, "told once, and shown in the thread");
        flow.end().await;
    }
}

#[tokio::test]
async fn the_owner_answers_in_the_bot() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let chat = flow.chat();
        let (telegram, bot) = (&flow.sandbox().telegram, owner_of(&flow).await);
        chat.reach_the_menu().await;
        let ticket = ask(&chat, &flow, "Where is my link?").await;
        let told = || telegram.transcript(bot, OWNER);
        until("the owner is told", async || told().iter().any(|one| one.text.contains("Where is my link?")))
            .await;
        let message = told().into_iter().find(|one| one.text.contains("Where is my link?")).unwrap();
        let buttons: Vec<_> = message.keyboard.iter().flatten().map(|button| button.action.clone()).collect();
        let own = format!("{}/tickets/{}", flow.overview, ticket.id);
        assert!(buttons.iter().any(|one| matches!(one, ButtonAction::Url(url) if url.ends_with(&own))));
        let ButtonAction::Callback(data) = &buttons[0] else { panic!("{buttons:?}") };

        // The language, then the rules: the owner is a user of the bot as well.
        for button in ["English", "✅ I agree"] {
            until(button, async || {
                let all = told();
                let found = all.iter().rev().find_map(|one| {
                    let mut keys = one.keyboard.iter().flatten();
                    let key = keys.find(|key| key.text == button)?;
                    let ButtonAction::Callback(data) = &key.action else { return None };
                    Some((one.id, data.clone()))
                });
                match found {
                    Some((id, data)) => telegram.press_data(bot, OWNER, id, &data).is_ok(),
                    None => {
                        telegram.say(bot, OWNER, "/start").unwrap();
                        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
                        false
                    }
                }
            })
            .await;
        }
        until("the owner is welcome", async || told().iter().any(|one| one.text.contains("Welcome to")))
            .await;
        telegram.press_data(bot, OWNER, message.id, data).unwrap();
        until("the owner is asked", async || told().last().unwrap().text.contains("Your next message")).await;
        telegram.send_photo_to_bot(bot, OWNER, PNG, "Here it is").unwrap();
        until("the answer is stored", async || said(&flow, &ticket).await.len() == 2).await;
        until("the user has it, with the picture", async || {
            let chat = telegram.transcript(bot, USER);
            chat.iter().any(|one| one.text.contains("Here it is") && one.photo.is_some())
        })
        .await;
        until("the owner knows", async || told().iter().any(|one| one.text.contains("on its way"))).await;
        // The answer was one message: what comes next is none.
        telegram.say(bot, OWNER, "and so on").unwrap();
        until("it is not sent", async || told().last().unwrap().text.contains("did not get that")).await;
        assert_eq!(said(&flow, &ticket).await.len(), 2, "{}", database.name());

        // Whoever turns away from the question answers nothing.
        telegram.press_data(bot, OWNER, message.id, data).unwrap();
        until("the owner is asked", async || told().last().unwrap().text.contains("Your next message")).await;
        telegram.say(bot, OWNER, "/my").unwrap();
        until("the profile", async || told().last().unwrap().text.contains(&OWNER.to_string())).await;
        telegram.say(bot, OWNER, "a thought").unwrap();
        until("it is not sent", async || told().last().unwrap().text.contains("did not get that")).await;
        assert_eq!(said(&flow, &ticket).await.len(), 2, "{}", database.name());
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_the_owner_answers_or_closes_in_the_shops_name() {
    for scene in Scene::each(Setup::webhook(BotState::Live)).await {
        scene.settle_quietly(SARA, Locale::En).await;
        let ticket = asked(&scene, SARA).await;
        let menu = scene.bring_press(SARA, 1, "v1:menu:open").await;
        for (update, callback) in [(2, Callback::TicketAnswer(ticket)), (3, Callback::TicketDone(ticket))] {
            let shown = scene.bring_press(SARA, update, &callback.encode()).await;
            assert_eq!(shown.text, menu.text, "{callback:?}");
        }
        let tx = scene.db.read().await.unwrap();
        let row = support::find(&tx, ticket).await.unwrap().unwrap();
        assert_eq!(row.state, TicketState::Waiting);
        let chat = domain::shop::chat::dialogue::current(&tx, scene.row.id, SARA).await.unwrap();
        assert_eq!(chat, None, "nothing is asked of her");
        drop(tx);
        scene.end().await;
    }
}

#[tokio::test]
async fn nobody_floods_the_shop_and_files_come_as_they_are() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let (browser, chat) = (&flow.seller.browser, flow.chat());
        let telegram = &flow.sandbox().telegram;
        let bot = telegram.bot_named(&flow.seller.username).unwrap();
        chat.reach_the_menu().await;
        let first = ask(&chat, &flow, "one").await;
        // An album is three messages and one acknowledgement.
        let before = telegram.transcript(bot, USER).len();
        telegram.send_album_to_bot(bot, USER, &[PNG, PNG, PNG]).unwrap();
        until("the album is there", async || said(&flow, &first).await.len() == 4).await;
        telegram.send_document_to_bot(bot, USER, &b"%PDF-1.7"[..]).unwrap();
        until("the file is there", async || said(&flow, &first).await.len() == 5).await;
        until("it is acknowledged", async || {
            let chat = telegram.transcript(bot, USER);
            chat[before..].iter().filter(|one| one.text.contains("Your question is")).count() == 2
        })
        .await;
        let tx = flow.db.read().await.unwrap();
        let thread = support::messages(&tx, first.id, 50).await.unwrap();
        drop(tx);
        assert_eq!(thread[4].file_kind, Some(FileKind::Document));
        let file = format!("{}/tickets/{}/file/{}", flow.overview, first.id, thread[4].id);
        let file = browser.get(&file).await;
        assert_eq!((file.status, file.header("content-type")), (200, "application/octet-stream"));
        assert!(file.header("content-disposition").starts_with("attachment"), "{:?}", file.headers);

        ask(&chat, &flow, "two").await;
        ask(&chat, &flow, "three").await;
        chat.say("/support").await;
        chat.press("bot-support-btn-new").await;
        until("a fourth is refused", async || chat.text().await.contains("open already")).await;
        chat.press("bot-support-btn-mine").await;
        until("his own are shown", async || chat.press_first("bot-support-list-btn-ticket").await).await;
        chat.press("bot-support-btn-solved").await;
        until("it is closed", async || {
            tickets(&flow).await.iter().any(|ticket| ticket.state == TicketState::Closed)
        })
        .await;
        ask(&chat, &flow, "four").await;
        assert_eq!(tickets(&flow).await.len(), 4, "{}", database.name());
        flow.end().await;
    }
}

#[tokio::test]
async fn the_shops_other_contact_stands_beside_tickets_and_first_under_paysupport() {
    let database = Database::sqlite();
    let flow = Flow::live(&database).await;
    let (browser, chat) = (&flow.seller.browser, flow.chat());
    let list = format!("{}/tickets", flow.overview);
    let wrong = [("act", "contact"), ("contact", "http://fastline.example")];
    let page = browser.follow(browser.post(&list, &wrong).await).await;
    assert!(page.shows("contact-error") && page.shows("http://fastline.example"), "{}", page.body);
    let right = [("act", "contact"), ("contact", "t.me/fastline_help")];
    let page = browser.follow(browser.post(&list, &right).await).await;
    assert!(page.shows("Saved") && page.shows("@fastline_help"), "{}", page.body);
    chat.reach_the_menu().await;
    chat.say("/support").await;
    assert_eq!(chat.link("bot-support-btn-contact").await, "https://t.me/fastline_help");
    chat.say("/paysupport").await;
    until("there as well", async || {
        let telegram = &flow.sandbox().telegram;
        let bot = telegram.bot_named(&flow.seller.username).unwrap();
        let last = telegram.transcript(bot, USER).pop().unwrap();
        let first = last.keyboard.first().and_then(|row| row.first()).cloned();
        matches!(first.map(|key| key.action), Some(ButtonAction::Url(url)) if url.ends_with("/fastline_help"))
    })
    .await;
    browser.post(&list, &[("act", "contact"), ("contact", "")]).await;
    chat.say("/support").await;
    until("it is gone", async || {
        let telegram = &flow.sandbox().telegram;
        let bot = telegram.bot_named(&flow.seller.username).unwrap();
        let last = telegram.transcript(bot, USER).pop().unwrap();
        last.text.contains("Support")
            && last.keyboard.iter().flatten().all(|key| matches!(key.action, ButtonAction::Callback(_)))
    })
    .await;
    flow.end().await;
}

#[tokio::test]
async fn a_ticket_of_another_shop_is_not_there() {
    let database = Database::sqlite();
    let flow = Flow::live(&database).await;
    let chat = flow.chat();
    chat.reach_the_menu().await;
    let ticket = ask(&chat, &flow, "a secret").await;
    let (other, overview, _) = crate::support::flow::another(&flow.server, "second_shop_bot").await;
    let foreign = other.browser.get(&format!("{overview}/tickets/{}", ticket.id)).await;
    assert_eq!(foreign.status, 404);
    let fields = [("act", "close"), ("key", ""), ("answer", "")];
    assert_eq!(other.browser.post(&format!("{overview}/tickets/{}", ticket.id), &fields).await.status, 404);
    assert_eq!(other.browser.get(&format!("{}/tickets", flow.overview)).await.status, 404);
    flow.end().await;
}
