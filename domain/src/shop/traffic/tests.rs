//! Packs of traffic, on both databases.

use chrono::Duration;
use sea_orm::EntityTrait;

use super::service::{self as packs, PackRefused};
use crate::{
    clock::Clock,
    db::Conn,
    entities::tenant::{grant, order::OrderState, subscription, user},
    ids::PlanId,
    money::{Currency, Money},
    ports::Refunds,
    shop::{
        ledger::verify,
        order::{NewOrder, OrderRefused, service as orders},
        refund::service::{self as refunds, NewRefund},
        subscription::service as subscriptions,
        trial,
    },
    testing::{self, FakeGateway, TestShop},
    units::Bytes,
};

const PRICE: i64 = 9_900;

async fn pack(shop: &TestShop, gigabytes: i64) -> PlanId {
    let tx = shop.db.write().await.unwrap();
    let pack = packs::save(&tx, gigabytes, Money::new(PRICE, Currency::Rub)).await.unwrap();
    tx.commit().await.unwrap();
    pack.id
}

async fn access(shop: &TestShop, user: &user::Model) -> subscription::Model {
    let tx = shop.db.read().await.unwrap();
    subscriptions::current_of(&tx, user.id).await.unwrap().unwrap()
}

async fn offered(shop: &TestShop, user: &user::Model) -> usize {
    let tx = shop.db.read().await.unwrap();
    packs::offers_for(&tx, user.id).await.unwrap().len()
}

#[tokio::test]
async fn a_pack_adds_traffic_and_no_time_once_and_leaves_the_plan_what_it_is() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let pack = pack(&shop, 50).await;
        assert_eq!(offered(&shop, &user).await, 0, "there is nothing to add to");
        shop.delivered(&test, &user, shop.monthly).await;
        let before = access(&shop, &user).await;
        assert_eq!(offered(&shop, &user).await, 1);

        let order = shop.delivered(&test, &user, pack).await;
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned, "{}", test.name());
        let after = access(&shop, &user).await;
        assert_eq!(after.target_expire, before.target_expire);
        assert_eq!(after.target_data_limit, Some(Bytes::gigabytes(150)));
        assert_eq!((after.plan_id, after.trial), (shop.monthly, false));
        assert_eq!(shop.panel.held(&after.username).unwrap().data_limit, Some(Bytes::gigabytes(150)));
        // The report comes again, and a renewal keeps what is left.
        shop.webhook(order).await.unwrap();
        shop.work(&test).await;
        shop.delivered(&test, &user, shop.monthly).await;
        let renewed = access(&shop, &user).await;
        assert_eq!(renewed.target_expire, before.target_expire + Duration::days(30));
        assert_eq!(renewed.target_data_limit, Some(Bytes::gigabytes(250)));
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_pack_that_goes_back_takes_its_traffic_along_and_nothing_else() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let pack = pack(&shop, 50).await;
        shop.delivered(&test, &user, shop.monthly).await;
        let end = access(&shop, &user).await.target_expire;
        let order = shop.delivered(&test, &user, pack).await;
        let tx = shop.db.write().await.unwrap();
        let new = NewRefund { order, minor: PRICE, reason: "asked nicely", requested_by: "owner".into() };
        refunds::request(&tx, Refunds::Partial, new).await.unwrap();
        tx.commit().await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Refunded, "{}", test.name());
        let row = access(&shop, &user).await;
        assert_eq!((row.target_expire, row.target_data_limit), (end, Some(Bytes::gigabytes(100))));
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_trial_with_a_pack_is_a_trial_still_and_brings_nobody_a_bonus() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (friend, user) = (shop.user(1).await, shop.user(2).await);
        shop.brings(&friend, &user).await;
        let pack = pack(&shop, 10).await;
        let tx = shop.db.write().await.unwrap();
        trial::service::claim(&tx, &user, shop.bot).await.unwrap();
        tx.commit().await.unwrap();
        shop.work(&test).await;
        shop.delivered(&test, &user, pack).await;
        let row = access(&shop, &user).await;
        assert!(row.trial, "{}", test.name());
        assert_eq!(row.target_data_limit, Some(Bytes::gigabytes(15)));
        let tx = shop.db.read().await.unwrap();
        let grants = grant::Entity::find().all(tx.raw()).await.unwrap();
        assert!(grants.iter().all(|grant| grant.reason != grant::GrantReason::Referral), "{grants:?}");
        drop(tx);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_pack_for_access_that_has_ended_is_not_sold_and_one_paid_late_adds_its_traffic() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let pack = pack(&shop, 50).await;
        shop.delivered(&test, &user, shop.monthly).await;
        let end = access(&shop, &user).await.target_expire;
        test.clock.advance(end - Duration::minutes(5) - shop.db.clock().now());
        let tx = shop.db.write().await.unwrap();
        let new = NewOrder { user: &user, plan: pack, bot: shop.bot, provider: FakeGateway::NAME };
        let order = orders::place(&tx, &shop.providers, new.clone()).await.unwrap();
        tx.commit().await.unwrap();
        let back = url::Url::parse("https://t.me/bot").unwrap();
        crate::shop::payment::open::open(&shop.db, &shop.providers, order.id, "Pack".into(), back)
            .await
            .unwrap();
        test.clock.advance(Duration::minutes(10));
        let tx = shop.db.write().await.unwrap();
        let refused = orders::place(&tx, &shop.providers, new).await.unwrap_err();
        assert!(matches!(refused, OrderRefused::PlanGone), "{refused:?}");
        drop(tx);
        shop.gateway.pay(order.id, test.clock.now());
        shop.webhook(order.id).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(order.id).await.state, OrderState::Provisioned, "{}", test.name());
        assert_eq!(access(&shop, &user).await.target_data_limit, Some(Bytes::gigabytes(150)));
        shop.settled_down(&test).await;
        let tx = shop.db.read().await.unwrap();
        assert_eq!(verify::shop(&tx).await.unwrap(), []);
    }
}

#[tokio::test]
async fn the_same_size_again_is_a_new_price_and_nonsense_is_refused() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let id = pack(&shop, 50).await;
        let tx = shop.db.write().await.unwrap();
        packs::switch(&tx, id, false).await.unwrap();
        let again = packs::save(&tx, 50, Money::new(500, Currency::Rub)).await.unwrap();
        assert_eq!(again.id, id);
        let listed = packs::list(&tx).await.unwrap();
        let [(row, prices)] = &listed[..] else { panic!("one pack: {listed:?}") };
        assert!(row.active);
        assert_eq!(prices[..], [Money::new(500, Currency::Rub)]);
        for (gigabytes, minor) in [(0, 500), (-1, 500), (packs::MOST_GIGABYTES + 1, 500)] {
            let refused = packs::save(&tx, gigabytes, Money::new(minor, Currency::Rub)).await.unwrap_err();
            assert!(matches!(refused, PackRefused::Size), "{refused:?}");
        }
        let free = packs::save(&tx, 5, Money::new(0, Currency::Rub)).await.unwrap_err();
        assert!(matches!(free, PackRefused::Price), "{free:?}");
        let gone = packs::switch(&tx, shop.monthly, false).await.unwrap_err();
        assert!(matches!(gone, PackRefused::Gone), "a plan is no pack: {gone:?}");
    }
}
