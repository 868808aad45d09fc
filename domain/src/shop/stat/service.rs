//! What the overview shows.

use chrono::{DateTime, Days as CalendarDays, FixedOffset, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Query, SelectStatement},
};

use super::period::buyers;
use crate::{
    clock::Clock,
    db::{StoreError, TenantConn},
    entities::tenant::{
        grant::{self, GrantReason},
        order::{self, OrderState},
        subscription::{self, TargetState},
        user,
    },
    money::{Currency, Money},
};

/// Days that the overview looks back, today included.
pub const DAYS: usize = 14;

/// The figures of the last days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// [`DAYS`] of them, the oldest first; the last one is today and not over.
    pub days: Vec<Day>,
    /// Subscriptions, trials included, that run now.
    pub active: u64,
    /// People who had a trial, and those of them who bought afterwards.
    pub trials: u64,
    pub trials_paid: u64,
}

/// One day in the shop's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    pub date: NaiveDate,
    pub revenue: Money,
    pub sales: u32,
}

/// An order and who made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sale {
    pub order: order::Model,
    pub user: Option<user::Model>,
}

impl Summary {
    pub fn revenue(&self) -> i64 {
        self.days.iter().map(|day| day.revenue.minor).sum()
    }
}

/// Counts revenue in `currency` by the days of `zone`.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn summary(
    tx: &impl TenantConn,
    zone: FixedOffset,
    currency: Currency,
) -> Result<Summary, StoreError> {
    let now = tx.clock().now();
    let today = now.with_timezone(&zone).date_naive();
    let first = today.checked_sub_days(CalendarDays::new(DAYS as u64 - 1)).unwrap_or(today);
    let paid: Vec<(Option<DateTime<Utc>>, i64)> = paid_orders()
        .filter(order::Column::Currency.eq(currency))
        .filter(order::Column::PaidAt.gte(midnight(first, zone)))
        .select_only()
        .column(order::Column::PaidAt)
        .expr(Expr::col(order::Column::AmountMinor).sub(Expr::col(order::Column::RefundedMinor)))
        .into_tuple()
        .all(tx.raw())
        .await?;
    let active = subscription::Entity::find()
        .filter(subscription::Column::TargetStatus.eq(TargetState::Active))
        .filter(subscription::Column::TargetExpire.gt(now))
        .count(tx.raw())
        .await?;
    let trials =
        user::Entity::find().filter(user::Column::Id.in_subquery(had_trial())).count(tx.raw()).await?;
    let trials_paid = buyers(tx, had_trial()).await?;
    Ok(Summary { days: by_day(first, DAYS, zone, currency, &paid), active, trials, trials_paid })
}

/// The last orders, newest first; those that nobody began to pay are left out.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn latest_sales(tx: &impl TenantConn, limit: u64) -> Result<Vec<Sale>, StoreError> {
    let orders = order::Entity::find()
        .filter(order::Column::State.ne(OrderState::New))
        .order_by_desc(order::Column::Id)
        .limit(limit)
        .all(tx.raw())
        .await?;
    with_buyers(tx, orders).await
}

/// The orders with whoever made them.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn with_buyers(tx: &impl TenantConn, orders: Vec<order::Model>) -> Result<Vec<Sale>, StoreError> {
    let people = user::Entity::find()
        .filter(user::Column::Id.is_in(orders.iter().map(|order| order.user_id)))
        .all(tx.raw())
        .await?;
    let buyer = |order: &order::Model| people.iter().find(|user| user.id == order.user_id).cloned();
    Ok(orders.into_iter().map(|order| Sale { user: buyer(&order), order }).collect())
}

/// Money for a wallet is no sale: what is bought with it is one.
pub(super) fn paid_orders() -> sea_orm::Select<order::Entity> {
    let paid = order::Entity::find().filter(order::Column::State.is_in(OrderState::SALES));
    paid.filter(order::Column::PlanId.is_not_null())
}

/// Whoever was given a trial. The subscription itself forgets that it was one when it is paid for.
fn had_trial() -> SelectStatement {
    let trials = Query::select()
        .column(grant::Column::SubscriptionId)
        .from(grant::Entity)
        .and_where(grant::Column::Reason.eq(GrantReason::Trial))
        .to_owned();
    Query::select()
        .column(subscription::Column::UserId)
        .from(subscription::Entity)
        .and_where(subscription::Column::Id.in_subquery(trials))
        .to_owned()
}

pub(super) fn by_day(
    first: NaiveDate,
    count: usize,
    zone: FixedOffset,
    currency: Currency,
    paid: &[(Option<DateTime<Utc>>, i64)],
) -> Vec<Day> {
    let day = |offset: usize| {
        let date = first.checked_add_days(CalendarDays::new(offset as u64)).unwrap_or(first);
        let of_day =
            paid.iter().filter(|(at, _)| at.is_some_and(|at| at.with_timezone(&zone).date_naive() == date));
        let (sales, minor) = of_day.fold((0, 0), |(sales, minor), (_, amount)| (sales + 1, minor + amount));
        Day { date, revenue: Money::new(minor, currency), sales }
    };
    (0..count).map(day).collect()
}

/// The instant at which a day begins in the shop.
pub(super) fn midnight(date: NaiveDate, zone: FixedOffset) -> DateTime<Utc> {
    let local = date.and_time(chrono::NaiveTime::MIN).and_local_timezone(zone);
    local.single().map_or(DateTime::UNIX_EPOCH, |at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sale_counts_on_the_shops_day_and_not_on_utcs() {
        let tehran = FixedOffset::east_opt(3 * 3600 + 1800).unwrap();
        let first = NaiveDate::from_ymd_opt(2026, 1, 3).unwrap();
        let late = "2026-01-03T21:00:00Z".parse().unwrap();
        let days =
            by_day(first, DAYS, tehran, Currency::Usd, &[(Some(late), 300), (Some(late), 200), (None, 9)]);
        assert_eq!(days.len(), DAYS);
        assert_eq!((days[0].sales, days[0].revenue.minor), (0, 0));
        assert_eq!((days[1].sales, days[1].revenue.minor), (2, 500));
        assert_eq!(midnight(first, tehran).to_rfc3339(), "2026-01-02T20:30:00+00:00");
    }
}
