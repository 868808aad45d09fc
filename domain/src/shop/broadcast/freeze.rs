//! Who gets a broadcast, written down in pieces: a hundred thousand rows in one transaction would keep the
//! shop's other writers waiting.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};

use super::{segment, service};
use crate::{
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::{
        broadcast::Model,
        broadcast_recipient::{self as recipient, RecipientState},
        chat, user,
    },
    ids::{BotId, RowId},
    locale::Locale,
};

/// Users looked at in one transaction.
pub(super) const PIECE: u64 = 500;

/// Where a shop's users are reached.
#[derive(Clone, Copy, Debug)]
pub struct Reach<'a> {
    /// The bots that run.
    pub bots: &'a [BotId],
    /// The language of whoever has none in which it is written.
    pub locale: Locale,
}

/// The next piece; true when it was the last.
///
/// # Errors
/// [`StoreError::Database`].
pub(super) async fn piece(tx: &TenantTx, row: Model, reach: Reach<'_>) -> Result<bool, StoreError> {
    let users = segment::after(tx, row.segment, reach.bots, row.frozen_to, PIECE).await?;
    let is_last = (users.len() as u64) < PIECE;
    let last = users.last().map(|user| user.id);
    let letter = service::letter_of(&row)?;
    let chats = last_chats(tx, &users, reach.bots).await?;
    let rows = users.iter().filter_map(|user| {
        let bot = chats.get(&user.telegram_id)?;
        Some(recipient::ActiveModel {
            id: Set(RowId::new()),
            broadcast_id: Set(row.id),
            user_id: Set(user.id),
            bot_id: Set(*bot),
            telegram_id: Set(user.telegram_id),
            locale: Set(letter.language_for(Locale::from_code(&user.locale), reach.locale)),
            state: Set(RecipientState::Waiting),
            run: Set(None),
            message_id: Set(None),
            reason: Set(None),
            moved_at: Set(tx.now()),
        })
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        let keep = OnConflict::new().do_nothing().to_owned();
        recipient::Entity::insert_many(rows).on_conflict(keep).exec_without_returning(tx.raw()).await?;
    }
    let mut change = row.into_active_model();
    if last.is_some() {
        change.frozen_to = Set(last);
    }
    change.frozen_at = Set(is_last.then(|| tx.now()));
    change.update(tx.raw()).await?;
    Ok(is_last)
}

/// The bot that each used last.
async fn last_chats(
    tx: &impl TenantConn,
    users: &[user::Model],
    bots: &[BotId],
) -> Result<HashMap<i64, BotId>, StoreError> {
    let chats = chat::Entity::find()
        .filter(chat::Column::TelegramId.is_in(users.iter().map(|user| user.telegram_id)))
        .filter(segment::open_chats(bots))
        .order_by_asc(chat::Column::UpdatedAt);
    let chats = chats.all(tx.raw()).await?;
    Ok(chats.into_iter().map(|chat| (chat.telegram_id, chat.bot_id)).collect())
}
