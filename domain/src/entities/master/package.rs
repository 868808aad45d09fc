//! What a customer can buy from the platform. Operators edit prices and limits.

use sea_orm::entity::prelude::*;

use crate::money::Currency;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "packages")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    #[sea_orm(column_type = "Text")]
    pub code: String,
    pub position: i32,
    pub monthly_minor: i64,
    pub yearly_minor: i64,
    pub currency: Currency,
    /// `None` is without limit.
    pub max_bots: Option<i32>,
    pub max_users: Option<i32>,
    pub max_panels: Option<i32>,
    pub analytics: bool,
    pub white_label: bool,
    pub api: bool,
}

impl ActiveModelBehavior for ActiveModel {}
