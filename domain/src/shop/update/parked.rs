//! Updates that wait here instead of at Telegram: polling acknowledges in order, so one that stays
//! unacknowledged would hold up everybody who writes to the bot.

use chrono::Duration;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};
use serde::Serialize;

use crate::{
    db::{StoreError, TenantConn},
    entities::tenant::parked_update::{ActiveModel, COLUMN, Column, Entity, Model},
    ids::{BotId, RowId},
};

/// Shorter than the memory of effects: an update never outlives the row that makes its effect happen
/// once. Telegram keeps updates no longer either.
const KEPT: Duration = Duration::hours(23);

/// Keeps the update; one that is kept stays as it is.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn park(
    tx: &impl TenantConn,
    bot: BotId,
    chat: i64,
    update_id: i64,
    update: &impl Serialize,
) -> Result<(), StoreError> {
    let update = serde_json::to_value(update).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
    let row = ActiveModel {
        id: Set(RowId::new()),
        bot_id: Set(bot),
        chat: Set(chat),
        update_id: Set(update_id),
        update: Set(update),
        parked_at: Set(tx.clock().base().now()),
    };
    let keep = OnConflict::new().do_nothing().to_owned();
    Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// The chats of the bot that have parked updates.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn chats(tx: &impl TenantConn, bot: BotId) -> Result<Vec<i64>, StoreError> {
    let chats = Entity::find().select_only().column(Column::Chat).distinct().filter(COLUMN.bot_id.eq(bot));
    Ok(chats.into_tuple().all(tx.raw()).await?)
}

/// The chat's next update, in the order in which they came.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn next(tx: &impl TenantConn, bot: BotId, chat: i64) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(COLUMN.bot_id.eq(bot))
        .filter(COLUMN.chat.eq(chat))
        .order_by_asc(Column::UpdateId)
        .one(tx.raw())
        .await?)
}

/// Whether it is too old to be handled.
pub fn is_expired(tx: &impl TenantConn, row: &Model) -> bool {
    tx.clock().base().now() - row.parked_at > KEPT
}

/// Removes what is too old to be handled: its chat wrote to a bot that has not run since.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn forget_old(tx: &impl TenantConn) -> Result<(), StoreError> {
    let old = COLUMN.parked_at.lt(tx.clock().base().now() - KEPT);
    Entity::delete_many().filter(old).exec(tx.raw()).await?;
    Ok(())
}

/// It is handled, or given up.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn remove(tx: &impl TenantConn, id: RowId) -> Result<(), StoreError> {
    Entity::delete_by_id(id).exec(tx.raw()).await?;
    Ok(())
}
