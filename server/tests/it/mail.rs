//! Mail through the real server: an address in the bot's settings, the code, and when mail comes.

use domain::{
    clock::Clock as _,
    db::Conn as _,
    entities::tenant::{
        mail_address::{self, MailWhen},
        notification::{self, MailState, NotificationState},
        user,
    },
    locale::Locale,
    ports::{Mail, Notice},
    shop::{
        notification::service::{self as notices, Recipient},
        user::service as users,
    },
};
use sea_orm::EntityTrait as _;

use crate::support::{Chat, Database, Flow, until};

const ADDRESS: &str = "sara@example.com";

fn mails(flow: &Flow) -> Vec<Mail> {
    let mut mails: Vec<_> = flow.sandbox().mailbox.mails().into_iter().map(|one| one.mail).collect();
    mails.reverse();
    mails
}

async fn mailed(flow: &Flow, count: usize) -> Mail {
    until("the mail", async || mails(flow).len() >= count).await;
    let mut all = mails(flow);
    assert_eq!(all.len(), count, "{all:?}");
    all.remove(count - 1)
}

fn code_in(mail: &Mail) -> String {
    mail.subject.chars().filter(char::is_ascii_digit).collect()
}

/// The digits of a Persian keyboard.
fn in_persian(code: &str) -> String {
    code.chars().map(|digit| char::from_u32('۰' as u32 + digit.to_digit(10).unwrap()).unwrap()).collect()
}

async fn says(chat: &Chat<'_>, words: &str) {
    until(words, async || chat.text().await.contains(words)).await;
}

async fn give(chat: &Chat<'_>, address: &str) {
    chat.say("/settings").await;
    chat.press("bot-settings-btn-mail").await;
    chat.press("bot-mail-btn-add").await;
    says(chat, "Send me your e-mail address").await;
    chat.say(address).await;
}

/// A shop, and a user whose address is confirmed.
async fn with_reader(database: &Database) -> Flow {
    let flow = Flow::live(database).await;
    let chat = flow.chat();
    chat.reach_the_menu().await;
    flow.drained().await;
    give(&chat, ADDRESS).await;
    says(&chat, "six digits").await;
    let code = code_in(&mailed(&flow, 1).await);
    chat.say(&in_persian(&code)).await;
    says(&chat, "The address is confirmed").await;
    flow
}

async fn reader(flow: &Flow) -> (user::Model, mail_address::Model) {
    let tx = flow.db.read().await.unwrap();
    let row = mail_address::Entity::find().one(tx.raw()).await.unwrap().unwrap();
    let user = user::Entity::find_by_id(row.user_id).one(tx.raw()).await.unwrap().unwrap();
    (user, row)
}

async fn bot(flow: &Flow) -> domain::entities::master::bot_instance::Model {
    let bots =
        domain::platform::bot::service::of_tenant(flow.server.state().master(), flow.db.tenant()).await;
    bots.unwrap().remove(0)
}

async fn tell(flow: &Flow, user: &user::Model, key: &str) {
    let bot = bot(flow).await.id;
    let tx = flow.db.write().await.unwrap();
    let to = Recipient { bot, telegram_id: user.telegram_id };
    notices::queue(&tx, to, key, &Notice::StaffSays { text: format!("News {key}") }).await.unwrap();
    tx.commit().await.unwrap();
    until("it is told", async || outcome(flow, key).await.0 != NotificationState::Waiting).await;
    flow.drained().await;
}

async fn outcome(flow: &Flow, key: &str) -> (NotificationState, Option<MailState>) {
    let tx = flow.db.read().await.unwrap();
    let rows = notification::Entity::find().all(tx.raw()).await.unwrap();
    let row = rows.into_iter().find(|row| row.dedupe_key == key).unwrap();
    (row.state, row.mail)
}

async fn block(flow: &Flow, user: &user::Model) {
    flow.sandbox().telegram.block(bot(flow).await.telegram_id.unwrap(), user.telegram_id);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_is_given_confirmed_used_and_switched_off_by_its_link() {
    for database in Database::all() {
        let flow = with_reader(&database).await;
        let chat = flow.chat();
        let (user, row) = reader(&flow).await;
        assert_eq!(row.address.as_deref(), Some(ADDRESS), "{}", database.name());
        tell(&flow, &user, "one").await;
        assert_eq!(outcome(&flow, "one").await, (NotificationState::Sent, None), "Telegram delivers");

        chat.press("bot-mail-btn-always").await;
        says(&chat, "✅ Always").await;
        tell(&flow, &user, "two").await;
        assert_eq!(outcome(&flow, "two").await, (NotificationState::Sent, Some(MailState::Sent)));
        let mail = mailed(&flow, 2).await;
        assert!(mail.text.contains("News two") && mail.html.contains("News two"), "{}", mail.text);
        assert!(mail.html.contains("https://t.me/first_shop_bot"), "{}", mail.html);

        block(&flow, &user).await;
        tell(&flow, &user, "three").await;
        assert_eq!(outcome(&flow, "three").await, (NotificationState::Unreachable, Some(MailState::Sent)));
        let mail = mailed(&flow, 3).await;
        assert!(mail.text.contains("Telegram could not deliver"), "{}", mail.text);

        let page = mail.unsubscribe.unwrap();
        let browser = flow.server.browser();
        let shown = browser.get(page.path()).await;
        assert!(shown.shows("No more mail from") && shown.shows("s•••@example.com"), "{}", shown.body);
        assert!(!shown.body.contains(ADDRESS), "{}", shown.body);
        let answer = browser.post(page.path(), &[("act", "off")]).await;
        assert_eq!((answer.status, answer.location()), (303, page.path()));
        let shown = browser.follow(answer).await;
        assert!(shown.shows("No more mail comes"), "{}", shown.body);
        tell(&flow, &user, "four").await;
        assert_eq!(outcome(&flow, "four").await, (NotificationState::Unreachable, None));

        let forged = format!("{}A", &page.path()[..page.path().len() - 1]);
        let forged = if forged == page.path() { forged.replace("A", "B") } else { forged };
        assert_eq!(browser.get(&forged).await.status, 404);
        assert_eq!(browser.get("/m/nothing").await.status, 404);
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_program_switches_mail_off_with_one_call_and_the_page_speaks_the_readers_language() {
    for database in Database::all() {
        let flow = with_reader(&database).await;
        let (user, _) = reader(&flow).await;
        let tx = flow.db.write().await.unwrap();
        users::choose_language(&tx, user.id, Locale::Fa).await.unwrap();
        tx.commit().await.unwrap();
        block(&flow, &user).await;
        tell(&flow, &user, "one").await;
        let mail = mailed(&flow, 2).await;
        assert!(mail.html.contains("<html lang=\"fa\" dir=\"rtl\">"), "{}", mail.html);
        let page = mail.unsubscribe.unwrap();
        let shown = flow.server.browser().get_in(page.path(), "ru").await;
        assert!(shown.body.contains("lang=\"fa\"") && shown.shows("دیگر ایمیلی از"), "{}", shown.body);
        // From nowhere and without cookies (RFC 8058, 3.2).
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let answer = client.post(page).form(&[("List-Unsubscribe", "One-Click")]).send().await.unwrap();
        assert_eq!(answer.status(), 200, "no redirect");
        assert_eq!(reader(&flow).await.1.comes, MailWhen::Never, "{}", database.name());
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_addresses_wrong_codes_and_late_ones_are_met_with_a_sentence() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let chat = flow.chat();
        chat.reach_the_menu().await;
        flow.drained().await;
        give(&chat, "sara").await;
        says(&chat, "it needs one @").await;
        chat.say("sara@home").await;
        says(&chat, "It should look like example.com").await;
        chat.say("سارا@example.com").await;
        says(&chat, "Only Latin letters").await;
        chat.say(ADDRESS).await;
        says(&chat, "six digits").await;
        let code = code_in(&mailed(&flow, 1).await);
        chat.press("bot-mail-btn-again").await;
        says(&chat, "The next one can go in").await;
        chat.say("12345").await;
        says(&chat, "You have 4 tries left").await;
        flow.advance(chrono::Duration::minutes(16)).await;
        chat.say(&code).await;
        says(&chat, "not good any more").await;
        chat.press("bot-mail-btn-again").await;
        let second = code_in(&mailed(&flow, 2).await);
        chat.say(&second).await;
        says(&chat, "The address is confirmed").await;
        let (_, row) = reader(&flow).await;
        assert!(row.confirmed_at.is_some(), "{}", database.name());
        chat.press("bot-mail-btn-remove").await;
        says(&chat, "Give an address").await;
        assert_eq!(reader(&flow).await.1.address, None);
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_of_nobody_is_said_not_to_work_and_a_server_that_is_out_loses_nothing() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let chat = flow.chat();
        chat.reach_the_menu().await;
        flow.drained().await;
        give(&chat, "nobody@example.invalid").await;
        says(&chat, "six digits").await;
        until("it is refused", async || reader(&flow).await.1.refused_at.is_some()).await;
        chat.say("/settings").await;
        chat.press("bot-settings-btn-mail").await;
        says(&chat, "does not work").await;
        flow.advance(chrono::Duration::minutes(2)).await;
        let knobs = flow.sandbox().mailbox.knobs();
        knobs.set_down(true);
        chat.press("bot-mail-btn-change").await;
        chat.say(ADDRESS).await;
        says(&chat, "six digits").await;
        knobs.set_down(false);
        until("the code comes", async || {
            flow.advance(chrono::Duration::seconds(5)).await;
            !mails(&flow).is_empty()
        })
        .await;
        chat.say(&code_in(&mailed(&flow, 1).await)).await;
        says(&chat, "The address is confirmed").await;

        let (user, _) = reader(&flow).await;
        block(&flow, &user).await;
        knobs.lose_answer("mail", 1);
        let bot = bot(&flow).await.id;
        let tx = flow.db.write().await.unwrap();
        let to = Recipient { bot, telegram_id: user.telegram_id };
        notices::queue(&tx, to, "twice", &Notice::StaffSays { text: "News".into() }).await.unwrap();
        tx.commit().await.unwrap();
        until("it is mailed", async || {
            flow.advance(chrono::Duration::seconds(5)).await;
            outcome(&flow, "twice").await.1 == Some(MailState::Sent)
        })
        .await;
        let all = mails(&flow);
        assert_eq!(all.len(), 3, "{}: the answer to the first was lost", database.name());
        assert_eq!(all[1].id, all[2].id);
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_his_data_deleted_gets_no_more_mail_and_the_seller_sees_what_was_mailed() {
    for database in Database::all() {
        let flow = with_reader(&database).await;
        let chat = flow.chat();
        let page = flow.seller.browser.get("/sandbox/mail").await;
        assert!(page.shows(ADDRESS) && page.shows("is your code for"), "{}", page.body);
        let page = flow.seller.browser.get_in("/sandbox/mail", "fa").await;
        assert!(page.body.contains("dir=\"rtl\""), "{}", page.body);
        chat.press("bot-mail-btn-always").await;
        says(&chat, "✅ Always").await;
        let (user, _) = reader(&flow).await;
        let tx = flow.db.read().await.unwrap();
        let export = domain::shop::privacy::service::export(&tx, &user).await.unwrap();
        drop(tx);
        assert_eq!(export["profile"]["mail"]["address"], ADDRESS);
        assert_eq!(export["profile"]["mail"]["comes"], "always");
        chat.say("/settings").await;
        chat.press("bot-settings-btn-privacy").await;
        chat.press("bot-privacy-btn-erase").await;
        chat.press("bot-privacy-btn-erase-yes").await;
        says(&chat, "does not know you any more").await;
        let tx = flow.db.read().await.unwrap();
        assert!(mail_address::Entity::find().one(tx.raw()).await.unwrap().is_none(), "{}", database.name());
        drop(tx);
        assert!(flow.db.clock().now() >= user.created_at);
        flow.end().await;
    }
}
