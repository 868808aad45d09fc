//! The packages as rows, which operators may edit.

use sea_orm::{EntityTrait, QueryOrder};

use crate::{
    db::{Conn, MasterConn, MasterDb, StoreError},
    entities::master::package::{self, Entity},
    money::{Currency, Money},
    ports::Cycle,
};

/// The package whose limits the platform trial has.
pub const TRIAL_PACKAGE: &str = "starter";

/// Writes the three packages of SPEC §1 where they are missing; rows that are there stay.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn seed(master: &MasterDb) -> Result<(), StoreError> {
    let tx = master.write().await?;
    for package in initial() {
        if find(&tx, &package.code).await?.is_none() {
            Entity::insert(package::ActiveModel::from(package)).exec_without_returning(tx.raw()).await?;
        }
    }
    tx.commit().await
}

/// All packages, the smallest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn list(conn: &impl MasterConn) -> Result<Vec<package::Model>, StoreError> {
    Ok(Entity::find().order_by_asc(package::Column::Position).all(conn.raw()).await?)
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(conn: &impl MasterConn, code: &str) -> Result<Option<package::Model>, StoreError> {
    Ok(Entity::find_by_id(code).one(conn.raw()).await?)
}

/// What the package costs each month or year.
pub fn price(package: &package::Model, cycle: Cycle) -> Money {
    let minor = match cycle {
        Cycle::Month => package.monthly_minor,
        Cycle::Year => package.yearly_minor,
    };
    Money::new(minor, package.currency)
}

fn initial() -> [package::Model; 3] {
    let package =
        |position, code: &str, dollars: i64, [bots, users, panels]: [Option<i32>; 3]| package::Model {
            code: code.to_owned(),
            position,
            monthly_minor: dollars * 100,
            // Two months free.
            yearly_minor: dollars * 100 * 10,
            currency: Currency::Usd,
            max_bots: bots,
            max_users: users,
            max_panels: panels,
            analytics: position > 1,
            white_label: position > 1,
            api: position > 2,
        };
    [
        package(1, "starter", 50, [Some(1), Some(100), Some(1)]),
        package(2, "professional", 100, [Some(3), Some(500), Some(5)]),
        package(3, "enterprise", 200, [None, None, None]),
    ]
}
