//! How users of this shop can pay.

use sea_orm::entity::prelude::*;

use crate::ids::RowId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_methods")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    #[sea_orm(column_type = "Text")]
    pub provider: String,
    pub enabled: bool,
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub account_id: String,
    #[sea_orm(column_type = "Blob")]
    pub sealed_api_key: Vec<u8>,
    #[sea_orm(column_type = "Blob")]
    pub sealed_webhook_secret: Vec<u8>,
    /// What else the provider needs to know, not secret; see the provider's folder.
    #[sea_orm(column_type = "JsonBinary")]
    pub settings: Json,
    /// The shop's own name for it, by language; where there is none the catalogue's is shown.
    #[sea_orm(column_type = "JsonBinary")]
    pub labels: Json,
    /// Not offered for less, in the smallest unit of the order's currency.
    pub min_minor: Option<i64>,
    /// Not offered for more.
    pub max_minor: Option<i64>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
