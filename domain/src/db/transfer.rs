//! One tenant as one SQLite file, whatever database it lives in.
//!
//! An export holds one instant. It re-seals the tenant's secrets under a passphrase, or leaves them out
//! and lists them. What is read back gets a new tenant id, and nothing points to it until the caller
//! registers it: a wrong passphrase, a foreign file or a full disk leave nothing behind. What a shop
//! read back may go on with is decided in `platform::tenant::import`.

use std::{
    fs, io,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use argon2::Argon2;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait,
    IntoActiveModel, Iterable, ModelTrait, PrimaryKeyToColumn, QueryResult, Statement,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Conn, CryptoError, MasterTx, SealedIn, Sealer, StoreError, TenantConn, TenantDb, TenantStore, sqlite,
};
use crate::{
    entities::{
        master::tenant::{self, TenantKind},
        tenant as rows,
    },
    ids::{CustomerId, TenantId},
    money::Currency,
};

/// Rows read and written at once.
const PAGE: u64 = 500;
const FORMAT: &str = "botyard-tenant-1";
/// Sealed in the head, so that a wrong passphrase is found out before anything is written.
const CHECK: &[u8] = b"botyard";

/// What becomes of the tenant's secrets in an export.
#[derive(Clone, Debug)]
pub enum Secrets {
    /// Sealed again, under a key made from this passphrase.
    Passphrase(SecretString),
    LeaveOut,
}

/// What an export holds, or what an import still needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportReport {
    pub rows: u64,
    /// `table.column id` of each secret that is not in the file and has to be typed in again.
    pub left_out: Vec<String>,
}

/// The shop's own row as the file tells it. Its kind cannot be chosen anew: a sandbox never becomes a
/// live shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    pub tenant: TenantId,
    pub name: String,
    pub kind: TenantKind,
    pub locale: String,
    pub currency: Currency,
    pub utc_offset_minutes: i32,
    pub starter_pack: String,
    pub clock_offset_seconds: i64,
}

/// A shop whose data is read back, and to which nothing points yet.
#[derive(Debug)]
pub struct Arrived {
    pub db: TenantDb,
    pub origin: Origin,
    pub report: ExportReport,
    row: tenant::ActiveModel,
}

/// Calls a macro with each table that an export holds, in an order in which foreign keys hold, and its
/// sealed columns.
macro_rules! every_table {
    ($call:ident) => {
        $call! {
            user [], chat [], plan [], price [],
            payment_method [sealed_api_key, sealed_webhook_secret],
            panel [sealed_password],
            subscription [], panel_drift [], trial_claim [], notification [], order [], order_event [], refund [], grant [],
            payment_inbox [], ledger_entry [], setting [],
        }
    };
}
#[cfg(test)]
pub(super) use every_table;

/// What belongs to the running shop and not to its copy: queued work, and the updates that its bots
/// have seen or are still to handle.
const LEFT_BEHIND: [&str; 3] = ["jobs", "seen_updates", "parked_updates"];

/// All tables of a tenant, those first that others point to.
pub(super) fn table_names() -> Vec<&'static str> {
    macro_rules! names {
        ($($table:ident [$($sealed:ident),*],)*) => {
            vec![$(sea_orm::EntityName::table_name(&rows::$table::Entity)),*]
        };
    }
    let mut names = every_table!(names);
    names.extend(LEFT_BEHIND);
    names
}

impl TenantStore {
    /// Writes the tenant into a new SQLite file at `path`, as of one instant.
    ///
    /// # Errors
    /// [`StoreError`]; also when the file exists.
    pub async fn export(
        &self,
        id: TenantId,
        path: &Path,
        secrets: &Secrets,
    ) -> Result<ExportReport, StoreError> {
        // Names and purchases are in it, so it is its owner's alone.
        fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        let written = self.write_out(id, path, secrets).await;
        if written.is_err() {
            sqlite::remove(path)?;
        }
        written
    }

    async fn write_out(
        &self,
        id: TenantId,
        path: &Path,
        secrets: &Secrets,
    ) -> Result<ExportReport, StoreError> {
        let row = self.row(id).await?.ok_or(StoreError::NoTenant(id))?;
        let tx = self.snapshot(id).await?;
        let file = sqlite::create_empty(path).await?;
        let to = match secrets {
            Secrets::Passphrase(passphrase) => {
                let salt = Sealer::random_key()?;
                Some((sealer_of(passphrase, &salt)?, salt))
            }
            Secrets::LeaveOut => None,
        };
        write_head(&file, &Origin::of(row), to.as_ref()).await?;
        let to = to.map(|(sealer, _)| sealer);
        let mut reseal = Reseal { from: Some(tx.sealer().clone()), to, report: ExportReport::default() };
        copy_all(tx.raw(), Target::File(&file), &mut reseal).await?;
        sqlite::close_as_one_file(file).await?;
        Ok(reseal.report)
    }

    /// Reads an exported file into a database of its own under a new id. Without the passphrase the
    /// secrets are left out and listed. The caller [registers](Self::register) what arrived, or
    /// [removes](Self::remove) it.
    ///
    /// # Errors
    /// [`StoreError::Unsafe`] when the file is no export; [`CryptoError::DoesNotOpen`] when the
    /// passphrase is wrong; the rest of [`StoreError`]. Nothing is left behind then, and the file is
    /// never written to.
    pub async fn read_in(
        &self,
        path: &Path,
        customer: CustomerId,
        passphrase: Option<&SecretString>,
    ) -> Result<Arrived, StoreError> {
        let head = read_head(path).await?;
        let from = match (passphrase, &head.sealed) {
            (Some(passphrase), Some((salt, check))) => {
                let sealer = sealer_of(passphrase, salt)?;
                sealer.open_bytes(check_place(), check)?;
                Some(sealer)
            }
            _ => None,
        };
        let (row, db) = self.prepare(customer, &head.origin).await?;
        let report = match self.fill_from(path, &db, from).await {
            Ok(report) => report,
            Err(error) => {
                self.remove(db.tenant()).await?;
                return Err(error);
            }
        };
        Ok(Arrived { db, origin: head.origin, report, row })
    }

    /// Makes the tenant that arrived known, in the caller's transaction.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn register(&self, tx: &MasterTx, arrived: &Arrived) -> Result<(), StoreError> {
        tenant::Entity::insert(arrived.row.clone()).exec_without_returning(tx.raw()).await?;
        Ok(())
    }

    /// From a copy, which gets the tables that were added since the export was made.
    async fn fill_from(
        &self,
        path: &Path,
        db: &TenantDb,
        from: Option<Sealer>,
    ) -> Result<ExportReport, StoreError> {
        let copy = Scratch::of(path)?;
        let file = sqlite::create_empty(&copy.0).await?;
        let to = from.is_some().then(|| db.sealer().clone());
        let mut reseal = Reseal { from, to, report: ExportReport::default() };
        copy_all(&file, Target::Tenant(db), &mut reseal).await?;
        file.close().await?;
        Ok(reseal.report)
    }
}

impl Origin {
    fn of(row: tenant::Model) -> Self {
        Self {
            tenant: row.id,
            name: row.name,
            kind: row.kind,
            locale: row.locale,
            currency: row.currency,
            utc_offset_minutes: row.utc_offset_minutes,
            starter_pack: row.starter_pack,
            clock_offset_seconds: row.clock_offset_seconds,
        }
    }
}

impl Arrived {
    /// Gives the shop another name than it had.
    pub fn rename(&mut self, name: String) {
        self.row.name = Set(name);
    }
}

struct Reseal {
    /// `None` when the file's secrets cannot be opened.
    from: Option<Sealer>,
    /// `None` leaves the secrets out.
    to: Option<Sealer>,
    report: ExportReport,
}

impl Reseal {
    fn column(&mut self, table: &str, column: &str, row: Uuid, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        // Exports hold the row under the place's own name, so one place serves both directions.
        let place = SealedIn { table, column, row };
        match (&self.from, &self.to) {
            (Some(from), Some(to)) if !sealed.is_empty() => {
                Ok(to.seal_bytes(place, &from.open_bytes(place, sealed)?)?)
            }
            _ => {
                self.report.left_out.push(format!("{table}.{column} {}", row.as_simple()));
                Ok(Vec::new())
            }
        }
    }
}

/// Where rows go. A tenant gets each page in a transaction of its own: a large shop takes longer than
/// one may live, and nothing points to a shop that is half there.
#[derive(Clone, Copy)]
enum Target<'a> {
    File(&'a DatabaseConnection),
    Tenant(&'a TenantDb),
}

impl Target<'_> {
    async fn insert<A>(self, page: Vec<A>) -> Result<(), StoreError>
    where
        A: ActiveModelTrait + Send,
    {
        let insert = A::Entity::insert_many(page);
        match self {
            Self::File(file) => {
                insert.exec_without_returning(file).await?;
            }
            Self::Tenant(db) => {
                let tx = db.write().await?;
                insert.exec_without_returning(tx.raw()).await?;
                tx.commit().await?;
            }
        }
        Ok(())
    }
}

async fn copy_all(
    from: &impl ConnectionTrait,
    to: Target<'_>,
    reseal: &mut Reseal,
) -> Result<(), StoreError> {
    macro_rules! copy_each {
        ($($table:ident [$($sealed:ident),*],)*) => {$(
            copy::<rows::$table::Entity>(from, to, reseal, |_row, _reseal| {
                $(_row.$sealed = _reseal.column(
                    sea_orm::EntityName::table_name(&rows::$table::Entity), stringify!($sealed), _row.id.0, &_row.$sealed,
                )?;)*
                Ok(())
            })
            .await?;
        )*};
    }
    every_table!(copy_each);
    Ok(())
}

/// Page by page in the order of the key, each beginning where the last one ended.
async fn copy<E>(
    from: &impl ConnectionTrait,
    to: Target<'_>,
    reseal: &mut Reseal,
    change: impl Fn(&mut E::Model, &mut Reseal) -> Result<(), StoreError>,
) -> Result<(), StoreError>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + Send + Sync,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let Some(key) = E::PrimaryKey::iter().next().map(PrimaryKeyToColumn::into_column) else { return Ok(()) };
    let mut last = None;
    loop {
        let mut query = E::find().cursor_by(key);
        if let Some(last) = last {
            query.after::<sea_orm::Value>(last);
        }
        let mut page = query.first(PAGE).all(from).await?;
        let Some(end) = page.last() else { return Ok(()) };
        last = Some(end.get(key));
        for row in &mut page {
            change(row, reseal)?;
            reseal.report.rows += 1;
        }
        to.insert(page.into_iter().map(|row| row.into_active_model().reset_all()).collect()).await?;
    }
}

/// The passphrase's key: argon2id with its default cost, which is OWASP's minimum.
fn sealer_of(passphrase: &SecretString, salt: &[u8]) -> Result<Sealer, StoreError> {
    let mut key = [0; 32];
    Argon2::default()
        .hash_password_into(passphrase.expose_secret().as_bytes(), salt, &mut key)
        .map_err(|_| CryptoError::DoesNotOpen)?;
    Ok(Sealer::new(key, "export"))
}

fn check_place() -> SealedIn<'static> {
    SealedIn { table: "export_head", column: "sealed_check", row: Uuid::nil() }
}

struct Head {
    origin: Origin,
    /// Salt and check, when the secrets are in the file.
    sealed: Option<(Vec<u8>, Vec<u8>)>,
}

async fn write_head(
    file: &DatabaseConnection,
    origin: &Origin,
    sealed: Option<&(Sealer, [u8; 32])>,
) -> Result<(), StoreError> {
    let check = match sealed {
        Some((sealer, _)) => Some(sealer.seal_bytes(check_place(), CHECK)?),
        None => None,
    };
    let origin = serde_json::to_string(origin).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
    file.execute_unprepared(
        "CREATE TABLE export_head (format TEXT NOT NULL, origin TEXT NOT NULL, salt BLOB, sealed_check BLOB)",
    )
    .await?;
    let row = Statement::from_sql_and_values(
        DbBackend::Sqlite,
        "INSERT INTO export_head VALUES (?, ?, ?, ?)",
        [FORMAT.into(), origin.into(), sealed.map(|(_, salt)| salt.to_vec()).into(), check.into()],
    );
    file.execute_raw(row).await?;
    Ok(())
}

/// Reads and changes nothing, so that a foreign file is refused as it was.
async fn read_head(path: &Path) -> Result<Head, StoreError> {
    // SQLite would make a file that is not there.
    fs::metadata(path)?;
    let foreign = || StoreError::Unsafe("the file is not an export of a Botyard shop".into());
    let row = match query_head(path).await {
        Ok(Some(row)) if row.try_get::<String>("", "format")? == FORMAT => row,
        _ => return Err(foreign()),
    };
    let origin = serde_json::from_str(&row.try_get::<String>("", "origin")?).map_err(|_| foreign())?;
    let sealed = Option::zip(row.try_get("", "salt")?, row.try_get("", "sealed_check")?);
    Ok(Head { origin, sealed })
}

async fn query_head(path: &Path) -> Result<Option<QueryResult>, StoreError> {
    let file = sqlite::open_reading(path).await?;
    let query = Statement::from_string(
        DbBackend::Sqlite,
        "SELECT format, origin, salt, sealed_check FROM export_head",
    );
    let found = file.query_one_raw(query).await;
    file.close().await?;
    Ok(found?)
}

/// A copy of a file, removed when dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn of(path: &Path) -> io::Result<Self> {
        let name = format!("botyard-import-{}.db", Uuid::now_v7().as_simple());
        let copy = Self(std::env::temp_dir().join(name));
        fs::copy(path, &copy.0)?;
        Ok(copy)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = sqlite::remove(&self.0) {
            tracing::warn!(%error, "a copy of an imported file could not be removed");
        }
    }
}
