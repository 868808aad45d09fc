//! One writer a tenant, on both databases.

use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, sea_query::Expr};

use super::*;
use crate::{
    entities::{
        master::customer,
        tenant::{price, subscription},
    },
    ids::{AccountId, CustomerId},
    locale::Locale,
    platform::tenant::service::{ShopForm, save},
};

#[tokio::test]
async fn what_a_writer_has_read_stays_true_until_it_ends() {
    for test in testing::stores().await {
        let db = test.shop().await;
        // A second handle as another process has it: nothing but the database is shared.
        let other = test.reopened().await.open(db.tenant()).await.unwrap();
        let rounds = 20;
        let adding = async |db: &TenantDb| {
            for _ in 0..rounds {
                let tx = db.write().await.unwrap();
                let count = user::Entity::find().count(tx.raw()).await.unwrap();
                add_user(&tx, i64::try_from(count).unwrap()).await.unwrap();
                tx.commit().await.unwrap();
            }
        };
        tokio::join!(adding(&db), adding(&other), adding(&db));
        assert_eq!(count_users(&db).await, 3 * rounds, "{}", test.name());
    }
}

#[tokio::test]
async fn two_orders_of_a_new_user_that_are_settled_together_make_one_subscription() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        for telegram_id in 1..=8 {
            let user = shop.user(telegram_id).await;
            // On the same terms it would be the same order.
            let first = shop.order(&user).await;
            let tx = shop.db.write().await.unwrap();
            let dearer = Expr::col(price::Column::AmountMinor).add(1);
            let change = price::Entity::update_many().col_expr(price::Column::AmountMinor, dearer);
            change.exec(tx.raw()).await.unwrap();
            tx.commit().await.unwrap();
            let orders = [first, shop.order(&user).await];
            assert_ne!(orders[0], orders[1]);
            for order in orders {
                shop.gateway.pay(order, test.clock.now());
            }
            let settle = async |order: crate::ids::OrderId| {
                let payment = shop.find(order).await.provider_payment_id.unwrap();
                crate::shop::payment::settle::settle(
                    &shop.db,
                    &shop.providers,
                    testing::FakeGateway::NAME,
                    &payment,
                )
                .await
                .unwrap();
            };
            tokio::join!(settle(orders[0]), settle(orders[1]));
            let tx = shop.db.read().await.unwrap();
            let found = subscription::Entity::find().filter(subscription::COLUMN.user_id.eq(user.id));
            assert_eq!(found.count(tx.raw()).await.unwrap(), 1, "{}", test.name());
        }
    }
}

#[tokio::test]
async fn two_presses_of_the_button_make_one_shop() {
    for test in testing::stores().await {
        let form = ShopForm {
            name: "Fastline".into(),
            locale: Locale::En,
            currency: Currency::Usd,
            utc_offset_minutes: 0,
            pack: "international".into(),
        };
        for _ in 0..4 {
            let customer = CustomerId::new();
            let row = customer::ActiveModel {
                id: Set(customer),
                name: Set("Fastline".into()),
                provider_customer_id: Set(None),
                created_at: Set(test.clock.now()),
            };
            customer::Entity::insert(row).exec_without_returning(test.master().raw()).await.unwrap();
            let kind = crate::entities::master::tenant::TenantKind::Sandbox;
            let press = || save(&test.store, AccountId::new(), customer, kind, &form);
            let (one, two, three) = tokio::join!(press(), press(), press());
            let shops = [one.unwrap(), two.unwrap(), three.unwrap()];
            assert!(shops.iter().all(|shop| *shop == shops[0]), "{}: {shops:?}", test.name());
        }
    }
}

/// As it does by itself when a disk is full or fails.
#[tokio::test]
async fn what_is_committed_after_sqlite_has_rolled_back_by_itself_is_kept() {
    let test = testing::sqlite().await;
    let db = test.shop().await;
    for round in 0..3 {
        let tx = db.write().await.unwrap();
        add_user(&tx, 100 + round).await.unwrap();
        tx.raw().execute_unprepared("ROLLBACK").await.unwrap();
        drop(tx);
        assert_eq!(count_users(&db).await, u64::try_from(round).unwrap());
        let tx = db.write().await.unwrap();
        add_user(&tx, round).await.unwrap();
        tx.commit().await.unwrap();
    }
    let other = test.reopened().await.open(db.tenant()).await.unwrap();
    assert_eq!(count_users(&other).await, 3);
}
