//! Where a user gets mail, and when. Who took his address away keeps the row: it counts the codes that were
//! asked for.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::UserId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_addresses")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(column_type = "Text")]
    pub address: Option<String>,
    pub comes: MailWhen,
    pub confirmed_at: Option<DateTimeUtc>,
    /// The address does not take mail.
    pub refused_at: Option<DateTimeUtc>,
    /// From it, the user, the address and the shop's key comes the code that is open; the code itself is
    /// nowhere.
    pub code_seed: Option<Uuid>,
    pub code_asked_at: Option<DateTimeUtc>,
    /// Wrong ones that were typed for the code that is open.
    pub code_tries: i32,
    /// Codes since `codes_since`, whatever the addresses.
    pub codes_asked: i32,
    pub codes_since: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// When mail comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum MailWhen {
    /// Only when Telegram cannot deliver.
    #[sea_orm(string_value = "instead")]
    Instead,
    #[sea_orm(string_value = "always")]
    Always,
    #[sea_orm(string_value = "never")]
    Never,
}

impl MailWhen {
    pub const ALL: [Self; 3] = [Self::Instead, Self::Always, Self::Never];

    /// Its name in buttons and in the keys of the texts that name it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Instead => "instead",
            Self::Always => "always",
            Self::Never => "never",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|when| when.code() == code)
    }
}
