//! Each change of a bot's state, with its reason.

use sea_orm::entity::prelude::*;

use super::bot_instance::BotState;
use crate::ids::{BotId, RowId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bot_events")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub bot_id: BotId,
    pub from_state: BotState,
    pub to_state: BotState,
    #[sea_orm(column_type = "Text")]
    pub reason: Option<String>,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
