//! Somebody who came by a user's link, and what both got when he bought.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{BotId, GrantId, OrderId, ReferralId, UserId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "referrals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReferralId,
    pub referrer_id: UserId,
    /// Comes once, by one link.
    pub referee_id: UserId,
    /// The bot whose link it was.
    pub bot_id: BotId,
    pub state: ReferralState,
    /// The referee's first paid order.
    pub order_id: Option<OrderId>,
    /// The time that the referrer got; none when the shop gave none.
    pub referrer_grant_id: Option<GrantId>,
    pub referee_grant_id: Option<GrantId>,
    pub granted_at: Option<DateTimeUtc>,
    pub reversed_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Moves forward only; see `shop::referral::service`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum ReferralState {
    /// The referee has paid for nothing yet.
    #[sea_orm(string_value = "invited")]
    Invited,
    #[sea_orm(string_value = "granted")]
    Granted,
    /// All of the order's money went back, and so did the time that was not used.
    #[sea_orm(string_value = "reversed")]
    Reversed,
    /// The shop gave nothing for referrals when the order was paid.
    #[sea_orm(string_value = "void")]
    Void,
}

impl ReferralState {
    /// As it is stored and named in texts.
    pub fn code(self) -> String {
        sea_orm::ActiveEnum::to_value(&self)
    }
}
