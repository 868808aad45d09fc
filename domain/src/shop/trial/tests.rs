//! Who had a trial, on both databases.

use sea_orm::EntityTrait;

use super::service::{self as trial, TrialRefused};
use crate::{
    db::Conn,
    entities::tenant::{grant, subscription, user},
    ports::Notice,
    testing,
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
        shop.work(&test).await;
        for _ in 0..2 {
            trial::tell_slow(&shop.db, began.id).await.unwrap();
        }
        shop.work(&test).await;
        let slow = Notice::TrialDelayed { subscription: began.id };
        assert_eq!(shop.notifier.sent(), [slow], "{}", test.name());
        shop.panel.set_down(false);
        test.clock.advance(chrono::Duration::hours(2));
        shop.work(&test).await;
        trial::tell_slow(&shop.db, began.id).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.notifier.sent().len(), 2, "{}: it is ready, and nobody waits", test.name());
    }
}
