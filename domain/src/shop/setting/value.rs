//! Reading and writing a named value of any form.

use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::setting::{ActiveModel, Entity},
};

/// `None` also for a value of a form that this version does not know.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn read<T: DeserializeOwned>(tx: &impl TenantConn, name: &str) -> Result<Option<T>, StoreError> {
    let row = Entity::find_by_id(name).one(tx.raw()).await?;
    Ok(row.and_then(|row| serde_json::from_value(row.value).ok()))
}

/// # Errors
/// [`StoreError::Database`].
pub async fn write<T: Serialize + Sync>(tx: &TenantTx, name: &str, value: &T) -> Result<(), StoreError> {
    let value = serde_json::to_value(value).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
    let row = ActiveModel { name: Set(name.to_owned()), value: Set(value) };
    let keep = OnConflict::new().do_nothing().to_owned();
    let inserted = Entity::insert(row.clone()).on_conflict(keep).exec_without_returning(tx.raw()).await?;
    if inserted == 0 {
        Entity::update(row).exec(tx.raw()).await?;
    }
    Ok(())
}

/// # Errors
/// [`StoreError::Database`].
pub async fn remove(tx: &TenantTx, name: &str) -> Result<(), StoreError> {
    Entity::delete_by_id(name).exec(tx.raw()).await?;
    Ok(())
}
