//! One Telegram bot of a tenant, and whether it should run.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{BotId, TenantId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bot_instances")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BotId,
    pub tenant_id: TenantId,
    /// Names the bot in our webhook's address; random, so that it cannot be guessed.
    #[sea_orm(column_type = "Text")]
    pub public_id: String,
    pub telegram_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub username: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub name: Option<String>,
    #[sea_orm(column_type = "Blob")]
    pub sealed_token: Option<Vec<u8>>,
    /// `1234…abcd`, all that is ever shown of a token.
    #[sea_orm(column_type = "Text")]
    pub token_hint: Option<String>,
    pub state: BotState,
    /// A `bot-reason-…` text key.
    #[sea_orm(column_type = "Text")]
    pub reason: Option<String>,
    pub state_since: DateTimeUtc,
    /// Proves the owner: `?start=own_<nonce>`.
    #[sea_orm(column_type = "Text")]
    pub owner_nonce: String,
    pub owner_telegram_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub channel: Option<String>,
    pub restarts: i32,
    /// Part of the webhook secret; changes with the token.
    pub secret_epoch: i64,
    /// What Telegram was last told of our webhook, so that a restart does not tell it again.
    #[sea_orm(column_type = "Text")]
    pub webhook_set: Option<String>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// SPEC §2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum BotState {
    #[sea_orm(string_value = "draft")]
    Draft,
    #[sea_orm(string_value = "deploying")]
    Deploying,
    #[sea_orm(string_value = "live")]
    Live,
    #[sea_orm(string_value = "paused")]
    Paused,
    #[sea_orm(string_value = "maintenance")]
    Maintenance,
    #[sea_orm(string_value = "needs_token")]
    NeedsToken,
    #[sea_orm(string_value = "failed")]
    Failed,
    #[sea_orm(string_value = "deleted")]
    Deleted,
}
