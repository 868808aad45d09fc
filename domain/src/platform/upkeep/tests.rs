//! What is cleaned up, on both databases.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::*;
use crate::{
    clock::Clock,
    db::{Conn, TenantDb},
    entities::{
        master::tenant,
        tenant::job::{self, JobState},
    },
    ids::{BotId, JobId},
    jobs::open_jobs,
    shop::update::parked,
    testing::{self, TestStore},
};

async fn old_job(test: &TestStore, db: &TenantDb) {
    let tx = db.write().await.unwrap();
    update::service::first_time(&tx, BotId::new(), 1).await.unwrap();
    let long_ago = test.clock.now();
    let row = job::ActiveModel {
        id: Set(JobId::new()),
        kind: Set("x".into()),
        dedupe_key: Set(None),
        payload: Set(serde_json::json!({})),
        state: Set(JobState::Done),
        lane: Set(None),
        priority: Set(0),
        run_at: Set(long_ago),
        attempts: Set(1),
        max_attempts: Set(1),
        lease_until: Set(None),
        worker: Set(None),
        epoch: Set(1),
        last_error: Set(None),
        created_at: Set(long_ago),
        done_at: Set(Some(long_ago)),
    };
    job::Entity::insert(row).exec_without_returning(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn an_update_that_waited_for_a_day_is_forgotten_and_a_younger_one_stays() {
    for test in testing::stores().await {
        let shop = test.shop().await;
        let bot = BotId::new();
        for update in [1, 2] {
            let tx = shop.write().await.unwrap();
            parked::park(&tx, bot, 7, update, &serde_json::json!({})).await.unwrap();
            tx.commit().await.unwrap();
            test.clock.advance(chrono::Duration::hours(12));
        }
        clean_up(&test.store, CleanUp { after: None }).await.unwrap();
        let tx = shop.read().await.unwrap();
        let next = parked::next(&tx, bot, 7).await.unwrap();
        assert_eq!(next.map(|row| row.update_id), Some(2), "{}", test.name());
    }
}

#[tokio::test]
async fn one_broken_shop_does_not_end_the_clean_up_of_the_rest() {
    for test in testing::stores().await {
        let shops = [test.shop().await, test.shop().await, test.shop().await];
        for shop in &shops {
            old_job(&test, shop).await;
        }
        tenant::Entity::update_many()
            .col_expr(tenant::Column::SealedKey, Expr::value(vec![1_u8]))
            .filter(tenant::COLUMN.id.eq(shops[0].tenant()))
            .exec(test.master().raw())
            .await
            .unwrap();
        test.store.close(shops[0].tenant()).await;
        test.clock.advance(chrono::Duration::days(8));

        clean_up(&test.store, CleanUp { after: None }).await.unwrap();

        for shop in &shops[1..] {
            let shop = test.store.open(shop.tenant()).await.unwrap();
            let tx = shop.read().await.unwrap();
            assert!(job::Entity::find().all(tx.raw()).await.unwrap().is_empty(), "{}", test.name());
        }
        let next = open_jobs(test.master()).await.unwrap().remove(0);
        let next: CleanUp = serde_json::from_value(next.payload).unwrap();
        assert_eq!(next.after, Some(shops[2].tenant()));
        clean_up(&test.store, next).await.unwrap();
        assert_eq!(open_jobs(test.master()).await.unwrap().len(), 1, "it goes on without end");
    }
}
