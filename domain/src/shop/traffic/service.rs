//! A pack of traffic is a plan without days: it has prices, is ordered, paid, granted and refunded as every
//! plan is, and its grant adds no time. What it adds is used up last, and stays when the plan is renewed.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use serde_json::json;

use crate::{
    args,
    clock::Clock as _,
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::{
        plan::{ActiveModel, COLUMN, Column, Entity, Model, PlanKind},
        subscription::{self, TargetState},
    },
    error::Explain,
    ids::{PlanId, UserId},
    locale::{self, Args, Locale},
    money::Money,
    shop::{
        plan::service::{self as plans, Offer},
        subscription::service as subscriptions,
    },
    units::{Bytes, Days},
};

/// The largest pack, in gigabytes.
pub const MOST_GIGABYTES: i64 = 10_000;

/// Why a pack is not kept.
#[derive(Debug, thiserror::Error)]
pub enum PackRefused {
    #[error("the shop has no such pack")]
    Gone,
    #[error("not more than nothing, or too much")]
    Size,
    #[error("it costs nothing")]
    Price,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for PackRefused {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl Explain for PackRefused {
    fn explain(&self) -> Option<(&'static str, Args)> {
        match self {
            Self::Gone => Some(("error-pack-gone", args![])),
            Self::Size => Some(("error-number-range", args!["min" => 1_i64, "max" => MOST_GIGABYTES])),
            Self::Price => Some(("error-money", args![])),
            Self::Store(_) => None,
        }
    }
}

/// All packs with their prices, those off sale too, the smallest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn list(tx: &impl TenantConn) -> Result<Vec<(Model, Vec<Money>)>, StoreError> {
    let packs = Entity::find().filter(COLUMN.kind.eq(PlanKind::Traffic)).order_by_asc(Column::TrafficBytes);
    let mut listed = Vec::new();
    for pack in packs.order_by_asc(Column::Id).all(tx.raw()).await? {
        let prices = plans::prices(tx, pack.id).await?;
        listed.push((pack, prices));
    }
    Ok(listed)
}

/// What this user can add to his access now; nothing where it would add nothing.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn offers_for(tx: &impl TenantConn, user: UserId) -> Result<Vec<Offer>, StoreError> {
    match subscriptions::current_of(tx, user).await? {
        Some(access) => offers_to(tx, &access).await,
        None => Ok(Vec::new()),
    }
}

/// What can be added to this access.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn offers_to(tx: &impl TenantConn, access: &subscription::Model) -> Result<Vec<Offer>, StoreError> {
    if takes(access, tx) { plans::offers_of(tx, PlanKind::Traffic).await } else { Ok(Vec::new()) }
}

/// Whether this plan can be sold to the user now: a pack needs access that runs and has a limit.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn suits(tx: &impl TenantConn, plan: &Model, user: UserId) -> Result<bool, StoreError> {
    if plan.kind != PlanKind::Traffic {
        return Ok(true);
    }
    Ok(subscriptions::current_of(tx, user).await?.is_some_and(|row| takes(&row, tx)))
}

/// Sells a pack of so many gigabytes at this price. One that is there already gets the price and goes on
/// sale again.
///
/// # Errors
/// [`PackRefused`].
pub async fn save(tx: &TenantTx, gigabytes: i64, price: Money) -> Result<Model, PackRefused> {
    if !(1..=MOST_GIGABYTES).contains(&gigabytes) {
        return Err(PackRefused::Size);
    }
    if price.minor <= 0 {
        return Err(PackRefused::Price);
    }
    let traffic = Bytes::gigabytes(gigabytes);
    let same = Entity::find().filter(COLUMN.kind.eq(PlanKind::Traffic));
    let pack = match same.filter(COLUMN.traffic_bytes.eq(Some(traffic))).one(tx.raw()).await? {
        Some(pack) => {
            let mut row = pack.into_active_model();
            row.active = Set(true);
            row.update(tx.raw()).await?
        }
        None => insert(tx, traffic).await?,
    };
    plans::put_price(tx, pack.id, price.currency, Some(price.minor)).await?;
    Ok(pack)
}

/// Puts a pack on sale or takes it off.
///
/// # Errors
/// [`PackRefused`].
pub async fn switch(tx: &TenantTx, id: PlanId, on: bool) -> Result<(), PackRefused> {
    let pack = plans::find(tx, id).await?.filter(|plan| plan.kind == PlanKind::Traffic);
    let mut row = pack.ok_or(PackRefused::Gone)?.into_active_model();
    row.active = Set(on);
    row.update(tx.raw()).await?;
    Ok(())
}

/// Whether a pack adds something to this access.
pub(in crate::shop) fn takes(row: &subscription::Model, tx: &impl TenantConn) -> bool {
    row.target_status == TargetState::Active
        && row.target_data_limit.is_some()
        && row.target_expire > tx.clock().now()
}

async fn insert(tx: &TenantTx, traffic: Bytes) -> Result<Model, StoreError> {
    let name = |locale: Locale| locale::plain(locale, "bot-traffic-name", &args!["traffic" => traffic]);
    let last = Entity::find().order_by_desc(Column::Position).one(tx.raw()).await?;
    let row = ActiveModel {
        id: Set(PlanId::new()),
        position: Set(last.map_or(0, |plan| plan.position) + 1),
        kind: Set(PlanKind::Traffic),
        names: Set(json!({
            "en": name(Locale::En),
            "fa": name(Locale::Fa),
            "ru": name(Locale::Ru),
        })),
        days: Set(Days(0)),
        traffic_bytes: Set(Some(traffic)),
        active: Set(true),
        created_at: Set(tx.now()),
    };
    Ok(row.insert(tx.raw()).await?)
}
