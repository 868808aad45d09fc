//! The shop's plans and their prices.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    QueryOrder, Select,
};

use crate::{
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::{
        plan::{self, PlanKind},
        price,
    },
    ids::{PlanId, RowId},
    locale::Locale,
    money::{Currency, Money},
};

/// A plan that can be bought now, with its price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub plan: plan::Model,
    pub price: Money,
}

/// What is on sale, in the shop's order. A plan without a price is not.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn offers(tx: &impl TenantConn) -> Result<Vec<Offer>, StoreError> {
    offers_of(tx, PlanKind::Paid).await
}

/// What is on sale of one kind.
pub(in crate::shop) async fn offers_of(
    tx: &impl TenantConn,
    kind: PlanKind,
) -> Result<Vec<Offer>, StoreError> {
    let plans = on_sale(kind)
        .order_by_asc(plan::Column::Position)
        .order_by_asc(plan::Column::Id)
        .all(tx.raw())
        .await?;
    let prices = price::Entity::find()
        .filter(price::COLUMN.plan_id.is_in(plans.iter().map(|plan| plan.id)))
        .order_by_asc(price::Column::Currency)
        .all(tx.raw())
        .await?;
    // One price is shown for each plan: with several currencies the first by code.
    let first = |plan| prices.iter().find(|price| price.plan_id == plan).map(in_money);
    let offer = |plan: plan::Model| first(plan.id).map(|price| Offer { plan, price });
    Ok(plans.into_iter().filter_map(offer).collect())
}

/// The plans of one kind that are on sale.
pub(in crate::shop) fn on_sale(kind: PlanKind) -> Select<plan::Entity> {
    plan::Entity::find().filter(plan::COLUMN.kind.eq(kind)).filter(plan::COLUMN.active.eq(true))
}

/// The plan's or pack's offer, if it is on sale.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn offer(tx: &impl TenantConn, id: PlanId) -> Result<Option<Offer>, StoreError> {
    let Some(plan) = find(tx, id).await? else { return Ok(None) };
    Ok(offers_of(tx, plan.kind).await?.into_iter().find(|offer| offer.plan.id == id))
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(tx: &impl TenantConn, id: PlanId) -> Result<Option<plan::Model>, StoreError> {
    Ok(plan::Entity::find_by_id(id).one(tx.raw()).await?)
}

/// The trial, when the shop offers one.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn trial_plan(tx: &impl TenantConn) -> Result<Option<plan::Model>, StoreError> {
    Ok(on_sale(PlanKind::Trial)
        .order_by_asc(plan::Column::Position)
        .order_by_asc(plan::Column::Id)
        .one(tx.raw())
        .await?)
}

/// The plan's name in the reader's language, or in the first language that has one.
pub fn name_of(plan: &plan::Model, locale: Locale) -> String {
    name_in(&plan.names, locale)
}

/// The same for the names that an order keeps.
pub fn name_in(names: &serde_json::Value, locale: Locale) -> String {
    let own = names.get(locale.code()).and_then(|name| name.as_str());
    let any = || names.as_object().and_then(|all| all.values().find_map(|name| name.as_str()));
    own.or_else(any).unwrap_or_default().to_owned()
}

/// The plan's prices by currency, the one that is shown first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn prices(tx: &impl TenantConn, plan: PlanId) -> Result<Vec<Money>, StoreError> {
    let rows = price::Entity::find()
        .filter(price::COLUMN.plan_id.eq(plan))
        .order_by_asc(price::Column::Currency)
        .all(tx.raw())
        .await?;
    Ok(rows.iter().map(in_money).collect())
}

const fn in_money(price: &price::Model) -> Money {
    Money::new(price.amount_minor, price.currency)
}

/// Sells the plan in this currency for so much, or no longer.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn put_price(
    tx: &TenantTx,
    plan: PlanId,
    currency: Currency,
    minor: Option<i64>,
) -> Result<(), StoreError> {
    let own = price::COLUMN.plan_id.eq(plan).and(price::COLUMN.currency.eq(currency));
    let found = price::Entity::find().filter(own.clone()).one(tx.raw()).await?;
    match (found, minor.filter(|minor| *minor > 0)) {
        (Some(found), Some(minor)) => {
            let mut row = found.into_active_model();
            row.amount_minor = Set(minor);
            row.update(tx.raw()).await?;
        }
        (None, Some(minor)) => {
            let (id, plan_id, amount_minor) = (Set(RowId::new()), Set(plan), Set(minor));
            let row = price::ActiveModel { id, plan_id, currency: Set(currency), amount_minor };
            row.insert(tx.raw()).await?;
        }
        (Some(_), None) => {
            price::Entity::delete_many().filter(own).exec(tx.raw()).await?;
        }
        (None, None) => {}
    }
    Ok(())
}

/// The prices of everything on sale.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn prices_on_sale(tx: &impl TenantConn) -> Result<Vec<Money>, StoreError> {
    let mut all = Vec::new();
    for offer in offers(tx).await? {
        all.extend(prices(tx, offer.plan.id).await?);
    }
    Ok(all)
}
