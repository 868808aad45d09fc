//! A shop's codes: made, changed, switched and deleted. None of it touches an order that was placed.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait,
    PaginatorTrait, QueryFilter, QueryOrder, Select, sea_query::Expr,
};
use serde_json::json;

use super::{
    code,
    redemption::{self, Held},
    rules::{Effect, MOST_PERCENT},
};
use crate::{
    args,
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::{
        promo_code::{ActiveModel, COLUMN, Column, Entity, Model},
        promo_holder,
    },
    error::Explain,
    ids::{PlanId, PromoId},
    locale::Args,
    units::Bytes,
};

/// The most days and gigabytes that a code adds: a slip of the finger gives nobody a century.
pub const MOST_DAYS: i64 = 366;
/// See [`MOST_DAYS`].
pub const MOST_GIGABYTES: i64 = 10_000;

/// A code as a shop wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPromo {
    /// As it was typed; nothing for one that is made up.
    pub code: String,
    pub effect: Effect,
    /// The plans on which it works; none is all of them.
    pub plans: Vec<PlanId>,
    pub valid_from: Option<DateTime<Utc>>,
    pub valid_until: Option<DateTime<Utc>>,
    pub max_uses: Option<i64>,
    pub per_user: Option<i64>,
    pub first_purchase: bool,
}

/// Why a code is not kept.
#[derive(Debug, thiserror::Error)]
pub enum PromoRefused {
    #[error("the shop has no such code")]
    Gone,
    #[error("not in the form of a code")]
    Form,
    #[error("the shop has this code already")]
    Taken,
    #[error("not between one percent and the most")]
    Percent,
    #[error("not more than nothing, or too much")]
    Value,
    #[error("it ends before it begins")]
    Dates,
    #[error("a limit of less than one use")]
    Limit,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for PromoRefused {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl Explain for PromoRefused {
    fn explain(&self) -> Option<(&'static str, Args)> {
        match self {
            Self::Gone => Some(("error-promo-gone", args![])),
            Self::Form => {
                let (least, most) = (*code::LENGTH.start(), *code::LENGTH.end());
                Some(("error-promo-form", args!["min" => least, "max" => most]))
            }
            Self::Taken => Some(("error-promo-taken", args![])),
            Self::Percent => Some(("error-promo-percent", args!["max" => MOST_PERCENT])),
            Self::Value => Some((
                "error-promo-value",
                args!["days" => MOST_DAYS, "traffic" => Bytes::gigabytes(MOST_GIGABYTES)],
            )),
            Self::Dates => Some(("error-promo-dates", args![])),
            Self::Limit => Some(("error-promo-limit", args![])),
            Self::Store(_) => None,
        }
    }
}

/// A code and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub code: Model,
    pub held: Held,
}

/// The shop's codes with their uses, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn list(tx: &impl TenantConn) -> Result<Vec<Listed>, StoreError> {
    let codes = Entity::find().order_by_desc(Column::Id).all(tx.raw()).await?;
    let mut held: HashMap<PromoId, Held> = redemption::held(tx).await?;
    let listed = |code: Model| Listed { held: held.remove(&code.id).unwrap_or_default(), code };
    Ok(codes.into_iter().map(listed).collect())
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(tx: &impl TenantConn, id: PromoId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id).one(tx.raw()).await?)
}

/// The code of this name; `name` is in the form of [`code::read`].
///
/// # Errors
/// [`StoreError::Database`].
pub async fn named(tx: &impl TenantConn, name: &str) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find().filter(COLUMN.code.eq(name)).one(tx.raw()).await?)
}

/// Whether anybody could use a code here.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn exist(tx: &impl TenantConn) -> Result<bool, StoreError> {
    Ok(usable().count(tx.raw()).await? > 0)
}

/// The codes that somebody could use.
pub(in crate::shop) fn usable() -> Select<Entity> {
    Entity::find().filter(COLUMN.active.eq(true))
}

/// Makes a code, or changes the one that `id` names.
///
/// # Errors
/// [`PromoRefused`].
pub async fn save(tx: &TenantTx, id: Option<PromoId>, new: &NewPromo) -> Result<Model, PromoRefused> {
    let stored = match id {
        Some(id) => Some(find(tx, id).await?.ok_or(PromoRefused::Gone)?),
        None => None,
    };
    let id = id.unwrap_or_else(PromoId::new);
    let name = match new.code.trim() {
        "" => stored.as_ref().map_or_else(|| code::made_up(id), |stored| stored.code.clone()),
        typed => code::read(typed).ok_or(PromoRefused::Form)?,
    };
    check(new)?;
    if named(tx, &name).await?.is_some_and(|other| other.id != id) {
        return Err(PromoRefused::Taken);
    }
    let row = ActiveModel {
        id: Set(id),
        code: Set(name),
        kind: Set(new.effect.kind()),
        value: Set(new.effect.value()),
        currency: Set(new.effect.currency()),
        plans: Set(json!(new.plans)),
        valid_from: Set(new.valid_from),
        valid_until: Set(new.valid_until),
        max_uses: Set(new.max_uses),
        per_user: Set(new.per_user),
        first_purchase: Set(new.first_purchase),
        active: Set(stored.as_ref().is_none_or(|stored| stored.active)),
        created_at: Set(stored.as_ref().map_or_else(|| tx.now(), |stored| stored.created_at)),
    };
    Ok(if stored.is_some() { row.update(tx.raw()).await? } else { row.insert(tx.raw()).await? })
}

/// # Errors
/// [`PromoRefused`].
pub async fn switch(tx: &TenantTx, id: PromoId, on: bool) -> Result<(), PromoRefused> {
    let mut row = find(tx, id).await?.ok_or(PromoRefused::Gone)?.into_active_model();
    row.active = Set(on);
    row.update(tx.raw()).await?;
    Ok(())
}

/// Forgets a code; for whom it lay ready it does not any more.
///
/// # Errors
/// [`PromoRefused`].
pub async fn delete(tx: &TenantTx, id: PromoId) -> Result<(), PromoRefused> {
    let row = find(tx, id).await?.ok_or(PromoRefused::Gone)?;
    promo_holder::Entity::update_many()
        .col_expr(promo_holder::Column::PromoId, Expr::value(None::<PromoId>))
        .filter(promo_holder::COLUMN.promo_id.eq(Some(id)))
        .exec(tx.raw())
        .await?;
    row.delete(tx.raw()).await?;
    Ok(())
}

fn check(new: &NewPromo) -> Result<(), PromoRefused> {
    let has_worth = match new.effect {
        Effect::Percent(percent) if !(1..=MOST_PERCENT).contains(&percent) => {
            return Err(PromoRefused::Percent);
        }
        Effect::Percent(_) => true,
        Effect::Amount(money) => money.minor > 0,
        Effect::Days(days) => (1..=MOST_DAYS).contains(&days.0),
        Effect::Traffic(bytes) => (1..=Bytes::gigabytes(MOST_GIGABYTES).0).contains(&bytes.0),
    };
    if !has_worth {
        return Err(PromoRefused::Value);
    }
    if let (Some(from), Some(until)) = (new.valid_from, new.valid_until)
        && until <= from
    {
        return Err(PromoRefused::Dates);
    }
    let is_limit = |limit: Option<i64>| limit.is_none_or(|most| most > 0);
    if is_limit(new.max_uses) && is_limit(new.per_user) { Ok(()) } else { Err(PromoRefused::Limit) }
}
