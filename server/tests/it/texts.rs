//! What the bot says, put into the shop's words in the panel and read on the phone.

use crate::support::{Chat, Database, Flow, until};

async fn shows(chat: &Chat<'_>, text: &str) {
    until(text, async || chat.text().await.contains(text)).await;
}

fn saying(text: &str) -> [(&str, &str); 2] {
    [("act", "save"), ("text", text)]
}

#[tokio::test]
async fn a_text_in_the_shops_words_is_said_at_once_and_ours_again_when_it_is_taken_back() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let (browser, chat) = (&flow.seller.browser, flow.chat());
        chat.reach_the_menu().await;
        let list = format!("{}/texts", flow.overview);
        let hello = format!("{list}/bot-start-returning-body?lang=en");

        let page = browser.get(&hello).await;
        assert!(page.shows("Good to see you again, { $name }!"), "ours is shown: {}", page.body);
        assert!(!page.shows("Back to our text…"), "there is nothing to take back yet");
        let page = browser.follow(browser.post(&hello, &saying("Hi { $nobody }")).await).await;
        assert!(page.shows("There is no value") && page.shows("Hi { $nobody }"), "{}", page.body);
        let previewed = [("act", "preview"), ("text", "Ahoy, <b>{ $name }</b>!")];
        let page = browser.follow(browser.post(&hello, &previewed).await).await;
        assert!(page.shows("Ahoy, <b>") && page.shows("Sara"), "{}", page.body);
        chat.say("/start").await;
        shows(&chat, "Good to see you").await;

        let page = browser.follow(browser.post(&hello, &saying("Ahoy, <b>{ $name }</b>!")).await).await;
        assert!(page.shows("The bot says it from now on"), "{}", page.body);
        chat.say("/start").await;
        shows(&chat, "Ahoy, Sara!").await;

        let of = async |query: &str| browser.get(&format!("{list}?{query}")).await;
        assert!(of("lang=en&show=changed").await.shows("Ahoy"));
        assert!(of("lang=ru&show=missing").await.shows("bot-start-returning-body"));
        assert!(!of("lang=ru&show=changed").await.shows("bot-start-returning-body"));
        assert!(of("lang=en&q=AHOY").await.shows("bot-start-returning-body"));
        assert!(of("lang=en&q=rhinoceros").await.shows("No text fits"));
        assert!(of("lang=en&area=wallet").await.shows("bot-wallet-"));
        assert!(!of("lang=en&area=wallet").await.shows("bot-support-"));
        for key in ["web-product-name", "bot-command-menu", "nothing"] {
            assert_eq!(browser.get(&format!("{list}/{key}")).await.status, 404, "{key}");
        }

        let page = browser.follow(browser.post(&hello, &[("act", "restore")]).await).await;
        assert!(page.shows("The bot says our text again"), "{}", page.body);
        let before = chat.count("Good to see you").await;
        chat.say("/start").await;
        until("ours", async || chat.count("Good to see you").await > before).await;
        flow.end().await;
    }
}
