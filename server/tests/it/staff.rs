//! Staff: asked in on the owner's page, at work in the bot, removed on the page.

use domain::{entities::master::membership::Role, shop::staff::service as staff};

use crate::support::{Database, Flow, until};

/// Who holds the phone of the preview page.
const USER: i64 = 5_000_001;

#[tokio::test]
async fn the_owner_asks_somebody_in_changes_the_role_and_removes_him() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let (browser, chat) = (&flow.seller.browser, flow.chat());
        let own = format!("{}/staff", flow.overview);
        let page = browser.get(&own).await;
        assert!(page.shows("Nobody helps you yet"), "{}", page.body);
        let refused = browser.post(&own, &[("act", "invite"), ("role", "owner")]).await;
        assert_eq!(refused.status, 404, "the owner's role is not given");
        let page = browser.follow(browser.post(&own, &[("act", "invite"), ("role", "support")]).await).await;
        assert!(page.shows("The link is below"), "{}", page.body);
        let nonce = page.body.split("?start=staff_").nth(1).expect("a link");
        let nonce: String = nonce.chars().take_while(char::is_ascii_hexdigit).collect();

        chat.reach_the_menu().await;
        chat.say(&format!("/start staff_{nonce}")).await;
        until("he is welcome", async || chat.text().await.contains("Welcome to the team")).await;
        let page = browser.get(&own).await;
        assert!(page.shows(&USER.to_string()) && page.shows("Joined the staff"), "{}", page.body);
        assert!(!page.shows("?start=staff_"), "the link is used up");

        let tx = flow.db.read().await.unwrap();
        let id = staff::find(&tx, USER).await.unwrap().unwrap().id.to_string();
        drop(tx);
        let fields = [("act", "role"), ("id", id.as_str()), ("role", "manager")];
        browser.follow(browser.post(&own, &fields).await).await;
        let tx = flow.db.read().await.unwrap();
        assert_eq!(staff::find(&tx, USER).await.unwrap().unwrap().role, Role::Manager);
        drop(tx);
        chat.say("/admin").await;
        until("he is manager", async || chat.text().await.contains("You are manager")).await;

        let remove = [("act", "remove"), ("id", id.as_str())];
        let page = browser.follow(browser.post(&own, &remove).await).await;
        assert!(page.shows("Removed from staff"), "{}", page.body);
        let page = browser.follow(browser.post(&own, &remove).await).await;
        assert!(page.shows("not staff any more"), "{}", page.body);
        chat.say("/admin").await;
        until("he is a user again", async || chat.text().await.contains("did not get that")).await;
        flow.end().await;
    }
}
