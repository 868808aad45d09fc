//! How the shop did today, in a week or in a month.

use std::collections::HashMap;

use chrono::{DateTime, Days as CalendarDays, Duration, FixedOffset, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    sea_query::{Query, SelectStatement},
};

use super::service::{Day, by_day, midnight, paid_orders};
use crate::{
    clock::Clock,
    db::{StoreError, TenantConn},
    entities::tenant::{
        grant::{self, GrantReason},
        order::{self, OrderState},
        plan,
        subscription::{self, TargetState},
        user,
    },
    ids::PlanId,
    money::{Currency, Money},
};

/// How far back is looked, today included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    Today,
    Week,
    Month,
}

/// The figures of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    pub revenue: Money,
    pub sales: u64,
    pub new_users: u64,
    /// Access that runs now, trials included.
    pub active: u64,
    /// Trials that began in it, and the people among them who have bought since.
    pub trials: u64,
    pub trials_paid: u64,
    /// Paid access that ended in it and was not renewed.
    pub ended: u64,
    /// Paid access that runs now.
    pub paid: u64,
    /// The plan that was bought most often, and how often.
    pub top: Option<(plan::Model, u64)>,
    /// Orders that came to an end, and those of them that were paid.
    pub tried: u64,
    pub succeeded: u64,
    /// The oldest first; for a chart at least a week of them.
    pub days: Vec<Day>,
}

impl Period {
    pub const ALL: [Self; 3] = [Self::Today, Self::Week, Self::Month];

    /// As it is named in texts and buttons.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.code() == code)
    }

    const fn days(self) -> u64 {
        match self {
            Self::Today => 1,
            Self::Week => 7,
            Self::Month => 30,
        }
    }
}

impl Figures {
    /// Whether there is anything to see.
    pub fn is_empty(&self) -> bool {
        let counts = [self.sales, self.new_users, self.active, self.trials, self.ended, self.tried];
        counts.iter().all(|count| *count == 0)
    }

    /// Of what could have gone on, the part that did not, in percent.
    pub fn churn(&self) -> Option<f64> {
        share(self.ended, self.ended + self.paid)
    }

    /// Of the trials, the part that became sales, in percent.
    pub fn conversion(&self) -> Option<f64> {
        share(self.trials_paid, self.trials)
    }

    /// Of the orders that came to an end, the part that was paid, in percent.
    pub fn success(&self) -> Option<f64> {
        share(self.succeeded, self.tried)
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 * 100.0 / whole as f64)
}

/// What happened up to now, by the days of `zone`.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn until_now(
    tx: &impl TenantConn,
    zone: FixedOffset,
    currency: Currency,
    period: Period,
) -> Result<Figures, StoreError> {
    let now = tx.clock().now();
    let today = now.with_timezone(&zone).date_naive();
    let first = today.checked_sub_days(CalendarDays::new(period.days() - 1)).unwrap_or(today);
    between(tx, zone, currency, (first, today)).await
}

/// What happened on one day.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn on_day(
    tx: &impl TenantConn,
    zone: FixedOffset,
    currency: Currency,
    day: NaiveDate,
) -> Result<Figures, StoreError> {
    between(tx, zone, currency, (day, day)).await
}

async fn between(
    tx: &impl TenantConn,
    zone: FixedOffset,
    currency: Currency,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Figures, StoreError> {
    let (from, until) = (midnight(first, zone), midnight(last, zone) + Duration::days(1));
    let week = last.checked_sub_days(CalendarDays::new(6)).unwrap_or(last);
    let drawn = first.min(week);
    let sold = paid_orders()
        .filter(order::Column::PaidAt.gte(midnight(drawn, zone)))
        .filter(order::Column::PaidAt.lt(until))
        .all(tx.raw())
        .await?;
    let paid: Vec<_> = sold
        .iter()
        .filter(|order| order.currency == currency)
        .map(|order| (order.paid_at, order.amount_minor - order.refunded_minor))
        .collect();
    let count = usize::try_from((last - drawn).num_days()).unwrap_or(0) + 1;
    let days = by_day(drawn, count, zone, currency, &paid);
    let within: Vec<_> = sold.iter().filter(|order| order.paid_at.is_some_and(|at| at >= from)).collect();
    let (tried, succeeded) = tried(tx, from, until).await?;
    let (trials, trials_paid) = trials(tx, from, until).await?;
    Ok(Figures {
        revenue: Money::new(
            paid.iter().filter(|(at, _)| *at >= Some(from)).map(|(_, minor)| minor).sum(),
            currency,
        ),
        sales: within.len() as u64,
        new_users: user::Entity::find()
            .filter(user::Column::CreatedAt.gte(from))
            .filter(user::Column::CreatedAt.lt(until))
            .count(tx.raw())
            .await?,
        active: running(tx, false).await?,
        paid: running(tx, true).await?,
        trials,
        trials_paid,
        ended: subscription::Entity::find()
            .filter(subscription::Column::Trial.eq(false))
            .filter(subscription::Column::TargetExpire.gte(from))
            .filter(subscription::Column::TargetExpire.lt(until))
            .filter(subscription::Column::TargetExpire.lte(tx.clock().now()))
            .count(tx.raw())
            .await?,
        top: top(tx, &within).await?,
        tried,
        succeeded,
        days,
    })
}

async fn running(tx: &impl TenantConn, paid_only: bool) -> Result<u64, StoreError> {
    let mut found = subscription::Entity::find()
        .filter(subscription::Column::TargetStatus.eq(TargetState::Active))
        .filter(subscription::Column::TargetExpire.gt(tx.clock().now()));
    if paid_only {
        found = found.filter(subscription::Column::Trial.eq(false));
    }
    Ok(found.count(tx.raw()).await?)
}

async fn trials(
    tx: &impl TenantConn,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<(u64, u64), StoreError> {
    let begun = grant::Entity::find()
        .filter(grant::Column::Reason.eq(GrantReason::Trial))
        .filter(grant::Column::CreatedAt.gte(from))
        .filter(grant::Column::CreatedAt.lt(until))
        .select_only()
        .column(grant::Column::SubscriptionId)
        .into_tuple::<crate::ids::SubscriptionId>()
        .all(tx.raw())
        .await?;
    let people = Query::select()
        .column(subscription::Column::UserId)
        .from(subscription::Entity)
        .and_where(subscription::Column::Id.is_in(begun.iter().copied()))
        .to_owned();
    Ok((begun.len() as u64, buyers(tx, people).await?))
}

/// The people among these who have bought something.
pub(super) async fn buyers(tx: &impl TenantConn, people: SelectStatement) -> Result<u64, StoreError> {
    Ok(paid_orders()
        .filter(order::Column::UserId.in_subquery(people))
        .select_only()
        .column(order::Column::UserId)
        .distinct()
        .count(tx.raw())
        .await?)
}

async fn tried(
    tx: &impl TenantConn,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<(u64, u64), StoreError> {
    let begun = order::Entity::find()
        .filter(order::Column::CreatedAt.gte(from))
        .filter(order::Column::CreatedAt.lt(until));
    let failed = [OrderState::Failed, OrderState::Expired, OrderState::Mismatch];
    let failed = begun.clone().filter(order::Column::State.is_in(failed)).count(tx.raw()).await?;
    let paid = begun.filter(order::Column::State.is_in(OrderState::PAID_ONCE)).count(tx.raw()).await?;
    Ok((failed + paid, paid))
}

async fn top(tx: &impl TenantConn, sold: &[&order::Model]) -> Result<Option<(plan::Model, u64)>, StoreError> {
    let mut by_plan: HashMap<PlanId, u64> = HashMap::new();
    for plan in sold.iter().filter_map(|order| order.plan_id) {
        *by_plan.entry(plan).or_default() += 1;
    }
    let best = by_plan.into_iter().max_by_key(|(plan, count)| (*count, *plan));
    let Some((id, count)) = best else { return Ok(None) };
    Ok(plan::Entity::find_by_id(id).one(tx.raw()).await?.map(|plan| (plan, count)))
}
