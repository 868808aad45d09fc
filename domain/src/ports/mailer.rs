//! The second way to a user: mail.

use std::fmt;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::ids::TenantId;

/// One mail, in words.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    pub tenant: TenantId,
    /// The same at each try: it becomes the Message-ID, by which programs know doubles.
    pub id: String,
    pub to: String,
    /// The shop's name, shown as the sender's.
    pub from: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Where one call without more switches mail off.
    pub unsubscribe: Option<Url>,
}

/// Why a mail did not leave.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    #[error("not sent, try again: {0}")]
    Retry(String),
    /// The address takes no mail, now and later.
    #[error("the address is refused: {0}")]
    Refused(String),
    /// Trying again does not help, and the address may be good.
    #[error("not sent: {0}")]
    Failed(String),
}

/// Hands mail to a server that delivers it.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// # Errors
    /// [`MailError`].
    async fn send(&self, mail: &Mail) -> Result<(), MailError>;
}

/// Whom it goes to and what it says is personal.
impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("tenant", &self.tenant).field("id", &self.id).finish_non_exhaustive()
    }
}
