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

#[tokio::test]
async fn the_shops_words_are_saved_as_a_file_and_read_from_it_into_another_language() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let (browser, chat) = (&flow.seller.browser, flow.chat());
        chat.reach_the_menu().await;
        let page = format!("{}/texts/file?lang=en", flow.overview);
        let file = format!("{}/texts/file/en", flow.overview);
        assert!(browser.get(&page).await.shows("0 texts in English are in your own words"));
        let list = browser.get(&format!("{}/texts?lang=en", flow.overview)).await;
        assert!(list.links().iter().any(|link| link.ends_with("/texts/file?lang=en")), "{}", list.body);

        let read = async |content: Option<&[u8]>| {
            browser.follow(browser.post_file(&page, "file", content).await).await
        };
        assert!(read(None).await.shows("Choose a file first"));
        let broken = b"bot-common-btn-menu = Home\nbot-common-btn-back = { $\n";
        let answer = read(Some(broken)).await;
        assert!(answer.shows("cannot be read in line 2, so nothing of it was taken"), "{}", answer.body);
        assert!(read(Some(b"\xff\xfe")).await.shows("not a text in UTF-8"));
        let large = read(Some(&vec![b' '; 600 * 1024])).await;
        assert!(large.shows("larger than 512 KB"), "{}", large.body);
        assert!(browser.get(&page).await.shows("0 texts in English"), "{}", database.name());

        let mixed = "bot-start-returning-body = Ahoy, { $name }!\n\
                     bot-common-btn-menu = <b>Home</b>\n\
                     bot-pay-done-body = Done\n\
                     web-product-name = Mine\n";
        let answer = read(Some(mixed.as_bytes())).await;
        let told = "Taken: 1. The same as before: 0. Not taken: 3.";
        for part in [told, "bot-common-btn-menu", "are not shown here", "has to be somewhere in the text"] {
            assert!(answer.shows(part), "{part}: {}", answer.body);
        }
        assert!(answer.shows("1 text in English is in your own words"), "{}", answer.body);
        assert!(!browser.get(&page).await.shows("These texts were not taken"), "it is said once");
        chat.say("/start").await;
        shows(&chat, "Ahoy, Sara!").await;

        let saved = browser.get(&file).await;
        assert_eq!(saved.header("content-disposition"), "attachment; filename=\"texts-en.ftl\"");
        assert!(saved.body.contains("bot-start-returning-body =\n    Ahoy, { $name }!"), "{}", saved.body);
        let again = read(Some(saved.body.as_bytes())).await;
        assert!(again.shows("Taken: 0. The same as before: 1. Not taken: 0."), "{}", again.body);
        assert_eq!(browser.get(&format!("{}/texts/file/de", flow.overview)).await.status, 404);
        flow.end().await;
    }
}
