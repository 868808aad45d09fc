//! From payment to access, on both databases, with the outside world in memory.

use std::sync::Arc;

use chrono::Duration;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};

use super::*;
use crate::{
    clock::Clock,
    db::Conn,
    entities::tenant::order::{self, OrderState},
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
async fn a_report_that_calls_the_payment_by_its_other_name_is_worked_off() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let order = shop.order(&shop.user(1).await).await;
        shop.gateway.pay(order, test.clock.now());
        for payment in [format!("charge_of_pay_{order}"), "charge_of_another".to_owned()] {
            let told =
                intake::receive(&shop.db, &shop.providers, FakeGateway::NAME, &|_| None, payment.as_bytes());
            assert_eq!(told.await.unwrap(), intake::Received::Stored);
        }
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned, "{}", test.name());
        let tx = shop.db.read().await.unwrap();
        let left = inbox::unsettled(&tx, 10).await.unwrap();
        let reasons: Vec<_> = left.iter().map(|row| row.reason.as_deref()).collect();
        assert_eq!(reasons, [Some("the provider knows no such payment")]);
        drop(tx);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_hundred_copies_of_each_webhook_at_once_grant_once() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let mut all = Vec::new();
        for buyer in 0..5 {
            let order = shop.order(&shop.user(buyer).await).await;
            shop.gateway.pay(order, test.clock.now());
            all.push(order);
        }
        let shared = Arc::new(shop.clone());
        let copies = all.iter().flat_map(|order| std::iter::repeat_n(*order, 100));
        let sent: Vec<_> = copies
            .map(|order| {
                let shop = shared.clone();
                tokio::spawn(async move { shop.webhook(order).await.is_ok() })
            })
            .collect();
        for copy in sent {
            assert!(copy.await.unwrap(), "a copy was not acknowledged");
        }
        shop.work(&test).await;
        for order in all {
            assert_eq!(shop.find(order).await.state, OrderState::Provisioned);
        }
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn inventions_about_one_payment_are_cut_off_and_what_is_known_is_still_taken() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let order = shop.order(&shop.user(1).await).await;
        let told = async |number: i32| {
            let body = format!("pay_{order}#{number}");
            intake::receive(&shop.db, &shop.providers, FakeGateway::NAME, &|_| None, body.as_bytes()).await
        };
        for number in 0..50 {
            assert_eq!(told(number).await.unwrap(), intake::Received::Stored, "{number}");
        }
        let more = told(50).await;
        assert!(matches!(more, Err(intake::IntakeError::TooMany)), "{}: {more:?}", test.name());
        assert_eq!(told(49).await.unwrap(), intake::Received::Known);
        test.clock.advance(Duration::hours(1));
        assert_eq!(told(50).await.unwrap(), intake::Received::Stored);
        shop.gateway.pay(order, test.clock.now());
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned);
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
async fn a_webhook_that_is_not_believed_changes_nothing_but_is_seen() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let order = shop.order(&shop.user(1).await).await;
        shop.gateway.pay(order, test.clock.now());
        let forged = format!("forged {order}\0");
        for _ in 0..3 {
            let refused =
                intake::receive(&shop.db, &shop.providers, FakeGateway::NAME, &|_| None, forged.as_bytes())
                    .await;
            assert!(matches!(refused, Err(intake::IntakeError::Refused(_))));
        }
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Pending);
        let tx = shop.db.read().await.unwrap();
        let lines = orders::timeline(&tx, order).await.unwrap();
        assert_eq!(lines.iter().filter(|line| line.kind == "webhook_refused").count(), 1);
        let inbox = inbox::unsettled(&tx, 10).await.unwrap();
        assert_eq!(inbox.len(), 1);
        assert!(inbox[0].reason.as_deref().unwrap().contains("signature"));
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
async fn an_event_that_comes_before_the_order_knows_its_payment_is_read_with_it() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let order = shop.order(&shop.user(1).await).await;
        shop.gateway.pay(order, test.clock.now());
        // The process died before it kept the payment's id, and the event does not name the order.
        let forget =
            order::ActiveModel { id: Set(order), provider_payment_id: Set(None), ..Default::default() };
        let tx = shop.db.write().await.unwrap();
        forget.update(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
        let body = format!("pay_{order}#nameless");
        intake::receive(&shop.db, &shop.providers, FakeGateway::NAME, &|_| None, body.as_bytes())
            .await
            .unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned, "{}", test.name());
        let tx = shop.db.read().await.unwrap();
        assert!(inbox::unsettled(&tx, 9).await.unwrap().is_empty());
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

#[tokio::test]
async fn a_signed_event_about_a_payment_that_does_not_exist_is_set_aside() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        intake::receive(&shop.db, &shop.providers, FakeGateway::NAME, &|_| None, b"pay_nobody")
            .await
            .unwrap();
        shop.work(&test).await;
        let tx = shop.db.read().await.unwrap();
        let inbox = inbox::unsettled(&tx, 9).await.unwrap();
        assert_eq!(inbox[0].reason.as_deref(), Some("the provider knows no such payment"));
        drop(tx);
        shop.settled_down(&test).await;
    }
}
