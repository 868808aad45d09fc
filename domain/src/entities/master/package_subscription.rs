//! A customer's running package.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{CustomerId, PackageSubscriptionId};
use crate::ports::Cycle;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "package_subscriptions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PackageSubscriptionId,
    pub customer_id: CustomerId,
    #[sea_orm(column_type = "Text")]
    pub package: String,
    /// `None` while the platform trial runs.
    pub cycle: Option<Cycle>,
    pub state: PackageState,
    pub period_start: DateTimeUtc,
    pub period_end: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub provider: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub provider_subscription_id: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The customer's life cycle (SPEC §1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum PackageState {
    #[sea_orm(string_value = "trialing")]
    Trialing,
    #[sea_orm(string_value = "active")]
    Active,
    #[sea_orm(string_value = "past_due")]
    PastDue,
    #[sea_orm(string_value = "restricted")]
    Restricted,
    #[sea_orm(string_value = "suspended")]
    Suspended,
    #[sea_orm(string_value = "erased")]
    Erased,
}
