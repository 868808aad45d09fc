//! The address of ours that each subscription has, and what its panel last said there.

use sea_orm_migration::prelude::*;

use crate::columns::{Scope, TableBuilder, drop_tables, tenant};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        TableBuilder::keyed_by_uuid(Scope::Tenant, "links", "subscription_id")
            .text("secret")
            .boolean("revoking")
            .time("silent_at")
            .null()
            .time("created_at")
            .references("subscription_id", "subscriptions")
            .unique(&["secret"])
            .create(manager)
            .await?;
        tenant("link_bodies")
            .uuid("subscription_id")
            .text("format")
            .bytes("body")
            .text("content_type")
            .text("usage")
            .null()
            .integer("applied_version")
            .time("fetched_at")
            .references("subscription_id", "subscriptions")
            .unique(&["subscription_id", "format"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["link_bodies", "links"]).await
    }
}
