//! Has every panel of every shop compared with what we think of it.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::{
    db::{StoreError, TenantStore},
    ids::TenantId,
    jobs::{self, Job},
    shop::panel::{jobs::SyncPanel, service::all},
};

/// Shops gone through by one job: a fraction of what a job may take.
const SHOPS: u64 = 200;
/// The comparisons are spread over this long, which is less than from one time to the next.
const SPREAD_SECONDS: u128 = 110 * 60;

/// Queues the comparison in each of the shops that come after one.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SyncShops {
    pub after: Option<TenantId>,
}

impl Job for SyncShops {
    const KIND: &'static str = "sync_shops";

    fn dedupe_key(&self) -> Option<String> {
        Some(self.after.map(|id| id.to_string()).unwrap_or_default())
    }
}

/// Goes through some shops and queues the job for the next ones. A shop in which it fails is logged
/// and left for the next time.
///
/// # Errors
/// [`StoreError::Database`] of the platform's database.
pub async fn sync_shops(store: &TenantStore, job: SyncShops) -> Result<(), StoreError> {
    let shops = store.ids_after(job.after, SHOPS).await?;
    for shop in &shops {
        if let Err(error) = queue_in(store, *shop).await {
            tracing::error!(%shop, %error, "the comparison with a shop's panels was not queued");
        }
    }
    let Some(last) = shops.last() else { return Ok(()) };
    let tx = store.master().write().await?;
    jobs::enqueue(&tx, &SyncShops { after: Some(*last) }, tx.now()).await?;
    tx.commit().await
}

async fn queue_in(store: &TenantStore, shop: TenantId) -> Result<(), StoreError> {
    let db = store.open_briefly(shop).await?;
    if all(&db.read().await?).await?.is_empty() {
        return Ok(());
    }
    let tx = db.write().await?;
    for panel in all(&tx).await? {
        jobs::enqueue(&tx, &SyncPanel { panel: panel.id }, tx.now() + turn(shop)).await?;
    }
    tx.commit().await
}

/// Always the same for a shop.
fn turn(shop: TenantId) -> Duration {
    Duration::seconds(i64::try_from(shop.0.as_u128() % SPREAD_SECONDS).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{clock::Clock, jobs::open_jobs, testing};

    #[tokio::test]
    async fn each_shop_with_a_panel_has_its_turn_within_two_hours() {
        for test in testing::stores().await {
            let shops = [test.selling_shop().await, test.selling_shop().await];
            let empty = test.shop().await;
            sync_shops(&test.store, SyncShops { after: None }).await.unwrap();
            sync_shops(&test.store, SyncShops { after: None }).await.unwrap();
            for shop in &shops {
                let tx = shop.db.read().await.unwrap();
                let jobs = open_jobs(&tx).await.unwrap();
                assert_eq!(jobs.len(), 1, "{}: once, however often it is asked for", test.name());
                assert!(jobs[0].run_at - test.clock.now() < Duration::hours(2));
            }
            assert!(open_jobs(&empty.read().await.unwrap()).await.unwrap().is_empty());
            let next = open_jobs(test.master()).await.unwrap().remove(0);
            sync_shops(&test.store, serde_json::from_value(next.payload).unwrap()).await.unwrap();
            assert_eq!(open_jobs(test.master()).await.unwrap().len(), 1, "it goes on without end");
        }
    }
}
