//! What was done, by whom: so that whoever comes second is told who was first.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;

use crate::{
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::staff_act::{ActiveModel, COLUMN, Column, Deed, Entity, Model},
    ids::RowId,
};

/// Whoever does something for the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// `bot:` and a number at Telegram, or an account of the panel.
    pub by: String,
    /// How people know him.
    pub name: String,
}

/// Writes it down, in the transaction in which it happens.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn append(
    tx: &TenantTx,
    actor: &Actor,
    deed: Deed,
    subject: impl ToString,
    detail: Value,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(RowId::new()),
        done_by: Set(actor.by.clone()),
        name: Set(actor.name.clone()),
        deed: Set(deed),
        subject: Set(subject.to_string()),
        detail: Set(detail),
        at: Set(tx.now()),
    };
    Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// The newest of what was done.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn latest(tx: &impl TenantConn, at_most: u64) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find().order_by_desc(Column::Id).limit(at_most).all(tx.raw()).await?)
}

/// Who did one of these last to this.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn last(
    tx: &impl TenantConn,
    subject: impl ToString,
    deeds: &[Deed],
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(COLUMN.subject.eq(subject.to_string()))
        .filter(Column::Deed.is_in(deeds.iter().copied()))
        .order_by_desc(Column::Id)
        .one(tx.raw())
        .await?)
}
