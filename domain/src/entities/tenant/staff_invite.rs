//! A link by which somebody becomes staff. It is gone when it was used.

use sea_orm::entity::prelude::*;

use crate::{
    entities::master::membership::Role,
    ids::{BotId, RowId},
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_invites")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    #[sea_orm(column_type = "Text")]
    pub nonce: String,
    pub role: Role,
    /// The bot to which the link leads.
    pub bot_id: BotId,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
