//! What payment providers told us, kept before anything is done about it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::RowId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_inbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    #[sea_orm(column_type = "Text")]
    pub provider: String,
    #[sea_orm(column_type = "Text")]
    pub account_id: String,
    #[sea_orm(column_type = "Text")]
    pub event_id: String,
    pub kind: InboxKind,
    /// The order or checkout that the event names; only a claim until the provider confirms it.
    #[sea_orm(column_type = "Text")]
    pub order_ref: Option<String>,
    /// The key of the job that acts on it.
    #[sea_orm(column_type = "Text")]
    pub job_key: Option<String>,
    /// As it came.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub state: InboxState,
    #[sea_orm(column_type = "Text")]
    pub reason: Option<String>,
    pub received_at: DateTimeUtc,
    pub processed_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What the row holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum InboxKind {
    #[sea_orm(string_value = "webhook")]
    Webhook,
    /// What the provider itself said (a shop's: [`PaymentFacts`](crate::ports::PaymentFacts)), kept as
    /// evidence for a replay.
    #[sea_orm(string_value = "read")]
    Read,
    /// A webhook that was not believed.
    #[sea_orm(string_value = "refused")]
    Refused,
    /// A payment that the provider lists as paid, and that no order asked for.
    #[sea_orm(string_value = "import")]
    Import,
}

/// Whether it still has to be acted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum InboxState {
    #[sea_orm(string_value = "pending")]
    Pending,
    #[sea_orm(string_value = "processed")]
    Processed,
    #[sea_orm(string_value = "refused")]
    Refused,
}
