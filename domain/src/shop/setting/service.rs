//! Named values of one shop.

use sea_orm::EntityTrait;

use crate::{
    db::{StoreError, TenantConn},
    entities::tenant::setting::Entity,
};

/// Whether newcomers have to accept the rules. `false` switches it off.
const RULES: &str = "rules";

/// Whether newcomers have to accept the shop's rules; they do unless the owner switched it off.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn asks_for_rules(tx: &impl TenantConn) -> Result<bool, StoreError> {
    let row = Entity::find_by_id(RULES).one(tx.raw()).await?;
    Ok(row.and_then(|row| row.value.as_bool()).unwrap_or(true))
}
