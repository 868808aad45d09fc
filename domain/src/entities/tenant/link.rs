//! A subscription's address on our own pages.

use sea_orm::entity::prelude::*;

use crate::ids::SubscriptionId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "links")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub subscription_id: SubscriptionId,
    /// Whoever knows it has the access, as with the panel's own links beside it.
    #[sea_orm(column_type = "Text")]
    pub secret: String,
    /// A new link was asked for, and the panel has not made the old keys void yet.
    pub revoking: bool,
    /// When the panel last gave no answer for this address.
    pub silent_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
