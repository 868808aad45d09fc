//! A shop with something in every table.

use std::collections::BTreeMap;

use sea_orm::{ActiveModelTrait, IntoActiveModel, Statement};
use secrecy::SecretString;

use super::*;
use crate::{
    db::transfer::table_names,
    entities::{
        master::membership::Role,
        tenant::{
            self as rows,
            broadcast::{BroadcastState, Segment},
            broadcast_recipient::RecipientState,
            receipt::ReceiptState,
            ticket::Topic,
            trial_claim,
        },
    },
    ids::{OrderId, ReceiptId, SubscriptionId, UserId},
    jobs,
    locale::Locale,
    money::Money,
    ports::Refunds,
    shop::{
        broadcast::{self, letter::Letter, service::Draft},
        chat,
        faq::service as faq,
        mail::{address::MailAddress, service as mail},
        notification::{choices, hours::Hours},
        promo::{self, rules::Effect, service::NewPromo},
        referral::service as referrals,
        refund::{self, service::NewRefund},
        renewal::{
            agreement::{self, Agreed},
            jobs::TellStanding,
        },
        staff::{log::Actor, service as staff},
        subscription::several,
        support::service as support,
        text::service as texts,
        update,
        user::service as users,
    },
    testing::TestShop,
    units::Bytes,
};

/// Whose data most of it is: a number that is no part of any other.
pub(super) const BUYER: i64 = 7_700_077;

/// A shop in which no table is empty: one order is done, one is open with an unread event, one is
/// paid and waits for the panel.
pub(super) struct FullShop {
    pub(super) shop: TestShop,
    pub(super) done: OrderId,
    pub(super) open: OrderId,
    pub(super) owed: OrderId,
}

pub(super) async fn full_shop(test: &TestStore) -> FullShop {
    let shop = test.selling_shop().await;
    let pay = async |telegram_id: i64| {
        let order = shop.order(&shop.user(telegram_id).await).await;
        shop.gateway.pay(order, test.clock.now());
        shop.webhook(order).await.unwrap();
        shop.work(test).await;
        order
    };
    let done = pay(BUYER).await;
    shop.panel.set_down(true);
    let owed = pay(2).await;
    let open = shop.order(&shop.user(3).await).await;
    shop.webhook(open).await.unwrap();

    let tx = shop.db.write().await.unwrap();
    chat::service::open(&tx, shop.bot, BUYER).await.unwrap();
    update::service::first_time(&tx, shop.bot, 1).await.unwrap();
    let rules = rows::setting::ActiveModel { name: Set("rules".into()), value: Set(serde_json::json!(true)) };
    rows::setting::Entity::insert(rules).exec_without_returning(tx.raw()).await.unwrap();
    let parked = rows::parked_update::ActiveModel {
        id: Set(RowId::new()),
        bot_id: Set(shop.bot),
        chat: Set(BUYER),
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
    let buyer = rows::order::Entity::find_by_id(done).one(tx.raw()).await.unwrap().unwrap().user_id;
    several::separately(&tx, buyer).await.unwrap();
    add_promo(&tx, done).await;
    let buyer = crate::shop::order::service::find(&tx, done).await.unwrap().unwrap().user_id;
    choices::be_quiet(&tx, buyer, Some(Hours::between(22, 8))).await.unwrap();
    let address = MailAddress::read("zara_of_balkh@example.com").unwrap();
    mail::give(&tx, buyer, shop.bot, &address).await.unwrap();
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
        telegram_id: Set(BUYER),
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
    let code = referrals::code_of(tx, seen(BUYER).await.id).await.unwrap();
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
    let user = users::seen(tx, &crate::testing::person(BUYER), Locale::En).await.unwrap();
    faq::vote(tx, user.id, &entry, true).await.unwrap();
}
