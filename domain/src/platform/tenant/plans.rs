//! The wizard's plans: names, prices and days edited in place, the trial on or off.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use serde_json::json;

use crate::{
    db::{Conn, MasterDb, StoreError, TenantConn, TenantDb, TenantTx},
    entities::{
        master::deployment_step::Step,
        tenant::{
            plan::{self, PlanKind},
            price,
        },
    },
    ids::PlanId,
    locale::Locale,
    money::Money,
    platform::deployment,
    shop::plan::service::offers,
    units::{Bytes, Days},
};

/// A plan with the price in the shop's currency.
#[derive(Clone, Debug)]
pub struct PricedPlan {
    pub plan: plan::Model,
    /// `None` for the trial.
    pub price: Option<Money>,
}

/// What the customer wants a plan to be. `name` is in the shop's main language.
#[derive(Clone, Debug)]
pub struct PlanChange {
    pub id: PlanId,
    pub name: Option<String>,
    pub days: Days,
    pub traffic: Option<Bytes>,
    /// Paid plans only.
    pub price: Option<Money>,
    pub active: bool,
}

/// The shop's plans in their order, the trial first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn list(tx: &impl TenantConn) -> Result<Vec<PricedPlan>, StoreError> {
    let plans = plan::Entity::find().order_by_asc(plan::Column::Position).all(tx.raw()).await?;
    let prices = price::Entity::find().order_by_asc(price::Column::Id).all(tx.raw()).await?;
    let price_of = |id: PlanId| prices.iter().find(|price| price.plan_id == id);
    let priced = plans.into_iter().map(|plan| {
        let price = price_of(plan.id).map(|price| Money::new(price.amount_minor, price.currency));
        PricedPlan { plan, price }
    });
    Ok(priced.collect())
}

/// Applies the changes in one transaction and notes that the plans are ready. False when nothing
/// would be on sale: then nothing is changed.
///
/// # Errors
/// [`StoreError`].
pub async fn save(
    master: &MasterDb,
    db: &TenantDb,
    locale: Locale,
    changes: &[PlanChange],
) -> Result<bool, StoreError> {
    let tx = db.write().await?;
    for change in changes {
        apply(&tx, locale, change).await?;
    }
    let on_sale = offers(&tx).await?.len();
    if on_sale == 0 {
        return Ok(false);
    }
    tx.commit().await?;
    let tx = master.write().await?;
    deployment::mark_done(&tx, db.tenant(), Step::PlansReady, Some(&on_sale.to_string())).await?;
    deployment::commit_step(tx, Step::PlansReady).await?;
    Ok(true)
}

async fn apply(tx: &TenantTx, locale: Locale, change: &PlanChange) -> Result<(), StoreError> {
    let Some(plan) = plan::Entity::find_by_id(change.id).one(tx.raw()).await? else { return Ok(()) };
    let (kind, mut names) = (plan.kind, plan.names.clone());
    let mut row = plan.into_active_model();
    if let Some(name) = &change.name {
        names[locale.code()] = json!(name);
        row.names = Set(names);
    }
    row.days = Set(change.days);
    row.traffic_bytes = Set(change.traffic);
    row.active = Set(change.active);
    row.update(tx.raw()).await?;
    match (kind, change.price) {
        (PlanKind::Paid, Some(price)) => set_price(tx, change.id, price).await,
        _ => Ok(()),
    }
}

async fn set_price(tx: &TenantTx, plan: PlanId, amount: Money) -> Result<(), StoreError> {
    let found = price::Entity::find()
        .filter(price::COLUMN.plan_id.eq(plan))
        .filter(price::COLUMN.currency.eq(amount.currency))
        .one(tx.raw())
        .await?;
    if let Some(found) = found {
        let mut row = found.into_active_model();
        row.amount_minor = Set(amount.minor);
        row.update(tx.raw()).await?;
    }
    Ok(())
}
