//! What gets into the books, and how often.

use rstest::rstest;
use sea_orm::EntityTrait;

use super::super::{
    nightly::CheckMoney,
    service::{self as ledger, Booking, LOSSES, Leg, PAYMENT, REVENUE},
    verify,
};
use crate::{
    clock::Clock,
    db::Conn,
    entities::tenant::ledger_entry,
    jobs,
    money::{Currency, Money},
    testing,
};

fn booking<'a>(kind: &'a str, reference: &str, legs: Vec<Leg>) -> Booking<'a> {
    let at = chrono::DateTime::UNIX_EPOCH;
    Booking { order_ref: "order 1".into(), kind, provider_ref: reference.into(), at, legs }
}

fn moved(minor: i64, currency: Currency) -> Vec<Leg> {
    vec![Leg::new(REVENUE, -minor, currency), Leg::new(LOSSES, minor, currency)]
}

#[rstest]
#[case::too_much(vec![Leg::new(REVENUE, -5, Currency::Rub), Leg::new(LOSSES, 6, Currency::Rub)])]
#[case::too_little(vec![Leg::new(REVENUE, -5, Currency::Rub), Leg::new(LOSSES, 4, Currency::Rub)])]
#[case::one_leg(vec![Leg::new(REVENUE, -5, Currency::Rub)])]
#[case::two_currencies(vec![Leg::new(REVENUE, -5, Currency::Rub), Leg::new(LOSSES, 5, Currency::Usd)])]
#[tokio::test]
async fn what_does_not_sum_to_zero_in_each_currency_is_not_booked(#[case] legs: Vec<Leg>) {
    for test in testing::stores().await {
        let shop = test.shop().await;
        let tx = shop.write().await.unwrap();
        assert!(ledger::book(&tx, booking(PAYMENT, "1", legs.clone())).await.is_err(), "{}", test.name());
    }
}

#[tokio::test]
async fn a_movement_is_booked_once_and_another_one_of_its_payment_is_booked_too() {
    for test in testing::stores().await {
        let shop = test.shop().await;
        let tx = shop.write().await.unwrap();
        let mut both = moved(500, Currency::Rub);
        both.extend([Leg::new("abroad", -7, Currency::Usd), Leg::new("at home", 7, Currency::Usd)]);
        for (kind, reference, legs, is_new) in [
            (PAYMENT, "1", both, true),
            (PAYMENT, "1", moved(500, Currency::Rub), false),
            ("refund", "1", moved(-200, Currency::Rub), true),
            (PAYMENT, "2", moved(10, Currency::Rub), true),
        ] {
            assert_eq!(ledger::book(&tx, booking(kind, reference, legs)).await.unwrap(), is_new);
        }
        tx.commit().await.unwrap();

        let tx = shop.read().await.unwrap();
        let rows = ledger_entry::Entity::find().all(tx.raw()).await.unwrap();
        let mut numbers: Vec<_> = rows.iter().map(|row| row.seq).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=8).collect::<Vec<_>>(), "{}", test.name());
        assert_eq!(verify::books(&tx).await.unwrap(), [], "{}", test.name());
        for (account, currency, minor) in [
            (REVENUE, Currency::Rub, -310),
            (LOSSES, Currency::Rub, 310),
            ("at home", Currency::Usd, 7),
            ("at home", Currency::Rub, 0),
            ("nobody's", Currency::Rub, 0),
        ] {
            let balance = ledger::balance(&tx, account, currency).await.unwrap();
            assert_eq!(balance, Money::new(minor, currency), "{}: {account}", test.name());
        }
    }
}

#[tokio::test]
async fn two_that_book_in_the_platforms_books_wait_for_each_other() {
    for test in testing::stores().await {
        let first = test.master().write().await.unwrap();
        ledger::book(&first, booking(PAYMENT, "1", moved(5, Currency::Usd))).await.unwrap();
        let master = test.master().clone();
        let second = tokio::spawn(async move {
            let second = master.write().await.unwrap();
            ledger::book(&second, booking(PAYMENT, "2", moved(7, Currency::Usd))).await.unwrap();
            second.commit().await.unwrap();
        });
        // It has begun, as far as it gets.
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        first.commit().await.unwrap();
        second.await.unwrap();
        let master = test.master();
        assert_eq!(verify::books(master).await.unwrap(), [], "{}", test.name());
        assert_eq!(
            ledger::balance(master, LOSSES, Currency::Usd).await.unwrap().minor,
            12,
            "{}",
            test.name()
        );
    }
}

#[tokio::test]
async fn a_check_that_is_queued_is_not_queued_again() {
    for test in testing::stores().await {
        let shop = test.shop().await;
        let tx = shop.write().await.unwrap();
        for _ in 0..2 {
            jobs::enqueue(&tx, &CheckMoney {}, test.clock.now()).await.unwrap();
        }
        let open = jobs::open_jobs(&tx).await.unwrap();
        assert_eq!(open.len(), 1, "{}: {open:?}", test.name());
    }
}
