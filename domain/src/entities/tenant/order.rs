//! A user's purchase, with the terms as they were when it was made; or money for their wallet.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::plan;
use crate::ids::{BotId, OrderId, PlanId, SubscriptionId, UserId};
use crate::money::Currency;
use crate::units::{Bytes, Days};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "orders")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderId,
    pub user_id: UserId,
    /// The bot through which it came.
    pub bot_id: BotId,
    /// Empty, as all of the plan's terms are, when the money is for the buyer's wallet.
    pub plan_id: Option<PlanId>,
    /// The access that its time goes on; set when it is paid if it starts one.
    pub subscription_id: Option<SubscriptionId>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub plan_names: Option<Json>,
    /// What it gives, with what a promo code added.
    pub plan_days: Option<Days>,
    pub plan_traffic_bytes: Option<Bytes>,
    pub amount_minor: i64,
    pub currency: Currency,
    /// Of the amount, what went back to the buyer.
    pub refunded_minor: i64,
    pub state: OrderState,
    #[sea_orm(column_type = "Text")]
    pub provider: String,
    #[sea_orm(column_type = "Text")]
    pub provider_account: String,
    #[sea_orm(column_type = "Text")]
    pub provider_payment_id: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub pay_url: Option<String>,
    /// The order whose payment the provider repeated with this one's.
    pub repeats: Option<OrderId>,
    /// Whether it starts an access beside those that its buyer has.
    pub separate: bool,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub paid_at: Option<DateTimeUtc>,
    pub provisioned_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What an order is for.
#[derive(Clone, Copy, Debug)]
pub enum For<'a> {
    Plan(Bought<'a>),
    /// The money itself: it is delivered with its booking.
    Wallet,
}

/// The plan's terms as they were.
#[derive(Clone, Copy, Debug)]
pub struct Bought<'a> {
    pub plan: PlanId,
    pub names: &'a Json,
    pub days: Days,
    /// `None` is without limit.
    pub traffic: Option<Bytes>,
}

impl<'a> From<&'a plan::Model> for Bought<'a> {
    /// The terms as they are now.
    fn from(plan: &'a plan::Model) -> Self {
        Self { plan: plan.id, names: &plan.names, days: plan.days, traffic: plan.traffic_bytes }
    }
}

impl Bought<'_> {
    /// Whether it adds no time.
    pub const fn is_traffic(&self) -> bool {
        self.days.0 == 0
    }
}

impl Model {
    pub const fn is_for(&self) -> For<'_> {
        match (self.plan_id, &self.plan_names, self.plan_days) {
            (Some(plan), Some(names), Some(days)) => {
                For::Plan(Bought { plan, names, days, traffic: self.plan_traffic_bytes })
            }
            _ => For::Wallet,
        }
    }

    /// Whether it fills its buyer's wallet.
    pub const fn is_top_up(&self) -> bool {
        matches!(self.is_for(), For::Wallet)
    }
}

/// Moves forward only; see `shop::order::rules`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    #[sea_orm(string_value = "new")]
    New,
    #[sea_orm(string_value = "pending")]
    Pending,
    #[sea_orm(string_value = "paid")]
    Paid,
    #[sea_orm(string_value = "provisioned")]
    Provisioned,
    #[sea_orm(string_value = "failed")]
    Failed,
    #[sea_orm(string_value = "expired")]
    Expired,
    /// What the provider reports differs from the order: never granted without a person.
    #[sea_orm(string_value = "mismatch")]
    Mismatch,
    /// All of it went back to the buyer.
    #[sea_orm(string_value = "refunded")]
    Refunded,
    /// The buyer's bank asks for the money back; access stays until that is decided.
    #[sea_orm(string_value = "disputed")]
    Disputed,
    /// The bank left us the money.
    #[sea_orm(string_value = "won")]
    Won,
    /// The bank took the money back.
    #[sea_orm(string_value = "lost")]
    Lost,
}

impl OrderState {
    /// The states of an order whose money came, whatever became of it later.
    pub const PAID_ONCE: [Self; 6] =
        [Self::Paid, Self::Provisioned, Self::Refunded, Self::Disputed, Self::Won, Self::Lost];
    /// The states of an order whose money is ours.
    pub const SALES: [Self; 4] = [Self::Paid, Self::Provisioned, Self::Disputed, Self::Won];
}
