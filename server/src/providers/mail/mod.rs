//! Mail: by SMTP to the operator's server, or into the sandbox's mailbox.

mod emulated;
mod message;
mod refusal;
#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use domain::{
    clock::Clock,
    ports::{Mail, MailError, Mailer},
};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor,
    transport::smtp::{
        PoolConfig,
        authentication::Credentials,
        client::{Tls, TlsParameters},
        extension::ClientId,
    },
};
use secrecy::ExposeSecret as _;

pub use self::emulated::EmulatedMailer;
use self::refusal::class_of;
use crate::config::{MailSecurity, MailServer};

/// For a connection and for each command; a job has less than a minute.
const PATIENCE: Duration = Duration::from_secs(10);
const CONNECTIONS: u32 = 4;

type Smtp = AsyncSmtpTransport<Tokio1Executor>;

/// Hands mail to an SMTP server.
pub struct SmtpMailer {
    transport: Smtp,
    from: Address,
    clock: Arc<dyn Clock>,
}

impl SmtpMailer {
    /// Connects when there is something to send. Runs in a tokio runtime.
    ///
    /// # Errors
    /// The sender's address or the host is none.
    pub fn new(server: MailServer<'_>, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        let from: Address = server.from.parse()?;
        Ok(Self { transport: transport(server, &from)?, from, clock })
    }

    /// Whether the server answers and takes the login; sends nothing.
    ///
    /// # Errors
    /// Why not, in a few words.
    pub async fn check(&self) -> Result<(), String> {
        match self.transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err("it closes the connection".into()),
            Err(error) => Err(inmost(&error)),
        }
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let message = message::build(mail, &self.from, self.clock.now())?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => Err(class_of(&error)),
        }
    }
}

fn transport(server: MailServer<'_>, from: &Address) -> anyhow::Result<Smtp> {
    let tls = || TlsParameters::new(server.host.to_owned());
    let security = match server.security {
        MailSecurity::StartTls => Tls::Required(tls()?),
        MailSecurity::Tls => Tls::Wrapper(tls()?),
        MailSecurity::None => Tls::None,
    };
    let builder = Smtp::builder_dangerous(server.host)
        .port(server.port)
        .tls(security)
        .timeout(Some(PATIENCE))
        .hello_name(ClientId::Domain(from.domain().to_owned()))
        .pool_config(PoolConfig::new().max_size(CONNECTIONS));
    let login = server
        .login
        .map(|(name, password)| Credentials::new(name.to_owned(), password.expose_secret().to_owned()));
    Ok(match login {
        Some(login) => builder.credentials(login).build(),
        None => builder.build(),
    })
}

fn inmost(error: &dyn std::error::Error) -> String {
    let mut inmost = error;
    while let Some(source) = inmost.source() {
        inmost = source;
    }
    inmost.to_string()
}
