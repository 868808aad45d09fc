//! Money that goes back, on both databases: asked for by staff, made at the provider, called back by a
//! bank, reported late, twice and before its payment.

use chrono::Duration;
use rstest::rstest;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};

use super::{
    rules::RefundRefused,
    service::{self, NewRefund, RefundError, of_order},
};
use crate::{
    clock::Clock,
    db::Conn,
    entities::tenant::{order::OrderState, plan, refund::RefundState, subscription, user},
    ids::OrderId,
    money::Currency,
    ports::{Dispute, Notice, Refunds},
    shop::{ledger::service as ledger, subscription::service as subscriptions},
    testing::{self, TestShop, TestStore},
    units::Bytes,
};

const PRICE: i64 = 29_900;

async fn delivered(test: &TestStore, shop: &TestShop, user: &user::Model) -> OrderId {
    let order = shop.bought(test, user).await;
    shop.work(test).await;
    assert_eq!(shop.find(order).await.state, OrderState::Provisioned);
    order
}

/// By a hundred.
async fn overpaid(test: &TestStore, shop: &TestShop, user: &user::Model) -> OrderId {
    let order = shop.order(user).await;
    shop.gateway.pay(order, test.clock.now());
    shop.gateway.change(order, |facts| facts.amount.minor += 100);
    shop.webhook(order).await.unwrap();
    shop.work(test).await;
    order
}

async fn request(shop: &TestShop, order: OrderId, minor: i64) -> Result<(), RefundError> {
    let tx = shop.db.write().await?;
    let new = NewRefund { order, minor, reason: "asked nicely", requested_by: "owner".into() };
    service::request(&tx, Refunds::Partial, new).await?;
    tx.commit().await?;
    Ok(())
}

async fn access(shop: &TestShop, user: &user::Model) -> subscription::Model {
    let tx = shop.db.read().await.unwrap();
    subscriptions::current_of(&tx, user.id).await.unwrap().unwrap()
}

async fn wallet_of(shop: &TestShop, user: &user::Model) -> i64 {
    let tx = shop.db.read().await.unwrap();
    ledger::balance(&tx, &ledger::wallet(user.id), Currency::Rub).await.unwrap().minor
}

/// The webhooks of one payment have one body; this one is as new.
async fn reported(test: &TestStore, shop: &TestShop, order: OrderId) {
    let payment = format!("pay_{order}");
    crate::shop::payment::settle::settle(&shop.db, &shop.providers, "fake", &payment).await.unwrap();
    shop.work(test).await;
}

#[tokio::test]
async fn a_refund_takes_back_what_is_not_used_and_leaves_what_was_bought_besides() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let first = delivered(&test, &shop, &user).await;
        let second = delivered(&test, &shop, &user).await;
        let begin = access(&shop, &user).await.target_expire - Duration::days(60);
        test.clock.advance(begin + Duration::days(10) - shop.db.clock().now());

        request(&shop, first, PRICE).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(first).await.state, OrderState::Refunded, "{}", test.name());
        assert_eq!(shop.find(second).await.state, OrderState::Provisioned);
        let access = access(&shop, &user).await;
        assert_eq!(access.target_expire, begin + Duration::days(40), "ten used days, thirty bought besides");
        assert_eq!(access.target_data_limit, Some(Bytes::gigabytes(100)));
        assert_eq!(shop.panel.held(&access.username).unwrap().expire, Some(access.target_expire));
        let told = Notice::PaymentRefunded { order: first, minor: PRICE };
        assert_eq!(shop.notifier.sent().iter().filter(|notice| **notice == told).count(), 1);

        let tx = shop.db.read().await.unwrap();
        let refunds = ledger::balance(&tx, ledger::REFUNDS, Currency::Rub).await.unwrap();
        assert_eq!(refunds.minor, PRICE);
        assert_eq!(of_order(&tx, first).await.unwrap()[0].state, RefundState::Done);
        drop(tx);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_plan_without_limit_that_is_refunded_whole_leaves_the_limit_of_what_was_bought_besides() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let limited = delivered(&test, &shop, &user).await;
        let tx = shop.db.write().await.unwrap();
        let row = plan::ActiveModel { id: Set(shop.monthly), traffic_bytes: Set(None), ..Default::default() };
        row.update(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
        let unlimited = delivered(&test, &shop, &user).await;
        assert_eq!(access(&shop, &user).await.target_data_limit, None, "{}", test.name());

        request(&shop, unlimited, PRICE).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(unlimited).await.state, OrderState::Refunded);
        assert_eq!(shop.find(limited).await.state, OrderState::Provisioned);
        assert_eq!(access(&shop, &user).await.target_data_limit, Some(Bytes::gigabytes(100)));
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn parts_take_back_their_share_and_never_more_than_was_paid() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let order = delivered(&test, &shop, &user).await;
        let begin = access(&shop, &user).await.target_expire - Duration::days(30);
        request(&shop, order, PRICE / 4).await.unwrap();
        for minor in [PRICE, 1] {
            let second = request(&shop, order, minor).await.unwrap_err();
            assert!(matches!(second, RefundError::Changed), "one after the other: {second:?}");
        }
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned);
        assert_eq!(access(&shop, &user).await.target_expire, begin + Duration::minutes(30 * 24 * 60 * 3 / 4));

        request(&shop, order, PRICE - PRICE / 4).await.unwrap();
        shop.work(&test).await;
        let whole = shop.find(order).await;
        assert_eq!((whole.state, whole.refunded_minor), (OrderState::Refunded, PRICE));
        assert_eq!(access(&shop, &user).await.target_expire, begin, "nothing was used yet");
        let again = request(&shop, order, 1).await.unwrap_err();
        assert!(matches!(again, RefundError::Refused(RefundRefused::NotPaid)), "{again:?}");
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_refund_that_is_reported_before_its_payment_and_then_twice_is_booked_once() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let order = shop.order(&user).await;
        shop.gateway.pay(order, test.clock.now());
        shop.gateway.change(order, |facts| facts.refunded = PRICE);
        for _ in 0..3 {
            reported(&test, &shop, order).await;
        }
        let row = shop.find(order).await;
        assert_eq!((row.state, row.refunded_minor), (OrderState::Refunded, PRICE), "{}", test.name());
        assert!(access(&shop, &user).await.target_expire <= shop.db.clock().now());
        shop.settled_down(&test).await;
    }
}

#[rstest]
#[case::won(Dispute::Won, OrderState::Won)]
#[case::lost(Dispute::Lost, OrderState::Lost)]
#[tokio::test]
async fn access_stays_until_a_dispute_is_decided(#[case] outcome: Dispute, #[case] state: OrderState) {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let order = delivered(&test, &shop, &user).await;
        let end = access(&shop, &user).await.target_expire;
        shop.gateway.change(order, |facts| facts.dispute = Some(Dispute::Open));
        reported(&test, &shop, order).await;
        assert_eq!(shop.find(order).await.state, OrderState::Disputed, "{}", test.name());
        assert_eq!(access(&shop, &user).await.target_expire, end);

        test.clock.advance(Duration::days(5));
        shop.gateway.change(order, |facts| facts.dispute = Some(outcome));
        for _ in 0..2 {
            reported(&test, &shop, order).await;
        }
        assert_eq!(shop.find(order).await.state, state);
        let now = access(&shop, &user).await.target_expire;
        assert_eq!(now == end, outcome == Dispute::Won, "{now} {end}");
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn an_order_that_is_disputed_before_its_delivery_is_delivered_and_loses_no_time() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        shop.panel.set_down(true);
        let order = shop.order(&user).await;
        shop.gateway.pay(order, test.clock.now());
        shop.webhook(order).await.unwrap();
        shop.work(&test).await;
        shop.gateway.change(order, |facts| facts.dispute = Some(Dispute::Open));
        reported(&test, &shop, order).await;
        test.clock.advance(Duration::hours(6));
        shop.panel.set_down(false);
        shop.work(&test).await;
        let row = shop.find(order).await;
        assert_eq!((row.state, row.provisioned_at), (OrderState::Disputed, Some(shop.db.clock().now())));
        let given = access(&shop, &user).await.target_expire - shop.db.clock().now();
        assert_eq!(given, Duration::days(30), "{}", test.name());
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_refund_reaches_its_end_beside_what_others_sent_back_and_a_surplus() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let order = overpaid(&test, &shop, &user).await;
        // All of it is asked for, and refused: somebody was faster at the provider with a part.
        request(&shop, order, PRICE).await.unwrap();
        shop.gateway.change(order, |facts| facts.refunded = 150);
        reported(&test, &shop, order).await;
        assert_eq!(shop.find(order).await.refunded_minor, 150, "{}", test.name());

        request(&shop, order, 1_000).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.refunded_minor, 1_150);
        assert_eq!(wallet_of(&shop, &user).await, -100, "the surplus is still there");
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn what_is_paid_too_much_lies_in_the_buyers_wallet() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let order = overpaid(&test, &shop, &user).await;
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned, "{}", test.name());
        assert_eq!(wallet_of(&shop, &user).await, -100, "a debt of the shop's");

        // Somebody sends it back at the provider: the order is paid as before.
        let end = access(&shop, &user).await.target_expire;
        shop.gateway.change(order, |facts| facts.refunded = 100);
        for _ in 0..2 {
            reported(&test, &shop, order).await;
        }
        let row = shop.find(order).await;
        assert_eq!((row.state, row.refunded_minor), (OrderState::Provisioned, 0), "{}", test.name());
        assert_eq!(access(&shop, &user).await.target_expire, end);
        assert_eq!(wallet_of(&shop, &user).await, 0);
        // What goes back beyond it is the order's.
        shop.gateway.change(order, |facts| facts.refunded = 100 + PRICE);
        reported(&test, &shop, order).await;
        let row = shop.find(order).await;
        assert_eq!((row.state, row.refunded_minor), (OrderState::Refunded, PRICE));
        shop.settled_down(&test).await;
    }
}
