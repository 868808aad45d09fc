//! A user's question to the shop, and how it stands.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{BotId, TicketId, UserId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tickets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TicketId,
    /// By which people name it: 1, 2, 3, … in each shop.
    pub number: i64,
    pub user_id: UserId,
    /// The bot to which its user wrote last; by it the answers come.
    pub bot_id: BotId,
    pub topic: Topic,
    pub state: TicketState,
    /// One to five, said once.
    pub rating: Option<i32>,
    pub closed_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    /// When something was last written or decided.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// What it is about, as its user chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    #[sea_orm(string_value = "connect")]
    Connect,
    #[sea_orm(string_value = "speed")]
    Speed,
    #[sea_orm(string_value = "payment")]
    Payment,
    #[sea_orm(string_value = "account")]
    Account,
    #[sea_orm(string_value = "other")]
    Other,
}

impl Topic {
    pub const ALL: [Self; 5] = [Self::Connect, Self::Speed, Self::Payment, Self::Account, Self::Other];

    /// As it is stored and named in texts.
    pub fn code(self) -> String {
        sea_orm::ActiveEnum::to_value(&self)
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.code() == code)
    }
}

/// Moves by what is written: see `shop::support::service`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    /// The shop has to answer.
    #[sea_orm(string_value = "waiting")]
    Waiting,
    /// The user has the last answer.
    #[sea_orm(string_value = "answered")]
    Answered,
    #[sea_orm(string_value = "closed")]
    Closed,
}

impl TicketState {
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Answered, Self::Closed];

    /// As it is stored and named in texts.
    pub fn code(self) -> String {
        sea_orm::ActiveEnum::to_value(&self)
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}
