//! A broadcast's picture. Apart from its row, so that lists read no pictures.

use sea_orm::entity::prelude::*;

use crate::ids::{BroadcastId, RowId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "broadcast_pictures")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub broadcast_id: BroadcastId,
    /// A language's code, or `all` for those without a picture of their own.
    #[sea_orm(column_type = "Text")]
    pub whose: String,
    pub content: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
