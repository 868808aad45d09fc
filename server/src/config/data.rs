//! `[data]`: where the data lies.

use std::path::PathBuf;

use domain::db::{DatabaseSettings, DatabaseUrl};
use serde::Deserialize;

use super::{ConfigError, quoted, section, text};

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Data {
    url: String,
    #[serde(deserialize_with = "text::optional")]
    state_dir: Option<String>,
    #[serde(deserialize_with = "text::optional")]
    key_file: Option<String>,
    schema_prefix: String,
    #[serde(deserialize_with = "text::number")]
    max_connections: u32,
    #[serde(deserialize_with = "text::optional")]
    migrate_url: Option<String>,
}

impl Data {
    /// What the data layer needs to open the databases.
    pub fn settings(&self) -> DatabaseSettings {
        DatabaseSettings {
            url: self.url(),
            schema_prefix: self.schema_prefix.clone(),
            max_connections: self.max_connections,
            migrate_url: self.migrate_url.clone(),
            ..DatabaseSettings::new(self.url())
        }
    }

    /// The folder of the key file and of the emulators' state.
    pub fn state_dir(&self) -> PathBuf {
        match (&self.state_dir, self.url()) {
            (Some(folder), _) => folder.into(),
            (None, DatabaseUrl::Folder(folder)) => folder,
            (None, DatabaseUrl::Postgres(_)) => ".".into(),
        }
    }

    pub fn key_file(&self) -> PathBuf {
        self.key_file.as_ref().map_or_else(|| self.state_dir().join("botyard.key"), PathBuf::from)
    }

    fn url(&self) -> DatabaseUrl {
        if is_postgres(&self.url) {
            DatabaseUrl::Postgres(self.url.clone())
        } else {
            DatabaseUrl::Folder(self.url.clone().into())
        }
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if self.url.trim().is_empty() {
            return Err(ConfigError("`data.url` is empty: give a folder or a postgres:// address.".into()));
        }
        if !is_postgres(&self.url) && self.url.contains("://") {
            return Err(ConfigError(
                "`data.url` names a kind of database that Botyard does not know: give a folder (SQLite) or a \
                 postgres:// address."
                    .into(),
            ));
        }
        if is_postgres(&self.url) && self.state_dir.is_none() && self.key_file.is_none() {
            return Err(ConfigError(
                "With PostgreSQL set `data.state_dir` to the folder where the key file shall lie.".into(),
            ));
        }
        let name = &self.schema_prefix;
        let starts = name.starts_with(|first: char| first.is_ascii_lowercase());
        let holds = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !starts || !holds || name.len() > 40 {
            return Err(ConfigError(
                "`data.schema_prefix` holds lower-case letters, digits and _ only, begins with a letter and has \
                 40 characters at most."
                    .into(),
            ));
        }
        if self.max_connections == 0 {
            return Err(ConfigError("`data.max_connections` is 0: at least one is needed.".into()));
        }
        Ok(())
    }

    pub(super) fn printed(&self) -> String {
        section(
            "data",
            &[
                ("url", quoted(format!("{:?}", self.url()))),
                ("state_dir", quoted(self.state_dir().display())),
                ("key_file", quoted(self.key_file().display())),
                ("schema_prefix", quoted(&self.schema_prefix)),
                ("max_connections", self.max_connections.to_string()),
                ("migrate_url", quoted(if self.migrate_url.is_some() { "********" } else { "" })),
            ],
        )
    }
}

impl std::fmt::Debug for Data {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.printed())
    }
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}
