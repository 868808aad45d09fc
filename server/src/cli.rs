//! The command line.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};
use domain::clock::SystemClock;

use crate::{
    admin,
    compose::{self, Server, Start},
    config::{Config, Mode, Overrides},
    doctor, folder, open_files, telemetry,
};

/// Telegram shops for VPN sellers: web panel, bots and jobs in one process.
#[derive(Debug, Parser)]
#[command(name = "botyard", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the panel, the bots and the jobs
    Serve(Serving),
    /// Serve with emulators in place of Telegram, Marzban and Stripe: nothing outside is needed
    Sandbox(Serving),
    /// Bring the databases up to date and end
    Migrate(Data),
    /// Look for what would keep the server from working well
    Doctor(Serving),
    /// Look at the data and move shops
    Admin {
        #[command(subcommand)]
        command: admin::Command,
        #[command(flatten)]
        data: Data,
    },
    /// Show the settings in force
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Print every setting; secrets are masked
    Print(Serving),
}

#[derive(Debug, Args)]
struct Serving {
    /// Address and port to listen on, in place of `server.listen`
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    #[command(flatten)]
    data: Data,
}

#[derive(Debug, Args)]
struct Data {
    /// Folder or postgres:// address, in place of `data.url`
    #[arg(long, value_name = "DIR", global = true)]
    data: Option<String>,
    /// A file of settings
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
}

impl Serving {
    fn load(&self) -> anyhow::Result<Config> {
        self.data.load_with(self.listen)
    }
}

impl Data {
    fn load(&self) -> anyhow::Result<Config> {
        self.load_with(None)
    }

    fn load_with(&self, listen: Option<SocketAddr>) -> anyhow::Result<Config> {
        let overrides = Overrides { file: self.config.clone(), listen, data: self.data.clone() };
        Ok(Config::load(&overrides)?)
    }
}

/// Runs the command. What goes wrong is one sentence on standard error and exit code 1.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into()),
    };
    match runtime.block_on(Box::pin(run(cli.command))) {
        Ok(code) => code,
        Err(error) => failed(&error),
    }
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(serving) => serve(serving.load()?, Mode::Production).await?,
        Command::Sandbox(serving) => serve(serving.load()?, Mode::Sandbox).await?,
        Command::Migrate(data) => {
            let config = data.load()?;
            config.check(Mode::Sandbox)?;
            telemetry::start(&config.log)?;
            let store = compose::open_data(&config, Arc::new(SystemClock)).await?;
            let shops = compose::migrate_shops(&store).await?;
            println!("The databases are up to date: the platform's and those of {shops} shops.");
        }
        Command::Doctor(serving) => return Ok(doctor::run(&serving.load()?).await),
        Command::Admin { command, data } => return admin::run(&data.load()?, command).await,
        Command::Config { command: ConfigCommand::Print(serving) } => print!("{}", serving.load()?.printed()),
    }
    Ok(ExitCode::SUCCESS)
}

async fn serve(config: Config, mode: Mode) -> anyhow::Result<()> {
    telemetry::start(&config.log)?;
    open_files::raise();
    // What is refused makes nothing.
    config.check(mode)?;
    let data = config.data.settings().url;
    let _taken = config.roles.bots.then(|| folder::take(&data)).transpose()?;
    let handle = Server::start(Start::new(config, mode)).await.context("The server does not start")?;
    if mode == Mode::Sandbox {
        println!("Botyard's sandbox is on http://{}, its data in {data:?}.", handle.address);
    }
    handle.run().await
}

fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("{error:#}");
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;
    use rstest::rstest;

    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        Cli::command().debug_assert();
    }

    #[rstest]
    #[case("botyard sandbox --listen 127.0.0.1:3000 --data ./data")]
    #[case("botyard serve --config botyard.toml")]
    #[case("botyard migrate --data postgres://db/botyard")]
    #[case("botyard doctor --data ./data")]
    #[case("botyard config print")]
    #[case("botyard admin verify-money --data ./data")]
    #[case("botyard admin verify-money --online --tenant 01a1f949e7ba7097a6d5a67653c82804")]
    #[case("botyard admin verify-money --last")]
    #[case("botyard admin accept-books --tenant 01a1f949e7ba7097a6d5a67653c82804 --reason restored")]
    #[case("botyard admin sync --tenant 01a1f949e7ba7097a6d5a67653c82804 --repair")]
    #[case("botyard admin inbox --tenant 01a1f949e7ba7097a6d5a67653c82804 --data ./data")]
    #[case("botyard admin faults")]
    fn a_documented_command_is_understood(#[case] line: &str) {
        Cli::try_parse_from(line.split(' ')).unwrap();
    }
}
