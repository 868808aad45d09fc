//! The shop's own words as rows, and how they come to be spoken.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;

use super::rules::{self, BadText};
use crate::{
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::text::{ActiveModel, COLUMN, Column, Entity, Model},
    ids::RowId,
    locale::{
        Locale, Voice,
        wording::{self, Wording},
    },
    shop::setting::service as setting,
};

/// The setting that changes with every change of the shop's words, and is missing when it has none.
pub const VERSION: &str = "texts";

/// Puts a text into the shop's words.
///
/// # Errors
/// The text is not taken, with the reason; [`StoreError::Database`].
pub async fn save(
    tx: &TenantTx,
    locale: Locale,
    key: &str,
    typed: &str,
) -> Result<Result<(), BadText>, StoreError> {
    let typed = typed.replace("\r\n", "\n");
    let typed = typed.trim();
    if let Err(bad) = rules::check(locale, key, typed) {
        return Ok(Err(bad));
    }
    let now = tx.now();
    match find(tx, locale, key).await? {
        Some(row) => {
            let value = Set(typed.to_owned());
            let row = ActiveModel { id: Set(row.id), value, updated_at: Set(now), ..Default::default() };
            row.update(tx.raw()).await?;
        }
        None => {
            let row = ActiveModel {
                id: Set(RowId::new()),
                locale: Set(locale),
                key: Set(key.to_owned()),
                value: Set(typed.to_owned()),
                updated_at: Set(now),
            };
            Entity::insert(row).exec_without_returning(tx.raw()).await?;
        }
    }
    renew_version(tx).await?;
    Ok(Ok(()))
}

/// Back to our words.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn restore(tx: &TenantTx, locale: Locale, key: &str) -> Result<(), StoreError> {
    let row = Entity::delete_many().filter(COLUMN.locale.eq(locale)).filter(COLUMN.key.eq(key));
    row.exec(tx.raw()).await?;
    renew_version(tx).await
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(tx: &impl TenantConn, locale: Locale, key: &str) -> Result<Option<Model>, StoreError> {
    let rows = Entity::find().filter(COLUMN.locale.eq(locale)).filter(COLUMN.key.eq(key));
    Ok(rows.one(tx.raw()).await?)
}

/// Everything that the shop says in its own words, in all languages.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn all(tx: &impl TenantConn) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find().order_by_asc(Column::Key).all(tx.raw()).await?)
}

/// Makes what this process says for the shop its newest words; `version` is the setting [`VERSION`].
/// What an update of ours has made impossible is left out, and our text is said.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn refresh(tx: &impl TenantConn, version: Option<&Value>) -> Result<(), StoreError> {
    let (shop, version) = (tx.tenant(), version.and_then(Value::as_str));
    if wording::version(shop).as_deref() == version {
        return Ok(());
    }
    let Some(version) = version else {
        wording::hold(shop, None);
        return Ok(());
    };
    let rows = all(tx).await?;
    let valid = rows.iter().filter(|row| rules::check(row.locale, &row.key, &row.value).is_ok());
    let texts: Vec<_> = valid.map(|row| (row.locale, rules::message(&row.key, &row.value))).collect();
    wording::hold(shop, Some(Wording::new(version.to_owned(), &texts)));
    Ok(())
}

/// The shop's voice, with its newest words.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn voice(tx: &impl TenantConn) -> Result<Voice, StoreError> {
    let version = setting::get(tx, VERSION).await?;
    refresh(tx, version.as_ref()).await?;
    Ok(Voice::of(tx.tenant()))
}

async fn renew_version(tx: &TenantTx) -> Result<(), StoreError> {
    if Entity::find().one(tx.raw()).await?.is_none() {
        return setting::remove(tx, VERSION).await;
    }
    setting::put(tx, VERSION, RowId::new().to_string().into()).await
}
