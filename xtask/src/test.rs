//! `cargo xtask test`: everything that must hold before a change lands, and what `.ci/run` calls.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use anyhow::bail;
use clap::{Args, ValueEnum};

use crate::{
    assets, browser, build, direction, guards, machine,
    postgres::Cluster,
    simulate,
    steps::Steps,
    style,
    tally::{self, Run, Tally},
    workspace::{WASM, cargo, cargo_selected, must, target},
};

#[derive(Args)]
pub struct Options {
    /// Only these steps
    #[arg(long, value_enum, value_delimiter = ',', value_name = "STEP,STEP")]
    only: Vec<Step>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// rustfmt
    Format,
    /// The committed stylesheet is fresh and names no side
    Style,
    /// No banned and no doubled crates
    Guards,
    /// Clippy, for the server, for the commands and for WebAssembly; warnings are errors
    Lint,
    /// The islands compile
    Islands,
    /// Tests of the build commands
    Commands,
    /// All tests, each on SQLite and on a PostgreSQL cluster made for them
    Tests,
    /// The main job in a browser
    Browser,
}

/// How a step ended.
#[derive(Default)]
struct End {
    tally: Tally,
    said: Vec<String>,
    failure: Option<anyhow::Error>,
    remark: &'static str,
}

impl End {
    /// A step that is no test: it holds or it fails.
    fn of(outcome: anyhow::Result<()>) -> Self {
        Self { failure: outcome.err(), ..Self::default() }
    }

    fn of_tests(Run { tally, said, ended }: Run) -> Self {
        Self { tally, said, ..Self::of(ended) }
    }

    /// A step that failed without a failed test counts as one.
    fn counted(&self) -> Tally {
        let failed = if self.failure.is_some() { self.tally.failed.max(1) } else { self.tally.failed };
        Tally { failed, ..self.tally }
    }
}

/// Runs the steps, all of them even when one fails, and sums up.
///
/// # Errors
/// When a step failed.
pub fn test(options: &Options) -> anyhow::Result<()> {
    machine::needs_c_compiler()?;
    let chosen: Vec<Step> = Step::value_variants()
        .iter()
        .copied()
        .filter(|step| options.only.is_empty() || options.only.contains(step))
        .collect();
    let mut steps = Steps::of(chosen.len());
    let mut ends = Vec::new();
    for step in chosen {
        steps.announce(&step.name());
        let started = Instant::now();
        let end = step.run().unwrap_or_else(|error| End::of(Err(error)));
        if let Some(error) = &end.failure {
            eprintln!("\nerror: {}: {error:#}\n", step.name());
        }
        ends.push((step, end, started.elapsed()));
    }
    summarise(&ends);
    let failed: Vec<String> =
        ends.iter().filter(|(_, end, _)| end.failure.is_some()).map(|(step, ..)| step.name()).collect();
    if failed.is_empty() { Ok(()) } else { bail!("failed: {}", failed.join(", ")) }
}

impl Step {
    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    fn run(self) -> anyhow::Result<End> {
        Ok(match self {
            Self::Format => End::of(must(&mut cargo(&["fmt", "--all", "--check"]))),
            Self::Style => End::of(direction::check().and_then(|()| style::check(&target()?))),
            Self::Guards => End::of(guards::check()),
            Self::Lint => End::of(lint()),
            Self::Islands => End::of(islands()),
            Self::Commands => cargo_tests(&mut cargo(&["test", "--package", "xtask", "--no-fail-fast"]))?,
            Self::Tests => tests()?,
            Self::Browser => in_browser()?,
        })
    }
}

fn lint() -> anyhow::Result<()> {
    let strict = ["--", "--deny", "warnings"];
    assets::site()?;
    must(cargo_selected("clippy", &["--all-targets"]).args(strict))?;
    must(cargo(&["clippy", "--package", "xtask", "--all-targets"]).args(strict))?;
    machine::needs_wasm_target()?;
    must(cargo(&["clippy", "--package", "frontend", "--target", WASM]).args(strict))
}

fn islands() -> anyhow::Result<()> {
    assets::publish_style()?;
    assets::publish_islands()?;
    assets::compress()
}

/// Seeds of the prover in a whole run; plain `cargo test` takes few.
const SEEDS: &str = "5000";

/// The tests take the second database from there.
const POSTGRES: &str = "TEST_POSTGRES_URL";

/// One run does for both databases: a test that touches data runs on SQLite, and once more on
/// PostgreSQL when it finds one.
fn tests() -> anyhow::Result<End> {
    assets::site()?;
    let mut command = cargo_selected("test", &["--no-fail-fast"]);
    command.env(simulate::SEEDS, SEEDS);
    if let Some(cluster) = Cluster::start()? {
        let end = cargo_tests(command.env(POSTGRES, cluster.url()))?;
        return Ok(End { remark: "on SQLite and PostgreSQL", ..end });
    }
    warn_without_postgres();
    let end = cargo_tests(command.env_remove(POSTGRES))?;
    warn_without_postgres();
    Ok(End { remark: "on SQLite only: NO PostgreSQL on this machine", ..end })
}

fn warn_without_postgres() {
    eprintln!("\n  !!!  TESTS ON POSTGRESQL ARE SKIPPED: there is no `initdb` on this machine.");
    eprintln!("  !!!  Install PostgreSQL 15 or newer (Debian: apt-get install postgresql).\n");
}

fn cargo_tests(command: &mut Command) -> anyhow::Result<End> {
    Ok(End::of_tests(tally::run(command, tally::of_cargo)?))
}

fn in_browser() -> anyhow::Result<End> {
    islands()?;
    let server = build::server(false)?;
    Ok(End::of_tests(browser::run(&server)?))
}

fn summarise(ends: &[(Step, End, Duration)]) {
    println!();
    for line in ends.iter().flat_map(|(_, end, _)| &end.said) {
        println!("{line}");
    }
    println!();
    for (step, end, took) in ends {
        let word = if end.failure.is_some() { "FAILED" } else { "ok" };
        let counts = if end.tally == Tally::default() { String::new() } else { end.tally.to_string() };
        let line =
            format!("{:<10} {word:<8} {:>7.1} s   {counts} {}", step.name(), took.as_secs_f64(), end.remark);
        println!("{}", line.trim_end());
    }
    println!("\n{}", ends.iter().map(|(_, end, _)| end.counted()).sum::<Tally>());
}
