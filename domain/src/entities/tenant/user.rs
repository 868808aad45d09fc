//! An end user of the shop.

use sea_orm::entity::prelude::*;

use crate::{ids::UserId, locale::format::Calendar};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserId,
    pub telegram_id: i64,
    #[sea_orm(column_type = "Text")]
    pub first_name: String,
    #[sea_orm(column_type = "Text")]
    pub username: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub locale: String,
    /// Until then the language is a guess.
    pub language_chosen_at: Option<DateTimeUtc>,
    pub rules_accepted_at: Option<DateTimeUtc>,
    pub banned_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub last_seen_at: DateTimeUtc,
    /// By which dates are written for him; that of his language until he chooses.
    pub calendar: Option<Calendar>,
    /// By which of the shop's links he came first (`?start=src_…`).
    #[sea_orm(column_type = "Text")]
    pub source: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
