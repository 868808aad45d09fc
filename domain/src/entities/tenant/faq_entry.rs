//! A question with its answer, in one language: the shop's own, or one of ours that it changed or hid.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{ids::FaqEntryId, locale::Locale};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "faq_entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FaqEntryId,
    pub locale: Locale,
    /// Which of ours it takes the place of.
    #[sea_orm(column_type = "Text")]
    pub ours: Option<String>,
    pub category: Category,
    #[sea_orm(column_type = "Text")]
    pub question: String,
    #[sea_orm(column_type = "Text")]
    pub answer: String,
    pub hidden: bool,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum Category {
    #[sea_orm(string_value = "connect")]
    Connect,
    #[sea_orm(string_value = "payment")]
    Payment,
    #[sea_orm(string_value = "account")]
    Account,
    #[sea_orm(string_value = "other")]
    Other,
}

impl Category {
    pub const ALL: [Self; 4] = [Self::Connect, Self::Payment, Self::Account, Self::Other];

    /// As it is stored and named in texts.
    pub fn code(self) -> String {
        sea_orm::ActiveEnum::to_value(&self)
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.code() == code)
    }
}
