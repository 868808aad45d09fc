//! From payment to access, on both databases, with the outside world in memory.

use chrono::Duration;

use super::*;
use crate::{
    clock::Clock,
    entities::tenant::order::OrderState,
    money::{Currency, Money},
    ports::{Notice, PaymentStatus},
    shop::{order::service as orders, subscription::service as subscriptions},
    testing::{self, FakeGateway},
    units::Bytes,
};

#[tokio::test]
async fn a_payment_that_is_reported_twice_is_granted_once() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let order = shop.order(&user).await;
        shop.gateway.pay(order, test.clock.now());

        assert_eq!(shop.webhook(order).await.unwrap(), intake::Received::Stored);
        assert_eq!(shop.webhook(order).await.unwrap(), intake::Received::Known);
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned, "{}", test.name());
        // Once more, by another way.
        settle::settle(&shop.db, &shop.providers, FakeGateway::NAME, &format!("pay_{order}")).await.unwrap();
        shop.work(&test).await;

        let tx = shop.db.read().await.unwrap();
        let access = subscriptions::current_of(&tx, user.id).await.unwrap().unwrap();
        assert_eq!(access.target_expire, test.clock.now() + Duration::days(30));
        assert_eq!(access.applied_version, access.target_version);
        drop(tx);
        let held = shop.panel.held(&access.username).unwrap();
        assert_eq!((held.expire, held.data_limit), (Some(access.target_expire), Some(Bytes::gigabytes(100))));
        assert_eq!(shop.notifier.sent().len(), 1);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_payment_that_differs_from_its_order_is_never_granted() {
    type Change = fn(&mut crate::ports::PaymentFacts);
    let changes: [(&str, Change); 4] = [
        ("amount", |facts| facts.amount.minor -= 1),
        ("currency", |facts| facts.amount = Money::new(facts.amount.minor, Currency::Usd)),
        ("another account", |facts| facts.account_id = "somebody".into()),
        ("another order", |facts| facts.order = Some(crate::ids::OrderId::new())),
    ];
    for test in testing::stores().await {
        for (what, change) in changes {
            let shop = test.selling_shop().await;
            let order = shop.order(&shop.user(1).await).await;
            shop.gateway.pay(order, test.clock.now());
            shop.gateway.change(order, change);
            shop.webhook(order).await.unwrap();
            shop.work(&test).await;

            assert_eq!(shop.find(order).await.state, OrderState::Mismatch, "{what}");
            assert_eq!(shop.notifier.sent(), vec![Notice::PaymentMismatch { order }]);
            assert_eq!(shop.panel.calls(), 0, "{what}: the panel was called");
            let tx = shop.db.read().await.unwrap();
            let timeline = orders::timeline(&tx, order).await.unwrap();
            let differs = timeline.iter().find(|line| line.kind == "differs").unwrap();
            assert!(differs.detail.as_deref().unwrap().contains(what), "{:?}", differs.detail);
            drop(tx);
            shop.settled_down(&test).await;
        }
    }
}

#[tokio::test]
async fn a_panel_that_is_away_costs_no_day_and_one_message() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let order = shop.order(&user).await;
        shop.panel.set_down(true);
        shop.gateway.pay(order, test.clock.now());
        shop.webhook(order).await.unwrap();
        for _ in 0..360 {
            shop.work(&test).await;
            test.clock.advance(Duration::minutes(1));
        }
        assert_eq!(shop.find(order).await.state, OrderState::Paid);
        assert_eq!(shop.notifier.sent(), vec![Notice::OrderDelayed { order }], "told more than once");

        shop.panel.set_down(false);
        // The probe sees it within its pause, and what waited becomes due.
        test.clock.advance(Duration::seconds(15));
        shop.work(&test).await;
        test.clock.advance(Duration::seconds(1));
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned, "{}", test.name());

        let tx = shop.db.read().await.unwrap();
        let access = subscriptions::current_of(&tx, user.id).await.unwrap().unwrap();
        drop(tx);
        let whole = access.target_expire - access.provisioned_at.unwrap();
        assert!(whole >= Duration::days(30), "{whole} is left of 30 days");
        assert_eq!(shop.panel.held(&access.username).unwrap().expire, Some(access.target_expire));
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn an_order_paid_while_the_panel_is_driven_for_another_waits_for_its_own_time() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let first = shop.order(&user).await;
        shop.gateway.pay(first, test.clock.now());
        settle::settle(&shop.db, &shop.providers, FakeGateway::NAME, &format!("pay_{first}")).await.unwrap();
        let second = shop.order(&user).await;
        shop.gateway.pay(second, test.clock.now());
        let (late, panel) = (shop.clone(), shop.panel.clone());
        shop.panel.meanwhile(async move {
            let payment = format!("pay_{second}");
            settle::settle(&late.db, &late.providers, FakeGateway::NAME, &payment).await.unwrap();
            // The first order's time is on the panel; the second's has to wait.
            panel.set_down(true);
        });
        shop.work(&test).await;
        assert_eq!(shop.find(first).await.state, OrderState::Provisioned, "{}", test.name());
        assert_eq!(shop.find(second).await.state, OrderState::Paid, "{}", test.name());
        assert!(shop.notifier.sent().contains(&Notice::OrderDelayed { order: second }));

        shop.panel.set_down(false);
        test.clock.advance(Duration::minutes(2));
        shop.work(&test).await;
        assert_eq!(shop.find(second).await.state, OrderState::Provisioned);
        let tx = shop.db.read().await.unwrap();
        let access = subscriptions::current_of(&tx, user.id).await.unwrap().unwrap();
        drop(tx);
        assert_eq!(shop.panel.held(&access.username).unwrap().expire, Some(access.target_expire));
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn an_order_that_nobody_paid_runs_out_even_when_nobody_looked_for_weeks() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let order = shop.order(&shop.user(1).await).await;
        test.clock.advance(Duration::days(30));
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Expired, "{}", test.name());
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn an_answer_that_the_panel_loses_gives_no_extra_day() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let order = shop.order(&user).await;
        shop.panel.lose_answers(3);
        shop.gateway.pay(order, test.clock.now());
        shop.webhook(order).await.unwrap();
        for _ in 0..6 {
            shop.work(&test).await;
            test.clock.advance(Duration::seconds(16));
        }
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned);
        let tx = shop.db.read().await.unwrap();
        let access = subscriptions::current_of(&tx, user.id).await.unwrap().unwrap();
        drop(tx);
        assert_eq!(shop.panel.held(&access.username).unwrap().expire, Some(access.target_expire));
        let paid_at = shop.find(order).await.paid_at.unwrap();
        assert_eq!(access.target_expire, paid_at + Duration::days(30));
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_webhook_that_never_comes_is_made_up_for_by_the_poll() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let order = shop.order(&shop.user(1).await).await;
        shop.gateway.pay(order, test.clock.now());
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Pending);
        test.clock.advance(Duration::minutes(1));
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_payment_that_its_provider_does_not_show_yet_is_asked_for_again() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let order = shop.order(&shop.user(1).await).await;
        let payment = shop.gateway.take(order).unwrap();
        test.clock.advance(Duration::minutes(1));
        shop.work(&test).await;
        shop.gateway.put(payment);
        shop.gateway.pay(order, test.clock.now());
        test.clock.advance(Duration::minutes(2));
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned, "{}", test.name());
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_late_payment_is_still_a_payment() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let order = shop.order(&shop.user(1).await).await;
        for _ in 0..40 {
            test.clock.advance(Duration::minutes(5));
            shop.work(&test).await;
        }
        assert_eq!(shop.find(order).await.state, OrderState::Expired);
        shop.gateway.pay(order, test.clock.now());
        shop.webhook(order).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_failed_payment_is_told_and_grants_nothing() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let order = shop.order(&shop.user(1).await).await;
        shop.gateway.change(order, |facts| facts.status = PaymentStatus::Failed);
        shop.webhook(order).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Failed);
        assert_eq!(shop.notifier.sent(), vec![Notice::PaymentFailed { order }]);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_double_tap_makes_one_order_and_one_payment() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        assert_eq!(shop.order(&user).await, shop.order(&user).await);
        assert_eq!(shop.gateway.payments(), 1);
    }
}

#[tokio::test]
async fn money_of_one_shop_is_not_seen_by_another() {
    for test in testing::stores().await {
        let (one, two) = (test.selling_shop().await, test.selling_shop().await);
        let order = one.order(&one.user(1).await).await;
        one.gateway.pay(order, test.clock.now());
        // The other shop's webhook names the first shop's payment.
        two.webhook(order).await.unwrap();
        two.work(&test).await;
        assert_eq!(one.find(order).await.state, OrderState::Pending);
        let tx = two.db.read().await.unwrap();
        assert!(orders::latest(&tx, 9).await.unwrap().is_empty());
        assert!(orders::find(&tx, order).await.unwrap().is_none());
    }
}
