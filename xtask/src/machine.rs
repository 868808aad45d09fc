//! What the machine has, and how the missing is named or installed.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, bail};

use crate::workspace::{self, WASM, must, output};

/// A program on `PATH`.
pub fn program(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Whether we may install packages and must drop rights for programs that refuse root.
pub fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Installs Debian packages when this is Debian (or a descendant) and we are root; otherwise
/// answers `false` and changes nothing.
///
/// # Errors
/// When apt fails.
pub fn install_on_debian(packages: &[&str]) -> anyhow::Result<bool> {
    if !Path::new("/etc/debian_version").exists() || program("apt-get").is_none() || !is_root() {
        return Ok(false);
    }
    println!("      installing {}", packages.join(" "));
    must(&mut apt(&["update", "-qq"]))?;
    must(apt(&["install", "-y", "-qq", "--no-install-recommends"]).args(packages))?;
    Ok(true)
}

/// The C compiler links every Rust program and builds SQLite and ring; the allocator is built by make.
///
/// # Errors
/// When one of them is missing; the error names the package.
pub fn needs_c_compiler() -> anyhow::Result<()> {
    let Some(missing) = ["cc", "make"].into_iter().find(|name| program(name).is_none()) else {
        return Ok(());
    };
    bail!(
        "no `{missing}` on PATH: a C compiler and make are needed. Install them and try again:\n  \
         Debian, Ubuntu   apt-get install build-essential\n  \
         Fedora           dnf install gcc make\n  \
         Alpine           apk add build-base\n  \
         Arch             pacman -S base-devel\n  \
         macOS            xcode-select --install"
    )
}

/// Adds the islands' target to the toolchain when it is missing.
///
/// # Errors
/// When it is missing and rustup cannot add it.
pub fn needs_wasm_target() -> anyhow::Result<()> {
    let rustc = || {
        let mut rustc = Command::new("rustc");
        rustc.current_dir(workspace::root()).stderr(Stdio::null());
        rustc
    };
    let library = output(rustc().args(["--print", "target-libdir", "--target", WASM]))?;
    if fs::read_dir(library.trim()).is_ok_and(|mut files| files.next().is_some()) {
        return Ok(());
    }
    if program("rustup").is_none() {
        bail!("the Rust toolchain lacks the target {WASM} and there is no rustup to add it");
    }
    println!("      adding the target {WASM}");
    must(Command::new("rustup").args(["target", "add", WASM]).current_dir(workspace::root()))
        .context("the islands need this target; is the network there?")
}

fn apt(arguments: &[&str]) -> Command {
    let mut apt = Command::new("apt-get");
    apt.args(arguments).env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null());
    apt
}
