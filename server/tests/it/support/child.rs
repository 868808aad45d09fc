//! The real binary in a process of its own, which a fault point can end.

use std::{
    ffi::OsString,
    net::{SocketAddr, TcpListener},
    process::{Child as Process, Command, Stdio},
    time::{Duration, Instant},
};

use super::{Browser, Database};

/// The status that a fault point leaves, as `kill -9` does.
pub const KILLED: i32 = 137;

/// A sandbox server in another process; ended when dropped.
pub struct Child {
    process: Process,
    pub address: SocketAddr,
}

impl Child {
    /// Starts the server and waits until it serves, or has died on a fault point.
    pub async fn start(database: &Database, address: SocketAddr, fault: Option<&str>) -> Self {
        let mut command = command(database, &["sandbox", "--listen", &address.to_string()]);
        if let Some(fault) = fault {
            command.env("BOTYARD_FAULT", fault);
        }
        Self::spawn(command, address).await
    }

    /// As [`Self::start`], with a command that listens there.
    pub async fn spawn(mut command: Command, address: SocketAddr) -> Self {
        let process = command.spawn().expect("the server's process");
        let mut child = Self { process, address };
        let probe = Browser::new(address, "127.0.0.1");
        let begin = Instant::now();
        while child.status().is_none() && probe.get("/readyz").await.status != 200 {
            assert!(begin.elapsed() < Duration::from_secs(60), "the server does not come up");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        child
    }

    /// The exit status of a process that has ended.
    pub fn status(&mut self) -> Option<i32> {
        self.process.try_wait().expect("a status").map(|status| status.code().unwrap_or(-1))
    }

    pub fn browser(&self, host: &str) -> Browser {
        Browser::new(self.address, host)
    }

    /// Sends it a signal by its name without `SIG`.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.process.id().to_string()]).status();
        assert!(sent.expect("a signal").success());
    }

    /// Asks it to end, and waits until the emulators have written what they know.
    pub fn stop(mut self) {
        self.signal("TERM");
        self.process.wait().expect("an end");
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // It may have ended before.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// An address that nobody listens on.
pub fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address")
}

/// `botyard <words> --data …`, with the database's settings.
pub fn command(database: &Database, words: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command.args(words).args(["--data", &database.data()]).envs(database.settings());
    command.env("BOTYARD__LOG__LEVEL", "warn").stdout(Stdio::null());
    command
}

/// The binary under test: this build's, or for figures the one that `BOTYARD_BINARY` names.
fn binary() -> OsString {
    std::env::var_os("BOTYARD_BINARY").unwrap_or_else(|| env!("CARGO_BIN_EXE_botyard").into())
}

/// Waits until the process has died on its fault point; false when it lives on.
pub async fn dies(child: &mut Child, within: Duration) -> bool {
    let begin = Instant::now();
    while begin.elapsed() < within {
        if let Some(status) = child.status() {
            assert_eq!(status, KILLED, "the server ended by itself");
            return true;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    false
}
