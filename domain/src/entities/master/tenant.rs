//! One customer's shop.

use chrono::{FixedOffset, Offset as _, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{CustomerId, TenantId};
use crate::money::Currency;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tenants")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TenantId,
    pub customer_id: CustomerId,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub kind: TenantKind,
    pub placement: Placement,
    /// The shop's main language.
    #[sea_orm(column_type = "Text")]
    pub locale: String,
    pub currency: Currency,
    pub utc_offset_minutes: i32,
    #[sea_orm(column_type = "Text")]
    pub starter_pack: String,
    /// How far a sandbox shop's clock is ahead; 0 for live shops.
    pub clock_offset_seconds: i64,
    /// The tenant's own data key, sealed with the server's key.
    #[sea_orm(column_type = "Blob")]
    pub sealed_key: Vec<u8>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The shop's time zone.
    pub fn zone(&self) -> FixedOffset {
        let seconds = self.utc_offset_minutes.saturating_mul(60);
        FixedOffset::east_opt(seconds).unwrap_or_else(|| Utc.fix())
    }
}

/// Whether the shop is real. Never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum TenantKind {
    #[sea_orm(string_value = "live")]
    Live,
    #[sea_orm(string_value = "sandbox")]
    Sandbox,
    #[sea_orm(string_value = "preview")]
    Preview,
}

/// Where the tenant's database lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum Placement {
    #[sea_orm(string_value = "sqlite_file")]
    SqliteFile,
    #[sea_orm(string_value = "postgres")]
    Postgres,
}
