//! Where things lie, and the one selection of packages that everything is built with.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

use anyhow::{Context, bail};

/// What the server is made of. Always the same selection: another one resolves other features and
/// compiles hundreds of crates again. The front end stays out because it wants `app` with `hydrate`
/// and the server wants it with `ssr`.
pub const SELECTION: [&str; 5] = ["--workspace", "--exclude", "frontend", "--exclude", "xtask"];

/// The triple of the islands.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The root of the workspace.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// Cargo's target folder, wherever the environment or a configuration file has put it: this program
/// lies in `<target>/<profile>/`.
///
/// # Errors
/// When the system does not tell where this program lies.
pub fn target() -> anyhow::Result<PathBuf> {
    let program = env::current_exe().context("cannot tell where cargo's target folder is")?;
    let folder = program.parent().and_then(Path::parent).context("this program lies in no target folder")?;
    Ok(folder.to_path_buf())
}

/// `cargo <arguments>` in the root of the workspace.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    command
}

/// Cargo over [`SELECTION`]: `cargo <verb> --workspace … <more>`.
pub fn cargo_selected(verb: &str, more: &[&str]) -> Command {
    let mut command = cargo(&[verb]);
    command.args(SELECTION).args(more);
    command
}

/// Runs a command whose output the reader sees.
///
/// # Errors
/// When it cannot be started or ends with a failure.
pub fn must(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", shown(command)))?;
    ended_well(command, status)
}

/// Runs a command and returns what it printed.
///
/// # Errors
/// When it cannot be started or ends with a failure; the error then holds what it said.
pub fn output(command: &mut Command) -> anyhow::Result<String> {
    let output =
        command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {}", shown(command)))?;
    if !output.status.success() {
        bail!("{} failed: {}", shown(command), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Turns a bad end into an error that names the command.
///
/// # Errors
/// When `status` is a failure.
pub fn ended_well(command: &Command, status: ExitStatus) -> anyhow::Result<()> {
    if status.success() { Ok(()) } else { bail!("{} failed ({status})", shown(command)) }
}

fn shown(command: &Command) -> String {
    let mut words = vec![Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy()];
    words.extend(command.get_args().map(|word| word.to_string_lossy()));
    format!("`{}`", words.join(" "))
}
