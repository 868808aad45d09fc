//! Books that somebody who knows how the chain is made has made anew.

use sea_orm::{ConnectionTrait as _, EntityTrait as _, QueryOrder as _};

use super::{Anchored, accept, check, renew};
use crate::{
    db::Conn as _,
    entities::tenant::ledger_entry,
    shop::ledger::{chain, verify},
    testing::{self, TestShop},
};

#[tokio::test]
async fn books_are_anchored_when_they_have_moved_and_not_otherwise() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let master = test.store.master();
        assert_eq!(renew(master, &shop.db).await.unwrap(), Anchored::Nothing, "{}: empty", test.name());
        shop.bought(&test, &shop.user(1).await).await;
        shop.work(&test).await;
        assert_eq!(renew(master, &shop.db).await.unwrap(), Anchored::At(2));
        assert_eq!(renew(master, &shop.db).await.unwrap(), Anchored::Nothing);
        shop.bought(&test, &shop.user(2).await).await;
        shop.work(&test).await;
        assert_eq!(check(master, &shop.db).await.unwrap(), [], "the books may go on");
        assert_eq!(renew(master, &shop.db).await.unwrap(), Anchored::At(4));
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_chain_that_was_made_anew_is_found_and_stays_so_until_somebody_says_why() {
    // On PostgreSQL a shop's rows are out of reach of the role that tests have.
    let test = testing::sqlite().await;
    let shop = test.selling_shop().await;
    let master = test.store.master();
    shop.bought(&test, &shop.user(1).await).await;
    shop.work(&test).await;
    renew(master, &shop.db).await.unwrap();
    forge(&shop).await;
    let tx = shop.db.read().await.unwrap();
    assert_eq!(verify::books(&tx).await.unwrap(), [], "the chain itself holds");
    drop(tx);
    for _ in 0..2 {
        let found = check(master, &shop.db).await.unwrap();
        assert!(found.len() == 1 && found[0].invariant == "I11", "{found:?}");
        assert_eq!(renew(master, &shop.db).await.unwrap(), Anchored::Refused);
    }
    assert_eq!(accept(master, &shop.db, "brought back").await.unwrap(), Anchored::At(2));
    assert_eq!(check(master, &shop.db).await.unwrap(), []);
}

/// Halves every amount and makes the chain anew, past the triggers.
async fn forge(shop: &TestShop) {
    let tx = shop.db.write().await.unwrap();
    let by_number = ledger_entry::Entity::find().order_by_asc(ledger_entry::Column::Seq);
    let rows = by_number.all(tx.raw()).await.unwrap();
    let triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entries'";
    let found = tx.raw().query_all_raw(sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, triggers));
    for row in found.await.unwrap() {
        let name: String = row.try_get("", "name").unwrap();
        tx.raw().execute_unprepared(&format!("DROP TRIGGER {name}")).await.unwrap();
    }
    let mut previous = String::new();
    for mut row in rows {
        row.amount_minor /= 2;
        row.hash = chain::link(&previous, &row);
        previous.clone_from(&row.hash);
        let (minor, hash, seq) = (row.amount_minor, row.hash, row.seq);
        let change =
            format!("UPDATE ledger_entries SET amount_minor = {minor}, hash = '{hash}' WHERE seq = {seq}");
        tx.raw().execute_unprepared(&change).await.unwrap();
    }
    tx.commit().await.unwrap();
}
