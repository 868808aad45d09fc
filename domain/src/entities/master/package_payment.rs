//! A customer's payment for a package.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{CustomerId, PackagePaymentId};
use crate::money::Currency;
use crate::ports::Cycle;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "package_payments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PackagePaymentId,
    pub customer_id: CustomerId,
    #[sea_orm(column_type = "Text")]
    pub package: String,
    pub cycle: Cycle,
    pub amount_minor: i64,
    pub currency: Currency,
    pub state: PackagePaymentState,
    #[sea_orm(column_type = "Text")]
    pub provider: String,
    #[sea_orm(column_type = "Text")]
    pub provider_account: String,
    #[sea_orm(column_type = "Text")]
    pub session_id: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub pay_url: Option<String>,
    pub created_at: DateTimeUtc,
    pub paid_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Where the payment stands. Moves forward only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum PackagePaymentState {
    #[sea_orm(string_value = "new")]
    New,
    #[sea_orm(string_value = "pending")]
    Pending,
    #[sea_orm(string_value = "paid")]
    Paid,
    #[sea_orm(string_value = "expired")]
    Expired,
    /// Amount or currency differ from what was asked: a person looks at it.
    #[sea_orm(string_value = "mismatch")]
    Mismatch,
}
