//! Who is told that there is room, and when.

use chrono::Duration;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

use super::service::wait;
use crate::{
    db::Conn as _,
    entities::{
        master::package,
        tenant::{
            notification::{self, NotificationState},
            panel, user,
        },
    },
    ports::Notice,
    shop::notification::service::Recipient,
    testing::{self, TestShop, TestStore},
};

async fn panels_hold(shop: &TestShop, capacity: i32) {
    let tx = shop.db.write().await.unwrap();
    let change = panel::Entity::update_many().col_expr(panel::Column::Capacity, Expr::value(capacity));
    change.exec(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn waits(shop: &TestShop, user: &user::Model) {
    let tx = shop.db.write().await.unwrap();
    let who = Recipient { bot: shop.bot, telegram_id: user.telegram_id };
    wait(&tx, who).await.unwrap();
    tx.commit().await.unwrap();
}

async fn some_time(shop: &TestShop, test: &TestStore) {
    test.clock.advance(Duration::minutes(10));
    shop.work(test).await;
}

/// Who was told of room, the longest waiting first.
async fn told(shop: &TestShop) -> Vec<i64> {
    let tx = shop.db.read().await.unwrap();
    let sent = notification::Entity::find()
        .filter(notification::COLUMN.state.eq(NotificationState::Sent))
        .filter(notification::COLUMN.dedupe_key.starts_with("room:"))
        .order_by_asc(notification::Column::CreatedAt);
    let told: Vec<_> = sent.all(tx.raw()).await.unwrap().iter().map(|row| row.telegram_id).collect();
    let heard = shop.notifier.sent().into_iter().filter(|notice| *notice == Notice::RoomFree).count();
    assert_eq!(heard, told.len());
    told
}

#[tokio::test]
async fn as_many_are_told_as_there_are_places_and_the_longest_waiting_first() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        panels_hold(&shop, 0).await;
        for id in [3, 1, 2] {
            let user = shop.user(id).await;
            waits(&shop, &user).await;
            test.clock.advance(Duration::seconds(1));
        }
        some_time(&shop, &test).await;
        assert!(told(&shop).await.is_empty(), "{}", test.name());

        panels_hold(&shop, 2).await;
        some_time(&shop, &test).await;
        assert_eq!(told(&shop).await, [3, 1], "{}", test.name());
        // Nobody has taken them: it is the next one's turn.
        some_time(&shop, &test).await;
        assert_eq!(told(&shop).await, [3, 1, 2], "{}", test.name());
        some_time(&shop, &test).await;
        assert_eq!(told(&shop).await.len(), 3, "{}", test.name());
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_package_without_room_lets_them_wait_and_asking_twice_changes_nothing() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let package_takes = async |most: Option<i32>| {
            let change =
                package::Entity::update_many().col_expr(package::Column::MaxUsers, Expr::value(most));
            change.exec(test.master().raw()).await.unwrap();
        };
        package_takes(Some(0)).await;
        let user = shop.user(1).await;
        waits(&shop, &user).await;
        waits(&shop, &user).await;
        some_time(&shop, &test).await;
        assert!(told(&shop).await.is_empty(), "{}", test.name());

        package_takes(None).await;
        some_time(&shop, &test).await;
        assert_eq!(told(&shop).await, [1], "{}", test.name());
        // Too late for that place: he waits again.
        waits(&shop, &user).await;
        some_time(&shop, &test).await;
        assert_eq!(told(&shop).await, [1, 1], "{}", test.name());
        shop.settled_down(&test).await;
    }
}
