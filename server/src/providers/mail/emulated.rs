//! The way into the sandbox's mailbox.

use async_trait::async_trait;
use domain::ports::{Mail, MailError, Mailer};
use reqwest::Client;
use serde::Deserialize;
use url::Url;

use super::refusal::{class_of_reply, enhanced};

/// Hands mail to the emulator.
pub struct EmulatedMailer {
    http: Client,
    url: Url,
}

/// What the emulator answers in place of an SMTP server.
#[derive(Deserialize)]
struct Reply {
    /// As `550 5.1.1 No such user`.
    reply: String,
}

impl EmulatedMailer {
    pub fn new(http: Client, url: Url) -> Self {
        Self { http, url }
    }
}

#[async_trait]
impl Mailer for EmulatedMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let unreached = |_| MailError::Retry("the mailbox cannot be reached".into());
        let answer = self.http.post(self.url.clone()).json(mail).send().await.map_err(unreached)?;
        if answer.status().is_success() {
            return answer.bytes().await.map(drop).map_err(unreached);
        }
        let status = answer.status();
        let Ok(Reply { reply }) = answer.json().await else {
            return Err(MailError::Retry(status.to_string()));
        };
        let code = reply.split(' ').next().and_then(|code| code.parse().ok());
        Err(code.map_or_else(
            || MailError::Retry(status.to_string()),
            |code| class_of_reply(code, enhanced(&reply)),
        ))
    }
}
