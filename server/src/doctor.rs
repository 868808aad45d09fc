//! `botyard doctor`: looks for what would keep the server from working well, line by line.

mod outside;

use std::{fs, path::Path, process::ExitCode};

use domain::db::{self, Inspection, Tables, load_or_create_key};

use crate::config::{Config, Mode, UpdateMode};

/// Files that one process may open: three for each open tenant database (256 at most), one for each
/// connection.
const OPEN_FILES: u64 = 4096;

enum Finding {
    Ok(String),
    Warn(String),
    Fail(String),
}

/// Prints the findings; exit code 1 when one of them is a failure. Makes and changes nothing.
pub async fn run(config: &Config) -> ExitCode {
    let looked = db::inspect(&config.data.settings()).await;
    let is_there = looked.as_ref().is_ok_and(|found| found.platform != Tables::Missing);
    let mut findings = vec![settings(config), key(config, is_there), folder(&config.data.state_dir())];
    findings.push(match looked {
        Ok(found) => database(config, found),
        Err(error) => Finding::Fail(format!("database: {error}")),
    });
    findings.extend([open_files(), updates(config)]);
    findings.extend(proxies(config));
    findings.extend(outside::all(config).await);
    let mut failed = false;
    for finding in findings {
        let (word, text) = match finding {
            Finding::Ok(text) => ("ok  ", text),
            Finding::Warn(text) => ("warn", text),
            Finding::Fail(text) => {
                failed = true;
                ("fail", text)
            }
        };
        println!("{word}  {text}");
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn settings(config: &Config) -> Finding {
    match config.check(Mode::Production) {
        Ok(()) => Finding::Ok("settings: safe to serve with".into()),
        Err(error) => Finding::Fail(format!("settings: {error}")),
    }
}

fn key(config: &Config, has_data: bool) -> Finding {
    let path = config.data.key_file();
    match (path.exists(), has_data) {
        (true, _) => {}
        (false, false) => {
            return Finding::Warn(format!("key: {} is made at the first start", path.display()));
        }
        (false, true) => {
            return Finding::Fail(format!(
                "key: {} is not there, and without it no stored secret opens: bring it back from your backup",
                path.display()
            ));
        }
    }
    match load_or_create_key(&path) {
        Ok(_) => Finding::Ok(format!("key: {} is readable by its owner only", path.display())),
        Err(error) => Finding::Fail(format!("key: {error}")),
    }
}

fn folder(path: &Path) -> Finding {
    if !path.exists() {
        return Finding::Warn(format!("folder: {} is made at the first start", path.display()));
    }
    let probe = path.join(".botyard-doctor");
    let tried = fs::write(&probe, b"x").and_then(|()| fs::remove_file(&probe));
    match tried {
        Ok(()) => Finding::Ok(format!("folder: {} can be written", path.display())),
        Err(error) => Finding::Fail(format!("folder: {} cannot be written: {error}", path.display())),
    }
}

/// On PostgreSQL the look includes the test that row-level security keeps tenants apart.
fn database(config: &Config, found: Inspection) -> Finding {
    let Inspection { platform, shops, shops_behind, shops_missing } = found;
    let place = config.data.settings().url;
    match platform {
        Tables::Missing => Finding::Warn(format!("database: none in {place:?} yet, made at the first start")),
        _ if shops_missing > 0 => {
            Finding::Fail(format!("database: the files of {shops_missing} of {shops} shops are gone"))
        }
        Tables::UpToDate if shops_behind == 0 => {
            Finding::Ok(format!("database: {place:?} opens and is up to date, {shops} shops"))
        }
        Tables::Behind | Tables::UpToDate => Finding::Warn(format!(
            "database: not up to date ({shops_behind} of {shops} shops are behind): run `botyard migrate`, or the \
             next start does it"
        )),
    }
}

/// Linux tells in /proc; elsewhere there is nothing to say.
fn open_files() -> Finding {
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let soft = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"))
        .and_then(|rest| rest.split_whitespace().next());
    match soft.map(str::parse::<u64>) {
        Some(Ok(limit)) if limit < OPEN_FILES => Finding::Warn(format!(
            "open files: {limit} are allowed, set `ulimit -n {OPEN_FILES}` (LimitNOFILE) or more"
        )),
        Some(_) => Finding::Ok(format!("open files: {} are allowed", soft.unwrap_or_default())),
        None => Finding::Warn("open files: the limit is not known on this system".into()),
    }
}

/// We speak no TLS ourselves, so where people come by https there is a proxy.
fn proxies(config: &Config) -> Option<Finding> {
    let is_unknown = config.server.is_https() && config.server.trusted_proxies == 0;
    is_unknown.then(|| {
        Finding::Warn(
            "proxies: people come by https, so through a proxy, and `server.trusted_proxies` is 0: all of them \
             count as one address and share its limits of log-ins and sign-ups. Set it to the number of your proxies"
                .into(),
        )
    })
}

fn updates(config: &Config) -> Finding {
    match config.telegram.mode {
        UpdateMode::Webhook => Finding::Ok("updates: they come by webhook".into()),
        UpdateMode::Polling => Finding::Ok(format!(
            "updates: they are polled; above 50 bots set `server.public_url` and `telegram.mode` = \"webhook\", \
             polling starts {} bots a minute only",
            config.telegram.ramp_per_minute
        )),
    }
}
