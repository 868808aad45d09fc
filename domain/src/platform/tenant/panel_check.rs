//! The check of a panel as a page shows it while it runs: kept in the shop's settings, so that it
//! outlives the process that runs it and any replica can show it.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use serde::{Deserialize, Serialize};

use crate::{
    db::{Conn, StoreError, TenantConn, TenantDb, TenantTx},
    entities::tenant::setting,
    ports::{CheckedLine, PanelCheck, PanelError},
};

const NAME: &str = "panel_check";
/// A check takes seconds; one that began earlier than this died with its process.
const LONGEST: Duration = Duration::minutes(2);

/// The latest check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelCheckReport {
    pub url: String,
    pub username: String,
    /// In real time.
    pub began_at: DateTime<Utc>,
    pub running: bool,
    pub lines: Vec<ReportedLine>,
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
pub async fn begin(db: &TenantDb, url: &str, username: &str) -> Result<(), StoreError> {
    let report = PanelCheckReport {
        url: url.to_owned(),
        username: username.to_owned(),
        began_at: db.clock().base().now(),
        running: true,
        lines: Vec::new(),
    };
    save(db, &report).await
}

/// Notes what the check found.
///
/// # Errors
/// [`StoreError`].
pub async fn end(db: &TenantDb, lines: &[CheckedLine]) -> Result<(), StoreError> {
    let tx = db.read().await?;
    let report = load(&tx).await?;
    drop(tx);
    let Some(mut report) = report else { return Ok(()) };
    report.running = false;
    report.lines = lines.iter().map(ReportedLine::from).collect();
    save(db, &report).await
}

/// The latest check, if there was one.
///
/// # Errors
/// [`StoreError`].
pub async fn load(tx: &impl TenantConn) -> Result<Option<PanelCheckReport>, StoreError> {
    let Some(row) = setting::Entity::find_by_id(NAME).one(tx.raw()).await? else { return Ok(None) };
    let Ok(mut report) = serde_json::from_value::<PanelCheckReport>(row.value) else { return Ok(None) };
    let now = tx.clock().base().now();
    report.running &= now - report.began_at < LONGEST;
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
        PanelError::Refused { .. } => "error-panel-refused",
    }
}

async fn save(db: &TenantDb, report: &PanelCheckReport) -> Result<(), StoreError> {
    let value = serde_json::to_value(report).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
    let tx = db.write().await?;
    put(&tx, value).await?;
    tx.commit().await
}

async fn put(tx: &TenantTx, value: serde_json::Value) -> Result<(), StoreError> {
    let keep = OnConflict::new().do_nothing().to_owned();
    let row = setting::ActiveModel { name: Set(NAME.to_owned()), value: Set(value.clone()) };
    let inserted = setting::Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await?;
    if inserted == 0 {
        let row = setting::ActiveModel { name: Set(NAME.to_owned()), value: Set(value) };
        setting::Entity::update(row).exec(tx.raw()).await?;
    }
    Ok(())
}
