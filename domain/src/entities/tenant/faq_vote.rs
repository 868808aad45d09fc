//! Whether an answer helped one user.

use sea_orm::entity::prelude::*;

use crate::ids::{RowId, UserId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "faq_votes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    /// The answer's key: see `shop::faq::rules`.
    #[sea_orm(column_type = "Text")]
    pub entry: String,
    pub user_id: UserId,
    pub helpful: bool,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
