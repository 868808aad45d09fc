//! A period's end at which a subscription is to be renewed by itself: one row for each, so that it is
//! renewed once.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderId, RowId, SubscriptionId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "renewals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub subscription_id: SubscriptionId,
    /// Unique with the subscription.
    pub period_end: DateTimeUtc,
    pub tries: i32,
    /// Of the last try.
    pub order_id: Option<OrderId>,
    /// Since when the provider may have been asked to charge for that order.
    pub asked_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
