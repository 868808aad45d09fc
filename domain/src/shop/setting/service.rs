//! Named values: of one shop, or of the platform, whose table is the same.

use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use serde_json::Value;

use crate::{
    db::{Conn, StoreError, TenantConn},
    entities::tenant::setting::{ActiveModel, Entity},
};

/// Whether newcomers have to accept the rules. `false` switches it off.
const RULES: &str = "rules";

/// Set in a copy of a shop that is still there.
const SHARES_ACCOUNTS: &str = "shares_accounts";

/// Whether the payments at the shop's providers are another shop's too, of which it is a copy: what that
/// one has open is not this one's to settle.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn shares_accounts(tx: &impl TenantConn) -> Result<bool, StoreError> {
    Ok(get(tx, SHARES_ACCOUNTS).await?.and_then(|value| value.as_bool()).unwrap_or(false))
}

/// Marks the shop as such a copy.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn mark_shared_accounts(tx: &impl TenantConn) -> Result<(), StoreError> {
    put(tx, SHARES_ACCOUNTS, true.into()).await
}

/// Whether newcomers have to accept the shop's rules; they do unless the owner switched it off.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn asks_for_rules(tx: &impl TenantConn) -> Result<bool, StoreError> {
    Ok(get(tx, RULES).await?.and_then(|value| value.as_bool()).unwrap_or(true))
}

/// # Errors
/// [`StoreError::Database`].
pub async fn get(conn: &impl Conn, name: &str) -> Result<Option<Value>, StoreError> {
    Ok(Entity::find_by_id(name).one(conn.raw()).await?.map(|row| row.value))
}

/// # Errors
/// [`StoreError::Database`].
pub async fn put(tx: &impl Conn, name: &str, value: Value) -> Result<(), StoreError> {
    let keep = OnConflict::new().do_nothing().to_owned();
    let row = ActiveModel { name: Set(name.to_owned()), value: Set(value.clone()) };
    if Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await? == 0 {
        let row = ActiveModel { name: Set(name.to_owned()), value: Set(value) };
        Entity::update(row).exec(tx.raw()).await?;
    }
    Ok(())
}

/// # Errors
/// [`StoreError::Database`].
pub async fn remove(tx: &impl Conn, name: &str) -> Result<(), StoreError> {
    Entity::delete_by_id(name).exec(tx.raw()).await?;
    Ok(())
}
