//! What a shop's people do about packs of traffic on our pages, each written into the audit log.

use serde_json::json;

use super::payments::Actor;
use crate::{
    ids::PlanId,
    money::Money,
    shop::traffic::service::{self as packs, PackRefused},
};

impl Actor<'_> {
    /// Sells a pack, or gives it another price.
    ///
    /// # Errors
    /// [`PackRefused`].
    pub async fn save_pack(&self, gigabytes: i64, price: Money) -> Result<(), PackRefused> {
        let tx = self.db.write().await?;
        let pack = packs::save(&tx, gigabytes, price).await?;
        tx.commit().await?;
        let detail = json!({ "gigabytes": gigabytes, "price": price.to_string() });
        Ok(self.note("pack.save", pack.id.to_string(), detail).await?)
    }

    /// # Errors
    /// [`PackRefused`].
    pub async fn switch_pack(&self, id: PlanId, on: bool) -> Result<(), PackRefused> {
        let tx = self.db.write().await?;
        packs::switch(&tx, id, on).await?;
        tx.commit().await?;
        Ok(self.note("pack.switch", id.to_string(), json!({ "on": on })).await?)
    }
}
