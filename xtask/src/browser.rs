//! The browser tests: the real binary, driven through the system's Chromium.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::bail;

use crate::{
    machine::{install_on_debian, program},
    node,
    tally::{self, Run},
    workspace::root,
};

/// Runs `end2end/run.mjs` against `server`.
///
/// # Errors
/// When Node, its packages or a browser is missing.
pub fn run(server: &Path) -> anyhow::Result<Run> {
    node::needs_node()?;
    node::needs_packages()?;
    let chromium = needs_chromium()?;
    tally::run(
        Command::new("node")
            .arg("end2end/run.mjs")
            .env("BOTYARD_BINARY", server)
            .env("BOTYARD_CHROMIUM", chromium)
            .current_dir(root()),
        tally::of_browser,
    )
}

fn needs_chromium() -> anyhow::Result<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    install_on_debian(&["chromium", "chromium-driver"])?;
    match find() {
        Some(found) => Ok(found),
        None => bail!(
            "no Chromium for the browser tests. Install one and try again:\n  \
             Debian      apt-get install chromium chromium-driver\n  \
             Fedora      dnf install chromium\n  \
             Alpine      apk add chromium\n  \
             Arch        pacman -S chromium\n  \
             elsewhere   Google Chrome, as `google-chrome` on PATH"
        ),
    }
}

fn find() -> Option<PathBuf> {
    let mac = PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(program)
        .or_else(|| mac.is_file().then_some(mac))
}
