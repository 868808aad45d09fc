//! Shops that move between all pairs of databases, and copies beside their originals.

use std::{collections::BTreeMap, path::PathBuf};

use sea_orm::{
    ActiveModelTrait, DbBackend, IntoActiveModel, Iterable, PrimaryKeyToColumn, QueryOrder, Statement,
};
use secrecy::SecretString;
use tempfile::TempDir;

use super::*;
use crate::{
    db::transfer::{every_table, table_names},
    entities::{
        master::{
            membership::Role,
            tenant::{self, TenantKind},
        },
        tenant::{
            self as rows,
            broadcast::{BroadcastState, Segment},
            broadcast_recipient::RecipientState,
            order::OrderState,
            panel::PanelState,
            payment_inbox::{self, InboxState},
            receipt::ReceiptState,
            ticket::Topic,
            trial_claim,
        },
    },
    ids::{AccountId, CustomerId, OrderId, ReceiptId, SubscriptionId, UserId},
    jobs::{self, open_jobs},
    locale::Locale,
    money::Money,
    platform::{
        deployment::go_live::{GoLiveError, go_live},
        tenant::import::{Imported, NewOwner, import},
    },
    ports::Refunds,
    shop::{
        broadcast::{self, letter::Letter, service::Draft},
        chat,
        faq::service as faq,
        notification::{choices, hours::Hours},
        payment::import as payments,
        promo::{self, rules::Effect, service::NewPromo},
        referral::service as referrals,
        refund::{self, service::NewRefund},
        renewal::{
            agreement::{self, Agreed},
            jobs::TellStanding,
        },
        staff::{log::Actor, service as staff},
        support::service as support,
        text::service as texts,
        update,
        user::service as users,
    },
    testing::{FakeGateway, TestShop},
    units::Bytes,
};

/// A shop in which no table is empty: one order is done, one is open with an unread event, one is
/// paid and waits for the panel.
struct FullShop {
    shop: TestShop,
    done: OrderId,
    open: OrderId,
    owed: OrderId,
}

async fn full_shop(test: &TestStore) -> FullShop {
    let shop = test.selling_shop().await;
    let pay = async |telegram_id: i64| {
        let order = shop.order(&shop.user(telegram_id).await).await;
        shop.gateway.pay(order, test.clock.now());
        shop.webhook(order).await.unwrap();
        shop.work(test).await;
        order
    };
    let done = pay(1).await;
    shop.panel.set_down(true);
    let owed = pay(2).await;
    let open = shop.order(&shop.user(3).await).await;
    shop.webhook(open).await.unwrap();

    let tx = shop.db.write().await.unwrap();
    chat::service::open(&tx, shop.bot, 1).await.unwrap();
    update::service::first_time(&tx, shop.bot, 1).await.unwrap();
    let rules = rows::setting::ActiveModel { name: Set("rules".into()), value: Set(serde_json::json!(true)) };
    rows::setting::Entity::insert(rules).exec_without_returning(tx.raw()).await.unwrap();
    let parked = rows::parked_update::ActiveModel {
        id: Set(RowId::new()),
        bot_id: Set(shop.bot),
        chat: Set(1),
        update_id: Set(2),
        update: Set(serde_json::json!({})),
        parked_at: Set(tx.now()),
    };
    parked.insert(tx.raw()).await.unwrap();
    let asked =
        NewRefund { order: done, minor: 100, reason: "half a day lost", requested_by: "owner".into() };
    refund::service::request(&tx, Refunds::Partial, asked).await.unwrap();
    let claim = trial_claim::ActiveModel {
        id: Set(RowId::new()),
        claimant: Set("somebody".into()),
        claimed_at: Set(tx.now()),
    };
    claim.insert(tx.raw()).await.unwrap();
    let drift = rows::panel_drift::ActiveModel {
        id: Set(RowId::new()),
        panel_id: Set(shop.panel_id),
        subscription_id: Set(SubscriptionId::new()),
        username: Set("by_somebody".into()),
        kind: Set(rows::panel_drift::DriftKind::Unknown),
        wanted: Set(None),
        found: Set(None),
        found_at: Set(tx.now()),
    };
    drift.insert(tx.raw()).await.unwrap();
    let receipt = rows::receipt::ActiveModel {
        id: Set(ReceiptId::new()),
        order_id: Set(done),
        bot_id: Set(shop.bot),
        file_id: Set("file".into()),
        file_unique_id: Set("unique".into()),
        album: Set(None),
        sha256: Set(Some("00".into())),
        mime: Set(Some("image/png".into())),
        unread: Set(None),
        state: Set(ReceiptState::Waiting),
        amount_minor: Set(None),
        reason: Set(None),
        note: Set(None),
        decided_by: Set(None),
        decided_at: Set(None),
        created_at: Set(tx.now()),
    };
    let receipt = receipt.insert(tx.raw()).await.unwrap();
    let picture = rows::receipt_picture::ActiveModel {
        receipt_id: Set(receipt.id),
        content: Set(vec![0x89, b'P', b'N', b'G', 0]),
    };
    picture.insert(tx.raw()).await.unwrap();
    add_auto_renewal(&tx, &shop, done).await;
    add_promo(&tx, done).await;
    let buyer = crate::shop::order::service::find(&tx, done).await.unwrap().unwrap().user_id;
    choices::be_quiet(&tx, buyer, Some(Hours::between(22, 8))).await.unwrap();
    add_ticket(&tx, &shop, done).await;
    add_referral(&tx, &shop).await;
    add_answer(&tx).await;
    add_link(&tx, done).await;
    add_gift(&tx, done, buyer).await;
    add_text(&tx).await;
    add_staff(&tx, &shop, buyer).await;
    add_broadcast(&tx, &shop, buyer).await;
    for table in table_names() {
        let count = Statement::from_string(tx.raw().get_database_backend(), format!("SELECT 1 FROM {table}"));
        assert!(tx.raw().query_one_raw(count).await.unwrap().is_some(), "{table} is empty, so untested");
    }
    tx.commit().await.unwrap();
    FullShop { shop, done, open, owed }
}

/// It was bought for somebody else, and kept.
async fn add_gift(tx: &TenantTx, order: OrderId, buyer: UserId) {
    let gift = rows::gift::ActiveModel {
        order_id: Set(order),
        token: Set("token".into()),
        redeemed_by: Set(Some(buyer)),
        bot_id: Set(None),
        redeemed_at: Set(Some(tx.now())),
        created_at: Set(tx.now()),
    };
    gift.insert(tx.raw()).await.unwrap();
}

/// What an order gave has an address of ours, and an app has asked there.
async fn add_link(tx: &TenantTx, order: OrderId) {
    let order = crate::shop::order::service::find(tx, order).await.unwrap().unwrap();
    let subscription_id = order.subscription_id.unwrap();
    let link = rows::link::ActiveModel {
        subscription_id: Set(subscription_id),
        secret: Set("AAAAAAAAAAAAAAAAAAAAAA".into()),
        revoking: Set(false),
        silent_at: Set(Some(tx.now())),
        created_at: Set(tx.now()),
    };
    link.insert(tx.raw()).await.unwrap();
    let body = rows::link_body::ActiveModel {
        id: Set(RowId::new()),
        subscription_id: Set(subscription_id),
        format: Set("other".into()),
        body: Set(vec![0, 255]),
        content_type: Set("text/plain".into()),
        usage: Set(Some("upload=0".into())),
        applied_version: Set(1),
        fetched_at: Set(tx.now()),
    };
    body.insert(tx.raw()).await.unwrap();
}

/// The buyer helps to run the shop, and somebody else is asked to.
async fn add_staff(tx: &TenantTx, shop: &TestShop, buyer: UserId) {
    let actor = Actor { by: "owner".into(), name: "owner".into() };
    let buyer = users::find(tx, buyer).await.unwrap().unwrap();
    let first = staff::invite(tx, &actor, shop.bot, Role::Support).await.unwrap().unwrap();
    staff::join(tx, &buyer, shop.bot, &first.nonce).await.unwrap();
    staff::invite(tx, &actor, shop.bot, Role::Manager).await.unwrap().unwrap();
}

/// The buyer of an order agreed to go on, let their card be kept, and was not renewed yet.
async fn add_auto_renewal(tx: &TenantTx, shop: &TestShop, order: OrderId) {
    let order = rows::order::Entity::find_by_id(order).one(tx.raw()).await.unwrap().unwrap();
    let price = Money::new(order.amount_minor, order.currency);
    let agreed = Agreed { user: order.user_id, bot: shop.bot, plan: order.plan_id.unwrap(), price };
    agreement::agree(tx, agreed).await.unwrap();
    let id = RowId::new();
    let place = crate::db::SealedIn { table: "saved_methods", column: "sealed_token", row: id.0 };
    let saved = rows::saved_method::ActiveModel {
        id: Set(id),
        user_id: Set(order.user_id),
        bot_id: Set(shop.bot),
        provider: Set(order.provider),
        account_id: Set(order.provider_account),
        sealed_token: Set(tx.sealer().seal(place, &SecretString::from("token")).unwrap()),
        title: Set("Bank card *4444".into()),
        created_at: Set(tx.now()),
    };
    saved.insert(tx.raw()).await.unwrap();
    let renewal = rows::renewal::ActiveModel {
        id: Set(RowId::new()),
        subscription_id: Set(order.subscription_id.unwrap()),
        period_end: Set(tx.now()),
        tries: Set(1),
        order_id: Set(None),
        asked_at: Set(None),
        created_at: Set(tx.now()),
    };
    renewal.insert(tx.raw()).await.unwrap();
    let standing = rows::standing_payment::ActiveModel {
        id: Set(RowId::new()),
        order_id: Set(order.id),
        user_id: Set(order.user_id),
        began_at: Set(Some(tx.now())),
        paid_until: Set(Some(tx.now())),
        stopped_at: Set(Some(tx.now())),
        resumed_at: Set(None),
        told: Set(false),
        created_at: Set(tx.now()),
    };
    let standing = standing.insert(tx.raw()).await.unwrap().id;
    jobs::enqueue(tx, &TellStanding { standing }, tx.now()).await.unwrap();
}

/// A broadcast is under way when the file is made.
async fn add_broadcast(tx: &TenantTx, shop: &TestShop, user: UserId) {
    let texts = BTreeMap::from([("en".to_owned(), "Sale".to_owned())]);
    let draft = Draft { segment: Segment::All, letter: Letter { texts, buttons: Vec::new() } };
    let row = broadcast::service::save(tx, None, shop.bot, &draft).await.unwrap();
    let picture = vec![0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', 0];
    broadcast::picture::put(tx, row.id, None, Some(picture)).await.unwrap();
    let id = row.id;
    let mut sending = row.into_active_model();
    sending.state = Set(BroadcastState::Sending);
    sending.update(tx.raw()).await.unwrap();
    let recipient = rows::broadcast_recipient::ActiveModel {
        id: Set(RowId::new()),
        broadcast_id: Set(id),
        user_id: Set(user),
        bot_id: Set(shop.bot),
        telegram_id: Set(1),
        locale: Set(Locale::En),
        state: Set(RecipientState::Sending),
        run: Set(Some(RowId::new())),
        message_id: Set(None),
        reason: Set(None),
        moved_at: Set(tx.now()),
    };
    recipient.insert(tx.raw()).await.unwrap();
}

/// The buyer of an order used one code, and another lies ready.
async fn add_promo(tx: &TenantTx, order: OrderId) {
    let order = rows::order::Entity::find_by_id(order).one(tx.raw()).await.unwrap().unwrap();
    let new = NewPromo {
        code: "WELCOME".into(),
        effect: Effect::Percent(20),
        plans: order.plan_id.into_iter().collect(),
        valid_from: None,
        valid_until: Some(tx.now()),
        max_uses: Some(10),
        per_user: None,
        first_purchase: false,
    };
    let code = promo::service::save(tx, None, &new).await.unwrap();
    let used = rows::promo_redemption::ActiveModel {
        id: Set(RowId::new()),
        order_id: Set(order.id),
        user_id: Set(order.user_id),
        promo_id: Set(code.id),
        code: Set(code.code),
        kind: Set(code.kind),
        value: Set(code.value),
        full_minor: Set(order.amount_minor),
        off_minor: Set(0),
        bonus_days: Set(order.plan_days.unwrap()),
        bonus_bytes: Set(Bytes(0)),
        created_at: Set(tx.now()),
    };
    used.insert(tx.raw()).await.unwrap();
    let holder = rows::promo_holder::ActiveModel {
        user_id: Set(order.user_id),
        promo_id: Set(Some(code.id)),
        wrong_tries: Set(1),
        tried_since: Set(Some(tx.now())),
        barred_until: Set(None),
    };
    holder.insert(tx.raw()).await.unwrap();
}

/// The buyer of an order asked something.
async fn add_ticket(tx: &TenantTx, shop: &TestShop, order: OrderId) {
    let order = rows::order::Entity::find_by_id(order).one(tx.raw()).await.unwrap().unwrap();
    let user = rows::user::Entity::find_by_id(order.user_id).one(tx.raw()).await.unwrap().unwrap();
    let asker = support::Asker { user: &user, bot: shop.bot, owner: None };
    let words =
        support::Words { text: "Where is it?".into(), file: None, album: None, origin: "update:1".into() };
    support::open(tx, asker, Topic::Payment, words).await.unwrap();
}

/// One user brought another.
async fn add_referral(tx: &TenantTx, shop: &TestShop) {
    let seen = async |id| users::seen(tx, &crate::testing::person(id), Locale::En).await.unwrap();
    let code = referrals::code_of(tx, seen(1).await.id).await.unwrap();
    let arrived = referrals::arrive(tx, &seen(9).await, shop.bot, &code).await.unwrap();
    assert!(matches!(arrived, referrals::Arrived::By(_)), "{arrived:?}");
}

/// The shop says something in its own words.
async fn add_text(tx: &TenantTx) {
    let saved = texts::save(tx, Locale::En, "bot-common-btn-menu", "Home").await.unwrap();
    assert_eq!(saved, Ok(()));
}

/// The shop has an answer of its own, which helped somebody.
async fn add_answer(tx: &TenantTx) {
    let typed = faq::Typed {
        locale: Locale::En,
        category: rows::faq_entry::Category::Other,
        question: "Where?",
        answer: "Here.",
    };
    faq::save(tx, None, typed).await.unwrap();
    let entry = faq::all(tx, Locale::En).await.unwrap().pop().unwrap();
    let user = users::seen(tx, &crate::testing::person(1), Locale::En).await.unwrap();
    faq::vote(tx, user.id, &entry, true).await.unwrap();
}

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
        let other = super::connect::sqlite(&database, 1).await.unwrap();
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
        let file = super::connect::sqlite(&path, 1).await.unwrap();
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
