//! The pictures of a broadcast.

use std::collections::BTreeSet;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{
    letter::{ALL, Wrong},
    service::{self, BroadcastRefused},
};
use crate::{
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::{
        broadcast::BroadcastState,
        broadcast_picture::{ActiveModel, COLUMN, Column, Entity, Model},
    },
    ids::{BroadcastId, RowId},
    locale::Locale,
    shop::receipt::fetch::kind,
};

/// Telegram takes photos of up to 10 MB (<https://core.telegram.org/bots/api#sendphoto>); half of it
/// is a picture that nobody waits for.
pub const LARGEST: usize = 5 * 1024 * 1024;

/// Puts a picture in the place of the one before, or takes it away. `whose` is a language, or all.
///
/// # Errors
/// [`BroadcastRefused`].
pub async fn put(
    tx: &TenantTx,
    id: BroadcastId,
    whose: Option<Locale>,
    content: Option<Vec<u8>>,
) -> Result<(), BroadcastRefused> {
    let broadcast = service::lock_in(tx, id, &[BroadcastState::Draft]).await?;
    if let Some(content) = &content {
        if content.len() > LARGEST {
            return Err(BroadcastRefused::PictureSize);
        }
        if !matches!(kind(content), Some("image/png" | "image/jpeg")) {
            return Err(BroadcastRefused::Picture);
        }
    }
    Entity::delete_many()
        .filter(COLUMN.broadcast_id.eq(id))
        .filter(COLUMN.whose.eq(code(whose)))
        .exec(tx.raw())
        .await?;
    if let Some(content) = content {
        let row = ActiveModel {
            id: Set(RowId::new()),
            broadcast_id: Set(id),
            whose: Set(code(whose).to_owned()),
            content: Set(content),
        };
        Entity::insert(row).exec_without_returning(tx.raw()).await?;
        // Less text fits below a picture.
        let mut wrong = service::letter_of(&broadcast)?.wrong(Locale::default(), &those_of(tx, id).await?);
        wrong.retain(|wrong| matches!(wrong, Wrong::Long { .. }));
        if !wrong.is_empty() {
            return Err(BroadcastRefused::Letter(wrong));
        }
    }
    Ok(())
}

/// By `whose`, without their content.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn those_of(tx: &impl TenantConn, id: BroadcastId) -> Result<BTreeSet<String>, StoreError> {
    let found = Entity::find().select_only().column(Column::Whose).filter(COLUMN.broadcast_id.eq(id));
    Ok(found.into_tuple::<String>().all(tx.raw()).await?.into_iter().collect())
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(
    tx: &impl TenantConn,
    id: BroadcastId,
    whose: Option<Locale>,
) -> Result<Option<Model>, StoreError> {
    let found = Entity::find().filter(COLUMN.broadcast_id.eq(id)).filter(COLUMN.whose.eq(code(whose)));
    Ok(found.one(tx.raw()).await?)
}

/// The one that stands above the text of this language.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn above(
    tx: &impl TenantConn,
    id: BroadcastId,
    locale: Locale,
) -> Result<Option<Model>, StoreError> {
    match find(tx, id, Some(locale)).await? {
        Some(own) => Ok(Some(own)),
        None => find(tx, id, None).await,
    }
}

fn code(whose: Option<Locale>) -> &'static str {
    whose.map_or(ALL, Locale::code)
}
