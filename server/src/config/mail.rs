//! `[mail]`: the server that takes our mail.

use std::fmt;

use secrecy::SecretString;
use serde::Deserialize;

use super::{ConfigError, quoted, section, text};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    #[serde(deserialize_with = "text::optional")]
    pub host: Option<String>,
    #[serde(deserialize_with = "text::number")]
    pub port: u16,
    pub security: MailSecurity,
    #[serde(deserialize_with = "text::optional")]
    pub username: Option<String>,
    #[serde(deserialize_with = "text::secret")]
    pub password: Option<SecretString>,
    #[serde(deserialize_with = "text::optional")]
    pub from: Option<String>,
}

/// How the connection is kept secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailSecurity {
    /// Begins in the clear and must change over (port 587).
    StartTls,
    /// From the first byte on (port 465).
    Tls,
    /// Not at all: for a server on this machine.
    None,
}

/// The parts that belong together.
#[derive(Clone, Copy)]
pub struct MailServer<'a> {
    pub host: &'a str,
    pub port: u16,
    pub security: MailSecurity,
    pub login: Option<(&'a str, &'a SecretString)>,
    /// The sender's address; shops' names stand before it.
    pub from: &'a str,
}

impl Mail {
    /// `None` when no mail is configured.
    pub fn server(&self) -> Option<MailServer<'_>> {
        Some(MailServer {
            host: self.host.as_deref()?,
            port: self.port,
            security: self.security,
            login: self.username.as_deref().zip(self.password.as_ref()),
            from: self.from.as_deref()?,
        })
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if self.username.is_some() != self.password.is_some() {
            return Err(ConfigError("`mail.username` and `mail.password` belong together.".into()));
        }
        let Some(host) = &self.host else { return Ok(()) };
        let from = self.from.as_deref().unwrap_or_default();
        if from.parse::<lettre::Address>().is_err() {
            return Err(ConfigError(
                "`mail.from` is no e-mail address, and `mail.host` needs one to send from, for example \
                 \"no-reply@botyard.example\"."
                    .into(),
            ));
        }
        if self.security == MailSecurity::None && !is_here(host) {
            return Err(ConfigError(format!(
                "`mail.security` is none and {host} is another machine: mail and password would travel in the clear. \
                 Use \"starttls\" or \"tls\"."
            )));
        }
        Ok(())
    }

    pub(super) fn printed(&self) -> String {
        section(
            "mail",
            &[
                ("host", quoted(self.host.as_deref().unwrap_or_default())),
                ("port", self.port.to_string()),
                ("security", quoted(self.security)),
                ("username", quoted(self.username.as_deref().unwrap_or_default())),
                ("password", text::masked(self.password.as_ref())),
                ("from", quoted(self.from.as_deref().unwrap_or_default())),
            ],
        )
    }
}

impl fmt::Display for MailSecurity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::StartTls => "starttls",
            Self::Tls => "tls",
            Self::None => "none",
        })
    }
}

fn is_here(host: &str) -> bool {
    let address = host.parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}
