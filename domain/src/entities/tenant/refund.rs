//! Money that staff sends back to a buyer.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{OrderId, RefundId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refunds")]
pub struct Model {
    /// Also the provider's idempotency key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RefundId,
    pub order_id: OrderId,
    pub amount_minor: i64,
    /// What will have gone back of the order altogether when this one is done.
    pub target_minor: i64,
    pub state: RefundState,
    /// For the shop's own records.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// Who asked for it: an account of the panel, or an admin of the bot.
    #[sea_orm(column_type = "Text")]
    pub requested_by: String,
    pub created_at: DateTimeUtc,
    pub done_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum RefundState {
    #[sea_orm(string_value = "requested")]
    Requested,
    #[sea_orm(string_value = "done")]
    Done,
    /// The provider said no; the timeline says why.
    #[sea_orm(string_value = "failed")]
    Failed,
}
