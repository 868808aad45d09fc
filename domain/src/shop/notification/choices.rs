//! What shops send and users want, and when.

use std::collections::BTreeSet;

use sea_orm::{ActiveValue::Set, EntityTrait};
use serde::{Deserialize, Serialize};

use super::{hours::Hours, kind::NoticeKind};
use crate::{
    db::{StoreError, TenantConn},
    entities::tenant::notice_choice::{ActiveModel, Entity, Model},
    ids::UserId,
    shop::setting::service as settings,
};

/// The setting's name.
const NAME: &str = "notices";
/// Until the owner says otherwise.
const OPEN: Hours = Hours::between(10, 21);

/// What a shop sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShopChoice {
    pub off: BTreeSet<NoticeKind>,
    /// When it may write.
    pub hours: Hours,
}

/// What a user wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserChoice {
    pub off: BTreeSet<NoticeKind>,
    pub quiet: Option<Hours>,
}

/// How it is kept.
#[derive(Serialize, Deserialize)]
struct Stored {
    off: Vec<String>,
    /// Of the kinds that are off at first, those that are not.
    #[serde(default)]
    on: Vec<String>,
    hours: Hours,
}

/// # Errors
/// [`StoreError::Database`].
pub async fn of_shop(tx: &impl TenantConn) -> Result<ShopChoice, StoreError> {
    let stored = settings::get(tx, NAME).await?.and_then(|value| serde_json::from_value(value).ok());
    let Stored { off, on, hours } = stored.unwrap_or(Stored { off: vec![], on: vec![], hours: OPEN });
    let on = kinds(on.iter().map(String::as_str));
    let mut off = kinds(off.iter().map(String::as_str));
    off.extend(extra().filter(|kind| !on.contains(kind)));
    Ok(ShopChoice { off, hours })
}

/// # Errors
/// [`StoreError::Database`].
pub async fn save_shop(tx: &impl TenantConn, choice: &ShopChoice) -> Result<(), StoreError> {
    let on = extra().filter(|kind| !choice.off.contains(kind)).collect();
    let stored = Stored { off: codes(&choice.off), on: codes(&on), hours: choice.hours };
    let value = serde_json::to_value(stored).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
    settings::put(tx, NAME, value).await
}

/// # Errors
/// [`StoreError::Database`].
pub async fn of_user(tx: &impl TenantConn, user: UserId) -> Result<UserChoice, StoreError> {
    Ok(Entity::find_by_id(user).one(tx.raw()).await?.map_or_else(UserChoice::default, read))
}

/// Switches a kind on or off for a user.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn switch(
    tx: &impl TenantConn,
    user: UserId,
    kind: NoticeKind,
    on: bool,
) -> Result<UserChoice, StoreError> {
    let mut choice = of_user(tx, user).await?;
    match on {
        true => choice.off.remove(&kind),
        false => choice.off.insert(kind),
    };
    save_user(tx, user, &choice).await?;
    Ok(choice)
}

/// Sets a user's quiet hours, or takes them away.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn be_quiet(
    tx: &impl TenantConn,
    user: UserId,
    quiet: Option<Hours>,
) -> Result<UserChoice, StoreError> {
    let choice = UserChoice { quiet, ..of_user(tx, user).await? };
    save_user(tx, user, &choice).await?;
    Ok(choice)
}

async fn save_user(tx: &impl TenantConn, user: UserId, choice: &UserChoice) -> Result<(), StoreError> {
    let row = ActiveModel {
        user_id: Set(user),
        off: Set(serde_json::json!(codes(&choice.off))),
        quiet_from: Set(choice.quiet.map(|quiet| quiet.from.into())),
        quiet_until: Set(choice.quiet.map(|quiet| quiet.until.into())),
    };
    if Entity::find_by_id(user).one(tx.raw()).await?.is_some() {
        Entity::update(row).exec(tx.raw()).await?;
    } else {
        Entity::insert(row).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}

fn read(row: Model) -> UserChoice {
    let minute = |value: Option<i32>| value.and_then(|value| u16::try_from(value).ok());
    let codes = row.off.as_array().into_iter().flatten().filter_map(|code| code.as_str());
    UserChoice {
        off: kinds(codes),
        quiet: minute(row.quiet_from)
            .zip(minute(row.quiet_until))
            .and_then(|(from, until)| Hours::new(from, until)),
    }
}

/// What a shop sends only when it says so.
fn extra() -> impl Iterator<Item = NoticeKind> {
    NoticeKind::ALL.into_iter().filter(|kind| !kind.is_on_at_first())
}

/// A code that this version does not know is forgotten.
fn kinds<'a>(codes: impl Iterator<Item = &'a str>) -> BTreeSet<NoticeKind> {
    codes.filter_map(NoticeKind::from_code).collect()
}

fn codes(kinds: &BTreeSet<NoticeKind>) -> Vec<String> {
    kinds.iter().map(|kind| kind.code().to_owned()).collect()
}
