//! Questions of users to the shop, and what was written about them.

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
        tenant("tickets")
            .integer("number")
            .uuid("user_id")
            .uuid("bot_id")
            .text("topic")
            .text("state")
            .small("rating")
            .null()
            .time("closed_at")
            .null()
            .time("created_at")
            .time("updated_at")
            .references("user_id", "users")
            .unique(&["number"])
            .index(&["user_id"])
            .index(&["state", "updated_at"])
            .create(manager)
            .await?;
        tenant("ticket_messages")
            .uuid("ticket_id")
            .text("author")
            .text("written_by")
            .text("text")
            .uuid("bot_id")
            .text("file_kind")
            .null()
            .text("file_id")
            .null()
            .text("file_name")
            .null()
            .text("album")
            .null()
            .text("origin")
            .time("created_at")
            .references("ticket_id", "tickets")
            .unique(&["origin"])
            .index(&["ticket_id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["ticket_messages", "tickets"]).await
    }
}
