//! A conversation with one bot.

use sea_orm::entity::prelude::*;

use crate::ids::{BotId, RowId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "chats")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub bot_id: BotId,
    pub telegram_id: i64,
    #[sea_orm(column_type = "JsonBinary")]
    pub dialogue: Json,
    /// The message that holds the current screen and is edited in place.
    pub screen_message_id: Option<i64>,
    pub blocked_at: Option<DateTimeUtc>,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
