//! An order whose access is for whoever opens its link.

use sea_orm::entity::prelude::*;

use crate::ids::{BotId, OrderId, UserId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gifts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: OrderId,
    /// Whoever knows it can open the gift, once.
    #[sea_orm(column_type = "Text")]
    pub token: String,
    pub redeemed_by: Option<UserId>,
    /// The bot in which it was opened.
    pub bot_id: Option<BotId>,
    pub redeemed_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
