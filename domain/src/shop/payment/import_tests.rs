//! Payments that nobody told us of, and payments of nobody.

use chrono::{DateTime, Duration, Utc};

use super::{
    import::{self, Imported},
    inbox, settle,
};
use crate::{
    clock::Clock,
    entities::tenant::order::OrderState,
    ids::OrderId,
    jobs::open_jobs,
    money::{Currency, Money},
    ports::{Dispute, PaymentFacts, PaymentStatus},
    shop::order::service as orders,
    testing::{self, FakeGateway, TestShop},
};

async fn import(shop: &TestShop, far: bool) -> Imported {
    let provider = shop.providers.find(FakeGateway::NAME).unwrap();
    import::import(&shop.db, provider, far).await.unwrap()
}

const NOTHING: Imported = Imported { unseen: 0, strange: 0 };

/// Paid by somebody, for `order`.
fn payment(id: &str, order: Option<OrderId>, at: DateTime<Utc>) -> PaymentFacts {
    PaymentFacts {
        provider_payment_id: id.into(),
        account_id: "shop-1".into(),
        order,
        repeats: None,
        amount: Money::new(29_900, Currency::Rub),
        status: PaymentStatus::Paid,
        refunded: 0,
        dispute: None,
        paid_at: Some(at),
        raw: serde_json::json!({ "payer": "Nima" }),
    }
}

#[tokio::test]
async fn a_payment_of_which_nobody_told_is_found_after_polling_has_given_up() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let order = shop.order(&shop.user(1).await).await;
        for _ in 0..9 {
            test.clock.advance(Duration::days(1));
            shop.work(&test).await;
        }
        assert!(open_jobs(&shop.db.read().await.unwrap()).await.unwrap().is_empty(), "polling goes on");
        assert_eq!(import(&shop, false).await, NOTHING, "{}: nobody has paid", test.name());

        shop.gateway.pay(order, test.clock.now());
        test.clock.advance(Duration::hours(1));
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Expired);
        assert_eq!(import(&shop, false).await, Imported { unseen: 1, strange: 0 }, "{}", test.name());
        import(&shop, false).await;
        assert_eq!(shop.find(order).await.state, OrderState::Expired, "settling alone grants");
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned, "{}", test.name());
        assert_eq!(import(&shop, true).await, NOTHING);
        assert_eq!(shop.notifier.sent().len(), 1);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn money_that_went_back_unreported_is_found() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let order = shop.bought(&test, &shop.user(1).await).await;
        shop.work(&test).await;
        assert_eq!(import(&shop, false).await, NOTHING);
        shop.gateway.change(order, |facts| facts.refunded = 9_900);
        assert_eq!(import(&shop, false).await, Imported { unseen: 1, strange: 0 });
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.refunded_minor, 9_900, "{}", test.name());
        assert_eq!(import(&shop, false).await, NOTHING);
        for (dispute, state) in [
            (Dispute::Open, OrderState::Disputed),
            (Dispute::Won, OrderState::Won),
            (Dispute::Lost, OrderState::Lost),
        ] {
            shop.gateway.change(order, |facts| facts.dispute = Some(dispute));
            assert_eq!(import(&shop, true).await, Imported { unseen: 1, strange: 0 }, "{dispute:?}");
            shop.work(&test).await;
            assert_eq!(shop.find(order).await.state, state, "{}", test.name());
            assert_eq!(import(&shop, true).await, NOTHING);
        }
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn money_that_went_back_while_the_server_was_off_is_found_however_long_that_was() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let order = shop.bought(&test, &shop.user(1).await).await;
        shop.work(&test).await;
        test.clock.advance(Duration::days(30));
        assert_eq!(import(&shop, true).await, NOTHING);
        shop.gateway.change(order, |facts| facts.refunded = 29_900);
        test.clock.advance(Duration::days(40));
        assert_eq!(import(&shop, true).await, Imported { unseen: 1, strange: 0 }, "{}", test.name());
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Refunded, "{}", test.name());

        let young = shop.bought(&test, &shop.user(2).await).await;
        shop.work(&test).await;
        test.clock.advance(Duration::days(36));
        assert_eq!(import(&shop, true).await, NOTHING);
        shop.gateway.change(young, |facts| facts.refunded = 29_900);
        assert_eq!(import(&shop, true).await, NOTHING, "{}: nobody asks for ever", test.name());
    }
}

#[tokio::test]
async fn a_payment_of_no_order_is_set_aside_once_and_gives_nothing() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let now = test.clock.now();
        let bought = shop.bought(&test, &shop.user(1).await).await;
        shop.work(&test).await;
        shop.gateway.put(payment("website", None, now));
        shop.gateway.put(payment("gone", Some(OrderId::new()), now));
        shop.gateway.put(payment("again", Some(bought), now));
        shop.gateway.put(PaymentFacts { status: PaymentStatus::Failed, ..payment("failed", None, now) });
        assert_eq!(import(&shop, false).await, Imported { unseen: 0, strange: 3 }, "{}", test.name());
        for far in [false, true, false] {
            assert_eq!(import(&shop, far).await, NOTHING, "{}: once more", test.name());
        }
        let tx = shop.db.read().await.unwrap();
        let rows = inbox::unsettled(&tx, 10).await.unwrap();
        let reasons: Vec<_> = rows.iter().filter_map(|row| row.reason.as_deref()).collect();
        assert_eq!(reasons.len(), 3);
        assert!(reasons.iter().all(|reason| reason.starts_with("unknown payment")), "{reasons:?}");
        assert!(!rows.iter().any(|row| row.body.contains("Nima")), "what somebody else bought");
        let shown = import::set_aside(&tx, now - Duration::days(1), 2).await.unwrap();
        assert_eq!(shown.len(), 2);
        assert_eq!(shown[0].1.amount, Money::new(29_900, Currency::Rub));
        drop(tx);
        assert_eq!(shop.notifier.sent().len(), 1);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_payment_in_a_persons_hand_is_left_there() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let order = shop.order(&shop.user(1).await).await;
        shop.gateway.pay(order, test.clock.now());
        shop.gateway.change(order, |facts| facts.amount.minor -= 1);
        assert_eq!(import(&shop, false).await, Imported { unseen: 1, strange: 0 });
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Mismatch, "{}", test.name());
        assert_eq!(import(&shop, true).await, NOTHING);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_second_payment_that_is_told_first_is_set_aside_and_holds_up_nothing() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let order = shop.order(&shop.user(1).await).await;
        shop.gateway.put(payment("again", Some(order), test.clock.now()));
        for _ in 0..2 {
            settle::settle(&shop.db, &shop.providers, FakeGateway::NAME, "again").await.unwrap();
        }
        assert_eq!(shop.find(order).await.state, OrderState::Pending, "{}", test.name());
        shop.gateway.pay(order, test.clock.now());
        shop.webhook(order).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned, "{}", test.name());
        let tx = shop.db.read().await.unwrap();
        let shown = import::set_aside(&tx, test.clock.now() - Duration::days(1), 10).await.unwrap();
        assert_eq!(shown.len(), 1);
        let told = orders::timeline(&tx, order).await.unwrap();
        assert_eq!(told.iter().filter(|line| line.kind == "second_payment").count(), 1);
        drop(tx);
        assert_eq!(import(&shop, true).await, NOTHING, "{}: it is known", test.name());
        shop.settled_down(&test).await;
    }
}
