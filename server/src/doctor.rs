//! `botyard doctor`: looks for what would keep the server from working well, line by line.

use std::{fs, path::Path, process::ExitCode, sync::Arc};

use domain::{clock::SystemClock, db::load_or_create_key};

use crate::{
    compose,
    config::{Config, Mode, UpdateMode},
};

/// Files that one process may open: three for each open tenant database (256 at most), one for each
/// connection.
const OPEN_FILES: u64 = 4096;

enum Finding {
    Ok(String),
    Warn(String),
    Fail(String),
}

/// Prints the findings; exit code 1 when one of them is a failure.
pub async fn run(config: &Config) -> ExitCode {
    let mut findings = vec![settings(config), address(config), key(config), folder(&config.data.state_dir())];
    findings.push(database(config).await);
    findings.extend([open_files(), updates(config)]);
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

fn address(config: &Config) -> Finding {
    match &config.server.public_url {
        Some(url) => Finding::Ok(format!("address: people come by {url}")),
        None => Finding::Warn(format!(
            "address: `server.public_url` is not set, only this machine reaches http://{}",
            config.server.listen
        )),
    }
}

fn key(config: &Config) -> Finding {
    let path = config.data.key_file();
    if !path.exists() {
        return Finding::Warn(format!("key: {} is made at the first start", path.display()));
    }
    match load_or_create_key(&path) {
        Ok(_) => Finding::Ok(format!("key: {} is readable by its owner only", path.display())),
        Err(error) => Finding::Fail(format!("key: {error}")),
    }
}

fn folder(path: &Path) -> Finding {
    let probe = path.join(".botyard-doctor");
    let tried = fs::create_dir_all(path)
        .and_then(|()| fs::write(&probe, b"x"))
        .and_then(|()| fs::remove_file(&probe));
    match tried {
        Ok(()) => Finding::Ok(format!("folder: {} can be written", path.display())),
        Err(error) => Finding::Fail(format!("folder: {} cannot be written: {error}", path.display())),
    }
}

/// On PostgreSQL opening includes the test that row-level security keeps tenants apart.
async fn database(config: &Config) -> Finding {
    match compose::open_data(config, Arc::new(SystemClock)).await {
        Ok(store) if store.master().is_postgres() => {
            Finding::Ok("database: PostgreSQL answers, row-level security keeps tenants apart".into())
        }
        Ok(_) => Finding::Ok("database: SQLite opens and is up to date".into()),
        Err(error) => Finding::Fail(format!("database: {error:#}")),
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

fn updates(config: &Config) -> Finding {
    match config.telegram.mode {
        UpdateMode::Webhook => Finding::Ok("telegram: updates come by webhook".into()),
        UpdateMode::Polling => Finding::Ok(format!(
            "telegram: updates are polled; above 50 bots set `server.public_url` and `telegram.mode` = \"webhook\", \
             polling starts {} bots a minute only",
            config.telegram.ramp_per_minute
        )),
    }
}
