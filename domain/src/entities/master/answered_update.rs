//! An update that was answered, remembered for as long as it may come again.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{BotId, RowId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "answered_updates")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub bot_id: BotId,
    pub update_id: i64,
    pub outcome: Outcome,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// What became of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Telegram took it, or says that nobody can have it.
    #[sea_orm(string_value = "told")]
    Told,
    /// Telegram did not say whether it has it. It is not sent again.
    #[sea_orm(string_value = "unknown")]
    Unknown,
}
