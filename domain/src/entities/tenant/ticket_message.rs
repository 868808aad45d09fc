//! One message of a ticket. Written once, never changed.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{BotId, RowId, TicketId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_messages")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub ticket_id: TicketId,
    pub author: Author,
    /// The user's number at Telegram, `bot:` and that of staff who answered there, or an account of the
    /// panel.
    #[sea_orm(column_type = "Text")]
    pub written_by: String,
    /// Empty when there is only a file.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// The bot through which it came, which has the file.
    pub bot_id: BotId,
    pub file_kind: Option<FileKind>,
    /// By which that bot fetches and sends it.
    #[sea_orm(column_type = "Text")]
    pub file_id: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub file_name: Option<String>,
    /// Files that were sent together have the same one.
    #[sea_orm(column_type = "Text")]
    pub album: Option<String>,
    /// The update or the form by which it came: a second copy of it adds nothing.
    #[sea_orm(column_type = "Text")]
    pub origin: String,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum Author {
    #[sea_orm(string_value = "user")]
    User,
    #[sea_orm(string_value = "staff")]
    Staff,
}

/// How Telegram keeps a file: it sends each as what it was sent as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    #[sea_orm(string_value = "photo")]
    Photo,
    #[sea_orm(string_value = "document")]
    Document,
}
