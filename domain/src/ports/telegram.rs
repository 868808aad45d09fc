//! What the platform asks Telegram about a bot before it runs.

use async_trait::async_trait;
use secrecy::SecretString;

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
