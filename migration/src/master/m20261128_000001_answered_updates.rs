//! What bots have to remember over a restart: which updates were answered, so that one that comes again is
//! not answered twice, and which chats Telegram asked to leave alone.

use sea_orm_migration::prelude::*;

use crate::columns::{drop_tables, master};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        master("answered_updates")
            .uuid("bot_id")
            .integer("update_id")
            .text("outcome")
            .time("at")
            .unique(&["bot_id", "update_id"])
            .index(&["at"])
            .create(manager)
            .await?;
        master("frozen_chats")
            .uuid("bot_id")
            .integer("chat")
            .boolean("broadcasts")
            .time("until")
            .index(&["until"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["frozen_chats", "answered_updates"]).await
    }
}
