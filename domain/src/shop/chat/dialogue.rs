//! What a bot has asked for and waits to be sent. In the chat's row, so that a restart forgets nothing.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde::{Deserialize, Serialize};

use super::service;
use crate::{
    clock::Clock,
    db::{StoreError, TenantConn},
    entities::tenant::{broadcast::Segment, chat, ticket::Topic},
    ids::{BotId, OrderId, PlanId, TicketId, UserId},
};

/// An open question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Dialogue {
    /// A picture of the transfer.
    Receipt { order: OrderId },
    /// How much shall go into the wallet.
    TopUp,
    /// A promo code; whoever came from a plan goes back to it.
    Promo { plan: Option<PlanId> },
    /// The first message of a ticket.
    NewTicket { topic: Topic },
    /// More for a ticket of the chat's user.
    Ticket { ticket: TicketId },
    /// The shop's answer, by its owner.
    Answer { ticket: TicketId },
    /// Words that are looked for among the frequent questions.
    FaqSearch,
    /// Where mail shall go.
    MailAddress,
    /// The code that was mailed there.
    MailCode,
    /// Staff: what an act of theirs needs.
    Staff { about: StaffAsk },
}

/// What staff is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffAsk {
    /// Whom to look for.
    Find,
    /// How many days to give.
    Days(UserId),
    /// What to write to a user.
    Message(UserId),
    /// A code and its percent.
    Promo,
    /// What users read during maintenance.
    Maintenance,
    /// What these users get.
    Broadcast(Segment),
}

impl Dialogue {
    /// Whether whatever is typed next is meant for somebody.
    pub fn takes_words(self) -> bool {
        !matches!(self, Self::Receipt { .. } | Self::Promo { .. })
    }
}

/// The open question of a chat. One that a later version asked is none.
pub fn of(chat: &chat::Model) -> Option<Dialogue> {
    serde_json::from_value(chat.dialogue.clone()).ok()
}

/// The open question of a chat, looked up.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn current(
    tx: &impl TenantConn,
    bot: BotId,
    telegram_id: i64,
) -> Result<Option<Dialogue>, StoreError> {
    let chat = service::find(tx, bot, telegram_id).await?;
    Ok(chat.as_ref().and_then(of))
}

/// Asks, in place of what was asked before.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn begin(
    tx: &impl TenantConn,
    bot: BotId,
    telegram_id: i64,
    asked: Dialogue,
) -> Result<(), StoreError> {
    let value = serde_json::to_value(asked).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
    put(tx, bot, telegram_id, value).await
}

/// Nothing is asked any more.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn end(tx: &impl TenantConn, bot: BotId, telegram_id: i64) -> Result<(), StoreError> {
    put(tx, bot, telegram_id, serde_json::Value::Null).await
}

async fn put(
    tx: &impl TenantConn,
    bot: BotId,
    telegram_id: i64,
    value: serde_json::Value,
) -> Result<(), StoreError> {
    let chat = service::open(tx, bot, telegram_id).await?;
    if chat.dialogue == value {
        return Ok(());
    }
    let mut row = chat.into_active_model();
    row.dialogue = Set(value);
    row.updated_at = Set(tx.clock().now());
    row.update(tx.raw()).await?;
    Ok(())
}
