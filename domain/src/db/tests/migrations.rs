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
        let together = (0..8).map(|_| super::connect::sqlite(&path, 1));
        for opened in futures::future::join_all(together).await {
            opened.unwrap().ping().await.unwrap();
        }
    }
}
