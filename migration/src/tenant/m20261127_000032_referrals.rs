//! Who brought whom, and what both got for it.

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
        TableBuilder::keyed_by_uuid(Scope::Tenant, "referral_codes", "user_id")
            .text("code")
            .references("user_id", "users")
            .unique(&["code"])
            .create(manager)
            .await?;
        tenant("referrals")
            .uuid("referrer_id")
            .uuid("referee_id")
            .uuid("bot_id")
            .text("state")
            .uuid("order_id")
            .null()
            .uuid("referrer_grant_id")
            .null()
            .uuid("referee_grant_id")
            .null()
            .time("granted_at")
            .null()
            .time("reversed_at")
            .null()
            .time("created_at")
            .references("referrer_id", "users")
            .references("referee_id", "users")
            .references("order_id", "orders")
            .references("referrer_grant_id", "grants")
            .references("referee_grant_id", "grants")
            .unique(&["referee_id"])
            .unique(&["order_id"])
            .index(&["referrer_id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["referrals", "referral_codes"]).await
    }
}
