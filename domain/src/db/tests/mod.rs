//! The data layer's promises, on both databases.

mod wakeups;
mod writers;

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, PaginatorTrait};
use secrecy::{ExposeSecret, SecretString};

use super::*;
use crate::{
    clock::Clock,
    entities::tenant::{ledger_entry, panel, setting, user},
    ids::{PanelId, RowId, TransactionId, UserId},
    money::Currency,
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
        rules_accepted_at: Set(None),
        banned_at: Set(None),
        created_at: Set(tx.now()),
        last_seen_at: Set(tx.now()),
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
        eprintln!("SKIPPED: TEST_POSTGRES_URL is not set");
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
        eprintln!("SKIPPED: TEST_POSTGRES_URL is not set");
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
    let row = ledger_entry::ActiveModel {
        id: Set(RowId::new()),
        transaction_id: Set(TransactionId::new()),
        order_ref: Set("order".into()),
        account: Set("revenue".into()),
        amount_minor: Set(5),
        currency: Set(Currency::Usd),
        kind: Set("payment".into()),
        provider_ref: Set("p1".into()),
        created_at: Set(tx.now()),
    };
    ledger_entry::Entity::insert(row).exec_without_returning(tx.raw()).await.unwrap();
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

async fn shop_with_secrets(test: &TestStore) -> (TenantDb, PanelId) {
    let db = test.shop().await;
    let tx = db.write().await.unwrap();
    add_user(&tx, 7).await.unwrap();
    book(&tx).await;
    let id = PanelId::new();
    let place = SealedIn { table: "panels", column: "sealed_password", row: id.0 };
    let row = panel::ActiveModel {
        id: Set(id),
        name: Set("DE-1".into()),
        kind: Set("marzban".into()),
        base_url: Set("https://panel.example".into()),
        username: Set("admin".into()),
        sealed_password: Set(tx.sealer().seal(place, &SecretString::from("canary-password")).unwrap()),
        inbounds: Set(serde_json::json!(["VLESS TCP"])),
        state: Set(panel::PanelState::Up),
        last_error: Set(None),
        version: Set(None),
        checked_at: Set(None),
        down_since: Set(None),
        created_at: Set(tx.now()),
    };
    panel::Entity::insert(row).exec_without_returning(tx.raw()).await.unwrap();
    let row = setting::ActiveModel { name: Set("rules".into()), value: Set(serde_json::json!({"on": true})) };
    setting::Entity::insert(row).exec_without_returning(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
    (db, id)
}

fn new_tenant(test: &TestStore, customer: crate::ids::CustomerId) -> NewTenant {
    let _ = test;
    NewTenant {
        customer,
        name: "Imported".into(),
        kind: crate::entities::master::tenant::TenantKind::Sandbox,
        locale: "en".into(),
        currency: Currency::Usd,
        utc_offset_minutes: 0,
        starter_pack: "international".into(),
    }
}

async fn customer_of(test: &TestStore, db: &TenantDb) -> crate::ids::CustomerId {
    let row = crate::entities::master::tenant::Entity::find_by_id(db.tenant());
    row.one(test.master().raw()).await.unwrap().unwrap().customer_id
}

#[tokio::test]
async fn a_shop_moves_between_databases_with_its_secrets_under_a_passphrase() {
    let tests = testing::stores().await;
    for source in &tests {
        for target in &tests {
            let (db, panel_id) = shop_with_secrets(source).await;
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("shop.db");
            let passphrase = SecretString::from("correct horse battery staple");
            let exported = source
                .store
                .export(db.tenant(), &file, &Secrets::Passphrase(passphrase.clone()))
                .await
                .unwrap();
            assert_eq!(exported, ExportReport { rows: 4, left_out: vec![] });
            let bytes = std::fs::read(&file).unwrap();
            assert!(!bytes.windows(15).any(|window| window == b"canary-password"));

            let customer = customer_of(target, &target.shop().await).await;
            let wrong = SecretString::from("wrong");
            let tx = target.master().write().await.unwrap();
            assert!(
                target.store.import(tx, &file, new_tenant(target, customer), Some(&wrong)).await.is_err()
            );

            let tx = target.master().write().await.unwrap();
            let (id, imported) = target
                .store
                .import(tx, &file, new_tenant(target, customer), Some(&passphrase))
                .await
                .unwrap();
            assert_ne!(id, db.tenant());
            assert_eq!(imported.left_out, Vec::<String>::new());
            let copy = target.store.open(id).await.unwrap();
            let tx = copy.read().await.unwrap();
            let row = panel::Entity::find_by_id(panel_id).one(tx.raw()).await.unwrap().unwrap();
            let place = SealedIn { table: "panels", column: "sealed_password", row: panel_id.0 };
            assert_eq!(
                tx.sealer().open(place, &row.sealed_password).unwrap().expose_secret(),
                "canary-password"
            );
            assert_eq!(ledger_entry::Entity::find().count(tx.raw()).await.unwrap(), 1);
        }
    }
}

#[tokio::test]
async fn an_export_without_a_passphrase_lists_the_secrets_it_leaves_out() {
    for test in testing::stores().await {
        let (db, panel_id) = shop_with_secrets(&test).await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("shop.db");
        let report = test.store.export(db.tenant(), &file, &Secrets::LeaveOut).await.unwrap();
        assert_eq!(report.left_out, vec![format!("panels.sealed_password {panel_id}")]);
        assert!(test.store.export(db.tenant(), &file, &Secrets::LeaveOut).await.is_err(), "overwrote a file");
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

#[tokio::test]
async fn migrations_go_down_and_up_again() {
    use migration::{MasterMigrator, MigratorTrait, TenantMigrator};
    for test in testing::stores().await {
        MasterMigrator::refresh(test.master().raw()).await.unwrap();
        let db = test.shop().await;
        TenantMigrator::refresh(&db.connection).await.unwrap();
        let tx = db.write().await.unwrap();
        add_user(&tx, 1).await.unwrap();
    }
}

#[test]
fn quantities_know_their_size() {
    assert_eq!(Bytes::gigabytes(5).0, 5_368_709_120);
}
