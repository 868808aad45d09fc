//! What the platform asks Telegram about a bot before it runs.

use async_trait::async_trait;
use secrecy::SecretString;

use crate::ids::{BotId, TenantId};

/// A bot as Telegram describes it (`getMe`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BotProfile {
    pub telegram_id: i64,
    /// Without the `@`.
    pub username: String,
    pub name: String,
}

/// What a member of a chat may do there (`getChatMember`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatRank {
    Creator,
    Administrator,
    Member,
    /// Left, banned or never there.
    Outside,
}

/// Why Telegram did not tell.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProbeError {
    /// The token is not, or no longer, a bot's.
    #[error("Telegram does not accept the token")]
    Unauthorized,
    /// There is no such chat, or the bot may not look into it.
    #[error("Telegram does not show this chat to the bot")]
    NoSuchChat,
    #[error("Telegram wants us to wait {0} s")]
    RetryAfter(u64),
    #[error("Telegram did not answer: {0}")]
    Unavailable(String),
}

/// Asks Telegram with a token that is not stored yet.
#[async_trait]
pub trait TelegramProbe: Send + Sync {
    /// # Errors
    /// [`ProbeError`].
    async fn get_me(&self, token: &SecretString) -> Result<BotProfile, ProbeError>;

    /// What `user` may do in `chat` (`@name` or a number).
    ///
    /// # Errors
    /// [`ProbeError`].
    async fn chat_member(&self, token: &SecretString, chat: &str, user: i64) -> Result<ChatRank, ProbeError>;
}

/// Why a file did not come.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Try again, not before so many seconds.
    #[error("not fetched, try again: {reason}")]
    Retry { reason: String, after_seconds: Option<u64> },
    /// There is no such file, or no way to it: trying again does not help.
    #[error("gone: {0}")]
    Gone(String),
    #[error("the file is too large")]
    TooLarge,
}

/// Fetches what people send to bots.
#[async_trait]
pub trait FileSource: Send + Sync {
    /// `at_most` is in bytes.
    ///
    /// # Errors
    /// [`FileError`].
    async fn fetch(
        &self,
        tenant: TenantId,
        bot: BotId,
        file_id: &str,
        at_most: usize,
    ) -> Result<Vec<u8>, FileError>;
}
