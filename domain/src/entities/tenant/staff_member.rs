//! Somebody who helps to run the shop, by his number at Telegram.

use sea_orm::entity::prelude::*;

use crate::{
    entities::master::membership::Role,
    ids::{BotId, RowId},
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub telegram_id: i64,
    /// As Telegram told it when he came.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Never the owner's: who that is stands with the bot.
    pub role: Role,
    /// The bot by which he came; it writes to him.
    pub bot_id: BotId,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
