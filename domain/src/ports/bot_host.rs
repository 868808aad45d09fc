//! Whatever runs bots: this process, later perhaps another one.

use async_trait::async_trait;

use crate::ids::BotId;

/// Why a bot does not run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BotHostError {
    /// The token was revoked: only its owner can help.
    #[error("Telegram does not accept the token")]
    TokenRevoked,
    /// Another program takes this bot's updates.
    #[error("another program runs this bot")]
    Conflict,
    /// It can pass.
    #[error("the bot is not running yet: {0}")]
    Unavailable(String),
}

/// Runs bots.
#[async_trait]
pub trait BotHost: Send + Sync {
    /// Returns when the bot takes updates and Telegram accepted its token; starts it if need be.
    ///
    /// # Errors
    /// [`BotHostError`].
    async fn ensure_running(&self, bot: BotId) -> Result<(), BotHostError>;
}
