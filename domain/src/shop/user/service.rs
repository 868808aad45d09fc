//! Knowing a user again.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, sea_query::OnConflict,
};

use crate::{
    clock::Clock,
    db::{StoreError, TenantConn},
    entities::tenant::user::{ActiveModel, COLUMN, Column, Entity, Model},
    ids::UserId,
    locale::{Locale, format::Calendar},
};

/// Who wrote, as Telegram tells it.
#[derive(Clone, Debug)]
pub struct TelegramPerson {
    pub telegram_id: i64,
    pub first_name: String,
    pub username: Option<String>,
    /// The language of the person's Telegram, an IETF tag.
    pub language_code: Option<String>,
}

/// Registers the person or refreshes what Telegram says of them. Until they choose, their language is
/// that of their Telegram, else the shop's.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn seen(tx: &impl TenantConn, person: &TelegramPerson, shop: Locale) -> Result<Model, StoreError> {
    let now = tx.clock().now();
    if let Some(user) = find_by_telegram(tx, person.telegram_id).await? {
        let mut row = user.into_active_model();
        row.first_name = Set(person.first_name.clone());
        row.username = Set(person.username.clone());
        row.last_seen_at = Set(now);
        return Ok(row.update(tx.raw()).await?);
    }
    let locale = person.language_code.as_deref().and_then(Locale::from_code).unwrap_or(shop);
    let row = ActiveModel {
        id: Set(UserId::new()),
        telegram_id: Set(person.telegram_id),
        first_name: Set(person.first_name.clone()),
        username: Set(person.username.clone()),
        locale: Set(locale.code().to_owned()),
        language_chosen_at: Set(None),
        rules_accepted_at: Set(None),
        banned_at: Set(None),
        created_at: Set(now),
        last_seen_at: Set(now),
        calendar: Set(None),
        source: Set(None),
    };
    let keep = OnConflict::new().do_nothing().to_owned();
    Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await?;
    Ok(find_by_telegram(tx, person.telegram_id).await?.ok_or(sea_orm::DbErr::RecordNotInserted)?)
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find_by_telegram(tx: &impl TenantConn, telegram_id: i64) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find().filter(COLUMN.telegram_id.eq(telegram_id)).one(tx.raw()).await?)
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(tx: &impl TenantConn, id: UserId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id).one(tx.raw()).await?)
}

/// The user says which language to speak; nobody asks again.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn choose_language(tx: &impl TenantConn, id: UserId, locale: Locale) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(id),
        locale: Set(locale.code().to_owned()),
        language_chosen_at: Set(Some(tx.clock().now())),
        ..Default::default()
    };
    row.update(tx.raw()).await?;
    Ok(())
}

/// The user says by which calendar dates are written for him.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn choose_calendar(tx: &impl TenantConn, id: UserId, calendar: Calendar) -> Result<(), StoreError> {
    let row = ActiveModel { id: Set(id), calendar: Set(Some(calendar)), ..Default::default() };
    row.update(tx.raw()).await?;
    Ok(())
}

/// A newcomer came by one of the shop's links; the first one counts.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn came_by(tx: &impl TenantConn, user: &Model, source: &str) -> Result<(), StoreError> {
    if user.source.is_some() || user.language_chosen_at.is_some() {
        return Ok(());
    }
    let row = ActiveModel { id: Set(user.id), source: Set(Some(source.to_owned())), ..Default::default() };
    row.update(tx.raw()).await?;
    Ok(())
}

/// The links by which most users came, and how many came by each.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn sources(tx: &impl TenantConn, most: u64) -> Result<Vec<(String, i64)>, StoreError> {
    let counted = Entity::find()
        .select_only()
        .column(Column::Source)
        .column_as(Column::Id.count(), "users")
        .filter(Column::Source.is_not_null())
        .group_by(Column::Source)
        .order_by_desc(Column::Id.count())
        .order_by_asc(Column::Source)
        .limit(most);
    Ok(counted.into_tuple().all(tx.raw()).await?)
}

/// # Errors
/// [`StoreError::Database`].
pub async fn accept_rules(tx: &impl TenantConn, id: UserId) -> Result<(), StoreError> {
    let row =
        ActiveModel { id: Set(id), rules_accepted_at: Set(Some(tx.clock().now())), ..Default::default() };
    row.update(tx.raw()).await?;
    Ok(())
}
