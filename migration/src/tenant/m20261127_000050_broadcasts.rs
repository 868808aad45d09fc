//! Messages to many users at once, and what became of each.

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
        tenant("broadcasts")
            .uuid("bot_id")
            .text("segment")
            .text("state")
            .json("letter")
            .time("send_at")
            .null()
            .uuid("frozen_to")
            .null()
            .time("frozen_at")
            .null()
            .uuid("run_job")
            .null()
            .integer("run_epoch")
            .null()
            .text("halt")
            .null()
            .boolean("deleting")
            .time("started_at")
            .null()
            .time("ended_at")
            .null()
            .time("created_at")
            .create(manager)
            .await?;
        tenant("broadcast_pictures")
            .uuid("broadcast_id")
            .text("whose")
            .bytes("content")
            .references("broadcast_id", "broadcasts")
            .unique(&["broadcast_id", "whose"])
            .create(manager)
            .await?;
        // A user may be forgotten while what was sent to him is still counted, so no row points to him.
        tenant("broadcast_recipients")
            .uuid("broadcast_id")
            .uuid("user_id")
            .uuid("bot_id")
            .integer("telegram_id")
            .text("locale")
            .text("state")
            .uuid("run")
            .null()
            .integer("message_id")
            .null()
            .text("reason")
            .null()
            .time("moved_at")
            .references("broadcast_id", "broadcasts")
            .unique(&["broadcast_id", "user_id"])
            .index(&["broadcast_id", "state", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["broadcast_recipients", "broadcast_pictures", "broadcasts"]).await
    }
}
