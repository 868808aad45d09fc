//! `cargo xtask run`: from a fresh clone to a running sandbox.

use std::{net::SocketAddr, path::PathBuf, process::Command, time::Instant};

use clap::Args;

use crate::{
    assets, build, machine,
    steps::{Steps, seconds},
    workspace::root,
};

#[derive(Args)]
pub struct Options {
    /// Where the sandbox listens
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// Where its data lies
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// Build with optimisations
    #[arg(long)]
    release: bool,
}

/// Sets up what is missing, builds and starts the sandbox.
///
/// # Errors
/// When something is missing that cannot be set up, when it does not compile, or when the sandbox
/// does not start.
pub fn run(options: &Options) -> anyhow::Result<()> {
    let started = Instant::now();
    let mut steps = Steps::of(5);
    steps.step("Looking at the machine", || {
        machine::needs_c_compiler()?;
        machine::needs_wasm_target()
    })?;
    steps.step("Stylesheet", assets::publish_style)?;
    steps.step("Islands (WebAssembly; the first time takes minutes)", || {
        assets::publish_islands()?;
        assets::compress()
    })?;
    let server =
        steps.step("Server (the first time takes many minutes)", || build::server(options.release))?;
    let data = root().join(&options.data);
    steps.announce(&format!("Starting the sandbox, {} after the command", seconds(started)));
    println!("\n      open   http://{}", options.listen);
    println!("      data   {}", data.display());
    println!("      stop   Ctrl-C\n");
    let mut sandbox = Command::new(server);
    sandbox.arg("sandbox").arg("--listen").arg(options.listen.to_string()).arg("--data").arg(data);
    become_it(sandbox.current_dir(root()))
}

/// The sandbox takes the place of this process, so that Ctrl-C and every other signal is its own.
#[cfg(unix)]
fn become_it(sandbox: &mut Command) -> anyhow::Result<()> {
    use std::os::unix::process::CommandExt;
    Err(anyhow::Error::from(sandbox.exec()).context("cannot start the sandbox"))
}

#[cfg(not(unix))]
fn become_it(sandbox: &mut Command) -> anyhow::Result<()> {
    crate::workspace::must(sandbox)
}
