//! What the shop's bots say in the shop's own words.

use sea_orm_migration::prelude::*;

use crate::columns::{drop_tables, tenant};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        tenant("texts")
            .text("locale")
            .text("key")
            .text("value")
            .time("updated_at")
            .unique(&["locale", "key"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["texts"]).await
    }
}
