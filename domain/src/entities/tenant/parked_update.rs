//! An update that was taken from Telegram and is still to be handled.

use sea_orm::entity::prelude::*;

use crate::ids::{BotId, RowId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "parked_updates")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub bot_id: BotId,
    /// Whose later updates wait for this one.
    pub chat: i64,
    pub update_id: i64,
    /// As the bots read it.
    #[sea_orm(column_type = "JsonBinary")]
    pub update: Json,
    pub parked_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
