//! An order without a plan fills its buyer's wallet.

use sea_orm_migration::prelude::*;

use crate::filled::{Filled, set_filled};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What a purchase has and a top-up has not.
const OF_A_PLAN: [&str; 3] = ["plan_id", "plan_names", "plan_days"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        set_filled(manager, "orders", &OF_A_PLAN, Filled::Sometimes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        set_filled(manager, "orders", &OF_A_PLAN, Filled::Always).await
    }
}
