//! `cargo xtask fuzz`: the parsers of what anybody may send, fed with what a coverage-guided fuzzer makes
//! up. By hand and not in the tests: it needs cargo-fuzz and compiles everything once more.
//!
//! Without a sanitizer: the parsers are safe Rust, so what breaks them is a panic, an overflow or an
//! assertion, which the compiler's own checks find; a sanitizer would take a nightly compiler.

use std::{fs, process::Command};

use anyhow::{Context as _, ensure};
use clap::Args;

use crate::workspace::{must, root};

#[derive(Args)]
pub struct Options {
    /// How long each target runs
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// One target only, a file of `fuzz/fuzz_targets`
    target: Option<String>,
}

/// Runs the targets one after the other. An input that breaks one is printed with what broke, and kept
/// in `fuzz/artifacts`.
///
/// # Errors
/// When a target breaks, or cargo-fuzz or the compiler is missing.
pub fn fuzz(options: &Options) -> anyhow::Result<()> {
    let has_tool = Command::new("cargo").args(["fuzz", "--version"]).output();
    ensure!(
        has_tool.is_ok_and(|output| output.status.success()),
        "cargo-fuzz is missing: `cargo install cargo-fuzz`"
    );
    for target in targets()? {
        if options.target.as_ref().is_some_and(|only| *only != target) {
            continue;
        }
        println!("{target} for {} s", options.seconds);
        let (corpus, seeds) = (format!("corpus/{target}"), format!("seeds/{target}"));
        fs::create_dir_all(root().join("fuzz").join(&corpus))?;
        let limit = format!("-max_total_time={}", options.seconds);
        must(
            Command::new("cargo")
                .current_dir(root().join("fuzz"))
                .args(["fuzz", "run", "--sanitizer", "none", "--fuzz-dir", "."])
                .args([&target, &corpus, &seeds])
                .args(["--", &limit, "-print_final_stats=1", "-verbosity=0"]),
        )?;
    }
    Ok(())
}

fn targets() -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root().join("fuzz/fuzz_targets"))? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).context("a target's name")?;
        names.push(name.to_owned());
    }
    names.sort();
    Ok(names)
}
