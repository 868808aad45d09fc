//! The commands that ask the shops' panels.

use std::process::ExitCode;

use domain::{
    db::{TenantDb, TenantStore},
    entities::tenant::panel,
    ids::TenantId,
    ports::VpnPanel,
    shop::{
        panel::{
            service::all,
            sync::{self, Report},
        },
        subscription::usage::RefreshError,
    },
};

/// Compares the shop's panels with our targets and prints what is different.
pub(super) async fn sync_shop(
    store: &TenantStore,
    port: &dyn VpnPanel,
    tenant: TenantId,
    repair: bool,
) -> anyhow::Result<ExitCode> {
    let db = store.open(tenant).await?;
    let mut is_whole = true;
    for panel in panels(&db).await? {
        match sync::sync(&db, port, panel.id).await {
            Ok(Some(report)) => print_report(&panel.name, &report),
            not_asked => {
                is_whole = false;
                println!("{}  {}", panel.name, why_not(&panel, not_asked.err()));
                continue;
            }
        }
        if repair {
            let tx = db.write().await?;
            let repaired = sync::repair(&tx, panel.id).await?;
            tx.commit().await?;
            println!("{}  {repaired} accounts are driven to their targets by the running server", panel.name);
        }
    }
    Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print_report(name: &str, report: &Report) {
    for drift in &report.drifts {
        let (wanted, found) = (drift.wanted.as_deref().unwrap_or("-"), drift.found.as_deref().unwrap_or("-"));
        println!("{name}  {}  {}  wanted {wanted}  found {found}", drift.kind.name(), drift.username);
    }
    let Report { accounts, subscriptions, drifts } = report;
    println!("{name}  {accounts} accounts, {subscriptions} subscriptions, {} differences", drifts.len());
}

fn why_not(panel: &panel::Model, error: Option<RefreshError>) -> String {
    match (error, &panel.last_error) {
        (Some(error), _) => format!("not asked: {error}"),
        (None, Some(last)) => format!("not asked: it is away ({last})"),
        (None, None) => "not asked: it is away".to_owned(),
    }
}

async fn panels(db: &TenantDb) -> anyhow::Result<Vec<panel::Model>> {
    let tx = db.read().await?;
    Ok(all(&tx).await?)
}
