//! Paying with the wallet, on both databases.

use chrono::Duration;
use sea_orm::EntityTrait;

use super::service::{self as wallet, Paid, Reason};
use crate::{
    db::Conn,
    entities::tenant::{ledger_entry, order::OrderState, subscription, user},
    ids::OrderId,
    ports::{Notice, Refunds},
    shop::{
        ledger::service::LOSSES,
        order::{OrderRefused, service as orders},
        payment::{House, method, settle},
        refund::service::{self as refunds, NewRefund},
        subscription::service as subscriptions,
    },
    testing::{self, FakeGateway, TestShop, TestStore},
};

const PRICE: i64 = 29_900;

/// A shop that takes money from wallets, and somebody with so much in theirs.
async fn with_wallet(test: &TestStore, minor: i64) -> (TestShop, user::Model, OrderId) {
    let shop = test.selling_shop().await;
    shop.take_wallets().await;
    let user = shop.user(1).await;
    let first = shop.overpaid(test, &user, minor).await;
    (shop, user, first)
}

async fn access(shop: &TestShop, user: &user::Model) -> subscription::Model {
    let tx = shop.db.read().await.unwrap();
    subscriptions::current_of(&tx, user.id).await.unwrap().unwrap()
}

async fn is_offered(shop: &TestShop, user: &user::Model) -> bool {
    let tx = shop.db.read().await.unwrap();
    let all = method::choices(&tx, &shop.providers, shop.monthly, user.id).await.unwrap();
    all.iter().any(|choice| choice.method.provider == House::Wallet.name())
}

async fn refund(shop: &TestShop, order: OrderId, minor: i64) {
    let tx = shop.db.write().await.unwrap();
    let new = NewRefund { order, minor, reason: "asked nicely", requested_by: "owner".into() };
    refunds::request(&tx, Refunds::Partial, new).await.unwrap();
    tx.commit().await.unwrap();
}

/// The provider is asked anew what became of the order's payment.
async fn reported(test: &TestStore, shop: &TestShop, order: OrderId) {
    let payment = format!("pay_{order}");
    settle::settle(&shop.db, &shop.providers, FakeGateway::NAME, &payment).await.unwrap();
    shop.work(test).await;
}

async fn timeline(shop: &TestShop, order: OrderId) -> Vec<String> {
    let tx = shop.db.read().await.unwrap();
    orders::timeline(&tx, order).await.unwrap().into_iter().map(|line| line.kind).collect()
}

#[tokio::test]
async fn a_month_is_paid_with_what_was_paid_too_much_and_once_however_often_it_is_pressed() {
    for test in testing::stores().await {
        let (shop, user, _) = with_wallet(&test, PRICE + 100).await;
        let end = access(&shop, &user).await.target_expire;
        let order = shop.order_by_wallet(&user).await.unwrap();
        assert_eq!(shop.order_by_wallet(&user).await.unwrap(), order, "a second press orders nothing more");
        assert_eq!(
            (shop.find(order).await.state, shop.wallet_of(&user).await),
            (OrderState::New, PRICE + 100)
        );

        // Two devices at once.
        let (one, two) = tokio::join!(shop.pay_by_wallet(order), shop.pay_by_wallet(order));
        assert!([one, two].contains(&Paid::Done) && [one, two].contains(&Paid::NotOpen), "{one:?} {two:?}");
        assert_eq!(shop.pay_by_wallet(order).await, Paid::NotOpen, "{}", test.name());
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned);
        assert_eq!(access(&shop, &user).await.target_expire, end + Duration::days(30));
        assert_eq!(shop.wallet_of(&user).await, 100);

        let tx = shop.db.read().await.unwrap();
        let history = wallet::history(&tx, user.id, 10).await.unwrap();
        drop(tx);
        let moved: Vec<_> = history.iter().map(|line| (line.reason, line.amount.minor)).collect();
        assert_eq!(moved, [(Reason::Paid, -PRICE), (Reason::Surplus, PRICE + 100)]);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_wallet_that_does_not_cover_the_price_is_not_offered_and_does_not_pay() {
    for test in testing::stores().await {
        let (shop, user, first) = with_wallet(&test, PRICE).await;
        assert!(is_offered(&shop, &user).await);
        assert!(!is_offered(&shop, &shop.user(2).await).await, "nobody pays with another's");
        let order = shop.order_by_wallet(&user).await.unwrap();
        // Between the order and the press some of it goes back where it came from.
        shop.gateway.change(first, |facts| facts.refunded = 1);
        reported(&test, &shop, first).await;
        let short = shop.pay_by_wallet(order).await;
        assert!(matches!(short, Paid::Short(there) if there.minor == PRICE - 1), "{short:?}");
        assert_eq!(shop.find(order).await.state, OrderState::New);
        assert!(!is_offered(&shop, &user).await, "{}", test.name());
        let refused = shop.order_by_wallet(&user).await.unwrap_err();
        assert!(matches!(refused, OrderRefused::MethodGone), "{refused:?}");

        test.clock.advance(Duration::minutes(61));
        assert_eq!(shop.pay_by_wallet(order).await, Paid::NotOpen);
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Expired);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_wallet_that_the_shop_switched_off_pays_nothing() {
    for test in testing::stores().await {
        let (shop, user, _) = with_wallet(&test, PRICE).await;
        let order = shop.order_by_wallet(&user).await.unwrap();
        let tx = shop.db.write().await.unwrap();
        method::switch(&tx, House::Wallet.name(), false).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(shop.pay_by_wallet(order).await, Paid::NotOpen, "{}", test.name());
        assert_eq!(shop.wallet_of(&user).await, PRICE);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn money_of_an_order_that_a_wallet_paid_goes_back_into_it_at_once_and_takes_the_days() {
    for test in testing::stores().await {
        let (shop, user, _) = with_wallet(&test, PRICE).await;
        let end = access(&shop, &user).await.target_expire;
        let order = shop.order_by_wallet(&user).await.unwrap();
        assert_eq!(shop.pay_by_wallet(order).await, Paid::Done);
        shop.work(&test).await;

        refund(&shop, order, PRICE / 2).await;
        assert_eq!(shop.wallet_of(&user).await, PRICE / 2, "{}: no job has run", test.name());
        shop.work(&test).await;
        assert_eq!(access(&shop, &user).await.target_expire, end + Duration::days(15));
        refund(&shop, order, PRICE / 2).await;
        shop.work(&test).await;
        let row = shop.find(order).await;
        assert_eq!((row.state, row.refunded_minor), (OrderState::Refunded, PRICE));
        assert_eq!((shop.wallet_of(&user).await, access(&shop, &user).await.target_expire), (PRICE, end));
        let told = shop.notifier.sent();
        let back = |notice: &&Notice| matches!(notice, Notice::PaymentRefunded { .. });
        assert_eq!(told.iter().filter(back).count(), 2);
        // It can be spent once more.
        let again = shop.order_by_wallet(&user).await.unwrap();
        assert_eq!(shop.pay_by_wallet(again).await, Paid::Done);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_surplus_that_goes_back_after_it_was_spent_is_the_shops_loss_and_the_wallet_owes_nothing() {
    for test in testing::stores().await {
        let (shop, user, first) = with_wallet(&test, PRICE + 100).await;
        let order = shop.order_by_wallet(&user).await.unwrap();
        assert_eq!(shop.pay_by_wallet(order).await, Paid::Done);
        shop.work(&test).await;
        // Somebody sends the surplus back at the provider: 100 are still there, the rest is spent.
        shop.gateway.change(first, |facts| facts.refunded = PRICE + 100);
        for _ in 0..2 {
            reported(&test, &shop, first).await;
        }
        assert_eq!(shop.wallet_of(&user).await, 0, "{}", test.name());
        let row = shop.find(first).await;
        assert_eq!((row.state, row.refunded_minor), (OrderState::Provisioned, 0), "that was all surplus");
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned, "what was bought stays");
        let tx = shop.db.read().await.unwrap();
        let rows = ledger_entry::Entity::find().all(tx.raw()).await.unwrap();
        drop(tx);
        let lost: i64 = rows.iter().filter(|row| row.account == LOSSES).map(|row| row.amount_minor).sum();
        assert_eq!(lost, PRICE);
        let lines = timeline(&shop, first).await;
        assert!(lines.ends_with(&["surplus_back".into(), "surplus_was_spent".into()]), "{lines:?}");

        // What goes back beyond it is the order's, and a later refund of the other fills the wallet anew.
        shop.gateway.change(first, |facts| facts.refunded = 2 * PRICE + 100);
        reported(&test, &shop, first).await;
        assert_eq!(shop.find(first).await.state, OrderState::Refunded);
        refund(&shop, order, PRICE).await;
        assert_eq!(shop.wallet_of(&user).await, PRICE);
        shop.settled_down(&test).await;
    }
}
