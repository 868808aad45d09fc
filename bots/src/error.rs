//! Why a handler did not finish.

use domain::db::StoreError;

use crate::{api::ApiError, chart::ChartError, qr::QrError};

/// A handler's failure. What a reader can do something about is a screen, not an error.
#[derive(Debug, thiserror::Error)]
pub enum BotError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Telegram(#[from] ApiError),
    #[error("{0}")]
    Internal(String),
}

impl From<ChartError> for BotError {
    fn from(error: ChartError) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<QrError> for BotError {
    fn from(error: QrError) -> Self {
        Self::Internal(error.to_string())
    }
}
