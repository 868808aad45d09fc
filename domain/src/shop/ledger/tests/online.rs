//! That the checks for which others are asked, and the one of the evidence, see what is broken.

use std::time::Duration as RealDuration;

use chrono::Duration;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::super::{
    nightly::{self, CheckMoney},
    verify,
    verify_online::{self, Asked},
};
use crate::{
    clock::Clock,
    db::Conn,
    entities::tenant::{
        grant, job,
        order::OrderState,
        payment_inbox::{self, InboxKind},
    },
    ids::OrderId,
    jobs,
    money::{Currency, Money},
    ports::{PaymentFacts, PaymentStatus},
    shop::payment::import,
    testing::{self, FakeGateway, TestShop, TestStore},
};

async fn asked(shop: &TestShop) -> Asked {
    let time = RealDuration::from_secs(60);
    verify_online::shop(&shop.db, &shop.panel, &shop.providers, time).await.unwrap()
}

/// The invariants that are broken by what others say.
async fn broken(shop: &TestShop) -> Vec<&'static str> {
    let asked = asked(shop).await;
    assert_eq!(asked.silent, [""; 0]);
    asked.breaches.iter().map(|breach| breach.invariant).collect()
}

/// Those that are broken without asking anybody.
async fn broken_alone(shop: &TestShop) -> Vec<&'static str> {
    let found = verify::shop(&shop.db.read().await.unwrap()).await.unwrap();
    found.iter().map(|breach| breach.invariant).collect()
}

/// A shop that sold a month.
async fn sold(test: &TestStore) -> (TestShop, OrderId) {
    let shop = test.selling_shop().await;
    let order = shop.bought(test, &shop.user(1).await).await;
    shop.settled_down(test).await;
    assert_eq!(broken(&shop).await, [""; 0], "{}", test.name());
    (shop, order)
}

async fn import_all(shop: &TestShop, test: &TestStore) {
    import::import(&shop.db, shop.providers.find(FakeGateway::NAME).unwrap(), true).await.unwrap();
    shop.work(test).await;
}

#[tokio::test]
async fn books_that_differ_from_the_providers_are_seen() {
    type Change = fn(&mut PaymentFacts);
    let changes: [Change; 3] = [
        |facts| facts.amount.minor += 100,
        |facts| facts.status = PaymentStatus::Pending,
        |facts| facts.refunded = 9_900,
    ];
    for test in testing::stores().await {
        for change in changes {
            let (shop, order) = sold(&test).await;
            shop.gateway.change(order, change);
            assert_eq!(broken(&shop).await, ["I2"], "{}", test.name());
        }
        let (shop, order) = sold(&test).await;
        shop.gateway.change(order, |facts| facts.refunded = 9_900);
        import_all(&shop, &test).await;
        assert_eq!(broken(&shop).await, [""; 0], "{}: what the import finds is settled", test.name());

        let (shop, order) = sold(&test).await;
        shop.gateway.take(order);
        assert_eq!(broken(&shop).await, ["I2"], "{}: the provider knows nothing of it", test.name());
    }
}

#[tokio::test]
async fn a_payment_that_nothing_will_settle_is_seen() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let order = shop.order(&shop.user(1).await).await;
        shop.gateway.pay(order, test.clock.now());
        test.clock.advance(Duration::hours(3));
        assert_eq!(broken(&shop).await, [""; 0], "{}: a job will look at it", test.name());
        let tx = shop.db.write().await.unwrap();
        job::Entity::delete_many().exec(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(broken(&shop).await, ["I2"], "{}", test.name());
        import_all(&shop, &test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned);
        assert_eq!(broken(&shop).await, [""; 0], "{}", test.name());
    }
}

#[tokio::test]
async fn a_payment_that_a_person_has_in_hand_is_no_breach() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let order = shop.order(&shop.user(1).await).await;
        shop.gateway.pay(order, test.clock.now());
        shop.gateway.change(order, |facts| facts.amount.minor -= 100);
        shop.webhook(order).await.unwrap();
        shop.settled_down(&test).await;
        test.clock.advance(Duration::hours(3));
        assert_eq!(shop.find(order).await.state, OrderState::Mismatch, "{}", test.name());
        assert_eq!(broken(&shop).await, [""; 0], "{}", test.name());
    }
}

#[tokio::test]
async fn a_payment_that_is_unknown_here_is_seen_until_it_is_set_aside() {
    for test in testing::stores().await {
        let (shop, _) = sold(&test).await;
        shop.gateway.put(PaymentFacts {
            provider_payment_id: "strange".into(),
            account_id: "shop-1".into(),
            order: None,
            repeats: None,
            amount: Money::new(500, Currency::Rub),
            status: PaymentStatus::Paid,
            refunded: 0,
            dispute: None,
            paid_at: Some(test.clock.now()),
            raw: serde_json::Value::Null,
        });
        assert_eq!(broken(&shop).await, [""; 0], "{}: the import has its turn", test.name());
        test.clock.advance(Duration::hours(3));
        assert_eq!(broken(&shop).await, ["I8"], "{}", test.name());
        import_all(&shop, &test).await;
        assert_eq!(broken(&shop).await, [""; 0], "{}", test.name());
    }
}

#[tokio::test]
async fn books_and_time_that_the_evidence_does_not_lead_to_are_seen() {
    for test in testing::stores().await {
        let (shop, order) = sold(&test).await;
        let evidence = payment_inbox::Entity::update_many()
            .filter(payment_inbox::COLUMN.kind.eq(InboxKind::Read))
            .filter(payment_inbox::COLUMN.order_ref.eq(Some(order.to_string())));
        let mut facts = shop.gateway.all().remove(0);
        facts.amount.minor += 100;
        let tx = shop.db.write().await.unwrap();
        let body = Expr::value(serde_json::to_string(&facts).unwrap());
        evidence.clone().col_expr(payment_inbox::Column::Body, body).exec(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(broken_alone(&shop).await, ["I10"], "{}: another amount", test.name());

        let tx = shop.db.write().await.unwrap();
        evidence.col_expr(payment_inbox::Column::Body, Expr::value("{}")).exec(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(broken_alone(&shop).await, [""; 0], "{}: an older version's words", test.name());

        let tx = shop.db.write().await.unwrap();
        let read = payment_inbox::COLUMN.kind.eq(InboxKind::Read);
        payment_inbox::Entity::delete_many().filter(read).exec(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(broken_alone(&shop).await, ["I10", "I10"], "{}: nothing was said", test.name());

        let (shop, order) = sold(&test).await;
        let tx = shop.db.write().await.unwrap();
        grant::Entity::update_many()
            .col_expr(grant::Column::TrafficBytes, Expr::value(1_i64))
            .filter(grant::COLUMN.order_id.eq(Some(order)))
            .exec(tx.raw())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(broken_alone(&shop).await, ["I10"], "{}: other traffic", test.name());
    }
}

#[tokio::test]
async fn the_nightly_check_keeps_what_it_found_and_who_was_silent() {
    for test in testing::stores().await {
        let (shop, order) = sold(&test).await;
        let check = async || {
            let tx = shop.db.write().await.unwrap();
            jobs::enqueue(&tx, &CheckMoney {}, tx.now()).await.unwrap();
            tx.commit().await.unwrap();
            shop.work(&test).await;
            nightly::last(&shop.db.read().await.unwrap()).await.unwrap().unwrap()
        };
        let found = check().await;
        assert_eq!((found.at, found.breaches, found.silent), (test.clock.now(), vec![], vec![]));

        shop.gateway.change(order, |facts| facts.refunded = 100);
        shop.panel.set_down(true);
        test.clock.advance(Duration::days(1));
        let found = check().await;
        assert_eq!(found.at, test.clock.now());
        assert!(found.breaches.len() == 1 && found.breaches[0].starts_with("I2  "), "{found:?}");
        assert!(found.silent.len() == 1 && found.silent[0].starts_with("DE-1: "), "{found:?}");

        import_all(&shop, &test).await;
        shop.panel.set_down(false);
        test.clock.advance(Duration::days(1));
        assert_eq!(check().await.breaches, [""; 0], "{}: it is mended", test.name());
    }
}
