//! Build and developer commands: `cargo xtask …`.
//!
//! One small program instead of a pile of scripts, so that a newcomer needs rustup and a C
//! compiler and nothing else. Each module is one thing the commands are made of.

mod assets;
mod bench;
mod browser;
mod build;
mod direction;
mod fuzz;
mod guards;
mod islands;
mod machine;
mod node;
mod postgres;
mod run;
mod simulate;
mod steps;
mod style;
mod tally;
mod test;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Build, run and test Botyard")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Set up what is missing, build, and start sandbox mode
    Run(run::Options),
    /// Check formatting and lints and run every test there is
    Test(test::Options),
    /// Build the server with its assets
    Build(build::Options),
    /// Measure the product's figures on a release build (about a quarter of an hour)
    Bench(bench::Options),
    /// Prove the way of the money with many seeds
    Simulate(simulate::Options),
    /// Feed the parsers with what a fuzzer makes up (needs cargo-fuzz)
    Fuzz(fuzz::Options),
    /// Write the committed stylesheet anew (needs Node)
    Style,
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Run(options) => run::run(&options),
        Command::Test(options) => test::test(&options),
        Command::Build(options) => build::build(&options),
        Command::Bench(options) => bench::bench(&options),
        Command::Simulate(options) => simulate::simulate(&options),
        Command::Fuzz(options) => fuzz::fuzz(&options),
        Command::Style => style::commit(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
