//! The channel that belongs to a bot: optional, and checked with Telegram.

use sea_orm::{ActiveModelTrait, ActiveValue::Set};

use super::{rules, token};
use crate::{
    args,
    db::{Conn, MasterDb, StoreError},
    entities::master::bot_instance,
    error::Explain,
    locale::Args,
    ports::{ChatRank, ProbeError, TelegramProbe},
};

/// Why a channel is not taken.
#[derive(Debug, thiserror::Error)]
pub enum ChannelError {
    #[error("not a channel's name")]
    Format,
    #[error("Telegram shows no such channel")]
    Unknown,
    #[error("the bot is no administrator there")]
    NotAdministrator,
    #[error("Telegram does not accept the bot's token")]
    Revoked,
    #[error("Telegram does not answer")]
    Unreachable,
    #[error(transparent)]
    Internal(#[from] StoreError),
}

impl Explain for ChannelError {
    fn explain(&self) -> Option<(&'static str, Args)> {
        match self {
            Self::Format => Some(("error-channel-format", args![])),
            Self::Unknown => Some(("error-channel-unknown", args![])),
            Self::NotAdministrator => Some(("error-channel-admin", args![])),
            Self::Revoked => Some(("error-token-revoked", args![])),
            Self::Unreachable => Some(("error-telegram-unreachable", args![])),
            Self::Internal(_) => None,
        }
    }
}

/// Sets the bot's channel after asking Telegram whether the bot is an administrator there; nothing
/// typed removes it.
///
/// # Errors
/// [`ChannelError`].
pub async fn set(
    master: &MasterDb,
    probe: &dyn TelegramProbe,
    bot: &bot_instance::Model,
    typed: &str,
) -> Result<Option<String>, ChannelError> {
    let channel = match typed.trim() {
        "" => None,
        typed => Some(rules::read_channel(typed).ok_or(ChannelError::Format)?),
    };
    if let Some(channel) = &channel {
        check(master, probe, bot, channel).await?;
    }
    let tx = master.write().await?;
    let row =
        bot_instance::ActiveModel { id: Set(bot.id), channel: Set(channel.clone()), ..Default::default() };
    row.update(tx.raw()).await.map_err(StoreError::from)?;
    tx.commit().await?;
    Ok(channel)
}

/// Whether Telegram shows this channel's members to the bot.
///
/// # Errors
/// [`ChannelError`].
pub async fn check(
    master: &MasterDb,
    probe: &dyn TelegramProbe,
    bot: &bot_instance::Model,
    channel: &str,
) -> Result<(), ChannelError> {
    let token = token::open(master, bot)?.ok_or(ChannelError::Revoked)?;
    let own_id = bot.telegram_id.ok_or(ChannelError::Revoked)?;
    match probe.chat_member(&token, channel, own_id).await {
        Ok(ChatRank::Creator | ChatRank::Administrator) => Ok(()),
        Ok(ChatRank::Member | ChatRank::Outside) => Err(ChannelError::NotAdministrator),
        Err(ProbeError::NoSuchChat) => Err(ChannelError::Unknown),
        Err(ProbeError::Unauthorized) => Err(ChannelError::Revoked),
        Err(ProbeError::RetryAfter(_) | ProbeError::Unavailable(_)) => Err(ChannelError::Unreachable),
    }
}
