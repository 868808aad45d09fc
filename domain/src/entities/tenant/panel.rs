//! A Marzban server of the tenant.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::PanelId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "panels")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PanelId,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    #[sea_orm(column_type = "Text")]
    pub base_url: String,
    #[sea_orm(column_type = "Text")]
    pub username: String,
    #[sea_orm(column_type = "Blob")]
    pub sealed_password: Vec<u8>,
    /// Tags of the inbounds that the shop uses; empty is every VLESS inbound.
    #[sea_orm(column_type = "JsonBinary")]
    pub inbounds: Json,
    pub state: PanelState,
    /// A class, never the panel's own words.
    #[sea_orm(column_type = "Text")]
    pub last_error: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub version: Option<String>,
    pub checked_at: Option<DateTimeUtc>,
    pub down_since: Option<DateTimeUtc>,
    /// Calls in a row that waiting can help.
    pub failures: i32,
    /// Its share of new accounts, against the other panels' weights. At least 1.
    pub weight: i32,
    /// Accounts that it may hold; `None` is without limit.
    pub capacity: Option<i32>,
    /// Whether new accounts may go there. Those that are there stay served.
    pub enabled: bool,
    /// When all its accounts were last compared with ours.
    pub synced_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

/// Panels that nobody weighed share evenly.
pub const DEFAULT_WEIGHT: i32 = 100;

impl ActiveModelBehavior for ActiveModel {}

/// What the last look found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum PanelState {
    #[sea_orm(string_value = "up")]
    Up,
    #[sea_orm(string_value = "down")]
    Down,
    /// It answers but does not accept us: a person has to act.
    #[sea_orm(string_value = "refused")]
    Refused,
}
