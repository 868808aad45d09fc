//! Who did what. Rows are never changed.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;

use crate::{
    db::{Conn, MasterConn, MasterTx, StoreError},
    entities::master::audit,
    ids::{AccountId, RowId, TenantId},
};

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// `None` is the platform itself.
    pub account: Option<AccountId>,
    pub tenant: Option<TenantId>,
    /// Noun and verb: `bot.pause`.
    pub action: &'a str,
    /// The row it happened to. No personal data.
    pub subject: String,
    pub detail: Value,
}

/// Writes the entry in the transaction of the change that it tells of.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn append(tx: &MasterTx, entry: Entry<'_>) -> Result<(), StoreError> {
    let row = audit::ActiveModel {
        id: Set(RowId::new()),
        tenant_id: Set(entry.tenant),
        account_id: Set(entry.account),
        action: Set(entry.action.to_owned()),
        subject: Set(entry.subject),
        detail: Set(entry.detail),
        at: Set(tx.now()),
    };
    audit::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// A tenant's latest entries, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn latest(
    conn: &impl MasterConn,
    tenant: TenantId,
    limit: u64,
) -> Result<Vec<audit::Model>, StoreError> {
    Ok(audit::Entity::find()
        .filter(audit::COLUMN.tenant_id.eq(Some(tenant)))
        .order_by_desc(audit::Column::Id)
        .limit(limit)
        .all(conn.raw())
        .await?)
}
