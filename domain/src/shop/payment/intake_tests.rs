//! What becomes of the reports that come in, on both databases.

use std::sync::Arc;

use chrono::Duration;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};

use super::*;
use crate::{
    clock::Clock,
    db::Conn,
    entities::tenant::order::{self, OrderState},
    shop::order::service as orders,
    testing::{self, FakeGateway},
};

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
