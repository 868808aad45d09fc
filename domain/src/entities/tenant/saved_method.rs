//! A way to pay that a user let us keep, to be charged without them. Removing it deletes the row.

use sea_orm::entity::prelude::*;

use crate::ids::{BotId, RowId, UserId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_methods")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    /// Each has one at the most.
    pub user_id: UserId,
    /// Through which they are told of it.
    pub bot_id: BotId,
    #[sea_orm(column_type = "Text")]
    pub provider: String,
    /// The shop's account at which it was saved: it is good for nothing at another.
    #[sea_orm(column_type = "Text")]
    pub account_id: String,
    /// The provider's name for it.
    #[sea_orm(column_type = "Blob")]
    pub sealed_token: Vec<u8>,
    /// As the provider shows it to people: `Bank card *4444`.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
