//! Paying by what is saved, and again by itself: methods that users let us keep, what they agreed to be
//! charged for, and each period that was renewed for them.

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
        tenant("saved_methods")
            .uuid("user_id")
            .uuid("bot_id")
            .text("provider")
            .text("account_id")
            .bytes("sealed_token")
            .text("title")
            .time("created_at")
            .references("user_id", "users")
            .unique(&["user_id"])
            .create(manager)
            .await?;
        tenant("auto_renewals")
            .uuid("user_id")
            .uuid("bot_id")
            .uuid("plan_id")
            .integer("amount_minor")
            .text("currency")
            .time("agreed_at")
            .time("began_at")
            .null()
            .references("user_id", "users")
            .references("plan_id", "plans")
            .unique(&["user_id", "plan_id"])
            .unique_where(&["user_id"], "began_at IS NOT NULL")
            .create(manager)
            .await?;
        tenant("renewals")
            .uuid("subscription_id")
            .time("period_end")
            .small("tries")
            .uuid("order_id")
            .null()
            .time("asked_at")
            .null()
            .time("created_at")
            .references("subscription_id", "subscriptions")
            .references("order_id", "orders")
            .unique(&["subscription_id", "period_end"])
            .unique(&["order_id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["renewals", "auto_renewals", "saved_methods"]).await
    }
}
