//! Who had a trial, on both databases.

use chrono::Duration;
use sea_orm::EntityTrait;

use super::service::{self as trial, TrialRefused};
use crate::{
    clock::Clock,
    db::Conn,
    entities::tenant::{grant, subscription, user},
    ports::Notice,
    testing,
    units::Bytes,
};

#[tokio::test]
async fn a_trial_is_remembered_when_the_person_is_not() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let person = shop.user(1).await;
        let tx = shop.db.write().await.unwrap();
        trial::claim(&tx, &person, shop.bot).await.unwrap();
        tx.commit().await.unwrap();
        let tx = shop.db.write().await.unwrap();
        grant::Entity::delete_many().exec(tx.raw()).await.unwrap();
        subscription::Entity::delete_many().exec(tx.raw()).await.unwrap();
        user::Entity::delete_by_id(person.id).exec(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();

        let again = shop.user(1).await;
        assert_ne!(again.id, person.id, "{}", test.name());
        let tx = shop.db.write().await.unwrap();
        assert!(!trial::is_open(&tx, &again).await.unwrap());
        assert!(matches!(trial::claim(&tx, &again, shop.bot).await, Err(TrialRefused::Used)));
    }
}

#[tokio::test]
async fn whoever_waits_for_a_trial_is_told_once_and_nobody_else() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let person = shop.user(1).await;
        let tx = shop.db.write().await.unwrap();
        let began = trial::claim(&tx, &person, shop.bot).await.unwrap();
        tx.commit().await.unwrap();
        shop.panel.set_down(true);
        for _ in 0..3 {
            shop.work(&test).await;
            test.clock.advance(Duration::minutes(10));
        }
        let slow = Notice::TrialDelayed { subscription: began.id };
        assert_eq!(shop.notifier.sent(), [slow], "{}", test.name());
        shop.panel.set_down(false);
        test.clock.advance(Duration::hours(2));
        shop.work(&test).await;
        let ready = Notice::TrialProvisioned { subscription: began.id };
        assert_eq!(shop.notifier.sent()[1..], [ready], "{}", test.name());
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_trial_is_claimed_once_and_a_month_is_added_to_it() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let tx = shop.db.write().await.unwrap();
        assert!(trial::is_open(&tx, &user).await.unwrap());
        let began = trial::claim(&tx, &user, shop.bot).await.unwrap();
        tx.commit().await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.notifier.sent(), vec![Notice::TrialProvisioned { subscription: began.id }]);
        assert_eq!(
            shop.panel.held(&began.username).unwrap().expire,
            Some(test.clock.now() + Duration::days(7))
        );

        let tx = shop.db.write().await.unwrap();
        assert!(!trial::is_open(&tx, &user).await.unwrap());
        assert!(matches!(trial::claim(&tx, &user, shop.bot).await, Err(TrialRefused::Used)));
        drop(tx);

        let start = test.clock.now();
        test.clock.advance(Duration::days(2));
        let order = shop.order(&user).await;
        shop.gateway.pay(order, test.clock.now());
        shop.webhook(order).await.unwrap();
        shop.work(&test).await;
        let held = shop.panel.held(&began.username).unwrap();
        assert_eq!(held.expire, Some(start + Duration::days(37)));
        assert_eq!(held.data_limit, Some(Bytes::gigabytes(105)));
        shop.settled_down(&test).await;
    }
}
