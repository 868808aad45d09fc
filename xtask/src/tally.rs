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

/// Runs tests, shows what they print and sums up the lines that `read` understands.
///
/// The second answer is the command's own: a test program that crashes prints no failed test.
///
/// # Errors
/// When the command cannot be started.
pub fn run(
    command: &mut Command,
    read: fn(&str) -> Option<Tally>,
) -> anyhow::Result<(Tally, anyhow::Result<()>)> {
    let mut child = command.stdout(Stdio::piped()).spawn().context("cannot start the tests")?;
    let mut sum = Tally::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            let line = line?;
            println!("{line}");
            sum = sum + read(&line).unwrap_or_default();
        }
    }
    let status = child.wait()?;
    Ok((sum, ended_well(command, status)))
}

/// `test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; …`
pub fn of_cargo(line: &str) -> Option<Tally> {
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
    fn results_of_the_browser_are_read() {
        let tally = Tally { passed: 4, failed: 0, skipped: 2 };
        assert_eq!(of_browser(&format!("browser tests: {tally}")), Some(tally));
        assert_eq!(of_browser("4 passed, 0 failed, 2 skipped"), None);
    }
}
