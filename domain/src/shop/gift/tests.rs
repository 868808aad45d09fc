//! Gifts, on both databases: opened once, by whoever comes first, kept, sent back before and after.

use chrono::Duration;
use sea_orm::{EntityTrait, QueryFilter, QueryOrder};

use super::service::{self as gifts, Opened};
use crate::{
    clock::Clock as _,
    db::Conn as _,
    entities::tenant::{gift, notification, order::OrderState, panel, subscription, user},
    ids::OrderId,
    ports::Refunds,
    shop::{
        ledger::verify,
        order::NewOrder,
        payment::open,
        refund::service::{self as refunds, NewRefund},
        subscription::service as subscriptions,
    },
    testing::{self, FakeGateway, TestShop, TestStore},
    units::Bytes,
};

const PRICE: i64 = 29_900;

/// A gift that is paid.
async fn bought(test: &TestStore, shop: &TestShop, buyer: &user::Model) -> (OrderId, gift::Model) {
    let tx = shop.db.write().await.unwrap();
    let new = NewOrder { user: buyer, plan: shop.monthly, bot: shop.bot, provider: FakeGateway::NAME };
    let order = gifts::place(&tx, &shop.providers, new.clone()).await.unwrap();
    assert_eq!(gifts::place(&tx, &shop.providers, new).await.unwrap().id, order.id, "a double tap");
    tx.commit().await.unwrap();
    let back = url::Url::parse("https://t.me/bot").unwrap();
    open::open(&shop.db, &shop.providers, order.id, "Gift".into(), back).await.unwrap();
    shop.gateway.pay(order.id, test.clock.now());
    shop.webhook(order.id).await.unwrap();
    shop.work(test).await;
    let tx = shop.db.read().await.unwrap();
    (order.id, gifts::of_order(&tx, order.id).await.unwrap().unwrap())
}

async fn opened(shop: &TestShop, gift: &gift::Model, by: &user::Model) -> Opened {
    let tx = shop.db.write().await.unwrap();
    let opened = gifts::open(&tx, &gift.token, by, shop.bot).await.unwrap();
    tx.commit().await.unwrap();
    opened
}

async fn access(shop: &TestShop, user: &user::Model) -> Option<subscription::Model> {
    let tx = shop.db.read().await.unwrap();
    subscriptions::current_of(&tx, user.id).await.unwrap()
}

/// What this person was told, by its key.
async fn told(shop: &TestShop, telegram_id: i64) -> Vec<String> {
    let tx = shop.db.read().await.unwrap();
    let own = notification::Entity::find().filter(notification::COLUMN.telegram_id.eq(telegram_id));
    let rows = own.order_by_asc(notification::Column::Id).all(tx.raw()).await.unwrap();
    rows.into_iter().map(|row| row.dedupe_key).collect()
}

async fn refund(test: &TestStore, shop: &TestShop, order: OrderId, minor: i64) {
    let tx = shop.db.write().await.unwrap();
    let new = NewRefund { order, minor, reason: "asked nicely", requested_by: "owner".into() };
    refunds::request(&tx, Refunds::Partial, new).await.unwrap();
    tx.commit().await.unwrap();
    shop.work(test).await;
}

#[tokio::test]
async fn a_gift_waits_until_somebody_opens_it_and_is_given_once() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (buyer, friend, late) = (shop.user(1).await, shop.user(2).await, shop.user(3).await);
        let (order, gift) = bought(&test, &shop, &buyer).await;
        assert_eq!(shop.find(order).await.state, OrderState::Paid, "{}", test.name());
        assert_eq!(access(&shop, &buyer).await, None, "it is not the buyer's");
        assert_eq!(told(&shop, 1).await, [format!("gift:{order}")]);
        test.clock.advance(Duration::days(40));
        shop.work(&test).await;
        let tx = shop.db.read().await.unwrap();
        assert_eq!(verify::shop(&tx).await.unwrap(), [], "nothing is owed while it waits");
        drop(tx);

        assert_eq!(opened(&shop, &gift, &buyer).await, Opened::Own(order));
        assert_eq!(opened(&shop, &gift, &friend).await, Opened::Done);
        assert_eq!(opened(&shop, &gift, &friend).await, Opened::Already { by_reader: true });
        assert_eq!(opened(&shop, &gift, &late).await, Opened::Already { by_reader: false });
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned);
        let row = access(&shop, &friend).await.unwrap();
        assert_eq!(
            row.target_expire,
            test.clock.now() + Duration::days(30),
            "from the day on which it is opened"
        );
        assert_eq!((access(&shop, &buyer).await, access(&shop, &late).await), (None, None));
        assert_eq!(told(&shop, 2).await, [format!("provisioned:{order}")], "whoever has it gets the link");
        assert_eq!(told(&shop, 1).await, [format!("gift:{order}"), format!("gift_opened:{order}")]);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_gift_that_nobody_paid_or_has_a_place_for_waits_and_says_so() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (buyer, friend) = (shop.user(1).await, shop.user(2).await);
        let tx = shop.db.write().await.unwrap();
        let new = NewOrder { user: &buyer, plan: shop.monthly, bot: shop.bot, provider: FakeGateway::NAME };
        let order = gifts::place(&tx, &shop.providers, new).await.unwrap();
        tx.commit().await.unwrap();
        let tx = shop.db.read().await.unwrap();
        let unpaid = gifts::of_order(&tx, order.id).await.unwrap().unwrap();
        drop(tx);
        for reader in [&friend, &buyer] {
            assert_eq!(opened(&shop, &unpaid, reader).await, Opened::Unpaid, "{}", test.name());
        }

        let (_, gift) = bought(&test, &shop, &buyer).await;
        let tx = shop.db.write().await.unwrap();
        panel::Entity::delete_many().exec(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
        for _ in 0..2 {
            assert_eq!(opened(&shop, &gift, &friend).await, Opened::NoRoom, "{}", test.name());
        }
        assert_eq!(access(&shop, &friend).await, None);
    }
}

#[tokio::test]
async fn two_who_open_a_gift_at_once_get_it_once() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (buyer, one, two) = (shop.user(1).await, shop.user(2).await, shop.user(3).await);
        let (_, gift) = bought(&test, &shop, &buyer).await;
        let (first, second) = tokio::join!(opened(&shop, &gift, &one), opened(&shop, &gift, &two));
        let done = [first, second].into_iter().filter(|opened| *opened == Opened::Done).count();
        assert_eq!(done, 1, "{}", test.name());
        shop.work(&test).await;
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_buyer_keeps_his_gift_beside_what_he_has() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (buyer, other) = (shop.user(1).await, shop.user(2).await);
        shop.delivered(&test, &buyer, shop.monthly).await;
        let end = access(&shop, &buyer).await.unwrap().target_expire;
        let (order, _) = bought(&test, &shop, &buyer).await;
        let tx = shop.db.write().await.unwrap();
        assert_eq!(gifts::keep(&tx, order, &other, shop.bot).await.unwrap(), Opened::Gone, "not his");
        assert_eq!(gifts::keep(&tx, order, &buyer, shop.bot).await.unwrap(), Opened::Done);
        tx.commit().await.unwrap();
        shop.work(&test).await;
        let row = access(&shop, &buyer).await.unwrap();
        assert_eq!(row.target_expire, end + Duration::days(30), "{}", test.name());
        assert_eq!(row.target_data_limit, Some(Bytes::gigabytes(200)));
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_gift_whose_money_went_back_opens_for_nobody_and_one_opened_before_ends_for_its_reader() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (buyer, friend) = (shop.user(1).await, shop.user(2).await);
        let (order, gift) = bought(&test, &shop, &buyer).await;
        refund(&test, &shop, order, PRICE).await;
        assert_eq!(shop.find(order).await.state, OrderState::Refunded, "{}", test.name());
        assert_eq!(opened(&shop, &gift, &friend).await, Opened::Refunded);
        assert_eq!(opened(&shop, &gift, &buyer).await, Opened::Refunded);

        let (order, gift) = bought(&test, &shop, &buyer).await;
        assert_eq!(opened(&shop, &gift, &friend).await, Opened::Done);
        shop.work(&test).await;
        refund(&test, &shop, order, PRICE).await;
        let row = access(&shop, &friend).await.unwrap();
        assert!(row.target_expire <= test.clock.now(), "{row:?}");
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn of_a_gift_half_of_which_went_back_before_half_is_given() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (buyer, friend) = (shop.user(1).await, shop.user(2).await);
        let (order, gift) = bought(&test, &shop, &buyer).await;
        refund(&test, &shop, order, PRICE / 2).await;
        assert_eq!(opened(&shop, &gift, &friend).await, Opened::Done);
        shop.work(&test).await;
        let row = access(&shop, &friend).await.unwrap();
        assert_eq!(row.target_expire, test.clock.now() + Duration::days(15), "{}", test.name());
        assert_eq!(row.target_data_limit, Some(Bytes::gigabytes(50)));
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_gift_opened_while_the_panel_is_away_loses_no_minute() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (buyer, friend) = (shop.user(1).await, shop.user(2).await);
        let (order, gift) = bought(&test, &shop, &buyer).await;
        shop.panel.set_down(true);
        assert_eq!(opened(&shop, &gift, &friend).await, Opened::Done);
        shop.work(&test).await;
        test.clock.advance(Duration::hours(3));
        shop.panel.set_down(false);
        shop.work(&test).await;
        test.clock.advance(Duration::minutes(10));
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned, "{}", test.name());
        let provisioned = shop.find(order).await.provisioned_at.unwrap();
        let row = access(&shop, &friend).await.unwrap();
        assert!(row.target_expire >= provisioned + Duration::days(30), "{row:?}");
        shop.settled_down(&test).await;
    }
}
