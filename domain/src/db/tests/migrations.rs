//! Tables that come and go, and whose they are.

use migration::{MasterMigrator, MigratorTrait, TenantMigrator};
use uuid::Uuid;

use super::*;

#[tokio::test]
async fn migrations_go_down_and_up_again() {
    for test in testing::stores().await {
        MasterMigrator::refresh(test.master().raw()).await.unwrap();
        let db = test.shop().await;
        TenantMigrator::refresh(&db.connection).await.unwrap();
        let tx = db.write().await.unwrap();
        add_user(&tx, 1).await.unwrap();
    }
}

#[tokio::test]
async fn a_column_that_may_be_empty_from_now_on_keeps_its_rows_and_the_keys_to_them() {
    let all = TenantMigrator::migrations();
    let at = all.iter().position(|one| one.name().ends_with("_top_ups")).unwrap();
    let back = u32::try_from(all.len() - at).unwrap();
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let month = shop.bought(&test, &user).await;
        shop.work(&test).await;
        let before = shop.find(month).await;
        let db = &shop.db.connection;
        TenantMigrator::down(db, Some(back)).await.unwrap();
        TenantMigrator::up(db, None).await.unwrap();
        assert_eq!(shop.find(month).await, before, "{}", test.name());
        if db.get_database_backend() == sea_orm::DbBackend::Sqlite {
            for check in ["integrity_check", "foreign_key_check"] {
                let sql = format!("SELECT * FROM pragma_{check}");
                let rows = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
                let rows = db.query_all_raw(rows).await.unwrap();
                let said: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
                assert!(said.iter().all(|said| said == "ok"), "{check}: {said:?}");
            }
            let orphan = "UPDATE grants SET order_id = x'00'";
            assert!(db.execute_unprepared(orphan).await.is_err(), "the keys to its rows hold");
        }
        shop.take_wallets().await;
        shop.top_up(&user, 500).await;
        let refused = TenantMigrator::down(db, Some(back)).await;
        assert!(refused.is_err(), "{}: a top-up has no plan to give back", test.name());
    }
}

#[tokio::test]
async fn processes_that_start_together_make_the_tables_once() {
    for _ in 0..3 {
        for settings in testing::new_places() {
            let start = async || {
                let clock = std::sync::Arc::new(crate::clock::MockClock::new());
                let master = MasterDb::open(&settings.settings, testing::KEY, clock).await?;
                TenantStore::open_all(&settings.settings, master).await
            };
            let (one, two, three, four) = tokio::join!(start(), start(), start(), start());
            for store in [one, two, three, four] {
                assert_eq!(store.unwrap().ids().await.unwrap(), []);
            }
        }
    }
}

#[tokio::test]
async fn a_role_that_owns_no_table_can_serve_when_another_one_migrates() {
    let Some(owner) = testing::postgres_url() else {
        testing::skipped(testing::NO_POSTGRES);
        return;
    };
    let admin = super::connect::postgres(&owner, "public", 1).await.unwrap();
    let role = format!("serving-{}", Uuid::now_v7().as_simple());
    let made = admin.execute_unprepared(&format!("CREATE ROLE \"{role}\" LOGIN PASSWORD 'p'")).await;
    if made.is_err_and(|error| error.to_string().contains("permission denied")) {
        eprintln!("SKIPPED: the test role may not make roles (`cargo xtask test` makes one that may)");
        return;
    }
    let mut url = url::Url::parse(&owner).unwrap();
    url.set_username(&role).unwrap();
    url.set_password(Some("p")).unwrap();
    let place = testing::new_places().remove(1);
    let mut settings = place.settings.clone();
    settings.url = DatabaseUrl::Postgres(url.to_string());
    settings.migrate_url = Some(owner);
    let test = testing::open(settings, place.folder).await;

    let db = test.shop().await;
    let tx = db.write().await.unwrap();
    add_user(&tx, 1).await.unwrap();
    book(&tx).await;
    tx.commit().await.unwrap();
    assert_eq!(count_users(&db).await, 1);
    assert!(user::Entity::find().count(&db.connection).await.is_err(), "an unscoped read came through");
    for sql in ["ALTER TABLE users DISABLE ROW LEVEL SECURITY", "DROP TABLE ledger_entries"] {
        let error = db.connection.execute_unprepared(sql).await.unwrap_err().to_string();
        assert!(error.contains("must be owner"), "{error}");
    }
    // The next start finds everything there.
    test.reopened().await.open(db.tenant()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_make_a_file_together_all_open_it() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..40 {
        let path = folder.path().join(format!("{round}.db"));
        let together = (0..8).map(|_| super::connect::sqlite_of_shop(&path));
        for opened in futures::future::join_all(together).await {
            opened.unwrap().ping().await.unwrap();
        }
    }
}
