//! One way of a shop from order to live bot.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{BotId, DeploymentId, TenantId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deployments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeploymentId,
    pub tenant_id: TenantId,
    pub bot_id: Option<BotId>,
    pub state: DeploymentState,
    /// When the customer began with this shop.
    pub started_at: DateTimeUtc,
    pub paid_at: Option<DateTimeUtc>,
    pub live_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The whole of the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum DeploymentState {
    /// Waits for the customer.
    #[sea_orm(string_value = "open")]
    Open,
    /// The last steps run by themselves.
    #[sea_orm(string_value = "running")]
    Running,
    #[sea_orm(string_value = "live")]
    Live,
    #[sea_orm(string_value = "failed")]
    Failed,
}
