//! `botyard doctor`: looks for what would keep the server from working well, line by line.

mod outside;

use std::{fs, path::Path, process::ExitCode};

use domain::db::{self, Inspection, Tables, load_or_create_key};

use crate::{
    config::{Config, Mode, UpdateMode},
    open_files::{self, ENOUGH},
};

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

/// After a server's own way of asking for more.
fn open_files() -> Finding {
    match open_files::raise() {
        Some(allowed) if allowed < ENOUGH => Finding::Warn(format!(
            "open files: {allowed} are allowed, set `ulimit -Hn {ENOUGH}` (LimitNOFILE) or more"
        )),
        Some(allowed) => Finding::Ok(format!("open files: {allowed} are allowed")),
        None => Finding::Ok("open files: as many as the system has".into()),
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
