//! What the shop's people did. Written once, never changed.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::RowId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_acts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    /// `bot:` and a number at Telegram, or an account of the panel.
    #[sea_orm(column_type = "Text")]
    pub done_by: String,
    /// How people know whoever did it.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub deed: Deed,
    /// The row it happened to.
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub detail: Json,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    #[sea_orm(string_value = "extended")]
    Extended,
    #[sea_orm(string_value = "gifted")]
    Gifted,
    #[sea_orm(string_value = "messaged")]
    Messaged,
    #[sea_orm(string_value = "banned")]
    Banned,
    #[sea_orm(string_value = "unbanned")]
    Unbanned,
    #[sea_orm(string_value = "receipt-approved")]
    ReceiptApproved,
    #[sea_orm(string_value = "receipt-rejected")]
    ReceiptRejected,
    #[sea_orm(string_value = "plan-on")]
    PlanOn,
    #[sea_orm(string_value = "plan-off")]
    PlanOff,
    #[sea_orm(string_value = "promo-made")]
    PromoMade,
    #[sea_orm(string_value = "ticket-answered")]
    TicketAnswered,
    #[sea_orm(string_value = "ticket-closed")]
    TicketClosed,
    #[sea_orm(string_value = "maintenance-on")]
    MaintenanceOn,
    #[sea_orm(string_value = "maintenance-off")]
    MaintenanceOff,
    #[sea_orm(string_value = "maintenance-text")]
    MaintenanceText,
    #[sea_orm(string_value = "report-hour")]
    ReportHour,
    #[sea_orm(string_value = "broadcast-written")]
    BroadcastWritten,
    #[sea_orm(string_value = "broadcast-sent")]
    BroadcastSent,
    #[sea_orm(string_value = "broadcast-paused")]
    BroadcastPaused,
    #[sea_orm(string_value = "broadcast-resumed")]
    BroadcastResumed,
    #[sea_orm(string_value = "broadcast-stopped")]
    BroadcastStopped,
    #[sea_orm(string_value = "broadcast-discarded")]
    BroadcastDiscarded,
    #[sea_orm(string_value = "bot-mended")]
    BotMended,
    #[sea_orm(string_value = "staff-invited")]
    StaffInvited,
    #[sea_orm(string_value = "staff-joined")]
    StaffJoined,
    #[sea_orm(string_value = "staff-role")]
    StaffRole,
    #[sea_orm(string_value = "staff-removed")]
    StaffRemoved,
}

impl Deed {
    /// As it is stored and named in texts.
    pub fn code(self) -> String {
        sea_orm::ActiveEnum::to_value(&self)
    }
}
