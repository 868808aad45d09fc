//! Users with several accesses: which one they look at, and which one an order or a renewal is for.

use sea_orm_migration::prelude::*;

use crate::columns::{Scope, TableBuilder, add_column, drop_column, drop_tables};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let separate = &mut ColumnDef::new("separate");
        add_column(manager, "orders", separate.boolean().not_null().default(false)).await?;
        add_column(manager, "auto_renewals", ColumnDef::new("subscription_id").uuid().null()).await?;
        TableBuilder::keyed_by_uuid(Scope::Tenant, "access_choices", "user_id")
            .uuid("subscription_id")
            .null()
            .boolean("separately")
            .references("user_id", "users")
            .references("subscription_id", "subscriptions")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["access_choices"]).await?;
        drop_column(manager, "auto_renewals", "subscription_id").await?;
        drop_column(manager, "orders", "separate").await
    }
}
