//! Referrals: one user's link, his friend's purchase, and the money that goes back.

use domain::{
    clock::Clock as _,
    entities::tenant::{order::OrderState, user},
    shop::{
        referral::list::{self, Figures},
        subscription::service as subscriptions,
        user::service as users,
    },
};
use server::sandbox::{hosted::HostedPayments as _, telegram::ButtonAction};

use crate::support::{Database, Flow, Guest, guest::plain, until};

/// Who holds the phone of the preview page, and somebody with a phone of his own.
const SARA: i64 = 5_000_001;
const NIMA: i64 = 6_000_001;
const DAY: i64 = 86_400;

/// The code of Nima's own link.
async fn code_of(nima: &Guest<'_>) -> String {
    nima.say("/invite");
    until("his link", async || nima.shows("start=ref_")).await;
    let chat = nima.chat();
    let shown = chat.iter().rev().find(|message| message.text.contains("start=ref_")).unwrap();
    let code = shown.text.split("start=ref_").nth(1).unwrap();
    let share = shown.keyboard.iter().flatten().find_map(|key| match &key.action {
        ButtonAction::Url(url) => Some(url.clone()),
        _ => None,
    });
    assert!(share.unwrap().starts_with("https://t.me/share/url?url=https"), "it can be sent on");
    code.chars().take_while(char::is_ascii_alphanumeric).collect()
}

async fn user(flow: &Flow, telegram_id: i64) -> Option<user::Model> {
    let tx = flow.db.read().await.unwrap();
    users::find_by_telegram(&tx, telegram_id).await.unwrap()
}

/// The days that are left to a user, rounded.
async fn days(flow: &Flow, telegram_id: i64) -> i64 {
    let Some(user) = user(flow, telegram_id).await else { return 0 };
    let tx = flow.db.read().await.unwrap();
    let own = subscriptions::current_of(&tx, user.id).await.unwrap();
    own.map_or(0, |row| ((row.target_expire - flow.db.clock().now()).num_seconds() + DAY / 2) / DAY)
}

async fn figures(flow: &Flow) -> Figures {
    let tx = flow.db.read().await.unwrap();
    list::figures(&tx, None).await.unwrap()
}

#[tokio::test]
async fn a_friends_first_purchase_brings_both_their_days_and_paying_it_back_takes_them() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let (browser, chat) = (&flow.seller.browser, flow.chat());
        let own = format!("{}/invites", flow.overview);
        assert!(browser.get(&own).await.shows("Nobody has come by a link yet"));
        let nima = Guest::settled(&flow, NIMA, "Nima").await;
        let code = code_of(&nima).await;

        // Sara comes by his link, twice.
        for _ in 0..2 {
            chat.say(&format!("/start ref_{code}")).await;
        }
        until("she is his friend", async || figures(&flow).await.invited == 1).await;
        chat.reach_the_menu().await;
        let welcome = plain(&chat.text().await);
        assert!(welcome.contains("Nima invited you: you get 7 days on top"), "{welcome}");
        let page = browser.get(&own).await;
        assert!(page.shows("Came") && page.shows("Nima"), "{}", page.body);

        chat.order_a_month().await;
        let order = flow.orders().await.remove(0);
        let payment = order.provider_payment_id.clone().unwrap();
        flow.sandbox().card.pay(&payment).await.unwrap();
        flow.becomes(order.id, OrderState::Provisioned).await;
        until("Nima is told", async || nima.shows("bought a plan, and you got 30 days")).await;
        until("she is told", async || plain(&chat.text().await).contains("7 days were added")).await;
        flow.drained().await;
        assert_eq!((days(&flow, NIMA).await, days(&flow, SARA).await), (30, 37), "{}", database.name());
        let held: Vec<_> = flow.accounts().into_iter().filter_map(|account| account.expire).collect();
        assert_eq!(held.len(), 2, "he had no access and has one now");
        nima.say("/invite");
        until("his figures", async || nima.shows("Bought: 1") && nima.shows("+30 days")).await;

        // The whole of it goes back, and is reported twice.
        flow.sandbox().card.refund(&payment, "by hand", order.amount_minor).unwrap();
        flow.becomes(order.id, OrderState::Refunded).await;
        until("Nima is told", async || nima.shows("was paid back")).await;
        flow.drained().await;
        assert_eq!((days(&flow, NIMA).await, days(&flow, SARA).await), (0, 0), "{}", database.name());
        assert_eq!(figures(&flow).await, Figures { invited: 1, buying: 0, seconds: 0 });
        let told = (nima.count("you got 30 days"), nima.count("was paid back, so"));
        assert_eq!(told, (1, 1), "once each");
        flow.end().await;
    }
}

#[tokio::test]
async fn who_was_here_before_is_nobodys_friend_and_his_own_link_says_so() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let chat = flow.chat();
        chat.reach_the_menu().await;
        let nima = Guest::settled(&flow, NIMA, "Nima").await;
        let code = code_of(&nima).await;
        chat.say(&format!("/start ref_{code}")).await;
        until("she is greeted as ever", async || chat.text().await.contains("Good to see you again")).await;
        nima.say(&format!("/start ref_{code}"));
        until("it is his own", async || nima.shows("This is your own link")).await;
        assert_eq!(figures(&flow).await, Figures::default(), "{}", database.name());
        nima.say("/start ref_nonsense");
        flow.end().await;
    }
}

#[tokio::test]
async fn the_shop_changes_what_it_gives_and_switches_it_off() {
    let database = Database::sqlite();
    let flow = Flow::live(&database).await;
    let browser = &flow.seller.browser;
    let own = format!("{}/invites", flow.overview);
    let wrong = [("act", "save"), ("referrer_days", "400"), ("referee_days", "x"), ("friends", "0")];
    let page = browser.follow(browser.post(&own, &wrong).await).await;
    for field in ["referrer_days", "referee_days", "friends"] {
        assert!(page.shows(&format!("{field}-error")), "{field}: {}", page.body);
    }
    let right = [("act", "save"), ("referrer_days", "۱۰"), ("referee_days", "0"), ("friends", "5")];
    let page = browser.follow(browser.post(&own, &right).await).await;
    assert!(page.shows("Saved"), "{}", page.body);
    let nima = Guest::settled(&flow, NIMA, "Nima").await;
    nima.say("/invite");
    until("what it gives", async || nima.shows("you get 10 days")).await;
    assert!(!nima.shows("on top"));
    browser.post(&own, &[("act", "off")]).await;
    nima.say("/invite");
    until("nothing", async || nima.shows("gives nothing for invitations")).await;
    nima.say("/menu");
    until("the menu", async || nima.chat().last().unwrap().text.contains("no subscription")).await;
    let menu = nima.chat().pop().unwrap();
    assert!(menu.keyboard.iter().flatten().all(|key| key.text != "🎁 Invite friends"), "{menu:?}");
    flow.end().await;
}
