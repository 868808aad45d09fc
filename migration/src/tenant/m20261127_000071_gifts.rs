//! Orders for somebody else.

use sea_orm_migration::prelude::*;

use crate::columns::{Scope, TableBuilder, drop_tables};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        TableBuilder::keyed_by_uuid(Scope::Tenant, "gifts", "order_id")
            .text("token")
            .uuid("redeemed_by")
            .null()
            .uuid("bot_id")
            .null()
            .time("redeemed_at")
            .null()
            .time("created_at")
            .references("order_id", "orders")
            .references("redeemed_by", "users")
            .unique(&["token"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["gifts"]).await
    }
}
