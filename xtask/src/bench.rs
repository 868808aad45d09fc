//! `cargo xtask bench`: the product's figures, measured on a release build.

use clap::Args;

use crate::{
    assets, machine,
    steps::Steps,
    workspace::{cargo_selected, must},
};

#[derive(Args)]
pub struct Options {
    /// Passed on: `--only updates --seconds 30 --warm-up 10 --shops 1000 --rate 300`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    options: Vec<String>,
}

/// Builds the release and measures it. Prints figures and asserts none: a machine that does
/// something else besides is worth its ratios only.
///
/// # Errors
/// When something does not compile or the server does not answer.
pub fn bench(options: &Options) -> anyhow::Result<()> {
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
    steps.step("Server and load", || {
        let mut command = cargo_selected("bench", &["--bench", "load", "--"]);
        must(command.args(&options.options))
    })
}
