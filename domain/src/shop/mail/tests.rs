//! Mail on both databases: an address is confirmed, and what goes to it when.

use chrono::{Duration, Offset as _, Utc};
use sea_orm::EntityTrait as _;

use super::{
    address::MailAddress,
    code::{self, A_DAY, PAUSE, TRIES, Verdict},
    service::{self as mail, Given, Standing},
    token::Token,
};
use crate::{
    clock::Clock as _,
    db::Conn as _,
    entities::tenant::{
        mail_address::MailWhen,
        notification::{self, MailState, NotificationState},
        user,
    },
    ports::{MailError, Notice},
    shop::{
        chat,
        notification::{
            choices,
            hours::Hours,
            kind::NoticeKind,
            remind,
            service::{self as notices, Recipient},
        },
        subscription::service as subscriptions,
    },
    testing::{self, TestShop, TestStore},
};

const ADDRESS: &str = "sara@example.com";

fn address(text: &str) -> MailAddress {
    MailAddress::read(text).unwrap()
}

async fn give(shop: &TestShop, user: &user::Model, text: &str) -> Given {
    let tx = shop.db.write().await.unwrap();
    let given = mail::give(&tx, user.id, shop.bot, &address(text)).await.unwrap();
    tx.commit().await.unwrap();
    given
}

async fn confirm(shop: &TestShop, user: &user::Model, typed: &str) -> Verdict {
    let tx = shop.db.write().await.unwrap();
    let verdict = mail::confirm(&tx, user.id, typed).await.unwrap();
    tx.commit().await.unwrap();
    verdict
}

async fn choose(shop: &TestShop, user: &user::Model, comes: MailWhen) {
    let tx = shop.db.write().await.unwrap();
    mail::choose(&tx, user.id, comes).await.unwrap();
    tx.commit().await.unwrap();
}

/// The digits in the newest mail.
fn mailed_code(shop: &TestShop) -> String {
    let mail = shop.mailer.taken().pop().unwrap();
    let digits: String = mail.subject.chars().take_while(char::is_ascii_digit).collect();
    assert_eq!(digits.len(), 6, "{}", mail.subject);
    digits
}

/// A user with a chat, whose address is confirmed.
async fn reader(test: &TestStore) -> (TestShop, user::Model) {
    test.until_noon();
    let shop = test.selling_shop().await;
    let user = shop.user_with_chat(1).await;
    assert_eq!(give(&shop, &user, ADDRESS).await, Given::Asked);
    shop.work(test).await;
    assert_eq!(confirm(&shop, &user, &mailed_code(&shop)).await, Verdict::Right);
    (shop, user)
}

async fn tell(shop: &TestShop, test: &TestStore, user: &user::Model, key: &str) {
    let tx = shop.db.write().await.unwrap();
    let to = Recipient { bot: shop.bot, telegram_id: user.telegram_id };
    notices::queue(&tx, to, key, &Notice::StaffSays { text: "Hello".into() }).await.unwrap();
    tx.commit().await.unwrap();
    shop.work(test).await;
}

/// What became of each notice, and of its mail.
async fn outcomes(shop: &TestShop) -> Vec<(NotificationState, Option<MailState>)> {
    let tx = shop.db.read().await.unwrap();
    let rows = notification::Entity::find().all(tx.raw()).await.unwrap();
    rows.into_iter().map(|row| (row.state, row.mail)).collect()
}

async fn standing(shop: &TestShop, user: &user::Model) -> Standing {
    let tx = shop.db.read().await.unwrap();
    mail::standing(&mail::find(&tx, user.id).await.unwrap().unwrap())
}

#[tokio::test]
async fn an_address_is_confirmed_by_the_code_that_is_mailed_to_it() {
    for test in testing::stores().await {
        let (shop, user) = reader(&test).await;
        assert_eq!(standing(&shop, &user).await, Standing::Works, "{}", test.name());
        let mail = &shop.mailer.taken()[0];
        assert_eq!(mail.to, ADDRESS);
        assert_eq!(mail.unsubscribe, None, "nobody is on any list yet");
        assert_eq!(give(&shop, &user, ADDRESS).await, Given::Known);
        let tx = shop.db.read().await.unwrap();
        let row = mail::find(&tx, user.id).await.unwrap().unwrap();
        assert_eq!((row.comes, row.code_seed), (MailWhen::Instead, None));
    }
}

#[tokio::test]
async fn a_code_is_void_after_its_time_and_after_five_wrong_ones() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        give(&shop, &user, ADDRESS).await;
        shop.work(&test).await;
        let right = mailed_code(&shop);
        for left in (1..TRIES).rev() {
            assert_eq!(confirm(&shop, &user, "12345").await, Verdict::Wrong(left), "{}", test.name());
        }
        assert_eq!(confirm(&shop, &user, "12345").await, Verdict::Spent);
        assert_eq!(confirm(&shop, &user, &right).await, Verdict::Spent);

        test.clock.advance(PAUSE);
        give(&shop, &user, ADDRESS).await;
        shop.work(&test).await;
        let second = mailed_code(&shop);
        test.clock.advance(code::GOOD_FOR);
        assert_eq!(confirm(&shop, &user, &second).await, Verdict::Expired);
        assert_eq!(standing(&shop, &user).await, Standing::Unconfirmed);
    }
}

#[tokio::test]
async fn codes_have_a_pause_between_them_and_a_limit_for_the_day_whatever_the_address() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let first = test.clock.now();
        assert_eq!(give(&shop, &user, "one@example.com").await, Given::Asked);
        assert_eq!(give(&shop, &user, "two@example.com").await, Given::After(first + PAUSE));
        for _ in 1..A_DAY {
            test.clock.advance(PAUSE);
            let tx = shop.db.write().await.unwrap();
            mail::remove(&tx, user.id).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(give(&shop, &user, "two@example.com").await, Given::Asked);
        }
        test.clock.advance(PAUSE);
        let tomorrow = first + Duration::days(1);
        assert_eq!(give(&shop, &user, "two@example.com").await, Given::After(tomorrow), "{}", test.name());
        test.clock.advance(Duration::days(1));
        assert_eq!(give(&shop, &user, "two@example.com").await, Given::Asked);
    }
}

#[tokio::test]
async fn a_code_that_another_one_has_followed_is_not_mailed() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        give(&shop, &user, "one@example.com").await;
        test.clock.advance(PAUSE);
        give(&shop, &user, "two@example.com").await;
        shop.work(&test).await;
        let to: Vec<_> = shop.mailer.taken().into_iter().map(|mail| mail.to).collect();
        assert_eq!(to, ["two@example.com"], "{}", test.name());
    }
}

#[tokio::test]
async fn mail_goes_when_its_reader_chose_so_and_says_where_it_is_switched_off() {
    use MailState::Sent as Mailed;
    use NotificationState::{Sent, Unreachable};
    for test in testing::stores().await {
        let (shop, user) = reader(&test).await;
        tell(&shop, &test, &user, "1").await;
        choose(&shop, &user, MailWhen::Always).await;
        tell(&shop, &test, &user, "2").await;
        choose(&shop, &user, MailWhen::Never).await;
        tell(&shop, &test, &user, "3").await;
        shop.notifier.set_blocked(true);
        tell(&shop, &test, &user, "4").await;
        choose(&shop, &user, MailWhen::Instead).await;
        tell(&shop, &test, &user, "5").await;
        let expected = [
            (Sent, None),
            (Sent, Some(Mailed)),
            (Sent, None),
            (Unreachable, None),
            (Unreachable, Some(Mailed)),
        ];
        assert_eq!(outcomes(&shop).await, expected, "{}", test.name());
        let mails = shop.mailer.taken();
        assert_eq!(mails.len(), 3, "the code and two notices");
        let mail = &mails[1];
        assert_eq!(mail.subject, "A notice");
        let page = mail.unsubscribe.as_ref().unwrap();
        let token = Token::read(page.path().trim_start_matches("/m/")).unwrap();
        let tx = shop.db.write().await.unwrap();
        assert_eq!(mail::of_token(&tx, &token).await.unwrap().unwrap().user_id, user.id);
        mail::remove(&tx, user.id).await.unwrap();
        assert!(mail::of_token(&tx, &token).await.unwrap().is_none(), "the address is gone");
    }
}

#[tokio::test]
async fn a_mail_that_is_sent_again_is_known_as_the_same() {
    for test in testing::stores().await {
        let (shop, user) = reader(&test).await;
        choose(&shop, &user, MailWhen::Always).await;
        shop.mailer.lose_answer();
        tell(&shop, &test, &user, "1").await;
        assert_eq!(outcomes(&shop).await, [(NotificationState::Sent, Some(MailState::Waiting))]);
        test.clock.advance(Duration::seconds(10));
        shop.work(&test).await;
        assert_eq!(outcomes(&shop).await, [(NotificationState::Sent, Some(MailState::Sent))]);
        let ids: Vec<_> = shop.mailer.taken().into_iter().skip(1).map(|mail| mail.id).collect();
        assert_eq!(ids.len(), 2, "{}", test.name());
        assert_eq!(ids[0], ids[1]);
    }
}

#[tokio::test]
async fn an_address_that_is_refused_gets_no_more_until_it_is_confirmed_anew() {
    for test in testing::stores().await {
        let (shop, user) = reader(&test).await;
        choose(&shop, &user, MailWhen::Always).await;
        shop.mailer.answer(MailError::Refused("550 5.1.1".into()));
        tell(&shop, &test, &user, "1").await;
        assert_eq!(standing(&shop, &user).await, Standing::Refused, "{}", test.name());
        tell(&shop, &test, &user, "2").await;
        let sent = NotificationState::Sent;
        assert_eq!(outcomes(&shop).await, [(sent, Some(MailState::Refused)), (sent, None)]);
        assert_eq!(give(&shop, &user, ADDRESS).await, Given::After(test.clock.now() + PAUSE));
        test.clock.advance(PAUSE);
        assert_eq!(give(&shop, &user, ADDRESS).await, Given::Asked);
        shop.work(&test).await;
        assert_eq!(confirm(&shop, &user, &mailed_code(&shop)).await, Verdict::Right);
        assert_eq!(standing(&shop, &user).await, Standing::Works);

        shop.mailer.answer(MailError::Failed("554".into()));
        tell(&shop, &test, &user, "3").await;
        assert_eq!(outcomes(&shop).await[2], (sent, Some(MailState::Failed)));
        assert_eq!(standing(&shop, &user).await, Standing::Works, "the address is not to blame");
    }
}

/// To so many hours before the end of what the user has, and hour by hour on.
async fn near_the_end(shop: &TestShop, test: &TestStore, user: &user::Model, hours: i64) {
    let tx = shop.db.read().await.unwrap();
    let until = subscriptions::current_of(&tx, user.id).await.unwrap().unwrap().target_expire;
    drop(tx);
    test.clock.advance(until - Duration::hours(76) - test.clock.now());
    for _ in 0..hours {
        test.clock.advance(Duration::hours(1));
        remind::run(&shop.db, Utc.fix()).await.unwrap();
        shop.work(test).await;
    }
}

#[tokio::test]
async fn who_has_blocked_the_bot_is_reminded_by_mail_unless_he_switched_that_kind_off() {
    for test in testing::stores().await {
        for off in [false, true] {
            let (shop, user) = reader(&test).await;
            shop.bought(&test, &user).await;
            shop.work(&test).await;
            let tx = shop.db.write().await.unwrap();
            let chat = chat::service::open(&tx, shop.bot, user.telegram_id).await.unwrap();
            chat::service::mark_blocked(&tx, chat.id).await.unwrap();
            choices::switch(&tx, user.id, NoticeKind::Expiring, !off).await.unwrap();
            tx.commit().await.unwrap();
            shop.notifier.set_blocked(true);
            let before = shop.mailer.taken().len();
            near_the_end(&shop, &test, &user, 24).await;
            let expected = if off { 0 } else { 1 };
            assert_eq!(shop.mailer.taken().len() - before, expected, "{}", test.name());
        }
    }
}

#[tokio::test]
async fn a_mail_that_is_late_waits_for_the_morning_too() {
    for test in testing::stores().await {
        let (shop, user) = reader(&test).await;
        shop.bought(&test, &user).await;
        shop.work(&test).await;
        choose(&shop, &user, MailWhen::Always).await;
        let before = shop.mailer.taken().len();
        shop.mailer.answer(MailError::Retry("451".into()));
        let tx = shop.db.read().await.unwrap();
        let until = subscriptions::current_of(&tx, user.id).await.unwrap().unwrap().target_expire;
        drop(tx);
        // At noon three days ahead it is told; the mail server is out until the user is quiet.
        test.clock.advance(until - Duration::hours(72) - test.clock.now());
        remind::run(&shop.db, Utc.fix()).await.unwrap();
        shop.work(&test).await;
        let tx = shop.db.write().await.unwrap();
        let now = u16::try_from(test.clock.now().signed_duration_since(day(&test)).num_hours()).unwrap();
        choices::be_quiet(&tx, user.id, Some(Hours::between(now, now + 3))).await.unwrap();
        tx.commit().await.unwrap();
        test.clock.advance(Duration::minutes(30));
        shop.work(&test).await;
        assert_eq!(shop.mailer.taken().len(), before, "{}: quiet", test.name());
        test.clock.advance(Duration::hours(3));
        shop.work(&test).await;
        assert_eq!(shop.mailer.taken().len(), before + 1, "{}", test.name());
    }
}

fn day(test: &TestStore) -> chrono::DateTime<Utc> {
    test.clock.now().date_naive().and_hms_opt(0, 0, 0).unwrap().and_utc()
}
