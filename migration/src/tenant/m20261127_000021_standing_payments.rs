//! Payments that a provider repeats by itself, and the orders that come of them.

use sea_orm_migration::prelude::*;

use crate::columns::{add_column, drop_column, drop_tables, tenant};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_column(manager, "orders", ColumnDef::new("repeats").uuid().null()).await?;
        tenant("standing_payments")
            .uuid("order_id")
            .uuid("user_id")
            .time("began_at")
            .null()
            .time("paid_until")
            .null()
            .time("stopped_at")
            .null()
            .time("resumed_at")
            .null()
            .boolean("told")
            .time("created_at")
            .references("order_id", "orders")
            .references("user_id", "users")
            .unique(&["order_id"])
            .index(&["user_id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["standing_payments"]).await?;
        drop_column(manager, "orders", "repeats").await
    }
}
