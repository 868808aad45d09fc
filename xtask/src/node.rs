//! Node.js builds the stylesheet and drives the browser tests; running Botyard does not need it.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, bail};

use crate::{
    machine::program,
    workspace::{must, output, root},
};

/// The oldest major version the browser tests are written for.
const OLDEST: u32 = 20;

/// # Errors
/// When Node or npm is missing or too old; the error says what to install.
pub fn needs_node() -> anyhow::Result<()> {
    if program("node").is_none() || program("npm").is_none() {
        bail!("Node.js {OLDEST} or newer with npm is needed (https://nodejs.org/en/download)");
    }
    let version = output(Command::new("node").arg("--version"))?;
    match major(&version) {
        Some(found) if found >= OLDEST => Ok(()),
        _ => bail!("Node.js {OLDEST} or newer is needed, found {}", version.trim()),
    }
}

/// Installs the locked packages when they are missing or the lock file has changed since.
///
/// # Errors
/// When npm fails.
pub fn needs_packages() -> anyhow::Result<()> {
    let lock = fs::read(root().join("package-lock.json")).context("cannot read package-lock.json")?;
    let stamp = root().join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("      npm ci");
    must(
        Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(root()),
    )?;
    fs::write(&stamp, lock).with_context(|| format!("cannot write {}", stamp.display()))
}

/// A program that an npm package brought.
pub fn packaged(name: &str) -> PathBuf {
    root().join("node_modules/.bin").join(name)
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_node_prints() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("20"), None);
    }
}
