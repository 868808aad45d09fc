//! Promo codes, the orders that were placed with one, and how each user stands with them.

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
        tenant("promo_codes")
            .text("code")
            .text("kind")
            .integer("value")
            .text("currency")
            .null()
            .json("plans")
            .time("valid_from")
            .null()
            .time("valid_until")
            .null()
            .integer("max_uses")
            .null()
            .integer("per_user")
            .null()
            .boolean("first_purchase")
            .boolean("active")
            .time("created_at")
            .unique(&["code"])
            .create(manager)
            .await?;
        // What an order was placed with outlives its code, so it does not point to it.
        tenant("promo_redemptions")
            .uuid("order_id")
            .uuid("user_id")
            .uuid("promo_id")
            .text("code")
            .text("kind")
            .integer("value")
            .integer("full_minor")
            .integer("off_minor")
            .integer("bonus_days")
            .integer("bonus_bytes")
            .time("created_at")
            .references("order_id", "orders")
            .references("user_id", "users")
            .unique(&["order_id"])
            .index(&["promo_id", "user_id"])
            .create(manager)
            .await?;
        TableBuilder::keyed_by_uuid(Scope::Tenant, "promo_holders", "user_id")
            .uuid("promo_id")
            .null()
            .small("wrong_tries")
            .time("tried_since")
            .null()
            .time("barred_until")
            .null()
            .references("user_id", "users")
            .references("promo_id", "promo_codes")
            .index(&["promo_id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["promo_holders", "promo_redemptions", "promo_codes"]).await
    }
}
