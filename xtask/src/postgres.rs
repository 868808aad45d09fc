//! A PostgreSQL cluster for one test run, from the programs of a local installation.
//!
//! It listens on loopback, keeps its files in a temporary folder, and is stopped and removed at the
//! end. The tests connect as the application would: by a role that is no superuser and cannot bypass
//! row-level security. PostgreSQL refuses to run as root, so root lends it an unprivileged account.

use std::{
    env, fs,
    io::Write,
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context, bail};

use crate::{
    machine::{install_on_debian, is_root, program},
    workspace::output,
};

const ROLE: &str = "botyard_app";
const DATABASE: &str = "botyard_test";
/// Of a cluster that lives for minutes, on loopback, with invented data.
const PASSWORD: &str = "only-for-tests";
const LOG: &str = "server.log";

/// A running cluster; dropping it stops it and removes its files.
pub struct Cluster {
    folder: PathBuf,
    port: u16,
    server: Child,
}

impl Cluster {
    /// Makes and starts a cluster; `None` when the machine has no PostgreSQL and none can be
    /// installed.
    ///
    /// # Errors
    /// When PostgreSQL is there but does not start.
    pub fn start() -> anyhow::Result<Option<Self>> {
        let Some(programs) = programs()? else { return Ok(None) };
        let folder = env::temp_dir().join(format!("botyard-postgres-{}", std::process::id()));
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let made = Self::make(&programs, &folder);
        if made.is_err() {
            discard(&folder);
        }
        made.map(Some)
    }

    fn make(programs: &Path, folder: &Path) -> anyhow::Result<Self> {
        let account = Account::unprivileged()?;
        account.own(folder)?;
        let data = folder.join("data");
        output(account.command(&programs.join("initdb"), folder).arg("--pgdata").arg(&data).args([
            "--username=postgres",
            "--auth-local=trust",
            "--auth-host=scram-sha-256",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
        ]))?;
        let postgres = programs.join("postgres");
        prepare(account.command(&postgres, folder).arg("--single").arg("-D").arg(&data).arg("postgres"))?;
        let port = free_port()?;
        let log = fs::File::create(folder.join(LOG))?;
        let server = account
            .command(&postgres, folder)
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string()])
            .args(settings())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("cannot start postgres")?;
        let mut cluster = Self { folder: folder.to_path_buf(), port, server };
        cluster.wait()?;
        Ok(cluster)
    }

    /// What the tests connect to.
    pub fn url(&self) -> String {
        format!("postgres://{ROLE}:{PASSWORD}@127.0.0.1:{}/{DATABASE}", self.port)
    }

    fn wait(&mut self) -> anyhow::Result<()> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        for _ in 0..300 {
            if let Some(status) = self.server.try_wait()? {
                bail!("postgres ended ({status}):\n{}", self.log());
            }
            let ready = self.log().contains("ready to accept connections");
            if ready && TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(100));
        }
        bail!("postgres does not come up:\n{}", self.log())
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join(LOG)).unwrap_or_default()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's fast shutdown; killing it would leave shared memory behind.
        let asked = Command::new("kill").args(["-INT", &self.server.id().to_string()]).status();
        if !asked.is_ok_and(|status| status.success()) {
            self.server.kill().ok();
        }
        self.server.wait().ok();
        discard(&self.folder);
    }
}

/// The account the cluster runs under; `None` is our own.
struct Account(Option<(u32, u32)>);

impl Account {
    fn unprivileged() -> anyhow::Result<Self> {
        if !is_root() {
            return Ok(Self(None));
        }
        let accounts = fs::read_to_string("/etc/passwd")?;
        let found = ["postgres", "nobody"].iter().find_map(|name| ids(&accounts, name));
        match found {
            Some(ids) => Ok(Self(Some(ids))),
            None => bail!("PostgreSQL does not run as root and there is no other account to lend it"),
        }
    }

    #[cfg(unix)]
    fn own(&self, folder: &Path) -> anyhow::Result<()> {
        let Some((user, group)) = self.0 else { return Ok(()) };
        std::os::unix::fs::chown(folder, Some(user), Some(group))
            .with_context(|| format!("cannot give {} away", folder.display()))
    }

    #[cfg(not(unix))]
    fn own(&self, _folder: &Path) -> anyhow::Result<()> {
        Ok(())
    }

    fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(folder);
        #[cfg(unix)]
        if let Some((user, group)) = self.0 {
            use std::os::unix::process::CommandExt;
            command.uid(user).gid(group);
        }
        command
    }
}

/// The folder of `initdb` and `postgres`: on `PATH`, or where Debian puts them, or installed now.
fn programs() -> anyhow::Result<Option<PathBuf>> {
    if let Some(found) = find_programs() {
        return Ok(Some(found));
    }
    install_on_debian(&["postgresql"])?;
    Ok(find_programs())
}

fn find_programs() -> Option<PathBuf> {
    let on_path =
        program("initdb").and_then(|initdb| Some(initdb.canonicalize().ok()?.parent()?.to_path_buf()));
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let packaged = newest_first(versions.map(|version| version.path()).collect());
    on_path
        .into_iter()
        .chain(packaged.into_iter().map(|version| version.join("bin")))
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

/// Folders that are named after versions, as numbers: 9.6 is older than 15.
fn newest_first(mut folders: Vec<PathBuf>) -> Vec<PathBuf> {
    folders.sort_by_key(|folder| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        std::cmp::Reverse(name.split('.').map(|part| part.parse::<u32>().unwrap_or(0)).collect::<Vec<_>>())
    });
    folders
}

/// Makes the role and its database before the server listens.
fn prepare(single: &mut Command) -> anyhow::Result<()> {
    let mut child = single.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        writeln!(
            stdin,
            "CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS CREATEROLE PASSWORD '{PASSWORD}'"
        )?;
        writeln!(stdin, "CREATE DATABASE {DATABASE} OWNER {ROLE}")?;
    }
    let ended = child.wait_with_output()?;
    let said = String::from_utf8_lossy(&ended.stderr);
    if !ended.status.success() || said.contains("ERROR") || said.contains("FATAL") {
        bail!("cannot make the test database: {}", said.trim());
    }
    Ok(())
}

/// Nothing here outlives the run, so nothing needs to reach the disk.
fn settings() -> Vec<&'static str> {
    [
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=300",
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
    ]
    .into_iter()
    .flat_map(|setting| ["-c", setting])
    .collect()
}

fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn ids(accounts: &str, name: &str) -> Option<(u32, u32)> {
    let line = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

fn discard(folder: &Path) {
    if let Err(error) = fs::remove_dir_all(folder) {
        eprintln!("warning: cannot remove {}: {error}", folder.display());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_is_found_by_its_number() {
        let folders = ["9.6", "15", "8.4", "9.10", "beta"].map(PathBuf::from);
        let sorted = newest_first(folders.into());
        assert_eq!(sorted, ["15", "9.10", "9.6", "8.4", "beta"].map(PathBuf::from));
    }

    #[test]
    fn an_account_is_found_by_its_whole_name() {
        let accounts =
            "root:x:0:0::/root:/bin/sh\nnobody2:x:7:8::/:/bin/false\nnobody:x:65534:65533::/:/bin/false\n";
        assert_eq!(ids(accounts, "nobody"), Some((65534, 65533)));
        assert_eq!(ids(accounts, "postgres"), None);
    }
}
