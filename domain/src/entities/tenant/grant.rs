//! Time that a subscription got: one row for each paid order.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{GrantId, OrderId, SubscriptionId};
use crate::units::Bytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "grants")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GrantId,
    pub order_id: Option<OrderId>,
    pub subscription_id: SubscriptionId,
    pub reason: GrantReason,
    pub seconds: i64,
    pub traffic_bytes: Option<Bytes>,
    /// Of `seconds`, what refunds took back.
    pub taken_back_seconds: i64,
    /// Of `traffic_bytes`, what refunds took back.
    pub taken_back_bytes: Bytes,
    /// The first version of the subscription's target that holds this time.
    pub target_version: i64,
    pub period_start: DateTimeUtc,
    pub period_end: DateTimeUtc,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Why the time was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum GrantReason {
    #[sea_orm(string_value = "order")]
    Order,
    #[sea_orm(string_value = "trial")]
    Trial,
    /// The panel was out of reach when the time began.
    #[sea_orm(string_value = "compensation")]
    Compensation,
    /// Somebody was brought, or came so, and has bought.
    #[sea_orm(string_value = "referral")]
    Referral,
    /// The shop's people gave it.
    #[sea_orm(string_value = "staff")]
    Staff,
}
