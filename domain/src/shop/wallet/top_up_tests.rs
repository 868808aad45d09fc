//! Filling a wallet, on both databases: paid once, too much, too little, late, back and called back.

use chrono::Duration;
use rstest::rstest;
use sea_orm::EntityTrait as _;

use super::{
    service::{self as wallet, Paid, Reason},
    top_up::{self, Outside},
};
use crate::{
    clock::Clock as _,
    db::Conn as _,
    entities::tenant::{grant, ledger_entry, order::OrderState, user},
    ids::OrderId,
    money::{Currency, Money},
    ports::{Dispute, Notice, PaymentStatus, Refunds},
    shop::{
        ledger::service::LOSSES,
        order::{list, service as orders},
        payment::{House, Way, method, method::Typed, settle},
        refund::{
            rules::RefundRefused,
            service::{self as refunds, NewRefund, RefundError},
        },
        stat,
    },
    testing::{self, FakeGateway, TestShop, TestStore},
};

const PRICE: i64 = 29_900;

async fn with_wallets(test: &TestStore) -> (TestShop, user::Model) {
    let shop = test.selling_shop().await;
    shop.take_wallets().await;
    let user = shop.user(1).await;
    (shop, user)
}

async fn refund(shop: &TestShop, order: OrderId, minor: i64) -> Result<(), RefundError> {
    let tx = shop.db.write().await?;
    let new = NewRefund { order, minor, reason: "asked nicely", requested_by: "owner".into() };
    refunds::request(&tx, Refunds::Partial, new).await?;
    Ok(tx.commit().await?)
}

/// The provider is asked anew what became of the order's payment.
async fn reported(test: &TestStore, shop: &TestShop, order: OrderId) {
    let payment = format!("pay_{order}");
    settle::settle(&shop.db, &shop.providers, FakeGateway::NAME, &payment).await.unwrap();
    shop.work(test).await;
}

async fn spendable(shop: &TestShop, user: &user::Model) -> i64 {
    let tx = shop.db.read().await.unwrap();
    wallet::spendable(&tx, user.id, Currency::Rub).await.unwrap().minor
}

async fn losses(shop: &TestShop) -> i64 {
    let tx = shop.db.read().await.unwrap();
    let rows = ledger_entry::Entity::find().all(tx.raw()).await.unwrap();
    rows.iter().filter(|row| row.account == LOSSES).map(|row| row.amount_minor).sum()
}

async fn spend(shop: &TestShop, user: &user::Model) -> OrderId {
    let order = shop.order_by_wallet(user).await.unwrap();
    assert_eq!(shop.pay_by_wallet(order).await, Paid::Done);
    order
}

#[tokio::test]
async fn a_wallet_is_filled_once_however_often_it_is_reported_and_pays_for_a_month() {
    for test in testing::stores().await {
        let (shop, user) = with_wallets(&test).await;
        let order = shop.top_up(&user, PRICE).await;
        assert_eq!(shop.top_up(&user, PRICE).await, order, "a second press orders nothing more");
        shop.gateway.pay(order, test.clock.now());
        for _ in 0..2 {
            shop.webhook(order).await.unwrap();
            shop.work(&test).await;
        }
        let row = shop.find(order).await;
        assert_eq!((row.state, row.subscription_id), (OrderState::Provisioned, None), "{}", test.name());
        assert_eq!(
            (list::title(&row, crate::locale::Locale::En), row.is_top_up()),
            ("Wallet top-up".into(), true)
        );
        assert_eq!(shop.wallet_of(&user).await, PRICE);
        let told = shop.notifier.sent();
        assert_eq!(told.iter().filter(|told| **told == Notice::WalletFilled { order }).count(), 1);

        let tx = shop.db.read().await.unwrap();
        assert!(grant::Entity::find().all(tx.raw()).await.unwrap().is_empty(), "it gives no time");
        let lines = orders::timeline(&tx, order).await.unwrap();
        assert_eq!(lines.last().unwrap().kind, "wallet_filled");
        drop(tx);
        spend(&shop, &user).await;
        shop.work(&test).await;
        let tx = shop.db.read().await.unwrap();
        let zone = chrono::FixedOffset::east_opt(0).unwrap();
        let summary = stat::service::summary(&tx, zone, Currency::Rub).await.unwrap();
        assert_eq!(summary.revenue(), PRICE, "money in a wallet is no sale");
        let history = wallet::history(&tx, user.id, 9).await.unwrap();
        drop(tx);
        let moved: Vec<_> = history.iter().map(|line| (line.reason, line.amount.minor)).collect();
        assert_eq!(moved, [(Reason::Paid, -PRICE), (Reason::TopUp, PRICE)]);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn too_little_fills_nothing_and_what_is_too_much_or_late_is_in_the_wallet_too() {
    for test in testing::stores().await {
        let (shop, user) = with_wallets(&test).await;
        let short = shop.top_up(&user, 1_000).await;
        shop.gateway.pay(short, test.clock.now());
        shop.gateway.change(short, |facts| facts.amount.minor = 999);
        shop.webhook(short).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(short).await.state, OrderState::Mismatch, "{}", test.name());
        assert_eq!(shop.wallet_of(&user).await, 0);

        let over = shop.top_up(&user, 2_000).await;
        shop.gateway.pay(over, test.clock.now());
        shop.gateway.change(over, |facts| facts.amount.minor = 2_500);
        shop.webhook(over).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.wallet_of(&user).await, 2_500);

        let late = shop.top_up(&user, 3_000).await;
        test.clock.advance(Duration::minutes(61));
        shop.work(&test).await;
        assert_eq!(shop.find(late).await.state, OrderState::Expired);
        shop.gateway.pay(late, test.clock.now());
        shop.webhook(late).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(late).await.state, OrderState::Provisioned);
        assert_eq!(shop.wallet_of(&user).await, 5_500);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn only_what_is_still_in_the_wallet_is_sent_back_and_nobody_spends_it_on_its_way() {
    for test in testing::stores().await {
        let (shop, user) = with_wallets(&test).await;
        let order = shop.filled(&test, &user, PRICE + 5_000).await;
        spend(&shop, &user).await;
        shop.work(&test).await;
        let refused = refund(&shop, order, 5_001).await.unwrap_err();
        assert!(matches!(refused, RefundError::Refused(RefundRefused::Spent)), "{refused:?}");
        let row = shop.find(order).await;
        let tx = shop.db.read().await.unwrap();
        assert_eq!(refunds::left(&tx, &row).await.unwrap(), 5_000, "{}", test.name());
        drop(tx);

        let more = shop.filled(&test, &user, PRICE).await;
        assert_eq!(spendable(&shop, &user).await, PRICE + 5_000);
        refund(&shop, order, 5_000).await.unwrap();
        assert_eq!(spendable(&shop, &user).await, PRICE, "it is on its way");
        let month = shop.order_by_wallet(&user).await.unwrap();
        refund(&shop, more, 1).await.unwrap();
        let short = shop.pay_by_wallet(month).await;
        assert!(matches!(short, Paid::Short(there) if there.minor == PRICE - 1), "{short:?}");
        shop.work(&test).await;
        assert_eq!((shop.wallet_of(&user).await, losses(&shop).await), (PRICE - 1, 0));
        let row = shop.find(order).await;
        assert_eq!((row.state, row.refunded_minor), (OrderState::Provisioned, 5_000));
        refund(&shop, more, PRICE - 1).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(more).await.state, OrderState::Refunded);
        let tx = shop.db.read().await.unwrap();
        let newest = wallet::history(&tx, user.id, 1).await.unwrap().remove(0);
        drop(tx);
        assert_eq!((newest.reason, newest.amount.minor), (Reason::TopUpBack, 1 - PRICE));
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_refund_that_the_provider_refuses_gives_the_wallet_its_money_back() {
    for test in testing::stores().await {
        let (shop, user) = with_wallets(&test).await;
        let order = shop.filled(&test, &user, PRICE).await;
        refund(&shop, order, PRICE).await.unwrap();
        assert_eq!(spendable(&shop, &user).await, 0, "{}", test.name());
        // The provider knows it no more.
        let facts = shop.gateway.take(order).unwrap();
        shop.work(&test).await;
        assert_eq!(spendable(&shop, &user).await, PRICE);
        shop.gateway.put(facts);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn what_was_spent_and_goes_back_at_the_provider_is_the_shops_loss() {
    for test in testing::stores().await {
        let (shop, user) = with_wallets(&test).await;
        let order = shop.filled(&test, &user, PRICE + 100).await;
        let month = spend(&shop, &user).await;
        shop.work(&test).await;
        shop.gateway.change(order, |facts| facts.refunded = PRICE + 100);
        for _ in 0..2 {
            reported(&test, &shop, order).await;
        }
        assert_eq!((shop.wallet_of(&user).await, losses(&shop).await), (0, PRICE), "{}", test.name());
        assert_eq!(shop.find(order).await.state, OrderState::Refunded);
        assert_eq!(shop.find(month).await.state, OrderState::Provisioned, "what was bought stays");
        shop.settled_down(&test).await;
    }
}

#[rstest]
#[case::nothing_was_spent(false, Dispute::Lost)]
#[case::it_was_spent(true, Dispute::Lost)]
#[case::the_bank_leaves_it(true, Dispute::Won)]
#[tokio::test]
async fn what_a_bank_calls_back_cannot_be_spent_until_it_has_decided(
    #[case] is_spent: bool,
    #[case] outcome: Dispute,
) {
    for test in testing::stores().await {
        let (shop, user) = with_wallets(&test).await;
        let order = shop.filled(&test, &user, PRICE + 700).await;
        if is_spent {
            spend(&shop, &user).await;
            shop.work(&test).await;
        }
        let there = shop.wallet_of(&user).await;
        shop.gateway.change(order, |facts| facts.dispute = Some(Dispute::Open));
        reported(&test, &shop, order).await;
        assert_eq!((shop.wallet_of(&user).await, spendable(&shop, &user).await), (there, 0));
        shop.gateway.change(order, |facts| facts.dispute = Some(outcome));
        reported(&test, &shop, order).await;
        let (left, lost, state) = match (outcome, is_spent) {
            (Dispute::Lost, true) => (0, PRICE, OrderState::Lost),
            (Dispute::Lost, false) => (0, 0, OrderState::Lost),
            _ => (there, 0, OrderState::Won),
        };
        assert_eq!(spendable(&shop, &user).await, left, "{}", test.name());
        assert_eq!((losses(&shop).await, shop.find(order).await.state), (lost, state));
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_wallet_is_filled_in_the_shops_currency_by_what_takes_the_amount() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let rub = |minor| Money::new(minor, Currency::Rub);
        let offer = async || {
            let tx = shop.db.read().await.unwrap();
            top_up::offer(&tx, &shop.providers).await.unwrap()
        };
        let takes = async |money| {
            let tx = shop.db.read().await.unwrap();
            let choices = top_up::choices(&tx, &shop.providers, money).await.unwrap();
            choices.into_iter().map(|choice| choice.method.provider).collect::<Vec<_>>()
        };
        assert_eq!(offer().await, None, "{}: it takes nothing from wallets", test.name());
        assert!(takes(rub(100)).await.is_empty());
        shop.take_wallets().await;
        let found = offer().await.unwrap();
        assert_eq!((found.least, found.most, found.proposed), (1, None, vec![rub(PRICE)]));
        assert_eq!(takes(rub(100)).await, [FakeGateway::NAME], "never by a wallet");
        assert!(takes(Money::new(100, Currency::Usd)).await.is_empty());
        assert!(takes(rub(0)).await.is_empty() && takes(rub(i64::MAX)).await.is_empty());

        let provider = shop.providers.find(FakeGateway::NAME).unwrap();
        let limits = Typed { min_minor: Some(500), max_minor: Some(9_000), ..Typed::default() };
        let tx = shop.db.write().await.unwrap();
        method::save(&tx, Way::Provider(provider), &limits).await.unwrap();
        tx.commit().await.unwrap();
        let found = offer().await.unwrap();
        assert_eq!((found.outside(500), found.outside(9_000)), (None, None));
        assert_eq!(found.outside(499), Some(Outside::Less(rub(500))));
        assert_eq!(found.outside(9_001), Some(Outside::More(rub(9_000))));
        assert!(found.proposed.is_empty() && takes(rub(499)).await.is_empty());

        let tx = shop.db.write().await.unwrap();
        method::switch(&tx, House::Wallet.name(), false).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(offer().await, None);
    }
}

#[tokio::test]
async fn a_payment_that_failed_is_told_and_may_be_tried_again() {
    for test in testing::stores().await {
        let (shop, user) = with_wallets(&test).await;
        let order = shop.top_up(&user, PRICE).await;
        shop.gateway.change(order, |facts| facts.status = PaymentStatus::Failed);
        shop.webhook(order).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Failed, "{}", test.name());
        assert!(shop.notifier.sent().contains(&Notice::PaymentFailed { order }));
        assert_ne!(shop.filled(&test, &user, PRICE).await, order);
        assert_eq!(shop.wallet_of(&user).await, PRICE);
        shop.settled_down(&test).await;
    }
}
