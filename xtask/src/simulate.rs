//! `cargo xtask simulate`: many more seeds of the prover than the tests take.

use clap::Args;

use crate::{
    assets, machine,
    workspace::{cargo_selected, must},
};

/// The tests take from there how many seeds they try.
pub const SEEDS: &str = "SIMULATE_SEEDS";

#[derive(Args)]
pub struct Options {
    /// How many
    #[arg(long, default_value_t = 5_000)]
    seeds: u64,
    /// The first of them
    #[arg(long, default_value_t = 0)]
    first: u64,
}

/// Runs the seeds on all cores. The first one that breaks an invariant is printed with what led to it;
/// it belongs into the list of regressions beside the test.
///
/// # Errors
/// When a seed breaks something, or something does not compile.
pub fn simulate(options: &Options) -> anyhow::Result<()> {
    machine::needs_c_compiler()?;
    assets::site()?;
    // Every kind of run.
    let tests = "simulation::tests::no_seed_breaks_an_invariant";
    must(
        cargo_selected("test", &["--lib", tests, "--", "--nocapture"])
            .env(SEEDS, options.seeds.to_string())
            .env("SIMULATE_FIRST", options.first.to_string()),
    )
}
