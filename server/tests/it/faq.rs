//! Frequent questions: read and searched on the phone, written in the panel.

use domain::{
    args,
    db::Conn as _,
    entities::tenant::faq_vote,
    locale::{self, Locale},
};
use sea_orm::EntityTrait as _;
use server::sandbox::telegram::ButtonAction;

use crate::support::{Chat, Database, Flow, until};

/// Who holds the phone of the preview page.
const USER: i64 = 5_000_001;

/// The buttons of the newest message: label and what they say.
fn keys(flow: &Flow) -> Vec<(i64, String, String)> {
    let telegram = &flow.sandbox().telegram;
    let bot = telegram.bot_named(&flow.seller.username).unwrap();
    let newest = telegram.transcript(bot, USER).into_iter().rfind(|message| !message.keyboard.is_empty());
    let Some(newest) = newest else { return Vec::new() };
    let said = |key: server::sandbox::telegram::Button| match key.action {
        ButtonAction::Callback(data) => Some((newest.id, key.text, data)),
        _ => None,
    };
    newest.keyboard.into_iter().flatten().filter_map(said).collect()
}

fn has(flow: &Flow, label: &str) -> bool {
    keys(flow).iter().any(|(_, text, _)| text == label)
}

async fn press(flow: &Flow, label: &str) {
    until(label, async || has(flow, label)).await;
    let telegram = &flow.sandbox().telegram;
    let bot = telegram.bot_named(&flow.seller.username).unwrap();
    let (message, _, data) = keys(flow).into_iter().find(|(_, text, _)| text == label).unwrap();
    telegram.press_data(bot, USER, message, &data).unwrap();
}

async fn shows(chat: &Chat<'_>, text: &str) {
    until(text, async || chat.text().await.contains(text)).await;
}

fn question(code: &str) -> String {
    locale::plain(Locale::En, &format!("bot-faq-{code}-question"), &args![])
}

async fn votes(flow: &Flow) -> usize {
    let tx = flow.db.read().await.unwrap();
    faq_vote::Entity::find().all(tx.raw()).await.unwrap().len()
}

#[tokio::test]
async fn an_answer_is_found_read_and_judged_once_and_leads_on_to_the_shop() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let chat = flow.chat();
        chat.reach_the_menu().await;
        chat.say("/faq").await;
        chat.press("bot-faq-category-payment").await;
        press(&flow, &question("refund")).await;
        shows(&chat, "A payment usually arrives within a minute").await;
        chat.press("bot-faq-btn-did-not").await;
        shows(&chat, "did not help").await;
        until("it is counted", async || votes(&flow).await == 1).await;
        chat.press("bot-common-btn-back").await;
        shows(&chat, "A payment usually arrives within a minute").await;
        chat.press("bot-faq-btn-helped").await;
        shows(&chat, "Questions and answers").await;
        assert_eq!(votes(&flow).await, 1, "{}: the first word counts", database.name());

        chat.press("bot-faq-btn-search").await;
        shows(&chat, "Type in a few words").await;
        chat.say("DEVICES").await;
        press(&flow, &question("devices")).await;
        shows(&chat, "Put the same link").await;
        chat.say("/faq").await;
        chat.press("bot-faq-btn-search").await;
        chat.say("rhinoceros").await;
        shows(&chat, "No answer fits").await;
        chat.press("bot-faq-btn-support").await;
        shows(&chat, "What is it about?").await;
        // What nobody asked for is answered where an answer fits, and leads to the menu where none does.
        chat.say("it does not connect").await;
        press(&flow, &question("broken")).await;
        shows(&chat, "Refresh the subscription").await;
        chat.say("rhinoceros").await;
        shows(&chat, "I did not get that").await;
        flow.end().await;
    }
}

#[tokio::test]
async fn the_shop_puts_answers_into_its_words_hides_them_and_adds_its_own() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let (browser, chat) = (&flow.seller.browser, flow.chat());
        let list = format!("{}/faq?lang=en", flow.overview);
        let page = browser.get(&list).await;
        assert!(page.shows("Ours") && page.shows("Add a question"), "{}", page.body);
        assert_eq!(
            page.links().iter().filter(|link| link.contains("/faq/") && !link.contains("/faq/new")).count(),
            5
        );

        let own = |key: &str| format!("{}/faq/{key}?lang=en", flow.overview);
        let empty = [("act", "save"), ("category", "payment"), ("question", ""), ("answer", "")];
        let page = browser.follow(browser.post(&own("new"), &empty).await).await;
        assert!(page.shows("question-error") && page.shows("answer-error"), "{}", page.body);
        let added = [
            ("act", "save"),
            ("category", "other"),
            ("question", "Where is the <rhinoceros>?"),
            ("answer", "In the zoo.\r\nCome & see."),
        ];
        let page = browser.follow(browser.post(&own("new"), &added).await).await;
        assert!(page.shows("Where is the &lt;rhinoceros&gt;?"), "{}", page.body);
        let mine =
            [("act", "save"), ("category", "payment"), ("question", "Money?"), ("answer", "Back at once.")];
        browser.post(&own("refund"), &mine).await;
        browser.post(&own("start"), &[("act", "hide")]).await;
        let page = browser.get(&list).await;
        assert!(page.shows("Hidden") && page.shows("Money?"), "{}", page.body);

        chat.reach_the_menu().await;
        chat.say("rhinoceros").await;
        press(&flow, "Where is the <rhinoceros>?").await;
        shows(&chat, "Come & see.").await;
        chat.say("/faq").await;
        chat.press("bot-faq-category-payment").await;
        press(&flow, "Money?").await;
        shows(&chat, "Back at once.").await;
        chat.say("/faq").await;
        chat.press("bot-faq-category-connect").await;
        until("one is left", async || has(&flow, &question("broken"))).await;
        assert!(!has(&flow, &question("start")), "{}: it is hidden", database.name());

        browser.post(&own("refund"), &[("act", "remove")]).await;
        browser.post(&own("start"), &[("act", "show")]).await;
        let page = browser.get(&list).await;
        assert!(!page.shows("Money?") && !page.shows("Hidden"), "{}", page.body);
        assert_eq!(browser.get(&own("nothing")).await.status, 404);
        flow.end().await;
    }
}
