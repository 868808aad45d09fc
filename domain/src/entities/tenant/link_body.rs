//! What a panel last gave the apps of one kind for a subscription.

use sea_orm::entity::prelude::*;

use crate::ids::{RowId, SubscriptionId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "link_bodies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub subscription_id: SubscriptionId,
    /// For which apps: `shop::link::agent`.
    #[sea_orm(column_type = "Text")]
    pub format: String,
    pub body: Vec<u8>,
    #[sea_orm(column_type = "Text")]
    pub content_type: String,
    #[sea_orm(column_type = "Text")]
    pub usage: Option<String>,
    /// The target that the panel held then.
    pub applied_version: i64,
    pub fetched_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
