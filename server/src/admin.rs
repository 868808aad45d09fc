//! `botyard admin …`: looks at the data and moves shops. Beside a running server too: everything here
//! is a transaction like any other.

mod money;
mod panels;

use std::{fs, path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use domain::{
    clock::SystemClock,
    db::{Conn, ExportReport, Secrets, TenantStore},
    entities::tenant::payment_inbox,
    faults,
    ids::{CustomerId, TenantId},
    platform::tenant::{self, import::NewOwner},
    shop::payment::inbox,
};
use secrecy::SecretString;

use crate::{
    compose,
    config::{Config, Mode},
    outside::{Beside, panels_beside},
};

/// Rows of an inbox that are listed.
const LISTED: u64 = 100;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check that all books add up and every paid order was granted once; exit code 1 when not
    VerifyMoney(Verify),
    /// Take a shop's books as they are for the true ones, after it was brought back from a backup
    AcceptBooks(AcceptBooks),
    /// Compare a shop's panels with what was sold and print what is different
    Sync(Sync),
    /// List the payment events that wait or were refused
    Inbox(Which),
    /// List the places where a test may kill the process (debug builds)
    Faults,
    /// Write a shop into one SQLite file
    Export(Export),
    /// Make a new shop from an exported file
    Import(Import),
    /// Erase a shop for good: key, data and bots
    Erase(Erase),
}

#[derive(Debug, Args)]
pub struct Which {
    /// This shop only
    #[arg(long, value_name = "ID")]
    tenant: Option<TenantId>,
}

#[derive(Debug, Args)]
pub struct Verify {
    #[command(flatten)]
    which: Which,
    /// Ask the panels too whether they hold what was paid for, and the payment providers whether they
    /// have what is booked and nothing besides
    #[arg(long)]
    online: bool,
    /// Show what the last nightly check found instead
    #[arg(long, conflicts_with = "online")]
    last: bool,
}

#[derive(Debug, Args)]
pub struct AcceptBooks {
    #[arg(long, value_name = "ID")]
    tenant: TenantId,
    /// Why they are not the ones that were anchored; kept in the audit log
    #[arg(long)]
    reason: String,
}

#[derive(Debug, Args)]
pub struct Sync {
    #[arg(long, value_name = "ID")]
    tenant: TenantId,
    /// Have what is different driven to its target again; deletes nothing
    #[arg(long)]
    repair: bool,
}

#[derive(Debug, Args)]
pub struct Export {
    tenant: TenantId,
    file: PathBuf,
    /// Seal the shop's secrets under the passphrase in this file; without it they are left out
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Import {
    file: PathBuf,
    /// Whose shop it becomes
    #[arg(long, value_name = "ID")]
    customer: CustomerId,
    /// Another name than it had
    #[arg(long)]
    name: Option<String>,
    /// The passphrase with which it was exported
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Erase {
    tenant: TenantId,
    /// The shop's name, to be sure that it is the one that is meant
    #[arg(long)]
    name: String,
}

/// # Errors
/// With a sentence for the operator.
pub async fn run(config: &Config, command: Command) -> anyhow::Result<ExitCode> {
    config.check(Mode::Sandbox)?;
    if let Command::Faults = command {
        return Ok(list_faults());
    }
    let store = compose::open_existing(config, Arc::new(SystemClock)).await?;
    match command {
        Command::VerifyMoney(Verify { which, last: true, .. }) => {
            money::show_last(&store, which.tenant).await
        }
        Command::VerifyMoney(Verify { which, online, .. }) => {
            let outside = if online { Some(Beside::new(config, Arc::new(SystemClock))?) } else { None };
            money::verify(&store, which.tenant, outside.as_ref()).await
        }
        Command::AcceptBooks(AcceptBooks { tenant, reason }) => money::accept(&store, tenant, &reason).await,
        Command::Sync(Sync { tenant, repair }) => {
            let port = panels_beside(config, Arc::new(SystemClock))?;
            panels::sync_shop(&store, &port, tenant, repair).await
        }
        Command::Inbox(which) => list_inboxes(&store, which.tenant).await,
        Command::Export(export) => write_out(&store, export).await,
        Command::Import(import) => take_in(&store, import).await,
        Command::Erase(which) => erase(&store, which).await,
        Command::Faults => Ok(ExitCode::SUCCESS),
    }
}

async fn list_inboxes(store: &TenantStore, only: Option<TenantId>) -> anyhow::Result<ExitCode> {
    if only.is_none() {
        list_inbox("platform", store.master()).await?;
    }
    for shop in shops(store, only).await? {
        list_inbox(&shop.to_string(), &store.open(shop).await?.read().await?).await?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Without bodies: they hold what people are and paid.
async fn list_inbox(whose: &str, conn: &impl Conn) -> anyhow::Result<()> {
    for row in inbox::unsettled(conn, LISTED).await? {
        let payment_inbox::Model { provider, event_id, kind, state, order_ref, reason, received_at, .. } =
            row;
        let (order, reason) = (order_ref.unwrap_or_default(), reason.unwrap_or_default());
        println!("{received_at}  {whose}  {provider}  {kind:?}  {state:?}  {event_id}  {order}  {reason}");
    }
    Ok(())
}

fn list_faults() -> ExitCode {
    if !cfg!(debug_assertions) {
        eprintln!("This is a release build: it has no fault points.");
        return ExitCode::FAILURE;
    }
    for point in faults::ALL {
        println!("{}", point.name());
    }
    ExitCode::SUCCESS
}

async fn write_out(store: &TenantStore, export: Export) -> anyhow::Result<ExitCode> {
    let secrets = match passphrase(export.passphrase_file)? {
        Some(passphrase) => Secrets::Passphrase(passphrase),
        None => Secrets::LeaveOut,
    };
    let report = store.export(export.tenant, &export.file, &secrets).await?;
    println!("{} rows are in {}.", report.rows, export.file.display());
    list_left_out(&report);
    Ok(ExitCode::SUCCESS)
}

async fn take_in(store: &TenantStore, import: Import) -> anyhow::Result<ExitCode> {
    let passphrase = passphrase(import.passphrase_file)?;
    let owner = NewOwner { customer: import.customer, name: import.name, account: None };
    let imported = tenant::import::import(store, &import.file, owner, passphrase.as_ref()).await?;
    println!("{} rows became shop {}.", imported.report.rows, imported.tenant);
    if imported.is_copy {
        println!("The shop it was exported from is on this server: what was open stays there.");
    }
    list_left_out(&imported.report);
    Ok(ExitCode::SUCCESS)
}

async fn erase(store: &TenantStore, which: Erase) -> anyhow::Result<ExitCode> {
    let shop = tenant::service::find(store.master(), which.tenant).await?;
    let shop = shop.with_context(|| format!("There is no shop {}", which.tenant))?;
    anyhow::ensure!(shop.name == which.name, "Shop {} is called {:?}", shop.id, shop.name);
    tenant::erase::erase(store, None, shop.id).await?;
    println!("Shop {} is erased.", shop.id);
    Ok(ExitCode::SUCCESS)
}

fn list_left_out(report: &ExportReport) {
    for secret in &report.left_out {
        println!("left out, to be typed in again: {secret}");
    }
}

async fn shops(store: &TenantStore, only: Option<TenantId>) -> anyhow::Result<Vec<TenantId>> {
    match only {
        Some(tenant) => Ok(vec![tenant]),
        None => Ok(store.ids().await?),
    }
}

fn passphrase(file: Option<PathBuf>) -> anyhow::Result<Option<SecretString>> {
    let Some(file) = file else { return Ok(None) };
    let text = fs::read_to_string(&file).with_context(|| format!("Cannot read {}", file.display()))?;
    anyhow::ensure!(!text.trim().is_empty(), "There is no passphrase in {}", file.display());
    Ok(Some(SecretString::from(text.trim().to_owned())))
}
