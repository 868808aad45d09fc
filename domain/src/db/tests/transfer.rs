//! Shops that move between all pairs of databases, and copies beside their originals.

use std::path::PathBuf;

use sea_orm::{DbBackend, Iterable, PrimaryKeyToColumn, QueryOrder, Statement};
use secrecy::SecretString;
use tempfile::TempDir;

use super::{
    full_shop::{FullShop, full_shop},
    *,
};
use crate::{
    db::transfer::{every_table, table_names},
    entities::{
        master::tenant::{self, TenantKind},
        tenant::{
            self as rows,
            broadcast::BroadcastState,
            broadcast_recipient::RecipientState,
            order::OrderState,
            panel::PanelState,
            payment_inbox::{self, InboxState},
            receipt::ReceiptState,
        },
    },
    ids::{AccountId, CustomerId},
    jobs::open_jobs,
    platform::{
        deployment::go_live::{GoLiveError, go_live},
        tenant::import::{Imported, NewOwner, import},
    },
    shop::payment::import as payments,
    testing::{FakeGateway, TestShop},
};

fn new_file() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.db");
    (folder, file)
}

fn passphrase() -> SecretString {
    SecretString::from("correct horse battery staple")
}

async fn export(test: &TestStore, db: &TenantDb) -> (TempDir, PathBuf) {
    let (folder, file) = new_file();
    test.store.export(db.tenant(), &file, &Secrets::Passphrase(passphrase())).await.unwrap();
    (folder, file)
}

async fn owner(test: &TestStore) -> NewOwner {
    let shop = tenant::Entity::find_by_id(test.shop().await.tenant()).one(test.master().raw()).await;
    NewOwner { customer: shop.unwrap().unwrap().customer_id, name: None, account: None }
}

async fn import_into(test: &TestStore, file: &std::path::Path) -> (TenantDb, Imported) {
    let imported = import(&test.store, file, owner(test).await, Some(&passphrase())).await.unwrap();
    (test.store.open(imported.tenant).await.unwrap(), imported)
}

/// Fails on a table in which two shops differ; sealed columns differ by their nature.
async fn assert_same_rows(one: &TenantDb, two: &TenantDb, except: &[&str]) {
    let (one, two) = (one.read().await.unwrap(), two.read().await.unwrap());
    macro_rules! compare {
        ($($table:ident [$($sealed:ident),*],)*) => {$({
            let all = async |tx: &TenantTx| {
                let key = rows::$table::PrimaryKey::iter().next().unwrap().into_column();
                let mut all = rows::$table::Entity::find().order_by_asc(key).all(tx.raw()).await.unwrap();
                for _row in &mut all {
                    $(_row.$sealed = Vec::new();)*
                }
                all
            };
            let name = sea_orm::EntityName::table_name(&rows::$table::Entity);
            if !except.contains(&name) {
                assert_eq!(all(&one).await, all(&two).await, "{name}");
            }
        })*};
    }
    every_table!(compare);
}

/// What was being sent when the file was made goes on nowhere, and says what is not known of it.
async fn assert_broadcasts_rest(db: &TenantDb) {
    let tx = db.read().await.unwrap();
    let row = rows::broadcast::Entity::find().one(tx.raw()).await.unwrap().unwrap();
    assert_eq!(row.state, BroadcastState::Stopped);
    let recipient = rows::broadcast_recipient::Entity::find().one(tx.raw()).await.unwrap().unwrap();
    assert_eq!(recipient.state, RecipientState::Unknown);
}

/// A table that is missing in `every_table!` would be lost on the way, and left behind by an erasure.
#[tokio::test]
async fn every_table_of_a_tenant_is_exported_or_left_behind_on_purpose() {
    let test = testing::sqlite().await;
    let tx = test.shop().await.read().await.unwrap();
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
               AND name <> 'seaql_migrations' ORDER BY name";
    let found = tx.raw().query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap();
    let found: Vec<String> = found.iter().map(|row| row.try_get("", "name").unwrap()).collect();
    let mut known = table_names();
    known.sort_unstable();
    assert_eq!(found, known);
}

#[tokio::test]
async fn a_shop_moves_between_databases_whole_and_goes_on_with_what_was_open() {
    for target in testing::stores().await {
        for source in testing::stores().await {
            let FullShop { shop, done, open, owed } = full_shop(&source).await;
            let (_folder, file) = export(&source, &shop.db).await;
            let bytes = std::fs::read(&file).unwrap();
            assert!(!bytes.windows(14).any(|window| window == b"panel-password"));

            let (db, imported) = import_into(&target, &file).await;
            assert_ne!(imported.tenant, shop.db.tenant());
            assert!(!imported.is_copy && imported.report.left_out.is_empty());
            assert_same_rows(&shop.db, &db, &["broadcasts", "broadcast_recipients"]).await;
            assert_broadcasts_rest(&db).await;

            // The panel is back, and the open order is paid: both are delivered by the new shop.
            let moved = TestShop { db, ..shop.clone() };
            moved.panel.set_down(false);
            moved.gateway.pay(open, target.clock.now());
            target.clock.advance(chrono::Duration::minutes(1));
            moved.work(&target).await;
            for order in [done, open, owed] {
                assert_eq!(moved.find(order).await.state, OrderState::Provisioned);
            }
            assert_eq!(moved.find(done).await.refunded_minor, 100, "what was promised goes back");
            let tx = moved.db.read().await.unwrap();
            let events = payment_inbox::Entity::find().all(tx.raw()).await.unwrap();
            let is_read = |event: &payment_inbox::Model| event.state != InboxState::Pending;
            assert!(events.iter().all(is_read), "an event that nobody had read is read now");
        }
    }
}

#[tokio::test]
async fn a_copy_beside_its_original_leaves_it_what_is_open_and_the_panel() {
    for test in testing::stores().await {
        let FullShop { shop, open, .. } = full_shop(&test).await;
        let (_folder, file) = export(&test, &shop.db).await;
        let (db, imported) = import_into(&test, &file).await;
        assert!(imported.is_copy);
        assert_eq!(imported.report.left_out, [format!("panels.sealed_password {}", shop.panel_id)]);
        let changed = [
            "orders",
            "order_events",
            "payment_inbox",
            "panels",
            "receipts",
            "refunds",
            "settings",
            "auto_renewals",
            "saved_methods",
            "standing_payments",
            "broadcasts",
            "broadcast_recipients",
        ];
        assert_same_rows(&shop.db, &db, &changed).await;

        let copy = TestShop { db, ..shop.clone() };
        assert_eq!(copy.find(open).await.state, OrderState::Expired);
        assert_eq!(shop.find(open).await.state, OrderState::Pending, "the original lost it");
        let tx = copy.db.read().await.unwrap();
        assert!(open_jobs(&tx).await.unwrap().is_empty(), "{}: the copy goes to work", test.name());
        let events = payment_inbox::Entity::find().all(tx.raw()).await.unwrap();
        assert!(events.iter().all(|event| event.state != InboxState::Pending));
        let receipts = rows::receipt::Entity::find().all(tx.raw()).await.unwrap();
        assert!(receipts.iter().all(|row| row.state == ReceiptState::Rejected), "the original decides");
        let panel = rows::panel::Entity::find().one(tx.raw()).await.unwrap().unwrap();
        assert_eq!((panel.state, panel.sealed_password), (PanelState::Refused, vec![]));
        drop(tx);

        shop.gateway.pay(open, test.clock.now());
        let provider = shop.providers.find(FakeGateway::NAME).unwrap();
        let unseen = async |db| payments::import(db, provider, true).await.unwrap().unseen;
        assert_eq!(unseen(&copy.db).await, 0, "{}: the copy settles it", test.name());
        assert_eq!(unseen(&shop.db).await, 1);
    }
}

#[tokio::test]
async fn what_is_refused_leaves_no_shop_and_no_changed_file_behind() {
    for test in testing::stores().await {
        let FullShop { shop, .. } = full_shop(&test).await;
        let (_folder, file) = export(&test, &shop.db).await;
        let owner = owner(&test).await;
        let (_other, foreign) = new_file();
        std::fs::write(&foreign, "this is no database").unwrap();
        let (_empty, database) = new_file();
        let other = super::connect::sqlite_of_shop(&database).await.unwrap();
        other.execute_unprepared("CREATE TABLE theirs (x)").await.unwrap();
        other.close().await.unwrap();
        let (_none, missing) = new_file();
        let before = (test.store.ids().await.unwrap(), std::fs::read(&database).unwrap());

        let wrong = SecretString::from("wrong");
        let refused = import(&test.store, &file, owner.clone(), Some(&wrong)).await.unwrap_err();
        assert!(matches!(refused, StoreError::Crypto(CryptoError::DoesNotOpen)), "{refused}");
        for path in [&foreign, &database] {
            let refused = import(&test.store, path, owner.clone(), None).await.unwrap_err().to_string();
            assert!(refused.contains("not an export"), "{refused}");
        }
        assert!(import(&test.store, &missing, owner.clone(), None).await.is_err());
        let nobody = NewOwner { customer: CustomerId::new(), ..owner };
        assert!(import(&test.store, &file, nobody, Some(&passphrase())).await.is_err());

        assert!(!missing.exists(), "a file was made");
        assert_eq!(std::fs::read(&foreign).unwrap(), b"this is no database");
        assert_eq!((test.store.ids().await.unwrap(), std::fs::read(&database).unwrap()), before);
        if !test.master().is_postgres() {
            assert_eq!(shop_files(&test), before.0.len(), "a shop's file was left behind");
        }
    }
}

fn shop_files(test: &TestStore) -> usize {
    let DatabaseUrl::Folder(folder) = &test.settings.url else { return 0 };
    let folders = std::fs::read_dir(folder.join("tenants")).unwrap();
    let files = folders.flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap());
    files.filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|end| end == "db")).count()
}

#[tokio::test]
async fn without_its_passphrase_an_export_is_read_and_its_secrets_are_listed() {
    for test in testing::stores().await {
        let FullShop { shop, .. } = full_shop(&test).await;
        let (_folder, file) = export(&test, &shop.db).await;
        let imported = import(&test.store, &file, owner(&test).await, None).await.unwrap();
        assert_eq!(imported.report.left_out.len(), 4);

        let (_other, bare) = new_file();
        let report = test.store.export(shop.db.tenant(), &bare, &Secrets::LeaveOut).await.unwrap();
        assert_eq!(report.left_out.len(), 4);
        assert!(test.store.export(shop.db.tenant(), &bare, &Secrets::LeaveOut).await.is_err(), "overwritten");
        let imported = import(&test.store, &bare, owner(&test).await, Some(&passphrase())).await.unwrap();
        assert_eq!(imported.report.left_out.len(), 4);
    }
}

#[tokio::test]
async fn an_imported_shop_has_its_way_to_live_and_stays_what_it_was() {
    for test in testing::stores().await {
        for kind in [TenantKind::Sandbox, TenantKind::Live] {
            let db = test.shop_of_kind(kind).await;
            if kind == TenantKind::Sandbox {
                test.store.move_clock(db.tenant(), chrono::Duration::days(3)).await.unwrap();
            }
            let (_folder, file) = export(&test, &db).await;
            let (copy, imported) = import_into(&test, &file).await;
            assert_eq!((copy.kind(), copy.clock().offset()), (kind, db.clock().offset()));
            let refused = go_live(test.master(), AccountId::new(), imported.tenant).await.unwrap_err();
            assert!(matches!(refused, GoLiveError::Missing(_)), "{}: {refused}", test.name());
        }
    }
}

#[tokio::test]
async fn a_shop_of_many_pages_arrives_with_every_row() {
    for test in testing::stores().await {
        let db = test.shop().await;
        let tx = db.write().await.unwrap();
        for telegram_id in 0..1_203 {
            add_user(&tx, telegram_id).await.unwrap();
        }
        tx.commit().await.unwrap();
        let (_folder, file) = export(&test, &db).await;
        let (copy, _) = import_into(&test, &file).await;
        // A copy is marked as one.
        assert_same_rows(&db, &copy, &["settings"]).await;
    }
}

#[tokio::test]
async fn an_export_sees_one_instant() {
    for test in testing::stores().await {
        let db = test.shop().await;
        let tx = test.store.snapshot(db.tenant()).await.unwrap();
        let count = async || user::Entity::find().count(tx.raw()).await.unwrap();
        assert_eq!(count().await, 0);
        let writing = db.write().await.unwrap();
        add_user(&writing, 1).await.unwrap();
        writing.commit().await.unwrap();
        assert_eq!(count().await, 0, "{}", test.name());
        assert_eq!(count_users(&db).await, 1);
    }
}

#[tokio::test]
async fn a_file_of_a_newer_version_is_refused() {
    for test in testing::stores().await {
        let (_folder, path) = export(&test, &test.shop().await).await;
        let file = super::connect::sqlite_of_shop(&path).await.unwrap();
        file.execute_unprepared("PRAGMA user_version = 999").await.unwrap();
        file.close().await.unwrap();
        let refused = import(&test.store, &path, owner(&test).await, None).await.unwrap_err().to_string();
        assert!(refused.contains("newer version"), "{refused}");
    }
}

#[tokio::test]
async fn an_export_that_fails_leaves_no_file() {
    for test in testing::stores().await {
        let (_folder, file) = new_file();
        assert!(test.store.export(crate::ids::TenantId::new(), &file, &Secrets::LeaveOut).await.is_err());
        assert!(!file.exists());
    }
}
