//! A seller, who pays the platform.

use sea_orm::entity::prelude::*;

use crate::ids::CustomerId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CustomerId,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// The payment provider's identifier of this customer.
    #[sea_orm(column_type = "Text")]
    pub provider_customer_id: Option<String>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
