//! What users want to be told, and when not.

use sea_orm_migration::prelude::*;

use crate::columns::{Scope, TableBuilder, drop_tables};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        TableBuilder::keyed_by_uuid(Scope::Tenant, "notice_choices", "user_id")
            .json("off")
            .small("quiet_from")
            .null()
            .small("quiet_until")
            .null()
            .references("user_id", "users")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["notice_choices"]).await
    }
}
