//! What a shop's people do about its promo codes on our pages, each written into the audit log.

use serde_json::json;

use super::payments::Actor;
use crate::{
    entities::tenant::promo_code,
    ids::PromoId,
    shop::promo::service::{self as codes, NewPromo, PromoRefused},
};

impl Actor<'_> {
    /// Makes a code, or changes the one that `id` names.
    ///
    /// # Errors
    /// [`PromoRefused`].
    pub async fn save_promo(
        &self,
        id: Option<PromoId>,
        new: &NewPromo,
    ) -> Result<promo_code::Model, PromoRefused> {
        let tx = self.db.write().await?;
        let code = codes::save(&tx, id, new).await?;
        tx.commit().await?;
        let detail =
            json!({ "code": code.code, "kind": code.kind, "value": code.value, "new": id.is_none() });
        self.note("promo.save", code.id.to_string(), detail).await?;
        Ok(code)
    }

    /// # Errors
    /// [`PromoRefused`].
    pub async fn switch_promo(&self, id: PromoId, on: bool) -> Result<(), PromoRefused> {
        let tx = self.db.write().await?;
        codes::switch(&tx, id, on).await?;
        tx.commit().await?;
        Ok(self.note("promo.switch", id.to_string(), json!({ "on": on })).await?)
    }

    /// # Errors
    /// [`PromoRefused`].
    pub async fn delete_promo(&self, id: PromoId) -> Result<(), PromoRefused> {
        let tx = self.db.write().await?;
        codes::delete(&tx, id).await?;
        tx.commit().await?;
        Ok(self.note("promo.delete", id.to_string(), json!({})).await?)
    }
}
