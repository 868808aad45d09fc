//! Which ways the menu has for somebody, besides buying and renewing.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

use crate::{
    db::{StoreError, TenantConn},
    entities::tenant::{
        plan::{self, PlanKind},
        price, promo_code, staff_member, subscription, user,
    },
    shop::{traffic::service as traffic, trial::service as trials},
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
        .expr(Expr::exists(on_sale(PlanKind::Trial)))
        .expr(Expr::exists(with_price(on_sale(PlanKind::Traffic))))
        .expr(Expr::exists(codes()))
        .expr(Expr::exists(staff(user.telegram_id)))
        .to_owned();
    let row = tx.raw().query_one(&look).await?;
    let is_there = |place| row.as_ref().map_or(Ok(false), |row| row.try_get_by_index::<bool>(place));
    Ok(Ways {
        trial: is_there(0)? && access.is_none() && trials::has_none(tx, user).await?,
        traffic: is_there(1)? && access.is_some_and(|access| traffic::takes(access, tx)),
        codes: is_there(2)?,
        staff: is_there(3)?,
    })
}

fn on_sale(kind: PlanKind) -> SelectStatement {
    let plans = plan::Entity::find().select_only().column(plan::Column::Id);
    plans.filter(plan::COLUMN.kind.eq(kind)).filter(plan::COLUMN.active.eq(true)).into_query()
}

fn with_price(mut plans: SelectStatement) -> SelectStatement {
    let priced = price::Entity::find().select_only().column(price::Column::PlanId).into_query();
    plans.and_where(plan::Column::Id.into_expr().in_subquery(priced)).to_owned()
}

fn codes() -> SelectStatement {
    let codes = promo_code::Entity::find().select_only().column(promo_code::Column::Id);
    codes.filter(promo_code::COLUMN.active.eq(true)).into_query()
}

fn staff(telegram_id: i64) -> SelectStatement {
    let staff = staff_member::Entity::find().select_only().column(staff_member::Column::Id);
    staff.filter(staff_member::COLUMN.telegram_id.eq(telegram_id)).into_query()
}
