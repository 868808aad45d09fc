//! The databases that flows run on: a folder always, PostgreSQL when there is one.

use std::{net::SocketAddr, path::Path};

use domain::testing;
use server::config::{Config, Overrides};
use tempfile::TempDir;

/// A place for one server's data.
pub struct Database {
    folder: TempDir,
    postgres: Option<(String, String)>,
}

impl Database {
    /// Says loudly when PostgreSQL is missing.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::sqlite()];
        match testing::postgres_url() {
            Some(url) => {
                let prefix = format!("f{}", uuid::Uuid::now_v7().as_simple());
                all.push(Self { postgres: Some((url, prefix)), ..Self::sqlite() });
            }
            None => testing::skipped(testing::NO_POSTGRES),
        }
        all
    }

    pub fn sqlite() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder"), postgres: None }
    }

    pub fn name(&self) -> &'static str {
        if self.postgres.is_some() { "postgres" } else { "sqlite" }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What follows `--data`.
    pub fn data(&self) -> String {
        match &self.postgres {
            Some((url, _)) => url.clone(),
            None => self.folder().display().to_string(),
        }
    }

    /// The other settings, as the environment gives them.
    pub fn settings(&self) -> Vec<(String, String)> {
        let Some((_, prefix)) = &self.postgres else { return Vec::new() };
        let setting = |name: &str, value: &str| (format!("BOTYARD__DATA__{name}"), value.to_owned());
        vec![
            setting("SCHEMA_PREFIX", prefix),
            setting("STATE_DIR", &self.folder().display().to_string()),
            setting("MAX_CONNECTIONS", "8"),
        ]
    }

    pub fn config(&self) -> Config {
        self.config_at(([127, 0, 0, 1], 0).into())
    }

    /// Of a server that listens there.
    pub fn config_at(&self, address: SocketAddr) -> Config {
        let overrides = Overrides { file: None, listen: Some(address), data: Some(self.data()) };
        Config::load_from(&overrides, self.settings()).expect("settings")
    }
}
