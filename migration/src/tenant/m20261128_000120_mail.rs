//! Users' e-mail addresses, and what became of the mail of a notification.

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
        add_column(manager, "notifications", ColumnDef::new("mail").text().null()).await?;
        let mailed_at = &mut ColumnDef::new("mailed_at");
        add_column(manager, "notifications", mailed_at.timestamp_with_time_zone().null()).await?;
        TableBuilder::keyed_by_uuid(Scope::Tenant, "mail_addresses", "user_id")
            .text("address")
            .null()
            .text("comes")
            .time("confirmed_at")
            .null()
            .time("refused_at")
            .null()
            .uuid("code_seed")
            .null()
            .time("code_asked_at")
            .null()
            .small("code_tries")
            .small("codes_asked")
            .time("codes_since")
            .null()
            .time("created_at")
            .references("user_id", "users")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["mail_addresses"]).await?;
        drop_column(manager, "notifications", "mailed_at").await?;
        drop_column(manager, "notifications", "mail").await
    }
}
