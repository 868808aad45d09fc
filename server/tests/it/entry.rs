//! The page on which a shop says whom its bot lets in.

use crate::support::{Database, Flow};

#[tokio::test]
async fn a_channel_is_tested_before_it_is_required() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let (browser, telegram) = (&flow.seller.browser, &flow.sandbox().telegram);
        let page = format!("{}/entry", flow.overview);
        telegram.user(1_002, "Owner", "en");
        let channel = telegram.make_channel("News", Some("@first_news"), 1_002);
        let with = |act: &'static str, name: &'static str| {
            [("act", act), ("channel", name), ("required", "on"), ("entry", "invited"), ("rules", "")]
        };
        let shown = browser.follow(browser.post(&page, &with("save", "")).await).await;
        assert!(shown.shows("channel-error"), "a gate needs a channel: {}", shown.body);
        let shown = browser.follow(browser.post(&page, &with("test", "@first_news")).await).await;
        assert!(shown.shows("must be an administrator") && shown.shows("@first_news"), "{}", shown.body);
        let shown = browser.follow(browser.post(&page, &with("save", "@first_news")).await).await;
        assert!(shown.shows("must be an administrator"), "nothing is saved: {}", shown.body);

        let bot = telegram.bot_named(&flow.seller.username).unwrap();
        telegram.set_member(channel, bot, "administrator").unwrap();
        let shown = browser.follow(browser.post(&page, &with("test", "t.me/first_news")).await).await;
        assert!(shown.shows("The bot sees the members of"), "{}", shown.body);
        let shown = browser.follow(browser.post(&page, &with("save", "@first_news")).await).await;
        assert!(shown.shows("The bot keeps to it from now on"), "{}", shown.body);
        let shown = browser.get(&page).await;
        assert!(shown.shows("value=\"@first_news\""), "{}", shown.body);
        let tx = flow.db.read().await.unwrap();
        let set = domain::shop::setting::service::entrance(&tx).await.unwrap();
        drop(tx);
        assert!(!set.rules && set.gates.len() == 1, "{set:?}");
        assert_eq!(set.entry, domain::shop::gate::service::Entry::Invited);
        flow.end().await;
    }
}
