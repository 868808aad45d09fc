//! A chat to which Telegram lets a bot send nothing for a while.

use sea_orm::entity::prelude::*;

use crate::ids::{BotId, RowId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "frozen_chats")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub bot_id: BotId,
    pub chat: i64,
    /// It was a broadcast's message: all broadcasts of the bot wait.
    pub broadcasts: bool,
    pub until: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
