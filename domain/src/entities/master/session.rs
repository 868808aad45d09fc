//! A signed-in browser. The identifier is stored as its SHA-256, so that a leaked table opens nothing.

use sea_orm::entity::prelude::*;

use crate::ids::AccountId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// SHA-256 of the cookie's value, in hex.
    #[sea_orm(primary_key, auto_increment = false)]
    #[sea_orm(column_type = "Text")]
    pub id: String,
    pub account_id: Option<AccountId>,
    /// The session's values as JSON.
    #[sea_orm(column_type = "Text")]
    pub data: String,
    pub created_at: DateTimeUtc,
    pub idle_until: DateTimeUtc,
    pub absolute_until: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
