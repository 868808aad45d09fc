//! What a user agreed to be charged for without being asked again. Switching it off deletes the row.

use sea_orm::entity::prelude::*;

use crate::ids::{BotId, PlanId, RowId, SubscriptionId, UserId};
use crate::money::Currency;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "auto_renewals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub user_id: UserId,
    /// The bot in which they said so.
    pub bot_id: BotId,
    pub plan_id: PlanId,
    /// The price that they saw: a higher one is not charged.
    pub amount_minor: i64,
    pub currency: Currency,
    pub agreed_at: DateTimeUtc,
    /// `None` until the plan is bought. One for each user has begun.
    pub began_at: Option<DateTimeUtc>,
    /// Which access is renewed, once it has begun; that which ends last where it began before users could have
    /// several.
    pub subscription_id: Option<SubscriptionId>,
}

impl ActiveModelBehavior for ActiveModel {}
