//! The check of a panel as a page shows it while it runs: kept in the shop's settings, so that it
//! outlives the process that runs it and any replica can show it. Each panel's latest one stays.

use std::time::Duration as RealDuration;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use crate::{
    db::{StoreError, TenantConn, TenantDb, TenantTx},
    events::{EventKind, Events},
    ids::{PanelId, RowId},
    ports::{CheckedLine, PanelAccess, PanelCheck, PanelError, VpnPanel},
    shop::setting::service as settings,
};

/// How often a check says that it is still there, while a slow panel keeps it waiting.
const BEAT: RealDuration = RealDuration::from_secs(5);
/// A check that has said nothing for this long died with its process.
const SILENCE: Duration = Duration::seconds(20);

/// What is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// The panel of the wizard.
    First,
    /// One that comes beside those that the shop has.
    Another,
    /// One that the shop has.
    Kept(PanelId),
}

impl Checked {
    fn setting(self) -> String {
        match self {
            Self::First => "panel_check".to_owned(),
            Self::Another => "panel_check:another".to_owned(),
            Self::Kept(id) => format!("panel_check:{id}"),
        }
    }
}

/// A check under way.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    of: Checked,
    pub id: RowId,
}

/// The latest check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelCheckReport {
    /// Names this run: one that was overtaken by another writes no more.
    pub id: RowId,
    pub url: String,
    pub username: String,
    pub stage: Stage,
    /// When the run last wrote, in real time.
    pub seen_at: DateTime<Utc>,
    pub lines: Vec<ReportedLine>,
}

/// Where a check stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Running,
    Ended,
    /// Broken off by a fault of ours; the panel may be fine.
    Interrupted,
}

impl PanelCheckReport {
    /// Whether it has ended without every line passed.
    pub fn is_lost(&self) -> bool {
        let failed = self.lines.iter().any(|line| line.error.is_some());
        self.stage == Stage::Interrupted || (self.stage == Stage::Ended && failed)
    }
}

/// One line: what was found, or an `error-…` key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedLine {
    pub check: PanelCheck,
    pub found: Option<String>,
    pub error: Option<String>,
    /// The status with which a panel refused.
    pub status: Option<u16>,
    pub took_ms: u64,
}

impl From<&CheckedLine> for ReportedLine {
    fn from(line: &CheckedLine) -> Self {
        let error = line.outcome.as_ref().err();
        Self {
            check: line.check,
            found: line.outcome.as_ref().ok().cloned().flatten(),
            error: error.map(|error| error_key(error).to_owned()),
            status: error.and_then(|error| match error {
                PanelError::Refused { status } => Some(*status),
                _ => None,
            }),
            took_ms: line.took_ms,
        }
    }
}

/// Notes that a check has begun.
///
/// # Errors
/// [`StoreError`].
pub async fn begin(db: &TenantDb, of: Checked, url: &str, username: &str) -> Result<Run, StoreError> {
    let report = PanelCheckReport {
        id: RowId::new(),
        url: url.to_owned(),
        username: username.to_owned(),
        stage: Stage::Running,
        seen_at: db.clock().base().now(),
        lines: Vec::new(),
    };
    let tx = db.write().await?;
    put(&tx, of, &report).await?;
    tx.commit().await?;
    Ok(Run { of, id: report.id })
}

/// Runs the check, keeps and announces each line when it is finished, and gives all of them. The
/// report stays open until [`end`].
///
/// # Errors
/// [`StoreError`].
pub async fn run(
    db: &TenantDb,
    events: &Events,
    panel: &dyn VpnPanel,
    access: &PanelAccess,
    check: Run,
) -> Result<Vec<CheckedLine>, StoreError> {
    let (sender, mut heard) = mpsc::unbounded_channel();
    let keep = async {
        let mut lines = Vec::new();
        loop {
            match tokio::time::timeout(BEAT, heard.recv()).await {
                Ok(Some(line)) => {
                    change(db, check, |report| report.lines.push(ReportedLine::from(&line))).await?;
                    events.publish(db.tenant(), EventKind::Check, None);
                    lines.push(line);
                }
                Ok(None) => return Ok(lines),
                Err(_) => change(db, check, |_| {}).await?,
            }
        }
    };
    let (kept, ()) = tokio::join!(keep, panel.check(access, sender));
    kept
}

/// Notes how the check ended.
///
/// # Errors
/// [`StoreError`].
pub async fn end(db: &TenantDb, check: Run, stage: Stage) -> Result<(), StoreError> {
    change(db, check, |report| report.stage = stage).await
}

/// Hands the report of a check that has ended over to the panel that came of it.
///
/// # Errors
/// [`StoreError`].
pub async fn hand_over(db: &TenantDb, check: Run, to: PanelId) -> Result<(), StoreError> {
    let tx = db.write().await?;
    let latest = load(&tx, check.of).await?;
    let Some(mut report) = latest.filter(|report| report.id == check.id) else { return Ok(()) };
    report.stage = Stage::Ended;
    put(&tx, Checked::Kept(to), &report).await?;
    settings::remove(&tx, &check.of.setting()).await?;
    tx.commit().await
}

/// The latest check, if there was one.
///
/// # Errors
/// [`StoreError`].
pub async fn load(tx: &impl TenantConn, of: Checked) -> Result<Option<PanelCheckReport>, StoreError> {
    let Some(value) = settings::get(tx, &of.setting()).await? else { return Ok(None) };
    let Ok(mut report) = serde_json::from_value::<PanelCheckReport>(value) else { return Ok(None) };
    if report.stage == Stage::Running && tx.clock().base().now() - report.seen_at > SILENCE {
        report.stage = Stage::Interrupted;
    }
    Ok(Some(report))
}

/// The text that says what is wrong with a panel, and what to do.
pub fn error_key(error: &PanelError) -> &'static str {
    match error {
        PanelError::ForbiddenAddress => "error-panel-private",
        PanelError::AddressForm => "error-panel-form",
        PanelError::Unencrypted => "error-panel-unencrypted",
        PanelError::ForbiddenPort => "error-panel-port",
        PanelError::Dns => "error-panel-dns",
        PanelError::Connect => "error-panel-connect",
        PanelError::Tls => "error-panel-tls",
        PanelError::Timeout => "error-panel-timeout",
        PanelError::Credentials => "error-panel-login",
        PanelError::Forbidden => "error-panel-forbidden",
        PanelError::NotAPanel | PanelError::NotFound => "error-panel-not-marzban",
        PanelError::Taken => "error-panel-account-taken",
        PanelError::NoInbound => "error-panel-no-inbounds",
        PanelError::NotHeld => "error-panel-not-held",
        PanelError::Refused { .. } => "error-panel-refused",
    }
}

/// Changes the report of this run, and says that it is still there.
async fn change(
    db: &TenantDb,
    check: Run,
    with: impl FnOnce(&mut PanelCheckReport),
) -> Result<(), StoreError> {
    let tx = db.write().await?;
    let latest = load(&tx, check.of).await?;
    let Some(mut report) = latest.filter(|report| report.id == check.id) else { return Ok(()) };
    report.stage = Stage::Running;
    report.seen_at = db.clock().base().now();
    with(&mut report);
    put(&tx, check.of, &report).await?;
    tx.commit().await
}

async fn put(tx: &TenantTx, of: Checked, report: &PanelCheckReport) -> Result<(), StoreError> {
    let value = serde_json::to_value(report).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
    settings::put(tx, &of.setting(), value).await
}
