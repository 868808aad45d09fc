//! Receipts of transfers from card to card, and their pictures.

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
        tenant("receipts")
            .uuid("order_id")
            .uuid("bot_id")
            .text("file_id")
            .text("file_unique_id")
            .text("album")
            .null()
            .text("sha256")
            .null()
            .text("mime")
            .null()
            .text("unread")
            .null()
            .text("state")
            .integer("amount_minor")
            .null()
            .text("reason")
            .null()
            .text("note")
            .null()
            .text("decided_by")
            .null()
            .time("decided_at")
            .null()
            .time("created_at")
            .references("order_id", "orders")
            .unique_where(&["order_id"], "state IN ('waiting', 'approved')")
            .index(&["order_id"])
            .index(&["state", "created_at"])
            .index(&["file_unique_id"])
            .index(&["sha256"])
            .create(manager)
            .await?;
        TableBuilder::keyed_by_uuid(Scope::Tenant, "receipt_pictures", "receipt_id")
            .bytes("content")
            .references("receipt_id", "receipts")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["receipt_pictures", "receipts"]).await
    }
}
