//! The settings: defaults compiled in, a file, the environment, the command line; later ones win.
//!
//! Nothing else reads the environment. A key that does not exist and a combination that is unsafe
//! refuse to boot, with a sentence that says what to change.

mod data;
mod limits;
mod log;
mod mail;
mod panels;
mod providers;
mod roles;
mod sandbox;
mod server;
mod sessions;
mod stripe;
mod telegram;
mod text;

use std::{net::SocketAddr, path::PathBuf};

use figment::{
    Figment,
    providers::{Format, Toml},
};
use serde::Deserialize;

pub(crate) use self::text::is_loopback;
pub use self::{
    data::Data,
    limits::Limits,
    log::{Log, LogFormat},
    mail::{Mail, MailSecurity, MailServer},
    panels::{Panels, PortRange},
    providers::{Endpoint, Providers},
    roles::Roles,
    sandbox::Sandbox,
    server::Server,
    sessions::Sessions,
    stripe::Stripe,
    telegram::{Telegram, UpdateMode},
};

/// The compiled-in defaults; also the documentation of every key.
pub const DEFAULTS: &str = include_str!("config.default.toml");

/// Everything that can be set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub server: Server,
    pub data: Data,
    pub telegram: Telegram,
    pub stripe: Stripe,
    pub providers: Providers,
    pub mail: Mail,
    pub panels: Panels,
    pub sessions: Sessions,
    pub limits: Limits,
    pub log: Log,
    pub roles: Roles,
    pub sandbox: Sandbox,
}

/// What the command decides, not the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Real money and real bots: unsafe combinations refuse to boot.
    Production,
    /// Emulators in place of the outside world.
    Sandbox,
}

/// What the command line overrides.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    pub file: Option<PathBuf>,
    pub listen: Option<SocketAddr>,
    pub data: Option<String>,
}

/// Why the settings do not work; a sentence for whoever starts the server.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub String);

impl Config {
    /// Reads defaults, file, environment and command line, in this order.
    ///
    /// # Errors
    /// An unknown key, or a value of the wrong form.
    pub fn load(overrides: &Overrides) -> Result<Self, ConfigError> {
        let environment = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        Self::load_from(overrides, environment)
    }

    /// As [`Self::load`], with the environment given.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub fn load_from(
        overrides: &Overrides,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let mut figment = Figment::from(Toml::string(DEFAULTS));
        if let Some(file) = &overrides.file {
            if !file.is_file() {
                return Err(ConfigError(format!("The settings file {} does not exist.", file.display())));
            }
            figment = figment.merge(Toml::file_exact(file));
        }
        for (name, value) in environment {
            if let Some(path) = name.strip_prefix("BOTYARD__") {
                let path = path.to_ascii_lowercase().replace("__", ".");
                figment = figment.merge((path.as_str(), text::parse(&value)));
            }
        }
        if let Some(listen) = overrides.listen {
            figment = figment.merge(("server.listen", listen.to_string()));
        }
        if let Some(data) = &overrides.data {
            figment = figment.merge(("data.url", data.clone()));
        }
        figment.extract().map_err(|error| ConfigError(sentence(error)))
    }

    /// Refuses what would be unsafe or cannot work.
    ///
    /// # Errors
    /// The first such combination.
    pub fn check(&self, mode: Mode) -> Result<(), ConfigError> {
        self.data.check()?;
        self.sessions.check()?;
        self.limits.check()?;
        self.log.check()?;
        self.telegram.check()?;
        self.mail.check()?;
        self.roles.check(self.telegram.mode)?;
        if mode == Mode::Production {
            self.server.check_production()?;
            self.telegram.check_production(&self.server)?;
            self.stripe.check_production(&self.server)?;
            self.providers.check_production(&self.server)?;
        }
        Ok(())
    }

    /// The settings in force, section by section, with every secret masked.
    pub fn printed(&self) -> String {
        [
            self.server.printed(),
            self.data.printed(),
            self.telegram.printed(),
            self.stripe.printed(),
            self.providers.printed(),
            self.mail.printed(),
            self.panels.printed(),
            self.sessions.printed(),
            self.limits.printed(),
            self.log.printed(),
            self.roles.printed(),
            self.sandbox.printed(),
        ]
        .join("\n")
    }
}

/// Turns the library's error into a sentence that names the key and where it was set.
fn sentence(error: figment::Error) -> String {
    use figment::error::Kind;
    let first = error.into_iter().next();
    let Some(first) = first else { return "The settings cannot be read.".into() };
    let mut path = first.path.join(".");
    let source = match first.metadata.as_ref().and_then(|metadata| metadata.source.as_ref()) {
        Some(figment::Source::File(file)) => format!(" (in {})", file.display()),
        _ => String::new(),
    };
    match &first.kind {
        Kind::UnknownField(field, known) => {
            if !path.ends_with(field.as_str()) {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(field);
            }
            format!("There is no setting `{path}`{source}. Known here: {}.", known.join(", "))
        }
        kind => format!("The setting `{path}`{source} cannot be read: {kind}."),
    }
}

/// One section as TOML.
fn section(name: &str, keys: &[(&str, String)]) -> String {
    let mut printed = format!("[{name}]\n");
    for (key, value) in keys {
        printed.push_str(&format!("{key} = {value}\n"));
    }
    printed
}

fn quoted(value: impl std::fmt::Display) -> String {
    toml::Value::String(value.to_string()).to_string()
}

fn list<T: std::fmt::Display>(values: &[T]) -> String {
    format!("[{}]", values.iter().map(quoted).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests;
