//! What people send to bots, for whoever keeps it.

use async_trait::async_trait;
use domain::{
    ids::{BotId, TenantId},
    ports::{FileError, FileSource},
};

use crate::{
    api::{ApiError, DownloadError},
    manager::BotManager,
    running::TokenOf,
};

#[async_trait]
impl FileSource for BotManager {
    async fn fetch(
        &self,
        tenant: TenantId,
        bot: BotId,
        file_id: &str,
        at_most: usize,
    ) -> Result<Vec<u8>, FileError> {
        let found = self.client(bot).await.map_err(retry)?.filter(|found| found.tenant == tenant);
        let found = found.ok_or_else(|| FileError::Gone("the bot is gone or has no token".into()))?;
        match found.api.download(file_id, at_most).await {
            Ok(content) => Ok(content),
            Err(DownloadError::TooLarge) => Err(FileError::TooLarge),
            Err(DownloadError::Api(ApiError::BadRequest(reason))) => Err(FileError::Gone(reason)),
            Err(DownloadError::Api(ApiError::RetryAfter(seconds))) => {
                Err(FileError::Retry { reason: "Telegram asks to wait".into(), after_seconds: Some(seconds) })
            }
            // A new token may come, and then the file is there again.
            Err(DownloadError::Api(ApiError::Unauthorized)) => {
                self.services().report_revoked(TokenOf { bot, secret_epoch: found.secret_epoch });
                Err(retry("the token is not valid"))
            }
            Err(DownloadError::Api(error)) => Err(retry(error)),
        }
    }
}

fn retry(error: impl std::fmt::Display) -> FileError {
    FileError::Retry { reason: error.to_string(), after_seconds: None }
}
