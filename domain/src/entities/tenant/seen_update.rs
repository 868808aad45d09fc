//! An update whose effect is committed.

use sea_orm::entity::prelude::*;

use crate::ids::{BotId, RowId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seen_updates")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub bot_id: BotId,
    pub update_id: i64,
    pub seen_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
