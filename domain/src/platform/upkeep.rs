//! Work that keeps the house in order, as jobs of the platform.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::{
    db::{StoreError, TenantStore},
    ids::TenantId,
    jobs::{self, Job},
    platform::bot::{answered, frozen},
    shop::{receipt, update},
};

/// Shops cleaned up by one job: a fraction of what a job may take.
const SHOPS: u64 = 200;

/// Hints every tenant: hints can be lost with a restored backup.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SweepTenants {}

impl Job for SweepTenants {
    const KIND: &'static str = "sweep_tenants";

    fn dedupe_key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Removes what nobody needs any more: from the platform, then from the shops that come after one.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct CleanUp {
    pub after: Option<TenantId>,
}

impl Job for CleanUp {
    const KIND: &'static str = "clean_up";

    fn dedupe_key(&self) -> Option<String> {
        Some(self.after.map(|id| id.to_string()).unwrap_or_default())
    }
}

/// Cleans some shops up and queues the job for the next ones. A shop in which it fails is logged and
/// left for the next time.
///
/// # Errors
/// [`StoreError::Database`] of the platform's database.
pub async fn clean_up(store: &TenantStore, job: CleanUp) -> Result<(), StoreError> {
    let shops = store.ids_after(job.after, SHOPS).await?;
    for shop in &shops {
        if let Err(error) = clean_shop(store, *shop).await {
            tracing::error!(%shop, %error, "a shop was not cleaned up");
        }
    }
    let tx = store.master().write().await?;
    if job.after.is_none() {
        jobs::forget_done(&tx).await?;
        answered::forget_old(&tx).await?;
        frozen::forget_old(&tx).await?;
    }
    if let Some(last) = shops.last() {
        jobs::enqueue(&tx, &CleanUp { after: Some(*last) }, tx.now()).await?;
    }
    tx.commit().await
}

async fn clean_shop(store: &TenantStore, shop: TenantId) -> Result<(), StoreError> {
    let tx = store.open_briefly(shop).await?.write().await?;
    update::service::forget_old(&tx).await?;
    update::parked::forget_old(&tx).await?;
    receipt::service::forget_old(&tx).await?;
    jobs::forget_done(&tx).await?;
    tx.commit().await
}
