//! What every page needs to know about its reader, given to components by Leptos' context.

mod form;

use domain::locale::{self, Args, Locale};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

pub use form::{FieldError, FormState};

use crate::components::Tone;

#[derive(Clone, Debug)]
pub struct PageContext {
    pub locale: Locale,
    pub theme: Theme,
    /// Path and query of the page, where the language and theme forms come back to.
    pub path: String,
    /// The nonce of this answer's Content-Security-Policy.
    pub nonce: String,
    pub assets: Assets,
    pub flash: Option<Flash>,
    /// Who is signed in.
    pub account: Option<AccountSummary>,
    /// The bots of the account's active shop, for the switcher.
    pub bots: Vec<BotSummary>,
    /// The bot that the URL names.
    pub bot: Option<BotSummary>,
    /// Set on a sandbox server: its pages carry the strip.
    pub sandbox: Option<SandboxStrip>,
}

impl PageContext {
    /// The phone page of a bot. A bot at the real Telegram has none: there, it is in everybody's own.
    pub fn phone_of(&self, bot: &BotSummary) -> Option<String> {
        self.sandbox.as_ref().map(|_| format!("{}/preview", bot.href()))
    }
}

/// Addresses of the built files, with a content hash in the query so that they may be cached for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    pub stylesheet: String,
    /// The islands' script and WASM; `None` when they were not built, and pages work without.
    pub islands: Option<IslandAssets>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IslandAssets {
    pub script: String,
    pub wasm: String,
}

/// The reader's choice; without one the browser's preference decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub fn from_code(code: &str) -> Self {
        match code {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// The value of `data-theme`.
    pub const fn code(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// A message about what was just done, shown once at the top of the next page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    pub tone: Tone,
    /// A finished sentence in the reader's language.
    pub title: String,
    pub detail: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountSummary {
    pub email: String,
    /// Where "my shop" leads: the overview, or the step of the wizard that waits.
    pub home: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BotSummary {
    /// The id in `/app/b/{id}`.
    pub id: String,
    pub name: String,
    /// Without the `@`.
    pub username: Option<String>,
}

impl BotSummary {
    pub fn href(&self) -> String {
        format!("/app/b/{}", self.id)
    }
}

/// The strip on top of a sandbox server's pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SandboxStrip {
    /// The address of the pretend BotFather, when it may be used on this page.
    pub botfather: Option<String>,
}

/// The context of the page being rendered.
pub fn page_context() -> PageContext {
    expect_context::<PageContext>()
}

pub fn reader_locale() -> Locale {
    expect_context::<PageContext>().locale
}

/// The text of a key in the reader's language.
pub fn t(key: &str) -> String {
    locale::text(reader_locale(), key, &Args::default())
}

/// The text of a key that takes arguments.
pub fn t_with(key: &str, args: &Args) -> String {
    locale::text(reader_locale(), key, args)
}
