//! That the check of the money sees what it should.

mod book;
mod breaches;
mod online;

use chrono::Duration;
use sea_orm::{EntityTrait, QueryFilter};

use super::verify;
use crate::{
    clock::Clock,
    db::Conn,
    entities::tenant::job,
    shop::payment::settle,
    testing::{self, FakeGateway, TestShop},
};

#[tokio::test]
async fn the_check_of_the_money_sees_what_nothing_works_on() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let order = shop.order(&shop.user(1).await).await;
        shop.gateway.pay(order, test.clock.now());
        shop.webhook(order).await.unwrap();
        test.clock.advance(Duration::minutes(6));
        let breaches = async || verify::shop(&shop.db.read().await.unwrap()).await.unwrap();
        assert_eq!(breaches().await, [], "{}: a job will act on it", test.name());

        forget_jobs(&shop, "settle_payment").await;
        let found = breaches().await;
        assert_eq!(found.iter().map(|breach| breach.invariant).collect::<Vec<_>>(), ["I7"], "{found:?}");

        settle::settle(&shop.db, &shop.providers, FakeGateway::NAME, &format!("pay_{order}")).await.unwrap();
        assert_eq!(breaches().await, [], "{}: it is on its way", test.name());
        forget_jobs(&shop, "provision").await;
        let found = breaches().await;
        assert_eq!(found.iter().map(|breach| breach.invariant).collect::<Vec<_>>(), ["I5"], "{found:?}");
    }
}

async fn forget_jobs(shop: &TestShop, kind: &str) {
    let tx = shop.db.write().await.unwrap();
    job::Entity::delete_many().filter(job::COLUMN.kind.eq(kind)).exec(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
}
