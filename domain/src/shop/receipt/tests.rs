//! Selling from card to card, on both databases: amounts of their own, receipts, decisions, and money
//! that goes back by hand.

use chrono::Duration;
use rstest::rstest;
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _, IntoActiveModel as _};

use super::{
    decide::{self, Approval, DecideRefused, Rejection},
    fetch::LARGEST,
    rules::Sending,
    service::{self as receipts, NewReceipt, Sent},
    verify,
};
use crate::{
    clock::Clock as _,
    db::Conn as _,
    entities::tenant::{
        order::{self, OrderState},
        receipt::{self, ReceiptState, RejectReason, Unread},
        receipt_picture, user,
    },
    ids::{OrderId, ReceiptId},
    money::Currency,
    platform::upkeep::{CleanUp, clean_up},
    ports::Notice,
    shop::{
        ledger::service as ledger,
        order::service::{self as orders, NewOrder, OPEN_FOR, OrderRefused},
        payment::{
            House, Way,
            card::{self, settings::Card},
            method::{self, MethodRefused, Typed},
        },
        refund::service::{self as refunds, NewRefund, RefundError},
        subscription::service as subscriptions,
    },
    testing::{self, TestShop, TestStore},
};

const PRICE: i64 = 29_900;
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";

fn typed(fields: &[(&'static str, &str)]) -> Typed {
    let account = fields.iter().map(|(name, text)| (*name, (*text).into())).collect();
    Typed { account, ..Typed::default() }
}

async fn save(shop: &TestShop, typed: &Typed) -> Result<(), MethodRefused> {
    let tx = shop.db.write().await?;
    method::save(&tx, Way::House(House::Card), typed).await?;
    method::switch(&tx, card::NAME, true).await?;
    Ok(tx.commit().await?)
}

/// A shop that sells from card to card, and somebody who buys.
async fn shop_of(test: &TestStore) -> (TestShop, user::Model) {
    let shop = test.selling_shop().await;
    let fields = [("number", "۶۰۳۷ ۹۹۱۲ ۳۴۵۶ ۷۸۹۳"), ("holder", "سارا رضایی"), ("bank", "ملی"), ("note", "")];
    save(&shop, &typed(&fields)).await.unwrap();
    let user = shop.user(1).await;
    (shop, user)
}

async fn place(shop: &TestShop, user: &user::Model) -> Result<order::Model, OrderRefused> {
    let tx = shop.db.write().await?;
    let new = NewOrder { user, plan: shop.monthly, bot: shop.bot, provider: card::NAME };
    let order = orders::place(&tx, &shop.providers, new).await?;
    tx.commit().await?;
    Ok(order)
}

async fn send(shop: &TestShop, order: OrderId, file: &str) -> Sent {
    send_in(shop, order, file, None).await
}

async fn send_in(shop: &TestShop, order: OrderId, file: &str, album: Option<&str>) -> Sent {
    let tx = shop.db.write().await.unwrap();
    let new = NewReceipt { order, bot: shop.bot, file_id: file, file_unique_id: file, album, owner: Some(7) };
    let sent = receipts::take(&tx, new).await.unwrap();
    tx.commit().await.unwrap();
    sent
}

async fn of(shop: &TestShop, order: OrderId) -> Vec<receipt::Model> {
    receipts::of_order(&shop.db.read().await.unwrap(), order).await.unwrap()
}

/// The receipt that was sent last.
async fn last(shop: &TestShop, order: OrderId) -> ReceiptId {
    of(shop, order).await.last().unwrap().id
}

async fn approve(
    shop: &TestShop,
    order: OrderId,
    minor: Option<i64>,
    after_all: bool,
) -> Result<(), DecideRefused> {
    let receipt = last(shop, order).await;
    let tx = shop.db.write().await?;
    decide::approve(&tx, Approval { receipt, minor, after_all, by: "owner".into() }).await?;
    Ok(tx.commit().await?)
}

async fn reject(
    shop: &TestShop,
    order: OrderId,
    reason: RejectReason,
    note: &str,
) -> Result<(), DecideRefused> {
    let receipt = last(shop, order).await;
    let tx = shop.db.write().await?;
    decide::reject(&tx, Rejection { receipt, reason, note, by: "staff".into() }).await?;
    Ok(tx.commit().await?)
}

async fn wallet_of(shop: &TestShop, user: &user::Model) -> i64 {
    let tx = shop.db.read().await.unwrap();
    ledger::balance(&tx, &ledger::wallet(user.id), Currency::Rub).await.unwrap().minor
}

#[tokio::test]
async fn each_open_order_asks_for_an_amount_of_its_own_until_there_is_none() {
    for test in testing::stores().await {
        let (shop, first) = shop_of(&test).await;
        let order = place(&shop, &first).await.unwrap();
        assert!((PRICE + 1..=PRICE + 99).contains(&order.amount_minor), "{}", order.amount_minor);
        assert_eq!((order.state, order.provider_account.as_str()), (OrderState::Pending, "603799******7893"));
        assert_eq!(place(&shop, &first).await.unwrap().id, order.id, "a double tap");
        let mut amounts = vec![order.amount_minor];
        for telegram_id in 2..=99 {
            let user = shop.user(telegram_id).await;
            amounts.push(place(&shop, &user).await.unwrap().amount_minor);
        }
        amounts.sort_unstable();
        assert_eq!(amounts, (PRICE + 1..=PRICE + 99).collect::<Vec<_>>(), "{}", test.name());
        let more = shop.user(100).await;
        let refused = place(&shop, &more).await.unwrap_err();
        assert!(matches!(refused, OrderRefused::AllAmountsTaken), "{refused}");

        // Of those whose time is over one keeps its amount: a receipt is looked at.
        assert_eq!(send(&shop, order.id, "f").await, Sent::Taken);
        test.clock.advance(OPEN_FOR + Duration::minutes(1));
        shop.work(&test).await;
        assert_eq!(shop.find(order.id).await.state, OrderState::Pending);
        for telegram_id in 100..=197 {
            let user = shop.user(telegram_id).await;
            assert_ne!(place(&shop, &user).await.unwrap().amount_minor, order.amount_minor);
        }
        let refused = place(&shop, &shop.user(198).await).await.unwrap_err();
        assert!(matches!(refused, OrderRefused::AllAmountsTaken), "{refused}");
    }
}

#[tokio::test]
async fn an_approved_receipt_pays_its_order_and_nothing_is_left_to_do() {
    for test in testing::stores().await {
        let (shop, user) = shop_of(&test).await;
        let order = place(&shop, &user).await.unwrap();
        shop.files.hold("f", PNG);
        assert_eq!(send(&shop, order.id, "f").await, Sent::Taken);
        shop.work(&test).await;
        let row = of(&shop, order.id).await.remove(0);
        assert_eq!((row.mime.as_deref(), row.state), (Some("image/png"), ReceiptState::Waiting));
        let tx = shop.db.read().await.unwrap();
        assert_eq!(receipts::picture(&tx, row.id).await.unwrap().as_deref(), Some(PNG));
        drop(tx);
        assert_eq!(shop.notifier.sent(), [Notice::ReceiptSent { order: order.id }]);

        approve(&shop, order.id, None, false).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(order.id).await.state, OrderState::Provisioned, "{}", test.name());
        let tx = shop.db.read().await.unwrap();
        let clearing = ledger::clearing(card::NAME, "603799******7893");
        let held = ledger::balance(&tx, &clearing, Currency::Rub).await.unwrap().minor;
        assert_eq!(held, order.amount_minor);
        drop(tx);
        let decided =
            |error| matches!(error, DecideRefused::Decided(row) if row.state == ReceiptState::Approved);
        assert!(decided(approve(&shop, order.id, None, false).await.unwrap_err()));
        assert!(decided(approve(&shop, order.id, None, true).await.unwrap_err()));
        assert!(decided(reject(&shop, order.id, RejectReason::Amount, "").await.unwrap_err()));
        assert_eq!(send(&shop, order.id, "g").await, Sent::Not(Sending::Closed));
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn an_approval_that_dies_before_its_commit_leaves_nothing_behind() {
    for test in testing::stores().await {
        let (shop, user) = shop_of(&test).await;
        let order = place(&shop, &user).await.unwrap();
        send(&shop, order.id, "f").await;
        let receipt = last(&shop, order.id).await;
        let tx = shop.db.write().await.unwrap();
        let approval = Approval { receipt, minor: None, after_all: false, by: "owner".into() };
        decide::approve(&tx, approval).await.unwrap();
        drop(tx);
        assert_eq!(of(&shop, order.id).await[0].state, ReceiptState::Waiting, "{}", test.name());
        assert_eq!(shop.find(order.id).await.state, OrderState::Pending);
        approve(&shop, order.id, None, false).await.unwrap();
        shop.work(&test).await;
        shop.settled_down(&test).await;
        assert_eq!(shop.find(order.id).await.state, OrderState::Provisioned);
    }
}

#[rstest]
#[case::less(-1, OrderState::Mismatch, 0)]
#[case::more(150, OrderState::Provisioned, -150)]
#[tokio::test]
async fn another_amount_than_was_asked_for_is_treated_as_a_providers(
    #[case] by: i64,
    #[case] state: OrderState,
    #[case] in_wallet: i64,
) {
    for test in testing::stores().await {
        let (shop, user) = shop_of(&test).await;
        let order = place(&shop, &user).await.unwrap();
        send(&shop, order.id, "f").await;
        for absurd in [0, -5, order.amount_minor * 100 + 1] {
            let refused = approve(&shop, order.id, Some(absurd), false).await.unwrap_err();
            assert!(matches!(refused, DecideRefused::Amount), "{refused}");
        }
        approve(&shop, order.id, Some(order.amount_minor + by), false).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(order.id).await.state, state, "{}", test.name());
        assert_eq!(wallet_of(&shop, &user).await, in_wallet);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_rejected_receipt_is_answered_by_another_one_three_times_and_money_can_be_found_later() {
    for test in testing::stores().await {
        let (shop, user) = shop_of(&test).await;
        let order = place(&shop, &user).await.unwrap();
        send(&shop, order.id, "0").await;
        let silent = reject(&shop, order.id, RejectReason::Other, "  ").await.unwrap_err();
        assert!(matches!(silent, DecideRefused::NoWords), "{silent}");
        for file in ["1", "2"] {
            reject(&shop, order.id, RejectReason::NotArrived, "look again").await.unwrap();
            assert_eq!(send(&shop, order.id, file).await, Sent::Taken);
            assert_eq!(send(&shop, order.id, "meanwhile").await, Sent::Not(Sending::Waits));
        }
        reject(&shop, order.id, RejectReason::Other, "no").await.unwrap();
        assert_eq!(send(&shop, order.id, "3").await, Sent::Not(Sending::TooMany));
        shop.work(&test).await;
        let told = shop
            .notifier
            .sent()
            .into_iter()
            .filter(|notice| matches!(notice, Notice::ReceiptRejected { .. }));
        assert_eq!(told.count(), 3, "{}", test.name());

        let decided = approve(&shop, order.id, None, false).await.unwrap_err();
        assert!(matches!(decided, DecideRefused::Decided(_)), "{decided}");
        approve(&shop, order.id, None, true).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(order.id).await.state, OrderState::Provisioned);
        let row = of(&shop, order.id).await.pop().unwrap();
        assert_eq!((row.state, row.reason, row.note), (ReceiptState::Approved, None, None));
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn the_time_to_pay_stands_still_while_somebody_looks() {
    for test in testing::stores().await {
        let (shop, user) = shop_of(&test).await;
        let order = place(&shop, &user).await.unwrap();
        test.clock.advance(Duration::minutes(50));
        send(&shop, order.id, "f").await;
        test.clock.advance(Duration::days(2));
        shop.work(&test).await;
        assert_eq!(shop.find(order.id).await.state, OrderState::Pending, "{}", test.name());
        assert_eq!(place(&shop, &user).await.unwrap().id, order.id, "no second order beside it");
        reject(&shop, order.id, RejectReason::Unreadable, "").await.unwrap();
        shop.work(&test).await;
        test.clock.advance(Duration::minutes(9));
        shop.work(&test).await;
        assert_eq!(shop.find(order.id).await.state, OrderState::Pending, "ten minutes were left");
        test.clock.advance(Duration::minutes(2));
        shop.work(&test).await;
        assert_eq!(shop.find(order.id).await.state, OrderState::Expired);

        // Money that was sent in vain is money all the same.
        let again = place(&shop, &user).await.unwrap();
        assert!(again.id != order.id && again.amount_minor != order.amount_minor);
        assert_eq!(send(&shop, order.id, "late").await, Sent::Taken);
        approve(&shop, order.id, None, false).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(order.id).await.state, OrderState::Provisioned);
        shop.settled_down(&test).await;
        assert_eq!(shop.find(again.id).await.state, OrderState::Expired);
    }
}

#[tokio::test]
async fn of_an_album_the_first_picture_counts_and_a_picture_that_was_seen_is_named() {
    for test in testing::stores().await {
        let (shop, user) = shop_of(&test).await;
        let order = place(&shop, &user).await.unwrap();
        let other = place(&shop, &shop.user(2).await).await.unwrap();
        for (file, content) in [("a", PNG), ("b", PNG), ("c", b"\xff\xd8\xff\xe0".as_slice())] {
            shop.files.hold(file, content);
        }
        assert_eq!(send_in(&shop, order.id, "a", Some("7")).await, Sent::Taken);
        assert_eq!(send_in(&shop, order.id, "c", Some("7")).await, Sent::SameAlbum);
        assert_eq!(send_in(&shop, order.id, "c", Some("8")).await, Sent::Not(Sending::Waits));
        assert_eq!(of(&shop, order.id).await.len(), 1);
        send(&shop, other.id, "b").await;
        shop.work(&test).await;
        let twins = async |order: OrderId| {
            let row = of(&shop, order).await.remove(0);
            let tx = shop.db.read().await.unwrap();
            let twins = receipts::twins(&tx, &row).await.unwrap();
            twins.into_iter().map(|(_, order)| order.id).collect::<Vec<_>>()
        };
        assert_eq!(twins(other.id).await, [order.id], "{}: the same bytes", test.name());
        assert_eq!(twins(order.id).await, [], "the first one is nobody's copy");
        let tx = shop.db.read().await.unwrap();
        let waiting: Vec<_> = receipts::waiting(&tx).await.unwrap().iter().map(|row| row.order_id).collect();
        assert_eq!(waiting, [order.id, other.id]);
    }
}

#[rstest]
#[case::gone("nowhere", None, Unread::Gone)]
#[case::no_picture("text", Some(b"<svg/>".to_vec()), Unread::NoPicture)]
#[case::too_large("large", Some(vec![0; LARGEST + 1]), Unread::TooLarge)]
#[tokio::test]
async fn a_picture_that_cannot_be_kept_is_given_up_and_the_receipt_stays(
    #[case] file: &str,
    #[case] content: Option<Vec<u8>>,
    #[case] why: Unread,
) {
    for test in testing::stores().await {
        let (shop, user) = shop_of(&test).await;
        let order = place(&shop, &user).await.unwrap();
        if let Some(content) = &content {
            shop.files.hold(file, content);
        }
        send(&shop, order.id, file).await;
        shop.work(&test).await;
        let row = of(&shop, order.id).await.remove(0);
        assert_eq!((row.unread, row.sha256), (Some(why), None), "{}", test.name());
        approve(&shop, order.id, None, false).await.unwrap();
        shop.work(&test).await;
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_picture_comes_after_lost_answers_and_goes_half_a_year_after_the_decision() {
    for test in testing::stores().await {
        let (shop, user) = shop_of(&test).await;
        let order = place(&shop, &user).await.unwrap();
        shop.files.hold("f", PNG);
        shop.files.lose_answers(2);
        send(&shop, order.id, "f").await;
        shop.work(&test).await;
        assert_eq!(of(&shop, order.id).await[0].sha256, None);
        let tx = shop.db.read().await.unwrap();
        let in_a_while = test.clock.now() + Duration::hours(1);
        assert_eq!(verify::check(&tx, &[], in_a_while).await.unwrap(), [], "a job is at it");
        drop(tx);
        for _ in 0..3 {
            test.clock.advance(Duration::minutes(1));
            shop.work(&test).await;
        }
        assert!(of(&shop, order.id).await[0].sha256.is_some(), "{}", test.name());
        approve(&shop, order.id, None, false).await.unwrap();
        shop.work(&test).await;

        let pictures = async || {
            let tx = shop.db.read().await.unwrap();
            receipt_picture::Entity::find().all(tx.raw()).await.unwrap().len()
        };
        test.clock.advance(Duration::days(179));
        clean_up(&test.store, CleanUp { after: None }).await.unwrap();
        assert_eq!(pictures().await, 1);
        test.clock.advance(Duration::days(2));
        clean_up(&test.store, CleanUp { after: None }).await.unwrap();
        assert_eq!(pictures().await, 0);
        assert!(of(&shop, order.id).await[0].sha256.is_some(), "what was decided stays");
    }
}

#[tokio::test]
async fn what_the_shop_has_sent_back_itself_takes_the_days_back() {
    for test in testing::stores().await {
        let (shop, user) = shop_of(&test).await;
        let order = place(&shop, &user).await.unwrap();
        let record = async |minor: i64| -> Result<(), RefundError> {
            let tx = shop.db.write().await?;
            let new = NewRefund { order: order.id, minor, reason: "asked", requested_by: "owner".into() };
            refunds::record(&tx, new).await?;
            Ok(tx.commit().await?)
        };
        assert!(record(1).await.is_err(), "nothing was paid");
        send(&shop, order.id, "f").await;
        approve(&shop, order.id, Some(order.amount_minor + 500), false).await.unwrap();
        shop.work(&test).await;
        let end = async || {
            let tx = shop.db.read().await.unwrap();
            subscriptions::current_of(&tx, user.id).await.unwrap().map(|row| row.target_expire)
        };
        let whole = end().await.unwrap();
        let half = order.amount_minor / 2;
        record(half).await.unwrap();
        shop.work(&test).await;
        let row = shop.find(order.id).await;
        assert_eq!((row.refunded_minor, row.state), (half, OrderState::Provisioned), "{}", test.name());
        assert!(end().await.unwrap() < whole);
        assert_eq!(wallet_of(&shop, &user).await, -500, "the surplus is the buyer's still");
        assert!(record(order.amount_minor).await.is_err(), "more than is left");
        record(order.amount_minor - half).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(order.id).await.state, OrderState::Refunded);
        let told = shop
            .notifier
            .sent()
            .into_iter()
            .filter(|notice| matches!(notice, Notice::PaymentRefunded { .. }));
        assert_eq!(told.count(), 2);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_card_is_changed_at_any_time_and_checked_before_it_is_kept() {
    for test in testing::stores().await {
        let (shop, user) = shop_of(&test).await;
        let order = place(&shop, &user).await.unwrap();
        for number in ["6037991234567894", "12345678", "number"] {
            let refused = save(&shop, &typed(&[("number", number)])).await.unwrap_err();
            assert!(matches!(refused, MethodRefused::CardNumber(_)), "{number}: {refused}");
        }
        save(&shop, &typed(&[("number", "4242424242424242"), ("bank", "")])).await.unwrap();
        let tx = shop.db.read().await.unwrap();
        let row = method::find(&tx, card::NAME).await.unwrap().unwrap();
        let card = Card::of(&row.settings).unwrap();
        assert_eq!((card.number.as_str(), card.holder.as_str()), ("4242424242424242", "سارا رضایی"));
        assert_eq!((card.bank, row.account_id.as_str()), (None, "424242******4242"), "{}", test.name());
        drop(tx);
        // Whoever pays what was asked for before pays the order all the same.
        send(&shop, order.id, "f").await;
        approve(&shop, order.id, None, false).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(order.id).await.state, OrderState::Provisioned);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn verify_money_misses_a_receipt_that_was_approved_or_lost_in_vain() {
    for test in testing::stores().await {
        let (shop, user) = shop_of(&test).await;
        let order = place(&shop, &user).await.unwrap();
        send(&shop, order.id, "f").await;
        let row = shop.find(order.id).await;
        let tx = shop.db.read().await.unwrap();
        let breaches = async |orders: &[order::Model], now| {
            let found = verify::check(&tx, orders, now).await.unwrap();
            found.into_iter().map(|breach| breach.invariant).collect::<Vec<_>>()
        };
        let now = test.clock.now();
        assert_eq!(breaches(std::slice::from_ref(&row), now).await, [] as [&str; 0]);
        let paid = order::Model { state: OrderState::Provisioned, ..row };
        assert_eq!(breaches(std::slice::from_ref(&paid), now).await, ["I9"], "{}", test.name());
        assert!(receipts::waiting_since(&tx, now).await.unwrap().is_empty());
        assert_eq!(receipts::waiting_since(&tx, now + Duration::seconds(1)).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_picture_belongs_to_the_order_that_has_none_yet_or_to_its_album() {
    for test in testing::stores().await {
        let (shop, user) = shop_of(&test).await;
        let first = place(&shop, &user).await.unwrap();
        let tx = shop.db.write().await.unwrap();
        let id = OrderId::new();
        let second = order::ActiveModel {
            id: Set(id),
            amount_minor: Set(first.amount_minor + 1),
            provider_payment_id: Set(Some(id.to_string())),
            ..first.clone().into_active_model().reset_all()
        };
        let second = second.insert(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
        let awaited = async |album| {
            let tx = shop.db.read().await.unwrap();
            let orders = receipts::awaited(&tx, user.id, album).await.unwrap();
            orders.iter().map(|order| order.id).collect::<Vec<_>>()
        };
        assert_eq!(awaited(None).await, [second.id, first.id], "{}", test.name());
        send_in(&shop, first.id, "one", Some("album")).await;
        assert_eq!(awaited(None).await, [second.id], "the first has one");
        assert_eq!(awaited(Some("album")).await, [first.id], "the rest of its album");
        send(&shop, second.id, "two").await;
        assert_eq!(awaited(None).await, [second.id, first.id], "both have one");
    }
}
