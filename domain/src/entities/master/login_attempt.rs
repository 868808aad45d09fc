//! A failed sign-in, counted against the account and the address it came from, or a sign-up.

use sea_orm::entity::prelude::*;

use crate::ids::RowId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "login_attempts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    /// `account:`, `address:` or `sign-up:` followed by a keyed hash; no personal data.
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
