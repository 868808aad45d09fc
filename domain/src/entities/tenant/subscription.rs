//! A user's running access, and the state to which the panel is driven.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{PanelId, PlanId, SubscriptionId, UserId};
use crate::units::Bytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "subscriptions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SubscriptionId,
    pub user_id: UserId,
    pub panel_id: PanelId,
    pub plan_id: PlanId,
    /// The account's name on the panel.
    #[sea_orm(column_type = "Text")]
    pub username: String,
    pub trial: bool,
    pub target_expire: DateTimeUtc,
    pub target_data_limit: Option<Bytes>,
    pub target_status: TargetState,
    /// Grows with each change of the target.
    pub target_version: i64,
    /// The target that the panel was last seen to hold.
    pub applied_version: i64,
    pub provisioned_at: Option<DateTimeUtc>,
    pub applied_at: Option<DateTimeUtc>,
    pub used_traffic: Bytes,
    #[sea_orm(column_type = "Text")]
    pub panel_status: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub links: Json,
    #[sea_orm(column_type = "Text")]
    pub subscription_url: Option<String>,
    /// When usage and links were last read.
    pub read_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Whether the account shall be able to connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum TargetState {
    #[sea_orm(string_value = "active")]
    Active,
    #[sea_orm(string_value = "disabled")]
    Disabled,
    /// There is to be no account: its user had his data deleted.
    #[sea_orm(string_value = "removed")]
    Removed,
}
