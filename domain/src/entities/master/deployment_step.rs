//! One step of a deployment: watched live, resumed after a crash, tried again.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{DeploymentId, RowId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deployment_steps")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub deployment_id: DeploymentId,
    pub position: i32,
    pub step: Step,
    pub state: StepState,
    /// What was found, for people: a bot's name, a version.
    #[sea_orm(column_type = "Text")]
    pub detail: Option<String>,
    /// An `error-…` text key: why it failed, why it is tried again, or what did not come of it.
    #[sea_orm(column_type = "Text")]
    pub error: Option<String>,
    pub started_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// In their order (SPEC §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum Step {
    #[sea_orm(string_value = "order_placed")]
    OrderPlaced,
    #[sea_orm(string_value = "payment_verified")]
    PaymentVerified,
    #[sea_orm(string_value = "token_checked")]
    TokenChecked,
    #[sea_orm(string_value = "shop_created")]
    ShopCreated,
    #[sea_orm(string_value = "panel_connected")]
    PanelConnected,
    #[sea_orm(string_value = "plans_ready")]
    PlansReady,
    #[sea_orm(string_value = "bot_running")]
    BotRunning,
    #[sea_orm(string_value = "link_sent")]
    LinkSent,
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    #[sea_orm(string_value = "waiting")]
    Waiting,
    #[sea_orm(string_value = "running")]
    Running,
    #[sea_orm(string_value = "done")]
    Done,
    #[sea_orm(string_value = "failed")]
    Failed,
}
