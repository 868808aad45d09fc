//! Answers that the shop gives before anybody asks: what it changed of ours, its own, and whether they
//! helped.

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
        tenant("faq_entries")
            .text("locale")
            .text("ours")
            .null()
            .text("category")
            .text("question")
            .text("answer")
            .boolean("hidden")
            .time("created_at")
            .time("updated_at")
            .unique_where(&["locale", "ours"], "ours IS NOT NULL")
            .index(&["locale"])
            .create(manager)
            .await?;
        tenant("faq_votes")
            .text("entry")
            .uuid("user_id")
            .boolean("helpful")
            .time("created_at")
            .references("user_id", "users")
            .unique(&["entry", "user_id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["faq_votes", "faq_entries"]).await
    }
}
