//! `cargo xtask build`: the server with its assets.

use std::{fs, path::PathBuf};

use anyhow::Context;
use clap::Args;

use crate::{
    assets, machine,
    steps::Steps,
    workspace::{cargo_selected, must, target},
};

#[derive(Args)]
pub struct Options {
    /// One self-contained binary, optimised, with all assets inside
    #[arg(long)]
    release: bool,
}

/// Builds everything and tells where the binary lies.
///
/// # Errors
/// When something is missing that cannot be set up, or does not compile.
pub fn build(options: &Options) -> anyhow::Result<()> {
    let mut steps = Steps::of(4);
    steps.step("Looking at the machine", || {
        machine::needs_c_compiler()?;
        machine::needs_wasm_target()
    })?;
    steps.step("Stylesheet", assets::publish_style)?;
    steps.step("Islands", || {
        assets::publish_islands()?;
        assets::compress()
    })?;
    let binary = steps.step("Server", || server(options.release))?;
    let size = fs::metadata(&binary).with_context(|| format!("no {}", binary.display()))?.len();
    println!("\n      {} ({:.1} MB)", binary.display(), size as f64 / 1e6);
    Ok(())
}

/// Builds the server and answers where its binary lies. The assets must be there already: release
/// builds take them in.
///
/// # Errors
/// When it does not compile.
pub fn server(release: bool) -> anyhow::Result<PathBuf> {
    assets::site()?;
    let (profile, folder): (&[&str], _) = if release { (&["--release"], "release") } else { (&[], "debug") };
    must(&mut cargo_selected("build", profile))?;
    Ok(target()?.join(folder).join("botyard").with_extension(std::env::consts::EXE_EXTENSION))
}
