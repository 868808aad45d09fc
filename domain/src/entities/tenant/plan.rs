//! What a user can buy, and the trial.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::PlanId;
use crate::units::{Bytes, Days};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plans")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PlanId,
    pub position: i32,
    pub kind: PlanKind,
    /// The name in each language: `{"en": …}`.
    #[sea_orm(column_type = "JsonBinary")]
    pub names: Json,
    pub days: Days,
    /// `None` is without limit.
    pub traffic_bytes: Option<Bytes>,
    pub active: bool,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// A trial is free and claimed once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum PlanKind {
    #[sea_orm(string_value = "trial")]
    Trial,
    #[sea_orm(string_value = "paid")]
    Paid,
    /// No days, only traffic for access that is running.
    #[sea_orm(string_value = "traffic")]
    Traffic,
}
