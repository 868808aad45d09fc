//! Which ways the menu has for somebody, besides buying and renewing.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, Query},
};
use serde_json::Value;

use crate::{
    db::{StoreError, TenantConn},
    entities::tenant::{
        plan::{self, PlanKind},
        price, subscription, user,
    },
    shop::{
        plan::service::on_sale, promo::service as promos, staff::service as staff,
        traffic::service as traffic, trial::service as trials,
    },
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ways {
    /// Whether the user can take the trial.
    pub trial: bool,
    /// Whether traffic can be added to the access.
    pub traffic: bool,
    /// Whether the shop has given out promo codes.
    pub codes: bool,
    /// Whether the user helps to run the shop.
    pub staff: bool,
}

/// Asks in one look, because it is asked at nearly every tap. `access` is what stands before the user.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of(
    tx: &impl TenantConn,
    user: &user::Model,
    access: Option<&subscription::Model>,
) -> Result<Ways, StoreError> {
    let look = Query::select()
        .expr(Expr::exists(on_sale(PlanKind::Trial).into_query()))
        .expr(Expr::exists(with_price(on_sale(PlanKind::Traffic)).into_query()))
        .expr(Expr::exists(promos::usable().into_query()))
        .expr(Expr::exists(staff::of_number(user.telegram_id).into_query()))
        .expr(Expr::from(trials::salt_setting().into_query()))
        .to_owned();
    let row = tx.raw().query_one(&look).await?;
    let is_there = |place| row.as_ref().map_or(Ok(false), |row| row.try_get_by_index::<bool>(place));
    let salt = row.as_ref().map_or(Ok(None), |row| row.try_get_by_index::<Option<Value>>(4))?;
    let salt = salt.as_ref().and_then(trials::read_salt);
    Ok(Ways {
        trial: is_there(0)? && access.is_none() && trials::has_none(tx, salt.as_deref(), user).await?,
        traffic: is_there(1)? && access.is_some_and(|access| traffic::takes(access, tx)),
        codes: is_there(2)?,
        staff: is_there(3)?,
    })
}

fn with_price(plans: Select<plan::Entity>) -> Select<plan::Entity> {
    let priced = price::Entity::find().select_only().column(price::Column::PlanId).into_query();
    plans.filter(plan::Column::Id.in_subquery(priced))
}
