//! People, customers, packages and their money, tenants, bots and their way to live, jobs.

use sea_orm_migration::prelude::*;

use crate::columns::{Scope, TableBuilder, append_only, common, drop_append_only, drop_tables, master};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        people(manager).await?;
        money(manager).await?;
        tenants(manager).await?;
        work(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_append_only(manager, "audit_log").await?;
        drop_append_only(manager, "ledger_entries").await?;
        drop_tables(
            manager,
            &[
                "settings",
                "audit_log",
                "wakeups",
                "schedules",
                "jobs",
                "deployment_steps",
                "deployments",
                "bot_events",
                "bot_instances",
                "tenants",
                "ledger_entries",
                "payment_inbox",
                "package_payments",
                "package_subscriptions",
                "packages",
                "login_attempts",
                "sessions",
                "memberships",
                "customers",
                "accounts",
            ],
        )
        .await
    }
}

async fn people(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    master("accounts")
        .text("email")
        .text("name")
        .text("password_hash")
        .text("locale")
        .time("created_at")
        .time("last_login_at")
        .null()
        .unique(&["email"])
        .create(manager)
        .await?;
    master("customers")
        .text("name")
        .text("provider_customer_id")
        .null()
        .time("created_at")
        .create(manager)
        .await?;
    master("memberships")
        .uuid("account_id")
        .uuid("customer_id")
        .text("role")
        .time("created_at")
        .references("account_id", "accounts")
        .references("customer_id", "customers")
        .unique(&["account_id", "customer_id"])
        .create(manager)
        .await?;
    TableBuilder::keyed_by_text(Scope::Master, "sessions", "id")
        .uuid("account_id")
        .null()
        .text("data")
        .time("created_at")
        .time("idle_until")
        .time("absolute_until")
        .index(&["idle_until"])
        .index(&["account_id"])
        .create(manager)
        .await?;
    master("login_attempts").text("subject").time("at").index(&["subject", "at"]).create(manager).await
}

async fn money(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    TableBuilder::keyed_by_text(Scope::Master, "packages", "code")
        .small("position")
        .integer("monthly_minor")
        .integer("yearly_minor")
        .text("currency")
        .small("max_bots")
        .null()
        .small("max_users")
        .null()
        .small("max_panels")
        .null()
        .boolean("analytics")
        .boolean("white_label")
        .boolean("api")
        .create(manager)
        .await?;
    master("package_subscriptions")
        .uuid("customer_id")
        .text("package")
        .text("cycle")
        .null()
        .text("state")
        .time("period_start")
        .time("period_end")
        .text("provider")
        .null()
        .text("provider_subscription_id")
        .null()
        .time("created_at")
        .time("updated_at")
        .references("customer_id", "customers")
        .unique(&["customer_id"])
        .create(manager)
        .await?;
    master("package_payments")
        .uuid("customer_id")
        .text("package")
        .text("cycle")
        .integer("amount_minor")
        .text("currency")
        .text("state")
        .text("provider")
        .text("provider_account")
        .text("session_id")
        .null()
        .text("pay_url")
        .null()
        .time("created_at")
        .time("paid_at")
        .null()
        .references("customer_id", "customers")
        .unique(&["provider", "session_id"])
        .index(&["customer_id"])
        .create(manager)
        .await?;
    common::payment_inbox(manager, master("payment_inbox")).await?;
    common::ledger_entries(manager, Scope::Master, master("ledger_entries")).await
}

async fn tenants(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    master("tenants")
        .uuid("customer_id")
        .text("name")
        .text("kind")
        .text("placement")
        .text("locale")
        .text("currency")
        .small("utc_offset_minutes")
        .text("starter_pack")
        .integer("clock_offset_seconds")
        .bytes("sealed_key")
        .time("created_at")
        .references("customer_id", "customers")
        .index(&["customer_id"])
        .create(manager)
        .await?;
    master("bot_instances")
        .uuid("tenant_id")
        .text("public_id")
        .integer("telegram_id")
        .null()
        .text("username")
        .null()
        .text("name")
        .null()
        .bytes("sealed_token")
        .null()
        .text("token_hint")
        .null()
        .text("state")
        .text("reason")
        .null()
        .time("state_since")
        .text("owner_nonce")
        .integer("owner_telegram_id")
        .null()
        .text("channel")
        .null()
        .small("restarts")
        .integer("secret_epoch")
        .text("webhook_set")
        .null()
        .time("created_at")
        .references("tenant_id", "tenants")
        .unique(&["public_id"])
        .unique_where(&["telegram_id"], "state <> 'deleted'")
        .index(&["tenant_id"])
        .index(&["state"])
        .create(manager)
        .await?;
    master("bot_events")
        .uuid("bot_id")
        .text("from_state")
        .text("to_state")
        .text("reason")
        .null()
        .time("at")
        .references("bot_id", "bot_instances")
        .index(&["bot_id", "at"])
        .create(manager)
        .await?;
    master("deployments")
        .uuid("tenant_id")
        .uuid("bot_id")
        .null()
        .text("state")
        .time("started_at")
        .time("paid_at")
        .null()
        .time("live_at")
        .null()
        .references("tenant_id", "tenants")
        .index(&["tenant_id"])
        .create(manager)
        .await?;
    master("deployment_steps")
        .uuid("deployment_id")
        .small("position")
        .text("step")
        .text("state")
        .text("detail")
        .null()
        .text("error")
        .null()
        .time("started_at")
        .null()
        .time("ended_at")
        .null()
        .references("deployment_id", "deployments")
        .unique(&["deployment_id", "step"])
        .create(manager)
        .await
}

async fn work(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    common::jobs(manager, master("jobs")).await?;
    TableBuilder::keyed_by_text(Scope::Master, "schedules", "name")
        .text("spec")
        .time("last_slot")
        .null()
        .time("next_slot")
        .text("last_result")
        .null()
        .create(manager)
        .await?;
    TableBuilder::keyed_by_uuid(Scope::Master, "wakeups", "tenant_id")
        .time("due_at")
        .time("written_at")
        .integer("version")
        .small("idle_looks")
        .boolean("swept")
        .index(&["due_at"])
        .create(manager)
        .await?;
    master("audit_log")
        .uuid("tenant_id")
        .null()
        .uuid("account_id")
        .null()
        .text("action")
        .text("subject")
        .json("detail")
        .time("at")
        .index(&["tenant_id", "at"])
        .create(manager)
        .await?;
    append_only(manager, Scope::Master, "audit_log").await?;
    TableBuilder::keyed_by_text(Scope::Master, "settings", "name").json("value").create(manager).await
}
