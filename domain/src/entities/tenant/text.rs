//! One text of a bot in the shop's own words.

use sea_orm::entity::prelude::*;

use crate::{ids::RowId, locale::Locale};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "texts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub locale: Locale,
    #[sea_orm(column_type = "Text")]
    pub key: String,
    /// As it was typed.
    #[sea_orm(column_type = "Text")]
    pub value: String,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
