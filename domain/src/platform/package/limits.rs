//! The limits of a package, checked in one place. They hold back what is new; what runs already is
//! renewed whatever they say.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::service::find;
use crate::{
    args,
    db::{Conn, MasterConn, StoreError, TenantStore},
    entities::{
        master::{
            bot_instance::{self, BotState},
            package_subscription::{self, PackageState},
            tenant,
        },
        tenant::panel,
    },
    error::Explain,
    ids::{CustomerId, TenantId},
    locale::Args,
    platform::billing,
};

/// How much of each a customer may have; `None` is without limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub bots: Option<i32>,
    pub users: Option<i32>,
    pub panels: Option<i32>,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    Bots,
    Users,
    Panels,
}

/// One more does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitReached {
    #[error("there is no running package")]
    NoPackage,
    #[error("the package includes {limit} {what:?}")]
    Full { what: Counted, limit: i32 },
}

impl Explain for LimitReached {
    fn explain(&self) -> Option<(&'static str, Args)> {
        match *self {
            Self::NoPackage => Some(("error-package-needed", args![])),
            Self::Full { what: Counted::Bots, limit } => {
                Some(("error-limit-bots", args!["count" => i64::from(limit)]))
            }
            Self::Full { what: Counted::Panels, limit } => {
                Some(("error-limit-panels", args!["count" => i64::from(limit)]))
            }
            // Told to the user by the bot, in the tenant's words.
            Self::Full { what: Counted::Users, .. } => None,
        }
    }
}

impl Limits {
    /// Whether one more fits beside the `used` ones.
    ///
    /// # Errors
    /// [`LimitReached::Full`].
    pub fn check(self, what: Counted, used: u64) -> Result<(), LimitReached> {
        match self.of(what) {
            Some(limit) if self.room(what, used) == 0 => Err(LimitReached::Full { what, limit }),
            _ => Ok(()),
        }
    }

    /// How many more fit beside the `used` ones.
    pub fn room(self, what: Counted, used: u64) -> u64 {
        let most = self.of(what).map_or(u64::MAX, |limit| u64::try_from(limit).unwrap_or(0));
        most.saturating_sub(used)
    }

    fn of(self, what: Counted) -> Option<i32> {
        match what {
            Counted::Bots => self.bots,
            Counted::Users => self.users,
            Counted::Panels => self.panels,
        }
    }
}

/// The limits of the customer's package; `None` when nothing runs.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_customer(
    conn: &impl MasterConn,
    customer: CustomerId,
    now: DateTime<Utc>,
) -> Result<Option<Limits>, StoreError> {
    let running = package_subscription::Entity::find()
        .filter(package_subscription::COLUMN.customer_id.eq(customer))
        .one(conn.raw())
        .await?
        .filter(|subscription| sells(subscription, now));
    let Some(subscription) = running else { return Ok(None) };
    let package = find(conn, &subscription.package).await?;
    Ok(package.map(|package| Limits {
        bots: package.max_bots,
        users: package.max_users,
        panels: package.max_panels,
    }))
}

/// The limits of the tenant's customer, for the shop's own checks (new trials, new buyers).
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_tenant(
    conn: &impl MasterConn,
    id: TenantId,
    now: DateTime<Utc>,
) -> Result<Option<Limits>, StoreError> {
    match tenant::Entity::find_by_id(id).one(conn.raw()).await? {
        Some(tenant) => of_customer(conn, tenant.customer_id, now).await,
        None => Ok(None),
    }
}

/// Whether the customer may connect one more bot.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn check_bots(
    conn: &impl MasterConn,
    customer: CustomerId,
    now: DateTime<Utc>,
) -> Result<Result<(), LimitReached>, StoreError> {
    let Some(limits) = of_customer(conn, customer, now).await? else {
        return Ok(Err(LimitReached::NoPackage));
    };
    let shops = billing::service::shops_of(conn, customer).await?;
    let used = bot_instance::Entity::find()
        .filter(bot_instance::COLUMN.tenant_id.is_in(shops))
        .filter(bot_instance::COLUMN.state.ne(BotState::Deleted))
        .count(conn.raw())
        .await?;
    Ok(limits.check(Counted::Bots, used))
}

/// Whether the customer may connect one more panel.
///
/// # Errors
/// [`StoreError`].
pub async fn check_panels(
    store: &TenantStore,
    customer: CustomerId,
    now: DateTime<Utc>,
) -> Result<Result<(), LimitReached>, StoreError> {
    let Some(limits) = of_customer(store.master(), customer, now).await? else {
        return Ok(Err(LimitReached::NoPackage));
    };
    let mut used = 0;
    for shop in billing::service::shops_of(store.master(), customer).await? {
        let db = store.open_briefly(shop).await?;
        used += panel::Entity::find().count(db.read().await?.raw()).await?;
    }
    Ok(limits.check(Counted::Panels, used))
}

/// Whether the package lets its customer begin something new at `now`.
fn sells(subscription: &package_subscription::Model, now: DateTime<Utc>) -> bool {
    match subscription.state {
        PackageState::Trialing => now < subscription.period_end,
        PackageState::Active | PackageState::PastDue => true,
        PackageState::Restricted | PackageState::Suspended | PackageState::Erased => false,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Some(1), 0, Ok(()))]
    #[case(Some(1), 1, Err(LimitReached::Full { what: Counted::Bots, limit: 1 }))]
    #[case(Some(3), 7, Err(LimitReached::Full { what: Counted::Bots, limit: 3 }))]
    #[case(Some(0), 0, Err(LimitReached::Full { what: Counted::Bots, limit: 0 }))]
    #[case(None, 10_000, Ok(()))]
    fn one_more_fits_below_the_limit(
        #[case] bots: Option<i32>,
        #[case] used: u64,
        #[case] outcome: Result<(), LimitReached>,
    ) {
        let limits = Limits { bots, users: None, panels: None };
        assert_eq!(limits.check(Counted::Bots, used), outcome);
    }
}
