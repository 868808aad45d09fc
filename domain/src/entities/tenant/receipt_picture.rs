//! What a receipt shows. Apart from its row, so that lists read no pictures.

use sea_orm::entity::prelude::*;

use crate::ids::ReceiptId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "receipt_pictures")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub receipt_id: ReceiptId,
    pub content: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
