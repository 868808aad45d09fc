//! Sums up what test programs say about themselves.

use std::{
    io::{BufRead, BufReader},
    iter::Sum,
    ops::Add,
    process::{Command, Stdio},
};

use anyhow::Context;

use crate::workspace::ended_well;

/// How many tests passed, failed and did not run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u32,
    pub failed: u32,
    pub skipped: u32,
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Add::add)
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

/// What came of a run of tests.
pub struct Run {
    pub tally: Tally,
    /// Figures, and what was skipped, to be shown where they are found.
    pub said: Vec<String>,
    /// The command's own end: a test program that crashes prints no failed test.
    pub ended: anyhow::Result<()>,
}

/// Runs tests, shows what they print and sums up the lines that `read` understands.
///
/// # Errors
/// When the command cannot be started.
pub fn run(command: &mut Command, read: fn(&str) -> Option<Tally>) -> anyhow::Result<Run> {
    let mut child = command.stdout(Stdio::piped()).spawn().context("cannot start the tests")?;
    let (mut tally, mut said) = (Tally::default(), Vec::new());
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            let line = line?;
            println!("{line}");
            tally = tally + read(&line).unwrap_or_default();
            said.extend(said_in(&line));
        }
    }
    let status = child.wait()?;
    Ok(Run { tally, said, ended: ended_well(command, status) })
}

/// A line of `domain::testing::say` or `skipped`. On one thread the harness has begun a line before it.
fn said_in(line: &str) -> Option<String> {
    ["SAID ", "SKIPPED "].iter().find_map(|word| Some(line[line.find(word)?..].to_owned()))
}

/// `test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; …`, and one for each
/// part of a test that says that it did not run.
pub fn of_cargo(line: &str) -> Option<Tally> {
    if said_in(line).is_some_and(|said| said.starts_with("SKIPPED ")) {
        return Some(Tally { skipped: 1, ..Tally::default() });
    }
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    counted(counts.split("; "), "ignored")
}

/// `browser tests: 12 passed, 0 failed, 1 skipped`, the last line of `end2end/run.mjs`.
pub fn of_browser(line: &str) -> Option<Tally> {
    counted(line.strip_prefix("browser tests: ")?.split(", "), "skipped")
}

fn counted<'a>(parts: impl Iterator<Item = &'a str>, skipped: &str) -> Option<Tally> {
    let mut tally = Tally::default();
    for part in parts {
        let Some((number, word)) = part.trim().split_once(' ') else { continue };
        let slot = match word {
            "passed" => &mut tally.passed,
            "failed" => &mut tally.failed,
            _ if word == skipped => &mut tally.skipped,
            _ => continue,
        };
        *slot = number.parse().ok()?;
    }
    Some(tally)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_cargo_are_read() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.21s";
        assert_eq!(of_cargo(line), Some(Tally { passed: 12, failed: 3, skipped: 1 }));
        assert_eq!(of_cargo("test money::it_adds ... ok"), None);
    }

    #[test]
    fn a_part_that_did_not_run_is_counted_and_figures_are_not() {
        let skipped = Some(Tally { skipped: 1, ..Tally::default() });
        assert_eq!(of_cargo("SKIPPED db::it_holds: on PostgreSQL"), skipped);
        assert_eq!(of_cargo("test db::it_holds ... SKIPPED db::it_holds: on PostgreSQL"), skipped);
        let figure = "SAID speed::it_is_fast: p99 12 ms";
        assert_eq!((of_cargo(figure), said_in(figure)), (None, Some(figure.to_owned())));
        assert_eq!(said_in("test money::it_adds ... ok"), None);
    }

    #[test]
    fn results_of_the_browser_are_read() {
        let tally = Tally { passed: 4, failed: 0, skipped: 2 };
        assert_eq!(of_browser(&format!("browser tests: {tally}")), Some(tally));
        assert_eq!(of_browser("4 passed, 0 failed, 2 skipped"), None);
    }
}
