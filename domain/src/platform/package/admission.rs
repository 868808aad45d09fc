//! Whether a shop may take one more user.
//!
//! Users are the people with a live trial or paid subscription. Whoever has had access before is
//! renewing, and renewals never stop (SPEC §1); a paid order is honoured whatever the count is.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

use super::limits::{self, Counted};
use crate::{
    clock::Clock,
    db::{MasterDb, StoreError, TenantConn},
    entities::tenant::subscription::{COLUMN, Column, Entity},
    ids::UserId,
};

/// Asked before a trial is claimed and before an order is made.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn admits(master: &MasterDb, tx: &impl TenantConn, user: UserId) -> Result<bool, StoreError> {
    let known = Entity::find().filter(COLUMN.user_id.eq(user)).count(tx.raw()).await?;
    if known > 0 {
        return Ok(true);
    }
    Ok(room(master, tx).await? > 0)
}

/// How many more users the package has room for.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn room(master: &MasterDb, tx: &impl TenantConn) -> Result<u64, StoreError> {
    // Packages run by the platform's clock, whatever this shop's shows.
    let limits = limits::of_tenant(master, tx.tenant(), master.platform_clock().now()).await?;
    let Some(limits) = limits else { return Ok(0) };
    let live = Entity::find()
        .select_only()
        .column(Column::UserId)
        .filter(COLUMN.target_expire.gt(tx.clock().now()))
        .group_by(Column::UserId)
        .count(tx.raw())
        .await?;
    Ok(limits.room(Counted::Users, live))
}

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::Expr;

    use super::*;
    use crate::{db::Conn, entities::master::package, shop::trial, testing};

    #[tokio::test]
    async fn a_full_shop_takes_no_new_user_but_renews_the_old_ones() {
        for test in testing::stores().await {
            let shop = test.selling_shop().await;
            let (first, second) = (shop.user(1).await, shop.user(2).await);
            package::Entity::update_many()
                .col_expr(package::Column::MaxUsers, Expr::value(Some(1)))
                .exec(test.master().raw())
                .await
                .unwrap();
            let tx = shop.db.write().await.unwrap();
            assert!(admits(test.master(), &tx, first.id).await.unwrap());
            trial::service::claim(&tx, &first, shop.bot).await.unwrap();
            assert!(!admits(test.master(), &tx, second.id).await.unwrap(), "{}", test.name());
            assert!(admits(test.master(), &tx, first.id).await.unwrap());
            tx.commit().await.unwrap();

            // The first one's trial ends and makes room.
            test.clock.advance(chrono::Duration::days(8));
            let tx = shop.db.read().await.unwrap();
            assert!(admits(test.master(), &tx, second.id).await.unwrap());
        }
    }
}
