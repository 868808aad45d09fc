//! The row that makes an update's effect happen once.

use chrono::Duration;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, sea_query::OnConflict};

use crate::{
    clock::Clock,
    db::{StoreError, TenantConn},
    entities::tenant::seen_update::{ActiveModel, COLUMN, Entity},
    ids::{BotId, RowId},
};

/// Telegram keeps undelivered updates for 24 hours; after that none of them can come again.
const KEPT: Duration = Duration::hours(24);

/// Marks the update in the transaction of its effect. False when it had its effect before: then the
/// caller changes nothing.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn first_time(tx: &impl TenantConn, bot: BotId, update_id: i64) -> Result<bool, StoreError> {
    let row = ActiveModel {
        id: Set(RowId::new()),
        bot_id: Set(bot),
        update_id: Set(update_id),
        seen_at: Set(tx.clock().now()),
    };
    let keep = OnConflict::new().do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await? == 1)
}

/// Forgets the updates that cannot come again.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn forget_old(tx: &impl TenantConn) -> Result<u64, StoreError> {
    let before = tx.clock().now() - KEPT;
    Ok(Entity::delete_many().filter(COLUMN.seen_at.lt(before)).exec(tx.raw()).await?.rows_affected)
}
