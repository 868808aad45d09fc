//! `cargo xtask test`: everything that must hold before a change lands, and what `.ci/run` calls.

use std::time::{Duration, Instant};

use anyhow::bail;
use clap::{Args, ValueEnum};

use crate::{
    assets, browser, build, direction, guards, machine,
    postgres::Cluster,
    steps::Steps,
    style,
    tally::{self, Tally},
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
    /// All tests, on SQLite
    Sqlite,
    /// All tests, on a PostgreSQL cluster made for them
    Postgres,
    /// The main job in a browser
    Browser,
}

/// How a step ended.
enum End {
    Done(Tally),
    Failed(Tally, anyhow::Error),
    Skipped(&'static str),
}

impl End {
    fn of(outcome: anyhow::Result<Self>) -> Self {
        outcome.unwrap_or_else(|error| Self::Failed(Tally::default(), error))
    }

    fn of_tests((tally, ended): (Tally, anyhow::Result<()>)) -> Self {
        match ended {
            Ok(()) => Self::Done(tally),
            Err(error) => Self::Failed(tally, error),
        }
    }

    /// A step that failed without a failed test, or was skipped, counts as one.
    fn counted(&self) -> Tally {
        match self {
            Self::Done(tally) => *tally,
            Self::Failed(tally, _) => Tally { failed: tally.failed.max(1), ..*tally },
            Self::Skipped(_) => Tally { skipped: 1, ..Tally::default() },
        }
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
        let end = End::of(step.run());
        if let End::Failed(_, error) = &end {
            eprintln!("\nerror: {}: {error:#}\n", step.name());
        }
        ends.push((step, end, started.elapsed()));
    }
    summarise(&ends);
    let failed: Vec<String> = ends
        .iter()
        .filter(|(_, end, _)| matches!(end, End::Failed(..)))
        .map(|(step, ..)| step.name())
        .collect();
    if failed.is_empty() { Ok(()) } else { bail!("failed: {}", failed.join(", ")) }
}

impl Step {
    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    fn run(self) -> anyhow::Result<End> {
        match self {
            Self::Format => must(&mut cargo(&["fmt", "--all", "--check"])).map(done),
            Self::Style => direction::check().and_then(|()| style::check(&target()?)).map(done),
            Self::Guards => guards::check().map(done),
            Self::Lint => lint().map(done),
            Self::Islands => islands().map(done),
            Self::Commands => tests(&mut cargo(&["test", "--package", "xtask", "--no-fail-fast"])),
            Self::Sqlite => tests(cargo_selected("test", &["--no-fail-fast"]).env_remove(POSTGRES)),
            Self::Postgres => on_postgres(),
            Self::Browser => in_browser(),
        }
    }
}

/// The tests take the database from there.
const POSTGRES: &str = "TEST_POSTGRES_URL";

fn done(_: ()) -> End {
    End::Done(Tally::default())
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

fn tests(command: &mut std::process::Command) -> anyhow::Result<End> {
    assets::site()?;
    Ok(End::of_tests(tally::run(command, tally::of_cargo)?))
}

fn on_postgres() -> anyhow::Result<End> {
    let Some(cluster) = Cluster::start()? else {
        eprintln!("\n  !!!  PostgreSQL TESTS ARE SKIPPED: there is no `initdb` on this machine.");
        eprintln!("  !!!  Install PostgreSQL 15 or newer (Debian: apt-get install postgresql).\n");
        return Ok(End::Skipped("no PostgreSQL on this machine"));
    };
    tests(cargo_selected("test", &["--no-fail-fast"]).env(POSTGRES, cluster.url()))
}

fn in_browser() -> anyhow::Result<End> {
    islands()?;
    let server = build::server(false)?;
    Ok(End::of_tests(browser::run(&server)?))
}

fn summarise(ends: &[(Step, End, Duration)]) {
    println!();
    for (step, end, took) in ends {
        let (word, note) = match end {
            End::Done(tally) if *tally == Tally::default() => ("ok", String::new()),
            End::Done(tally) => ("ok", tally.to_string()),
            End::Failed(tally, _) => ("FAILED", tally.to_string()),
            End::Skipped(why) => ("SKIPPED", (*why).to_owned()),
        };
        println!("{:<10} {:<8} {:>7.1} s   {note}", step.name(), word, took.as_secs_f64());
    }
    println!("\n{}", ends.iter().map(|(_, end, _)| end.counted()).sum::<Tally>());
}
