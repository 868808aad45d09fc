//! The shop's answers as rows, and what their readers think of them.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, sea_query::OnConflict,
};

use super::rules::{self, Entry, Key};
use crate::{
    clock::Clock,
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::{
        faq_entry::{ActiveModel, COLUMN, Category, Column, Entity, Model},
        faq_vote,
    },
    ids::{FaqEntryId, RowId, UserId},
    locale::Locale,
};

/// The answers of its own that a shop can have in one language.
pub const OWN_AT_MOST: u64 = 20;

/// An answer as it was typed.
#[derive(Clone, Debug)]
pub struct Typed<'a> {
    pub locale: Locale,
    pub category: Category,
    pub question: &'a str,
    pub answer: &'a str,
}

/// What readers said of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Votes {
    pub helped: u64,
    pub did_not: u64,
}

/// All answers in a language, the hidden ones too.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn all(tx: &impl TenantConn, locale: Locale) -> Result<Vec<Entry>, StoreError> {
    let rows = Entity::find().filter(COLUMN.locale.eq(locale)).order_by_asc(Column::Id);
    Ok(rules::entries(locale, &rows.all(tx.raw()).await?))
}

/// What a reader sees: the answers in his language; in the shop's when there are none.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn shown(tx: &impl TenantConn, locale: Locale, shop: Locale) -> Result<Vec<Entry>, StoreError> {
    for language in [locale, shop] {
        let mut entries = all(tx, language).await?;
        entries.retain(|entry| !entry.hidden);
        if !entries.is_empty() {
            return Ok(entries);
        }
    }
    Ok(Vec::new())
}

/// One answer in this language; own ones have one language alone.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn find(tx: &impl TenantConn, locale: Locale, key: Key) -> Result<Option<Entry>, StoreError> {
    let locale = match key {
        Key::Ours(_) => locale,
        Key::Own(id) => match Entity::find_by_id(id).one(tx.raw()).await? {
            Some(row) => row.locale,
            None => return Ok(None),
        },
    };
    Ok(all(tx, locale).await?.into_iter().find(|entry| entry.key == key))
}

/// Puts an answer in the shop's words. `None` is a new one of its own; false when it has too many.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn save(tx: &TenantTx, key: Option<Key>, typed: Typed<'_>) -> Result<bool, StoreError> {
    let (ours, found) = match key {
        Some(Key::Ours(code)) => (Some(code.to_owned()), of_ours(tx, typed.locale, code).await?),
        Some(Key::Own(id)) => match Entity::find_by_id(id).one(tx.raw()).await? {
            Some(row) => (None, Some(row)),
            None => return Ok(true),
        },
        None => (None, None),
    };
    if let Some(row) = found {
        let mut row = row.into_active_model();
        row.category = Set(typed.category);
        row.question = Set(typed.question.to_owned());
        row.answer = Set(typed.answer.to_owned());
        row.updated_at = Set(tx.now());
        row.update(tx.raw()).await?;
        return Ok(true);
    }
    let own = Entity::find().filter(COLUMN.locale.eq(typed.locale)).filter(Column::Ours.is_null());
    if ours.is_none() && own.count(tx.raw()).await? >= OWN_AT_MOST {
        return Ok(false);
    }
    insert(tx, ours, typed, false).await?;
    Ok(true)
}

/// Shows an answer to nobody, or again.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn hide(tx: &TenantTx, locale: Locale, key: Key, hidden: bool) -> Result<(), StoreError> {
    let row = match key {
        Key::Own(id) => Entity::find_by_id(id).one(tx.raw()).await?,
        Key::Ours(code) => of_ours(tx, locale, code).await?,
    };
    if let Some(row) = row {
        let mut row = row.into_active_model();
        row.hidden = Set(hidden);
        row.updated_at = Set(tx.now());
        row.update(tx.raw()).await?;
        return Ok(());
    }
    let Key::Ours(code) = key else { return Ok(()) };
    let Some(entry) = find(tx, locale, key).await?.filter(|entry| entry.hidden != hidden) else {
        return Ok(());
    };
    let typed = Typed { locale, category: entry.category, question: &entry.question, answer: &entry.answer };
    insert(tx, Some(code.to_owned()), typed, hidden).await
}

/// Takes one of its own away, or one of ours back to our words.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn remove(tx: &TenantTx, locale: Locale, key: Key) -> Result<(), StoreError> {
    let meant = match key {
        Key::Own(id) => Entity::delete_many().filter(COLUMN.id.eq(id)),
        Key::Ours(code) => {
            let ours = COLUMN.ours.eq(Some(code.to_owned()));
            Entity::delete_many().filter(COLUMN.locale.eq(locale)).filter(ours)
        }
    };
    meant.exec(tx.raw()).await?;
    Ok(())
}

/// Whether it helped this user; the first word counts. False when it was said before.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn vote(tx: &TenantTx, user: UserId, entry: &Entry, helpful: bool) -> Result<bool, StoreError> {
    let row = faq_vote::ActiveModel {
        id: Set(RowId::new()),
        entry: Set(counted_as(entry)),
        user_id: Set(user),
        helpful: Set(helpful),
        created_at: Set(tx.clock().now()),
    };
    let keep = OnConflict::new().do_nothing().to_owned();
    Ok(faq_vote::Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await? == 1)
}

/// # Errors
/// [`StoreError::Database`].
pub async fn votes(tx: &impl TenantConn) -> Result<HashMap<String, Votes>, StoreError> {
    let mut all: HashMap<String, Votes> = HashMap::new();
    for row in faq_vote::Entity::find().all(tx.raw()).await? {
        let votes = all.entry(row.entry).or_default();
        if row.helpful {
            votes.helped += 1;
        } else {
            votes.did_not += 1;
        }
    }
    Ok(all)
}

/// By which an answer's votes are counted: ours are told apart by language.
pub fn counted_as(entry: &Entry) -> String {
    match entry.key {
        Key::Ours(code) => format!("{code}:{}", entry.locale.code()),
        Key::Own(id) => id.to_string(),
    }
}

async fn of_ours(tx: &impl TenantConn, locale: Locale, code: &str) -> Result<Option<Model>, StoreError> {
    let ours = COLUMN.ours.eq(Some(code.to_owned()));
    Ok(Entity::find().filter(COLUMN.locale.eq(locale)).filter(ours).one(tx.raw()).await?)
}

async fn insert(
    tx: &TenantTx,
    ours: Option<String>,
    typed: Typed<'_>,
    hidden: bool,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(FaqEntryId::new()),
        locale: Set(typed.locale),
        ours: Set(ours),
        category: Set(typed.category),
        question: Set(typed.question.to_owned()),
        answer: Set(typed.answer.to_owned()),
        hidden: Set(hidden),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
    };
    Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}
