//! Reminders on both databases: planned by the hourly look, sent at an hour that suits, and not at all
//! when their reason is gone.

use chrono::{Duration, FixedOffset, Offset as _, Utc};
use rstest::rstest;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
};

use super::{
    choices::{self, ShopChoice},
    hours::Hours,
    jobs::SendNotice,
    kind::NoticeKind,
    remind,
};
use crate::{
    clock::Clock as _,
    db::Conn as _,
    entities::tenant::{
        job::{self, JobState},
        notification::{self, NotificationState},
        subscription, user,
    },
    jobs::Job as _,
    money::{Currency, Money},
    ports::Notice,
    shop::{
        chat, plan,
        renewal::agreement::{self, Agreed},
        subscription::service as subscriptions,
        traffic::service as packs,
    },
    testing::{self, TestShop, TestStore},
    units::Bytes,
};

/// A user whose month has begun, with a chat, and nothing left to do.
async fn month(test: &TestStore) -> (TestShop, user::Model) {
    test.until_noon();
    let shop = test.selling_shop().await;
    let user = shop.user_with_chat(1).await;
    shop.bought(test, &user).await;
    shop.work(test).await;
    (shop, user)
}

/// The hourly looks and what they bring, for so long.
async fn pass(shop: &TestShop, test: &TestStore, hours: i64) {
    for _ in 0..hours {
        test.clock.advance(Duration::hours(1));
        remind::run(&shop.db, Utc.fix()).await.unwrap();
        shop.work(test).await;
    }
}

/// To so many hours before the end of what the user has.
async fn until_before_the_end(shop: &TestShop, test: &TestStore, user: &user::Model, hours: i64) {
    let ahead = of(shop, user).await.target_expire - Duration::hours(hours) - test.clock.now();
    test.clock.advance(ahead);
}

async fn of(shop: &TestShop, user: &user::Model) -> subscription::Model {
    let tx = shop.db.read().await.unwrap();
    subscriptions::current_of(&tx, user.id).await.unwrap().unwrap()
}

async fn use_up(shop: &TestShop, user: &user::Model, percent: i64) {
    let row = of(shop, user).await;
    let used = row.target_data_limit.unwrap().0 / 100 * percent;
    let tx = shop.db.write().await.unwrap();
    let change =
        subscription::ActiveModel { id: Set(row.id), used_traffic: Set(Bytes(used)), ..Default::default() };
    change.update(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn states(shop: &TestShop) -> Vec<(String, NotificationState)> {
    let tx = shop.db.read().await.unwrap();
    let rows = notification::Entity::find().all(tx.raw()).await.unwrap();
    let reminders = rows.into_iter().filter(|row| row.dedupe_key.starts_with("remind:"));
    reminders.map(|row| (row.dedupe_key.split(':').nth(1).unwrap().to_owned(), row.state)).collect()
}

/// The reminders among what was sent.
fn told(shop: &TestShop) -> Vec<&'static str> {
    let name = |notice: &Notice| match notice {
        Notice::TrialEnding { .. } => Some("trial ending"),
        Notice::Expiring { days: 3, .. } => Some("three days"),
        Notice::Expiring { .. } => Some("one day"),
        Notice::Expired { .. } => Some("expired"),
        Notice::RenewalAhead { .. } => Some("charge"),
        Notice::WinBack { .. } => Some("come back"),
        Notice::TrafficUsed { percent: 80, .. } => Some("four fifths"),
        Notice::TrafficUsed { .. } => Some("used up"),
        _ => None,
    };
    shop.notifier.sent().iter().filter_map(name).collect()
}

#[tokio::test]
async fn a_month_is_said_to_end_three_days_and_a_day_ahead_and_when_it_has_ended_each_once() {
    for test in testing::stores().await {
        let (shop, user) = month(&test).await;
        until_before_the_end(&shop, &test, &user, 80).await;
        pass(&shop, &test, 7).await;
        assert_eq!(told(&shop), [] as [&str; 0], "{}", test.name());
        pass(&shop, &test, 2).await;
        assert_eq!(told(&shop), ["three days"], "{}", test.name());
        pass(&shop, &test, 48).await;
        assert_eq!(told(&shop), ["three days", "one day"], "{}", test.name());
        pass(&shop, &test, 80).await;
        assert_eq!(told(&shop), ["three days", "one day", "expired"], "{}", test.name());
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn who_renews_in_time_is_not_told_that_it_ends() {
    for test in testing::stores().await {
        let (shop, user) = month(&test).await;
        // Due at night, and kept for the morning.
        let tx = shop.db.write().await.unwrap();
        let hours = Hours::between(15, 16);
        choices::save_shop(&tx, &ShopChoice { hours, ..choices::of_shop(&tx).await.unwrap() }).await.unwrap();
        tx.commit().await.unwrap();
        until_before_the_end(&shop, &test, &user, 72).await;
        pass(&shop, &test, 1).await;
        assert_eq!(states(&shop).await, [("expiring_3d".into(), NotificationState::Waiting)]);
        shop.bought(&test, &user).await;
        shop.work(&test).await;
        pass(&shop, &test, 4).await;
        assert_eq!(told(&shop), [] as [&str; 0], "{}", test.name());
        assert_eq!(states(&shop).await, [("expiring_3d".into(), NotificationState::Suppressed)]);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn what_is_due_at_night_comes_in_the_morning_of_the_shop_and_after_the_users_quiet_hours() {
    for test in testing::stores().await {
        for (quiet, expected) in [(None, 10), (Some(Hours::between(22, 13)), 13)] {
            let (shop, user) = month(&test).await;
            let tx = shop.db.write().await.unwrap();
            choices::be_quiet(&tx, user.id, quiet).await.unwrap();
            tx.commit().await.unwrap();
            until_before_the_end(&shop, &test, &user, 73).await;
            // Twelve hours to the east it is midnight when it is noon here.
            let zone = FixedOffset::east_opt(12 * 3600).unwrap();
            remind::run(&shop.db, zone).await.unwrap();
            let tx = shop.db.read().await.unwrap();
            let jobs = job::Entity::find().filter(job::COLUMN.kind.eq(SendNotice::KIND));
            let ready = jobs.filter(job::COLUMN.state.eq(JobState::Ready)).one(tx.raw()).await.unwrap();
            drop(tx);
            let local = ready.unwrap().run_at.with_timezone(&zone);
            assert_eq!(local.format("%H:%M").to_string(), format!("{expected}:00"), "{}", test.name());
        }
    }
}

#[rstest]
#[case::by_the_shop(true)]
#[case::by_the_user(false)]
#[tokio::test]
async fn what_is_switched_off_does_not_come(#[case] by_shop: bool) {
    for test in testing::stores().await {
        let (shop, user) = month(&test).await;
        let tx = shop.db.write().await.unwrap();
        if by_shop {
            let mut choice = choices::of_shop(&tx).await.unwrap();
            choice.off.insert(NoticeKind::Expiring);
            choices::save_shop(&tx, &choice).await.unwrap();
        } else {
            choices::switch(&tx, user.id, NoticeKind::Expiring, false).await.unwrap();
        }
        tx.commit().await.unwrap();
        until_before_the_end(&shop, &test, &user, 80).await;
        pass(&shop, &test, 100).await;
        assert_eq!(told(&shop), ["expired"], "{}", test.name());
        let tx = shop.db.write().await.unwrap();
        let own = choices::switch(&tx, user.id, NoticeKind::Expiring, true).await.unwrap();
        assert!(own.off.is_empty());
    }
}

#[tokio::test]
async fn traffic_is_said_to_run_out_at_four_fifths_and_at_its_end_once_each() {
    for test in testing::stores().await {
        let (shop, user) = month(&test).await;
        for (percent, expected) in [
            (79, &[][..]),
            (85, &["four fifths"][..]),
            (90, &["four fifths"][..]),
            (100, &["four fifths", "used up"][..]),
        ] {
            use_up(&shop, &user, percent).await;
            pass(&shop, &test, 1).await;
            assert_eq!(told(&shop), expected, "{} at {percent} %", test.name());
        }
    }
}

#[tokio::test]
async fn a_pack_of_traffic_is_said_to_run_out_anew_and_not_in_the_hour_in_which_it_is_bought() {
    for test in testing::stores().await {
        let (shop, user) = month(&test).await;
        use_up(&shop, &user, 100).await;
        pass(&shop, &test, 1).await;
        assert_eq!(told(&shop), ["used up"], "{}", test.name());
        let tx = shop.db.write().await.unwrap();
        let pack = packs::save(&tx, 100, Money::new(9_900, Currency::Rub)).await.unwrap().id;
        tx.commit().await.unwrap();
        shop.delivered(&test, &user, pack).await;
        // Of twice as much: the pack's turn comes in the middle.
        for (percent, expected) in [
            (50, &["used up"][..]),
            (89, &["used up"][..]),
            (91, &["used up", "four fifths"][..]),
            (95, &["used up", "four fifths"][..]),
        ] {
            use_up(&shop, &user, percent).await;
            pass(&shop, &test, 1).await;
            assert_eq!(told(&shop), expected, "{} at {percent} %", test.name());
        }
        use_up(&shop, &user, 100).await;
        pass(&shop, &test, 24).await;
        assert_eq!(told(&shop), ["used up", "four fifths", "used up"], "{}", test.name());
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn nobody_gets_more_than_two_reminders_a_day_and_the_third_comes_the_next_one() {
    for test in testing::stores().await {
        let (shop, user) = month(&test).await;
        until_before_the_end(&shop, &test, &user, 73).await;
        use_up(&shop, &user, 85).await;
        pass(&shop, &test, 2).await;
        use_up(&shop, &user, 100).await;
        pass(&shop, &test, 2).await;
        assert_eq!(told(&shop).len(), 2, "{}: {:?}", test.name(), told(&shop));
        pass(&shop, &test, 24).await;
        assert!(told(&shop).contains(&"used up"), "{}: {:?}", test.name(), told(&shop));
        assert_eq!(told(&shop).iter().filter(|name| **name == "used up").count(), 1);
    }
}

#[tokio::test]
async fn who_blocked_the_bot_or_is_banned_is_not_written_to() {
    for test in testing::stores().await {
        for blocked in [true, false] {
            let (shop, user) = month(&test).await;
            let tx = shop.db.write().await.unwrap();
            if blocked {
                let chat = chat::service::open(&tx, shop.bot, user.telegram_id).await.unwrap();
                chat::service::mark_blocked(&tx, chat.id).await.unwrap();
            } else {
                let change = user::ActiveModel {
                    id: Set(user.id),
                    banned_at: Set(Some(tx.now())),
                    ..Default::default()
                };
                change.update(tx.raw()).await.unwrap();
            }
            tx.commit().await.unwrap();
            until_before_the_end(&shop, &test, &user, 80).await;
            pass(&shop, &test, 100).await;
            assert_eq!(told(&shop), [] as [&str; 0], "{}", test.name());
            assert_eq!(states(&shop).await, [], "nothing is planned");
        }
    }
}

#[tokio::test]
async fn the_message_with_the_first_link_comes_though_payments_are_switched_off() {
    for test in testing::stores().await {
        let (shop, user) = month(&test).await;
        let delivered = |shop: &TestShop| {
            let sent = shop.notifier.sent();
            sent.iter().filter(|notice| matches!(notice, Notice::OrderProvisioned { .. })).count()
        };
        assert_eq!(delivered(&shop), 1);
        let tx = shop.db.write().await.unwrap();
        let mut choice = choices::of_shop(&tx).await.unwrap();
        choice.off.insert(NoticeKind::PaymentSucceeded);
        choices::save_shop(&tx, &choice).await.unwrap();
        tx.commit().await.unwrap();
        test.clock.advance(Duration::hours(1));
        shop.bought(&test, &user).await;
        shop.work(&test).await;
        assert_eq!(delivered(&shop), 1, "{}: the renewal is not told", test.name());
        let other = shop.user(2).await;
        shop.bought(&test, &other).await;
        shop.work(&test).await;
        assert_eq!(delivered(&shop), 2, "{}: the first link is", test.name());
    }
}

/// The user has the plan renewed by itself.
async fn agree(shop: &TestShop, user: &user::Model) {
    let tx = shop.db.write().await.unwrap();
    let price = plan::service::offer(&tx, shop.monthly).await.unwrap().unwrap().price;
    let agreed = Agreed { user: user.id, bot: shop.bot, plan: shop.monthly, price };
    agreement::agree(&tx, agreed).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn who_renews_by_himself_is_told_a_day_before_the_charge_and_not_that_it_ends() {
    for test in testing::stores().await {
        let (shop, user) = month(&test).await;
        agree(&shop, &user).await;
        until_before_the_end(&shop, &test, &user, 80).await;
        pass(&shop, &test, 31).await;
        assert_eq!(told(&shop), [] as [&str; 0], "{}", test.name());
        pass(&shop, &test, 20).await;
        assert_eq!(told(&shop), ["charge"], "{}", test.name());
    }
}

#[tokio::test]
async fn a_charge_that_was_called_off_or_would_be_another_is_not_told() {
    for test in testing::stores().await {
        for dearer in [true, false] {
            let (shop, user) = month(&test).await;
            agree(&shop, &user).await;
            let tx = shop.db.write().await.unwrap();
            let hours = Hours::between(15, 16);
            choices::save_shop(&tx, &ShopChoice { hours, ..choices::of_shop(&tx).await.unwrap() })
                .await
                .unwrap();
            tx.commit().await.unwrap();
            until_before_the_end(&shop, &test, &user, 48).await;
            remind::run(&shop.db, Utc.fix()).await.unwrap();
            assert_eq!(states(&shop).await, [("renewal_ahead".into(), NotificationState::Waiting)]);
            let tx = shop.db.write().await.unwrap();
            if dearer {
                let price = plan::service::offer(&tx, shop.monthly).await.unwrap().unwrap().price;
                let more = Some(price.minor + 1);
                plan::service::put_price(&tx, shop.monthly, price.currency, more).await.unwrap();
            } else {
                agreement::end(&tx, user.id).await.unwrap();
            }
            tx.commit().await.unwrap();
            pass(&shop, &test, 5).await;
            assert!(!told(&shop).contains(&"charge"), "{}", test.name());
            let all = states(&shop).await;
            assert!(all.contains(&("renewal_ahead".into(), NotificationState::Suppressed)), "{all:?}");
        }
    }
}

#[tokio::test]
async fn who_did_not_renew_is_asked_back_once_after_a_week_where_the_shop_wants_it() {
    for test in testing::stores().await {
        for (wanted, expected) in [(false, &["expired"][..]), (true, &["expired", "come back"][..])] {
            let (shop, user) = month(&test).await;
            let tx = shop.db.write().await.unwrap();
            let mut choice = choices::of_shop(&tx).await.unwrap();
            assert!(choice.off.contains(&NoticeKind::WinBack), "it is off at first");
            if wanted {
                choice.off.remove(&NoticeKind::WinBack);
            }
            choices::save_shop(&tx, &choice).await.unwrap();
            assert_eq!(choices::of_shop(&tx).await.unwrap(), choice);
            tx.commit().await.unwrap();
            until_before_the_end(&shop, &test, &user, 1).await;
            pass(&shop, &test, 24 * 7).await;
            assert_eq!(told(&shop), ["expired"], "{}", test.name());
            pass(&shop, &test, 24 * 3).await;
            assert_eq!(told(&shop), expected, "{}", test.name());
            shop.settled_down(&test).await;
        }
    }
}

#[tokio::test]
async fn who_came_back_or_went_away_is_not_asked_back() {
    for test in testing::stores().await {
        for came_back in [true, false] {
            let (shop, user) = month(&test).await;
            let tx = shop.db.write().await.unwrap();
            let mut choice = choices::of_shop(&tx).await.unwrap();
            choice.off.remove(&NoticeKind::WinBack);
            choices::save_shop(&tx, &choice).await.unwrap();
            tx.commit().await.unwrap();
            until_before_the_end(&shop, &test, &user, 1).await;
            pass(&shop, &test, 24 * 3).await;
            if came_back {
                test.clock.advance(Duration::days(4) - Duration::hours(2));
                remind::run(&shop.db, Utc.fix()).await.unwrap();
                shop.bought(&test, &user).await;
                shop.work(&test).await;
            } else {
                let tx = shop.db.write().await.unwrap();
                let chat = chat::service::open(&tx, shop.bot, user.telegram_id).await.unwrap();
                chat::service::mark_blocked(&tx, chat.id).await.unwrap();
                tx.commit().await.unwrap();
                test.clock.advance(Duration::days(4) - Duration::hours(2));
            }
            pass(&shop, &test, 24).await;
            assert_eq!(told(&shop), ["expired"], "{}", test.name());
        }
    }
}

#[test]
fn every_kind_is_found_by_its_code() {
    for kind in NoticeKind::ALL {
        assert_eq!(NoticeKind::from_code(kind.code()), Some(kind));
    }
}
