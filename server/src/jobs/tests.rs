//! The rounds begin once, however many processes there are.

use chrono::Duration;
use domain::{
    db::{Conn as _, TenantDb, TenantStore},
    entities::tenant::job,
    jobs::open_jobs,
    platform::money_round::go_round,
    shop::ledger::nightly,
    testing,
};
use sea_orm::{EntityTrait as _, QueryFilter as _};

use super::*;

/// Runs the rounds that wait, each once more, as after a crash.
async fn go_rounds(store: &TenantStore) {
    let rounds = open_jobs(store.master()).await.unwrap();
    for row in rounds.into_iter().filter(|row| row.kind == MoneyRound::KIND) {
        for _ in 0..2 {
            go_round(store, serde_json::from_value(row.payload.clone()).unwrap()).await.unwrap();
        }
    }
}

async fn checks(db: &TenantDb) -> usize {
    let tx = db.read().await.unwrap();
    let kind = job::COLUMN.kind.eq(CheckMoney::KIND);
    job::Entity::find().filter(kind).all(tx.raw()).await.unwrap().len()
}

#[tokio::test]
async fn the_books_of_a_shop_are_checked_once_a_night_however_many_processes_there_are() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (one, other) = (&test.store, test.reopened().await);
        queue_due(one.master()).await.unwrap();
        for night in 1..=2 {
            test.clock.advance(Duration::days(1));
            let all = [one, &other, one, &other].map(|store| queue_due(store.master()));
            assert!(futures::future::join_all(all).await.into_iter().all(|queued| queued.is_ok()));
            let rounds = open_jobs(one.master()).await.unwrap();
            let nightly = rounds.iter().filter(|row| row.payload["nightly"] == true);
            assert_eq!(nightly.count(), 1, "{}: {rounds:?}", test.name());
            go_rounds(one).await;
            test.clock.advance(Duration::hours(1));
            shop.work(&test).await;
            assert_eq!(checks(&shop.db).await, night, "{}", test.name());
            // Taken up again when the shop is done.
            go_rounds(&other).await;
            assert_eq!(checks(&shop.db).await, night, "{}: twice in a night", test.name());
            let last = nightly::last(&shop.db.read().await.unwrap()).await.unwrap().unwrap();
            assert_eq!((last.breaches, last.silent), (vec![], vec![]));
            assert!(nightly::last(one.master()).await.unwrap().is_some(), "the platform's own books");
            forget(one, MoneyRound::KIND).await;
        }
    }
}

async fn forget(store: &TenantStore, kind: &str) {
    let rows = job::Entity::delete_many().filter(job::COLUMN.kind.eq(kind));
    rows.exec(store.master().raw()).await.unwrap();
}
