//! The row of one conversation.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationDef,
    sea_query::{Expr, ExprTrait, IntoCondition, OnConflict},
};

use crate::{
    clock::Clock,
    db::{StoreError, TenantConn},
    entities::tenant::{
        chat::{ActiveModel, COLUMN, Column, Entity, Model},
        user,
    },
    ids::{BotId, RowId},
};

/// # Errors
/// [`StoreError::Database`].
pub async fn find(tx: &impl TenantConn, bot: BotId, telegram_id: i64) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(COLUMN.bot_id.eq(bot))
        .filter(COLUMN.telegram_id.eq(telegram_id))
        .one(tx.raw())
        .await?)
}

/// The user of that number and his conversation with the bot, in one look.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn with_user(
    tx: &impl TenantConn,
    bot: BotId,
    telegram_id: i64,
) -> Result<Option<(user::Model, Option<Model>)>, StoreError> {
    let with_the_bot = move |_, chats| Expr::col((chats, Column::BotId)).eq(bot).into_condition();
    let chats: RelationDef = user::Entity::belongs_to(Entity)
        .from(user::Column::TelegramId)
        .to(Column::TelegramId)
        .on_condition(with_the_bot)
        .into();
    Ok(user::Entity::find()
        .join(JoinType::LeftJoin, chats)
        .select_also(Entity)
        .filter(user::COLUMN.telegram_id.eq(telegram_id))
        .one(tx.raw())
        .await?)
}

/// Finds the conversation or begins it.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn open(tx: &impl TenantConn, bot: BotId, telegram_id: i64) -> Result<Model, StoreError> {
    if let Some(chat) = find(tx, bot, telegram_id).await? {
        return Ok(chat);
    }
    let row = ActiveModel {
        id: Set(RowId::new()),
        bot_id: Set(bot),
        telegram_id: Set(telegram_id),
        dialogue: Set(serde_json::Value::Null),
        screen_message_id: Set(None),
        blocked_at: Set(None),
        updated_at: Set(tx.clock().now()),
    };
    let keep = OnConflict::new().do_nothing().to_owned();
    Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await?;
    Ok(find(tx, bot, telegram_id).await?.ok_or(sea_orm::DbErr::RecordNotInserted)?)
}

/// The user has blocked the bot: nothing more is sent until they return.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn mark_blocked(tx: &impl TenantConn, id: RowId) -> Result<(), StoreError> {
    let at = Some(tx.clock().now());
    change(tx, ActiveModel { id: Set(id), blocked_at: Set(at), ..Default::default() }).await
}

/// # Errors
/// [`StoreError::Database`].
pub async fn mark_unblocked(tx: &impl TenantConn, id: RowId) -> Result<(), StoreError> {
    change(tx, ActiveModel { id: Set(id), blocked_at: Set(None), ..Default::default() }).await
}

async fn change(tx: &impl TenantConn, mut row: ActiveModel) -> Result<(), StoreError> {
    row.updated_at = Set(tx.clock().now());
    row.update(tx.raw()).await?;
    Ok(())
}
