//! Bringing somebody, on both databases.

use chrono::Duration;
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};

use super::{
    list,
    rules::Terms,
    service::{self as referrals, Arrived},
};
use crate::{
    clock::Clock as _,
    db::Conn as _,
    entities::tenant::{
        grant::{self, GrantReason},
        referral::{self, ReferralState},
        user,
    },
    ids::OrderId,
    locale::Locale,
    ports::{Dispute, Notice},
    shop::{ledger::verify, subscription::service as subscriptions, user::service as users},
    testing::{self, TestShop, TestStore},
    units::Bytes,
};

const DAY: i64 = 86_400;

async fn code(shop: &TestShop, user: &user::Model) -> String {
    let tx = shop.db.write().await.unwrap();
    let code = referrals::code_of(&tx, user.id).await.unwrap();
    tx.commit().await.unwrap();
    code
}

async fn arrive(shop: &TestShop, newcomer: &user::Model, code: &str) -> Arrived {
    let tx = shop.db.write().await.unwrap();
    let arrived = referrals::arrive(&tx, newcomer, shop.bot, code).await.unwrap();
    tx.commit().await.unwrap();
    arrived
}

/// Nima, and Sara whom he brought.
async fn two(shop: &TestShop) -> (user::Model, user::Model) {
    let (nima, sara) = (shop.user(1).await, shop.user(2).await);
    let arrived = arrive(shop, &sara, &code(shop, &nima).await).await;
    assert!(matches!(arrived, Arrived::By(_)), "{arrived:?}");
    (nima, sara)
}

async fn terms(shop: &TestShop, terms: Terms) {
    let tx = shop.db.write().await.unwrap();
    referrals::set_terms(&tx, terms).await.unwrap();
    tx.commit().await.unwrap();
}

async fn row(shop: &TestShop) -> referral::Model {
    let tx = shop.db.read().await.unwrap();
    referral::Entity::find().one(tx.raw()).await.unwrap().unwrap()
}

/// The days that a user has got as a bonus and kept.
async fn bonus(shop: &TestShop, user: &user::Model) -> i64 {
    let tx = shop.db.read().await.unwrap();
    let Some(own) = subscriptions::current_of(&tx, user.id).await.unwrap() else { return 0 };
    let grants = subscriptions::grants_of(&tx, own.id).await.unwrap();
    let own = grants.iter().filter(|grant| grant.reason == GrantReason::Referral);
    own.map(|grant| grant.seconds - grant.taken_back_seconds).sum::<i64>() / DAY
}

/// The days and gigabytes that the panel gives a user from now on.
async fn held(test: &TestStore, shop: &TestShop, user: &user::Model) -> (i64, i64) {
    let tx = shop.db.read().await.unwrap();
    let own = subscriptions::current_of(&tx, user.id).await.unwrap().unwrap();
    let account = shop.panel.held(&own.username).expect("an account");
    assert_eq!(account.expire.map(|at| at.timestamp()), Some(own.target_expire.timestamp()));
    let limit = account.data_limit.unwrap_or(Bytes(0));
    ((own.target_expire - test.clock.now()).num_days(), limit.0 / Bytes::gigabytes(1).0)
}

async fn buy(test: &TestStore, shop: &TestShop, user: &user::Model) -> OrderId {
    let order = shop.bought(test, user).await;
    shop.work(test).await;
    order
}

#[tokio::test]
async fn the_first_paid_order_brings_both_their_days_once() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (nima, sara) = two(&shop).await;
        assert_eq!((bonus(&shop, &nima).await, bonus(&shop, &sara).await), (0, 0), "nothing is paid");
        buy(&test, &shop, &sara).await;
        assert_eq!((bonus(&shop, &nima).await, bonus(&shop, &sara).await), (30, 7), "{}", test.name());
        // Nima had no access: his days are a month of what she bought.
        assert_eq!(held(&test, &shop, &nima).await, (30, 100));
        assert_eq!(held(&test, &shop, &sara).await, (37, 123));
        buy(&test, &shop, &sara).await;
        assert_eq!((bonus(&shop, &nima).await, bonus(&shop, &sara).await), (30, 7), "once");
        let bonuses = |referrer| {
            let sent = shop.notifier.sent();
            let meant = sent.iter().filter(
                |notice| matches!(notice, Notice::ReferralBonus { referrer: to, .. } if *to == referrer),
            );
            meant.count()
        };
        assert_eq!((bonuses(true), bonuses(false)), (1, 1));
        let tx = shop.db.read().await.unwrap();
        let figures = list::figures(&tx, Some(nima.id)).await.unwrap();
        assert_eq!((figures.invited, figures.buying, figures.seconds), (1, 1, 30 * DAY));
        let friends = list::friends(&tx, Some(nima.id), 5).await.unwrap();
        assert_eq!(friends.len(), 1);
        assert_eq!(friends[0].referee.as_ref().map(|user| user.id), Some(sara.id));
        drop(tx);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn days_are_added_to_the_access_that_is_there() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (nima, sara) = two(&shop).await;
        buy(&test, &shop, &nima).await;
        assert_eq!(held(&test, &shop, &nima).await, (30, 100));
        buy(&test, &shop, &sara).await;
        assert_eq!(held(&test, &shop, &nima).await, (60, 200), "{}", test.name());
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn only_a_newcomer_is_brought_and_only_once() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (nima, sara) = two(&shop).await;
        let own = code(&shop, &nima).await;
        assert_eq!(own, code(&shop, &nima).await, "the same link for ever");
        assert_eq!(arrive(&shop, &nima, &own).await, Arrived::Himself, "{}", test.name());
        assert_eq!(arrive(&shop, &sara, &own).await, Arrived::Not, "she was brought");
        assert_eq!(arrive(&shop, &shop.user(3).await, "nobody").await, Arrived::Not);
        let reza = shop.user(4).await;
        buy(&test, &shop, &reza).await;
        assert_eq!(arrive(&shop, &reza, &own).await, Arrived::Not, "he has paid before");
        let tx = shop.db.write().await.unwrap();
        let ali = users::seen(&tx, &testing::person(5), Locale::En).await.unwrap();
        users::choose_language(&tx, ali.id, Locale::En).await.unwrap();
        let ali = users::find(&tx, ali.id).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        assert_eq!(arrive(&shop, &ali, &own).await, Arrived::Not, "the shop knows him");
        let back = code(&shop, &sara).await;
        assert_eq!(arrive(&shop, &nima, &back).await, Arrived::Not, "nor does she bring him who brought her");
    }
}

#[tokio::test]
async fn a_shop_gives_what_it_says_or_nothing() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (nima, sara) = two(&shop).await;
        terms(&shop, Terms { referrer_days: 3, referee_days: 0, ..Terms::default() }).await;
        buy(&test, &shop, &sara).await;
        assert_eq!((bonus(&shop, &nima).await, bonus(&shop, &sara).await), (3, 0), "{}", test.name());

        let reza = shop.user(3).await;
        arrive(&shop, &reza, &code(&shop, &nima).await).await;
        terms(&shop, Terms { on: false, ..Terms::default() }).await;
        buy(&test, &shop, &reza).await;
        assert_eq!((bonus(&shop, &nima).await, bonus(&shop, &reza).await), (3, 0));
        assert_eq!(arrive(&shop, &shop.user(4).await, &code(&shop, &nima).await).await, Arrived::Not);
        // Switched on later, an old purchase brings nothing.
        terms(&shop, Terms::default()).await;
        buy(&test, &shop, &reza).await;
        assert_eq!((bonus(&shop, &nima).await, bonus(&shop, &reza).await), (3, 0));
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn for_more_friends_than_the_shop_allows_the_referrer_gets_nothing() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        terms(&shop, Terms { friends: 1, ..Terms::default() }).await;
        let (nima, sara) = two(&shop).await;
        buy(&test, &shop, &sara).await;
        let reza = shop.user(3).await;
        arrive(&shop, &reza, &code(&shop, &nima).await).await;
        buy(&test, &shop, &reza).await;
        assert_eq!((bonus(&shop, &nima).await, bonus(&shop, &reza).await), (30, 7), "{}", test.name());
        // A month later there is room again.
        test.clock.advance(Duration::days(31));
        let ali = shop.user(4).await;
        arrive(&shop, &ali, &code(&shop, &nima).await).await;
        buy(&test, &shop, &ali).await;
        assert_eq!(bonus(&shop, &nima).await, 60);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn money_that_goes_back_takes_the_unused_days_of_both_and_no_others() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (nima, sara) = two(&shop).await;
        buy(&test, &shop, &nima).await;
        let order = buy(&test, &shop, &sara).await;
        test.clock.advance(Duration::days(10));
        // A part of it changes nothing about the bonus.
        shop.gateway.change(order, |facts| facts.refunded = 100);
        shop.webhook(order).await.unwrap();
        shop.work(&test).await;
        assert_eq!((bonus(&shop, &nima).await, bonus(&shop, &sara).await), (30, 7), "{}", test.name());
        for _ in 0..2 {
            shop.gateway.change(order, |facts| facts.refunded = facts.amount.minor);
            shop.webhook(order).await.unwrap();
            shop.work(&test).await;
        }
        assert_eq!((bonus(&shop, &nima).await, bonus(&shop, &sara).await), (0, 0));
        assert_eq!(held(&test, &shop, &nima).await, (20, 100), "what he bought is whole");
        assert_eq!(held(&test, &shop, &sara).await.0, 0);
        assert_eq!(row(&shop).await.state, ReferralState::Reversed);
        let sent = shop.notifier.sent();
        let told = sent.iter().filter(|notice| matches!(notice, Notice::ReferralReversed { .. }));
        assert_eq!(told.count(), 1);
        // Buying again brings no second bonus.
        buy(&test, &shop, &sara).await;
        assert_eq!((bonus(&shop, &nima).await, bonus(&shop, &sara).await), (0, 0));
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_bank_that_calls_the_money_back_takes_the_bonus_when_it_has_decided() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (nima, sara) = two(&shop).await;
        let order = buy(&test, &shop, &sara).await;
        for (dispute, days) in [(Dispute::Open, 30), (Dispute::Lost, 0)] {
            shop.gateway.change(order, |facts| facts.dispute = Some(dispute));
            shop.webhook(order).await.unwrap();
            shop.work(&test).await;
            assert_eq!(bonus(&shop, &nima).await, days, "{} {dispute:?}", test.name());
        }
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn used_days_stay_and_a_panel_that_was_away_costs_nobody_a_day() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (nima, sara) = two(&shop).await;
        shop.panel.set_down(true);
        let order = buy(&test, &shop, &sara).await;
        test.clock.advance(Duration::days(1));
        shop.panel.set_down(false);
        shop.work(&test).await;
        shop.settled_down(&test).await;
        let (days, _) = held(&test, &shop, &nima).await;
        assert!(days >= 29, "{}: {days}", test.name());
        test.clock.advance(Duration::days(10));
        shop.gateway.change(order, |facts| facts.refunded = facts.amount.minor);
        shop.webhook(order).await.unwrap();
        shop.work(&test).await;
        assert!((10..=12).contains(&bonus(&shop, &nima).await), "what he has used is his");
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn verify_money_finds_a_bonus_that_nobody_earned_and_one_that_should_be_gone() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (_, sara) = two(&shop).await;
        let order = buy(&test, &shop, &sara).await;
        let found = async || {
            let tx = shop.db.read().await.unwrap();
            let breaches = verify::shop(&tx).await.unwrap();
            breaches.into_iter().map(|breach| breach.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(found().await, Vec::<String>::new(), "{}", test.name());
        let named = row(&shop).await;
        let set = async |change: referral::ActiveModel| {
            let tx = shop.db.write().await.unwrap();
            change.update(tx.raw()).await.unwrap();
            tx.commit().await.unwrap();
        };
        let own = || referral::ActiveModel { id: Set(named.id), ..Default::default() };
        set(referral::ActiveModel { referrer_grant_id: Set(None), ..own() }).await;
        assert!(found().await[0].contains("belongs to no referral"));
        let whole = referral::ActiveModel {
            referrer_grant_id: Set(named.referrer_grant_id),
            state: Set(ReferralState::Reversed),
            reversed_at: Set(Some(test.clock.now())),
            ..own()
        };
        set(whole).await;
        assert!(found().await[0].contains("its time is still there"));
        set(referral::ActiveModel { state: Set(ReferralState::Invited), ..own() }).await;
        assert!(found().await[0].contains("for nothing"));
        set(referral::ActiveModel { state: Set(ReferralState::Granted), reversed_at: Set(None), ..own() })
            .await;
        shop.gateway.change(order, |facts| facts.refunded = facts.amount.minor);
        shop.webhook(order).await.unwrap();
        shop.work(&test).await;
        assert_eq!(found().await, Vec::<String>::new());
        set(referral::ActiveModel { state: Set(ReferralState::Granted), ..own() }).await;
        assert!(found().await[0].contains("money that has gone back"));
        let tx = shop.db.read().await.unwrap();
        assert_eq!(grant::Entity::find().all(tx.raw()).await.unwrap().len(), 3);
    }
}
