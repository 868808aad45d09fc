//! What lies in an inbox and needs a look: the shop's, or the platform's, whose table is the same.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    db::{Conn, StoreError},
    entities::tenant::payment_inbox::{COLUMN, Column, Entity, InboxState, Model},
};

/// Events that wait or were refused, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn unsettled(conn: &impl Conn, limit: u64) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(COLUMN.state.ne(InboxState::Processed))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(conn.raw())
        .await?)
}
