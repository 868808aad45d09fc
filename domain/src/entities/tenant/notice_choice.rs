//! What a user wants to be told, and when not. Without a row: everything, at the shop's hours.

use sea_orm::entity::prelude::*;

use crate::ids::UserId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice_choices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// Codes of the kinds that are switched off.
    #[sea_orm(column_type = "JsonBinary")]
    pub off: Json,
    /// Minutes after midnight of the shop's zone; both or none.
    pub quiet_from: Option<i32>,
    pub quiet_until: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
