//! A picture by which a buyer shows that he has sent money from card to card.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{BotId, OrderId, ReceiptId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "receipts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReceiptId,
    /// Of an order one receipt at the most waits or was approved.
    pub order_id: OrderId,
    /// The bot that has the file.
    pub bot_id: BotId,
    /// By which that bot fetches it.
    #[sea_orm(column_type = "Text")]
    pub file_id: String,
    /// The same for the same file, whoever sends it to whichever bot.
    #[sea_orm(column_type = "Text")]
    pub file_unique_id: String,
    /// Of pictures that were sent together the first is the receipt.
    #[sea_orm(column_type = "Text")]
    pub album: Option<String>,
    /// Of the picture, in hex, once it is fetched.
    #[sea_orm(column_type = "Text")]
    pub sha256: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub mime: Option<String>,
    /// Why there will be no picture.
    pub unread: Option<Unread>,
    pub state: ReceiptState,
    /// What arrived, as whoever approved it saw.
    pub amount_minor: Option<i64>,
    pub reason: Option<RejectReason>,
    /// In staff's own words, for the buyer.
    #[sea_orm(column_type = "Text")]
    pub note: Option<String>,
    /// An account of the panel.
    #[sea_orm(column_type = "Text")]
    pub decided_by: Option<String>,
    pub decided_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Moves by `shop::receipt::rules`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum ReceiptState {
    #[sea_orm(string_value = "waiting")]
    Waiting,
    #[sea_orm(string_value = "approved")]
    Approved,
    #[sea_orm(string_value = "rejected")]
    Rejected,
}

/// Why a receipt was not believed. The buyer reads it in his language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum RejectReason {
    #[sea_orm(string_value = "not-arrived")]
    NotArrived,
    #[sea_orm(string_value = "amount")]
    Amount,
    #[sea_orm(string_value = "unreadable")]
    Unreadable,
    /// The picture shows another payment.
    #[sea_orm(string_value = "used")]
    Used,
    /// The note says it.
    #[sea_orm(string_value = "other")]
    Other,
}

impl RejectReason {
    pub const ALL: [Self; 5] = [Self::NotArrived, Self::Amount, Self::Unreadable, Self::Used, Self::Other];

    /// As it is stored and named in texts.
    pub fn code(self) -> String {
        sea_orm::ActiveEnum::to_value(&self)
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum Unread {
    /// Telegram has no such file any more, or the bot has no way to it.
    #[sea_orm(string_value = "gone")]
    Gone,
    #[sea_orm(string_value = "too_large")]
    TooLarge,
    #[sea_orm(string_value = "no_picture")]
    NoPicture,
}
