//! One user to whom a broadcast goes, and what became of it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{BotId, BroadcastId, RowId, UserId},
    locale::Locale,
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "broadcast_recipients")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub broadcast_id: BroadcastId,
    pub user_id: UserId,
    pub bot_id: BotId,
    pub telegram_id: i64,
    /// The language in which he gets it.
    pub locale: Locale,
    pub state: RecipientState,
    /// By which run it was taken in hand: no other may say how it ended.
    pub run: Option<RowId>,
    /// Its number at Telegram, by which it can be deleted.
    pub message_id: Option<i64>,
    /// What Telegram said.
    #[sea_orm(column_type = "Text")]
    pub reason: Option<String>,
    pub moved_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// What became of one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum RecipientState {
    #[sea_orm(string_value = "waiting")]
    Waiting,
    /// Written before Telegram is called.
    #[sea_orm(string_value = "sending")]
    Sending,
    #[sea_orm(string_value = "sent")]
    Sent,
    /// The user has blocked the bot or is gone.
    #[sea_orm(string_value = "blocked")]
    Blocked,
    /// Telegram does not take it.
    #[sea_orm(string_value = "failed")]
    Failed,
    /// It was taken in hand, and nobody knows whether it arrived. Only a person sends it again.
    #[sea_orm(string_value = "unknown")]
    Unknown,
    /// Sent, and deleted since.
    #[sea_orm(string_value = "deleted")]
    Deleted,
    /// Sent, and Telegram does not delete it.
    #[sea_orm(string_value = "kept")]
    Kept,
}
