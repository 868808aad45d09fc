//! The data layer's promises, on both databases.

mod forgotten;
mod full_shop;
mod migrations;
mod sqlite_build;
mod store;
mod transfer;
mod wakeups;
mod writers;

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, PaginatorTrait};

use super::*;
use crate::{
    clock::Clock,
    entities::tenant::user,
    ids::{RowId, UserId},
    money::Currency,
    shop::ledger::service::{self as ledger, Booking, Leg},
    testing::{self, TestStore},
    units::Bytes,
};

async fn add_user(tx: &TenantTx, telegram_id: i64) -> Result<(), StoreError> {
    let row = user::ActiveModel {
        id: Set(UserId::new()),
        telegram_id: Set(telegram_id),
        first_name: Set("Nima".into()),
        username: Set(None),
        locale: Set("fa".into()),
        language_chosen_at: Set(None),
        rules_accepted_at: Set(None),
        banned_at: Set(None),
        created_at: Set(tx.now()),
        last_seen_at: Set(tx.now()),
        calendar: Set(None),
        source: Set(None),
    };
    user::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

async fn count_users(db: &TenantDb) -> u64 {
    let tx = db.read().await.unwrap();
    user::Entity::find().count(tx.raw()).await.unwrap()
}

#[tokio::test]
async fn a_shop_sees_its_own_rows_only() {
    for test in testing::stores().await {
        let (one, two) = (test.shop().await, test.shop().await);
        let tx = one.write().await.unwrap();
        add_user(&tx, 1).await.unwrap();
        tx.commit().await.unwrap();
        let tx = two.write().await.unwrap();
        // The same natural key in another shop is no conflict.
        add_user(&tx, 1).await.unwrap();
        add_user(&tx, 2).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((count_users(&one).await, count_users(&two).await), (1, 2), "{}", test.name());
    }
}

#[tokio::test]
async fn a_dropped_transaction_leaves_nothing() {
    for test in testing::stores().await {
        let db = test.shop().await;
        let tx = db.write().await.unwrap();
        add_user(&tx, 1).await.unwrap();
        drop(tx);
        assert_eq!(count_users(&db).await, 0, "{}", test.name());
    }
}

#[tokio::test]
async fn on_postgres_an_unscoped_query_fails_even_on_a_used_connection() {
    let Some(url) = testing::postgres_url() else {
        testing::skipped(testing::NO_POSTGRES);
        return;
    };
    let test = testing::postgres(url).await;
    let db = test.shop().await;
    let tx = db.write().await.unwrap();
    add_user(&tx, 1).await.unwrap();
    tx.commit().await.unwrap();
    // The pool's connections have served a scoped transaction, so the setting is '' and not absent.
    for _ in 0..8 {
        assert!(user::Entity::find().count(&db.connection).await.is_err(), "an unscoped read came through");
        let insert = "INSERT INTO settings (name, value) VALUES ('x', '1')";
        assert!(db.connection.execute_unprepared(insert).await.is_err(), "an unscoped insert came through");
    }
    let tx = db.write().await.unwrap();
    let other = uuid::Uuid::now_v7();
    let forged = format!("INSERT INTO settings (tenant_id, name, value) VALUES ('{other}', 'x', '1')");
    assert!(tx.raw().execute_unprepared(&forged).await.is_err(), "a row of another tenant was written");
}

#[tokio::test]
async fn boot_is_refused_when_a_tenant_table_lacks_row_level_security() {
    let Some(url) = testing::postgres_url() else {
        testing::skipped(testing::NO_POSTGRES);
        return;
    };
    let test = testing::postgres(url).await;
    let schema = test.settings.schema("tenant");
    let connection = super::connect::postgres(&testing::postgres_url().unwrap(), &schema, 1).await.unwrap();
    connection.execute_unprepared("ALTER TABLE users NO FORCE ROW LEVEL SECURITY").await.unwrap();
    let error = TenantStore::open_all(&test.settings, test.master().clone()).await.unwrap_err().to_string();
    assert!(error.contains("users") && error.contains("row-level security"), "{error}");
}

async fn book(tx: &TenantTx) {
    let booking = Booking {
        order_ref: "order".into(),
        kind: "payment",
        provider_ref: "p1".into(),
        at: tx.now(),
        legs: vec![Leg::new("till", 5, Currency::Usd), Leg::new("revenue", -5, Currency::Usd)],
    };
    assert!(ledger::book(tx, booking).await.unwrap());
}

#[tokio::test]
async fn ledger_rows_can_neither_be_changed_nor_deleted() {
    for test in testing::stores().await {
        let db = test.shop().await;
        let tx = db.write().await.unwrap();
        book(&tx).await;
        tx.commit().await.unwrap();
        for sql in ["UPDATE ledger_entries SET amount_minor = 6", "DELETE FROM ledger_entries"] {
            let tx = db.write().await.unwrap();
            let error = tx.raw().execute_unprepared(sql).await.unwrap_err().to_string();
            assert!(error.contains("append-only"), "{}: {error}", test.name());
        }
    }
}

#[tokio::test]
async fn a_shop_clock_moves_for_everyone_who_holds_the_shop() {
    for test in testing::stores().await {
        let db = test.shop().await;
        test.store.move_clock(db.tenant(), chrono::Duration::days(30)).await.unwrap();
        assert_eq!(db.clock().now() - test.clock.now(), chrono::Duration::days(30));
        test.store.close(db.tenant()).await;
        let again = test.store.open(db.tenant()).await.unwrap();
        assert_eq!(again.clock().now() - test.clock.now(), chrono::Duration::days(30));
        let live = test.shop_of_kind(crate::entities::master::tenant::TenantKind::Live).await;
        assert!(test.store.move_clock(live.tenant(), chrono::Duration::days(1)).await.is_err());
    }
}

#[test]
fn quantities_know_their_size() {
    assert_eq!(Bytes::gigabytes(5).0, 5_368_709_120);
}
