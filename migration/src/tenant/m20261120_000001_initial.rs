//! A whole shop: people, plans, orders and their money, access, panels, jobs.

use sea_orm_migration::prelude::*;

use crate::columns::{Scope, TableBuilder, common, drop_append_only, drop_tables, tenant};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        people(manager).await?;
        catalogue(manager).await?;
        access(manager).await?;
        money(manager).await?;
        common::jobs(manager, tenant("jobs")).await?;
        TableBuilder::keyed_by_text(Scope::Tenant, "settings", "name").json("value").create(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_append_only(manager, "ledger_entries").await?;
        drop_tables(
            manager,
            &[
                "settings",
                "jobs",
                "ledger_entries",
                "payment_inbox",
                "grants",
                "refunds",
                "order_events",
                "orders",
                "payment_methods",
                "notifications",
                "trial_claims",
                "subscriptions",
                "panel_drifts",
                "panels",
                "prices",
                "plans",
                "parked_updates",
                "seen_updates",
                "chats",
                "users",
            ],
        )
        .await
    }
}

async fn people(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    tenant("users")
        .integer("telegram_id")
        .text("first_name")
        .text("username")
        .null()
        .text("locale")
        .time("language_chosen_at")
        .null()
        .time("rules_accepted_at")
        .null()
        .time("banned_at")
        .null()
        .time("created_at")
        .time("last_seen_at")
        .unique(&["telegram_id"])
        .create(manager)
        .await?;
    tenant("chats")
        .uuid("bot_id")
        .integer("telegram_id")
        .json("dialogue")
        .integer("screen_message_id")
        .null()
        .time("blocked_at")
        .null()
        .time("updated_at")
        .unique(&["bot_id", "telegram_id"])
        .create(manager)
        .await?;
    tenant("seen_updates")
        .uuid("bot_id")
        .integer("update_id")
        .time("seen_at")
        .unique(&["bot_id", "update_id"])
        .index(&["seen_at"])
        .create(manager)
        .await?;
    tenant("parked_updates")
        .uuid("bot_id")
        .integer("chat")
        .integer("update_id")
        .json("update")
        .time("parked_at")
        .unique(&["bot_id", "update_id"])
        .index(&["bot_id", "chat"])
        .create(manager)
        .await
}

async fn catalogue(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    tenant("plans")
        .small("position")
        .text("kind")
        .json("names")
        .integer("days")
        .integer("traffic_bytes")
        .null()
        .boolean("active")
        .time("created_at")
        .create(manager)
        .await?;
    tenant("prices")
        .uuid("plan_id")
        .text("currency")
        .integer("amount_minor")
        .references("plan_id", "plans")
        .unique(&["plan_id", "currency"])
        .create(manager)
        .await?;
    tenant("payment_methods")
        .text("provider")
        .boolean("enabled")
        .small("position")
        .text("account_id")
        .bytes("sealed_api_key")
        .bytes("sealed_webhook_secret")
        .json("settings")
        .json("labels")
        .integer("min_minor")
        .null()
        .integer("max_minor")
        .null()
        .time("created_at")
        .unique(&["provider"])
        .create(manager)
        .await
}

async fn access(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    tenant("panels")
        .text("name")
        .text("kind")
        .text("base_url")
        .text("username")
        .bytes("sealed_password")
        .json("inbounds")
        .text("state")
        .text("last_error")
        .null()
        .text("version")
        .null()
        .time("checked_at")
        .null()
        .time("down_since")
        .null()
        .small("failures")
        .small("weight")
        .small("capacity")
        .null()
        .boolean("enabled")
        .time("synced_at")
        .null()
        .time("created_at")
        .create(manager)
        .await?;
    tenant("panel_drifts")
        .uuid("panel_id")
        .uuid("subscription_id")
        .text("username")
        .text("kind")
        .text("wanted")
        .null()
        .text("found")
        .null()
        .time("found_at")
        .references("panel_id", "panels")
        .index(&["panel_id"])
        .create(manager)
        .await?;
    tenant("subscriptions")
        .uuid("user_id")
        .uuid("panel_id")
        .uuid("plan_id")
        .text("username")
        .boolean("trial")
        .time("target_expire")
        .integer("target_data_limit")
        .null()
        .text("target_status")
        .integer("target_version")
        .integer("applied_version")
        .time("provisioned_at")
        .null()
        .time("applied_at")
        .null()
        .integer("used_traffic")
        .text("panel_status")
        .null()
        .json("links")
        .text("subscription_url")
        .null()
        .time("read_at")
        .null()
        .time("created_at")
        .references("user_id", "users")
        .references("panel_id", "panels")
        .references("plan_id", "plans")
        .unique(&["username"])
        .index(&["user_id"])
        .index(&["panel_id"])
        .create(manager)
        .await?;
    tenant("trial_claims").text("claimant").time("claimed_at").unique(&["claimant"]).create(manager).await?;
    tenant("notifications")
        .uuid("bot_id")
        .integer("telegram_id")
        .text("dedupe_key")
        .json("notice")
        .text("state")
        .time("created_at")
        .time("sent_at")
        .null()
        .unique(&["dedupe_key"])
        .create(manager)
        .await
}

async fn money(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    tenant("orders")
        .uuid("user_id")
        .uuid("bot_id")
        .uuid("plan_id")
        .uuid("subscription_id")
        .null()
        .json("plan_names")
        .integer("plan_days")
        .integer("plan_traffic_bytes")
        .null()
        .integer("amount_minor")
        .text("currency")
        .integer("refunded_minor")
        .text("state")
        .text("provider")
        .text("provider_account")
        .text("provider_payment_id")
        .null()
        .text("pay_url")
        .null()
        .time("created_at")
        .time("expires_at")
        .time("paid_at")
        .null()
        .time("provisioned_at")
        .null()
        .references("user_id", "users")
        .references("plan_id", "plans")
        .references("subscription_id", "subscriptions")
        .unique(&["provider", "provider_account", "provider_payment_id"])
        .index(&["user_id"])
        .index(&["state", "created_at"])
        .create(manager)
        .await?;
    tenant("refunds")
        .uuid("order_id")
        .integer("amount_minor")
        .integer("target_minor")
        .text("state")
        .text("reason")
        .text("requested_by")
        .time("created_at")
        .time("done_at")
        .null()
        .references("order_id", "orders")
        .index(&["order_id"])
        .create(manager)
        .await?;
    tenant("order_events")
        .uuid("order_id")
        .text("kind")
        .text("detail")
        .null()
        .time("at")
        .references("order_id", "orders")
        .index(&["order_id", "at"])
        .create(manager)
        .await?;
    tenant("grants")
        .uuid("order_id")
        .null()
        .uuid("subscription_id")
        .text("reason")
        .integer("seconds")
        .integer("traffic_bytes")
        .null()
        .integer("taken_back_seconds")
        .integer("taken_back_bytes")
        .integer("target_version")
        .time("period_start")
        .time("period_end")
        .time("created_at")
        .references("order_id", "orders")
        .references("subscription_id", "subscriptions")
        .unique(&["order_id"])
        .index(&["subscription_id"])
        .create(manager)
        .await?;
    common::payment_inbox(manager, tenant("payment_inbox")).await?;
    common::ledger_entries(manager, Scope::Tenant, tenant("ledger_entries")).await
}
