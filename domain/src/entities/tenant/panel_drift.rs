//! A difference between a panel and us, as the last comparison found it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{PanelId, RowId, SubscriptionId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "panel_drifts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub panel_id: PanelId,
    /// Whose account it is; of an unknown account, the one that its note names.
    pub subscription_id: SubscriptionId,
    #[sea_orm(column_type = "Text")]
    pub username: String,
    pub kind: DriftKind,
    #[sea_orm(column_type = "Text")]
    pub wanted: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub found: Option<String>,
    pub found_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// What is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum DriftKind {
    /// The account is not there.
    #[sea_orm(string_value = "missing")]
    Missing,
    #[sea_orm(string_value = "expire")]
    Expire,
    #[sea_orm(string_value = "data_limit")]
    DataLimit,
    #[sea_orm(string_value = "status")]
    Status,
    /// Somebody switched it off on the panel.
    #[sea_orm(string_value = "disabled_by_hand")]
    DisabledByHand,
    /// An account of our name that is not ours.
    #[sea_orm(string_value = "foreign")]
    Foreign,
    /// An account that says it is ours, and that we do not know.
    #[sea_orm(string_value = "unknown")]
    Unknown,
}

impl DriftKind {
    /// Whether driving the account to its target once more mends it; the rest is for a person.
    pub fn is_repairable(self) -> bool {
        !matches!(self, Self::Foreign | Self::Unknown)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Expire => "expire",
            Self::DataLimit => "data_limit",
            Self::Status => "status",
            Self::DisabledByHand => "disabled_by_hand",
            Self::Foreign => "foreign",
            Self::Unknown => "unknown",
        }
    }
}
