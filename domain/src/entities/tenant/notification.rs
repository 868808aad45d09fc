//! A message to a user that no update asked for, sent once.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{BotId, RowId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notifications")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub bot_id: BotId,
    pub telegram_id: i64,
    #[sea_orm(column_type = "Text")]
    pub dedupe_key: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub notice: Json,
    pub state: NotificationState,
    pub created_at: DateTimeUtc,
    pub sent_at: Option<DateTimeUtc>,
    /// Without one no mail was to go.
    pub mail: Option<MailState>,
    pub mailed_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum NotificationState {
    #[sea_orm(string_value = "waiting")]
    Waiting,
    #[sea_orm(string_value = "sent")]
    Sent,
    /// The user has blocked the bot.
    #[sea_orm(string_value = "unreachable")]
    Unreachable,
    #[sea_orm(string_value = "failed")]
    Failed,
    /// Telegram did not say whether it has it. It is not sent again.
    #[sea_orm(string_value = "unknown")]
    Unknown,
    /// Its reason went before its time came, or nobody wants it.
    #[sea_orm(string_value = "suppressed")]
    Suppressed,
}

/// Where its mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    #[sea_orm(string_value = "waiting")]
    Waiting,
    #[sea_orm(string_value = "sent")]
    Sent,
    /// There is no such mailbox, or it takes nothing from us.
    #[sea_orm(string_value = "refused")]
    Refused,
    #[sea_orm(string_value = "failed")]
    Failed,
    /// Nobody wants it any more, or its reason is gone.
    #[sea_orm(string_value = "suppressed")]
    Suppressed,
}
