//! Work about mail.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    ids::{BotId, RowId, UserId},
    jobs::Job,
};

/// Mails one notification.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendMail {
    pub notification: RowId,
}

impl Job for SendMail {
    const KIND: &'static str = "send_mail";
    const PRIORITY: i32 = 0;

    fn dedupe_key(&self) -> Option<String> {
        Some(self.notification.to_string())
    }
}

/// Mails the code by which an address is confirmed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendCode {
    pub user: UserId,
    /// Through which bot it was asked for.
    pub bot: BotId,
    /// The code comes from it; a later one makes this one void.
    pub seed: Uuid,
}

impl Job for SendCode {
    const KIND: &'static str = "send_mail_code";
    /// Somebody waits for it.
    const PRIORITY: i32 = 5;

    fn dedupe_key(&self) -> Option<String> {
        Some(self.seed.to_string())
    }
}
