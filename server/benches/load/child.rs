//! The server under measurement, as a process.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};

pub const BINARY: &str = env!("CARGO_BIN_EXE_botyard");

/// Ticks of `/proc/<pid>/stat` a second (`man 5 proc`; Linux has used 100 since 2.6 on every
/// architecture that we run on).
const TICKS: f64 = 100.0;

/// A running server; killed when dropped.
pub struct Server {
    process: Child,
    pub port: u16,
}

impl Server {
    /// Starts `botyard <command>` over `data` and waits until it is ready.
    pub async fn start(command: &str, data: &Path, settings: &[(&str, &str)]) -> anyhow::Result<Self> {
        let port = free_port()?;
        let log = fs::File::create(data.join("server.log"))?;
        let process = Command::new(BINARY)
            .args([command, "--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(data)
            .env("BOTYARD__LOG__LEVEL", "warn")
            .envs(settings.iter().copied())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()?;
        let mut server = Self { process, port };
        server.wait_until_ready(data).await?;
        Ok(server)
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Resident memory in megabytes.
    pub fn memory(&self) -> anyhow::Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kilobytes / 1024.0)
    }

    /// Seconds of CPU so far.
    pub fn cpu(&self) -> anyhow::Result<f64> {
        cpu_of(&self.process.id().to_string())
    }

    async fn wait_until_ready(&mut self, data: &Path) -> anyhow::Result<()> {
        let client = reqwest::Client::builder().no_proxy().build()?;
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_secs(60) {
            if let Some(status) = self.process.try_wait()? {
                let log = fs::read_to_string(data.join("server.log"))?;
                bail!("the server ended with {status}: {log}");
            }
            let answer = client.get(self.url("/readyz")).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        bail!("the server was not ready in a minute")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.process.kill().is_ok() {
            self.process.wait().ok();
        }
    }
}

/// Seconds of CPU of this process so far.
pub fn own_cpu() -> anyhow::Result<f64> {
    cpu_of("self")
}

fn cpu_of(process: &str) -> anyhow::Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let (_, rest) = stat.rsplit_once(')').context("no process name")?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks =
        |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
    Ok((ticks(11) + ticks(12)) / TICKS)
}

fn free_port() -> anyhow::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
