//! One message of a broadcast, to one user.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;

use crate::{
    ids::{BotId, RowId, TenantId},
    shop::broadcast::letter::Target,
};

/// What a broadcast says in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// As it was written, without markup.
    pub text: String,
    pub picture: Option<Picture>,
    /// Each with its label.
    pub buttons: Vec<(String, Target)>,
}

/// A PNG or JPEG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// By which an adapter knows that it has sent it before.
    pub id: RowId,
    pub content: Arc<[u8]>,
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Posted {
    /// It is there, under this number.
    Sent(i64),
    /// The user has blocked the bot or is gone.
    Blocked(String),
    /// Telegram does not take it, now or later.
    Refused(String),
    /// It may have arrived.
    Unknown(String),
    /// It has surely not been sent; not before so long.
    Later(Duration),
    /// The bot has no token that works, or does not run.
    NoBot,
}

/// What became of deleting a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Removed {
    /// It is not there any more.
    Gone,
    /// Telegram does not delete it.
    Kept(String),
    /// Again, not before so long.
    Later(Duration),
}

/// Sends broadcasts through a tenant's bots, behind everything else that they send.
#[async_trait]
pub trait BroadcastSender: Send + Sync {
    async fn post(&self, tenant: TenantId, bot: BotId, telegram_id: i64, edition: &Edition) -> Posted;

    async fn remove(&self, tenant: TenantId, bot: BotId, telegram_id: i64, message_id: i64) -> Removed;

    /// Whether Telegram answers this bot now. Asked before more is sent while the end of something is
    /// unknown.
    async fn answers(&self, tenant: TenantId, bot: BotId) -> bool;
}
