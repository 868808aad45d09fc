//! Who helps to run the shop, how they are asked in, and what they did.

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
        tenant("staff")
            .integer("telegram_id")
            .text("name")
            .text("role")
            .uuid("bot_id")
            .time("created_at")
            .unique(&["telegram_id"])
            .create(manager)
            .await?;
        tenant("staff_invites")
            .text("nonce")
            .text("role")
            .uuid("bot_id")
            .time("created_at")
            .time("expires_at")
            .unique(&["nonce"])
            .create(manager)
            .await?;
        // What was done outlives whom it was done to, so nothing is pointed to.
        tenant("staff_acts")
            .text("done_by")
            .text("name")
            .text("deed")
            .text("subject")
            .json("detail")
            .time("at")
            .index(&["subject", "at"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["staff_acts", "staff_invites", "staff"]).await
    }
}
