//! One tenant as one SQLite file, whatever database it lives in.
//!
//! An export re-seals the tenant's secrets under a passphrase, or leaves them out and lists them. An
//! import always makes a new tenant.

use std::path::Path;

use argon2::Argon2;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, IntoActiveModel, Iterable,
    PaginatorTrait, QueryOrder, Statement,
};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::{
    Conn, CryptoError, MasterTx, NewTenant, SealedIn, Sealer, StoreError, TenantConn, TenantStore, TenantTx,
    sqlite,
};
use crate::{entities::tenant as rows, ids::TenantId};

/// Rows read and written at once.
const PAGE: u64 = 500;
const FORMAT: &str = "botyard-tenant-1";

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

/// Calls a macro with each table, in an order in which foreign keys hold, and its sealed columns.
macro_rules! every_table {
    ($call:ident) => {
        $call! {
            user [], chat [], seen_update [], parked_update [], plan [], price [],
            payment_method [sealed_api_key, sealed_webhook_secret],
            panel [sealed_password],
            subscription [], trial_claim [], notification [], order [], order_event [], refund [], grant [],
            payment_inbox [], ledger_entry [], job [], setting [],
        }
    };
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
        if path.exists() {
            return Err(std::io::Error::from(std::io::ErrorKind::AlreadyExists).into());
        }
        let tx = self.open(id).await?.read().await?;
        let file = sqlite::create_empty(path).await?;
        let mut reseal = match secrets {
            Secrets::Passphrase(passphrase) => {
                let salt = Sealer::random_key()?;
                write_head(&file, Some(&salt)).await?;
                Reseal {
                    from: tx.sealer().clone(),
                    to: Some(sealer_of(passphrase, &salt)?),
                    report: ExportReport::default(),
                }
            }
            Secrets::LeaveOut => {
                write_head(&file, None).await?;
                Reseal { from: tx.sealer().clone(), to: None, report: ExportReport::default() }
            }
        };
        copy_all(tx.raw(), &file, &mut reseal).await?;
        sqlite::checkpoint_and_close(file).await?;
        Ok(reseal.report)
    }

    /// Makes a new tenant from an exported file. Without the passphrase the secrets are left out
    /// and listed.
    ///
    /// # Errors
    /// [`StoreError::Unsafe`] when the file is no export; [`CryptoError::DoesNotOpen`] when the
    /// passphrase is wrong; the rest of [`StoreError`].
    pub async fn import(
        &self,
        tx: MasterTx,
        path: &Path,
        new: NewTenant,
        passphrase: Option<&SecretString>,
    ) -> Result<(TenantId, ExportReport), StoreError> {
        let file = sqlite::create_empty(path).await?;
        let salt = read_head(&file).await?;
        let from = match (passphrase, salt) {
            (Some(passphrase), Some(salt)) => Some(sealer_of(passphrase, &salt)?),
            _ => None,
        };
        let id = self.create(&tx, new).await?;
        tx.commit().await?;
        let target: TenantTx = self.open(id).await?.write().await?;
        let mut reseal = match from {
            Some(from) => Reseal { from, to: Some(target.sealer().clone()), report: ExportReport::default() },
            None => Reseal { from: target.sealer().clone(), to: None, report: ExportReport::default() },
        };
        copy_all(&file, target.raw(), &mut reseal).await?;
        target.announce(target.now());
        target.commit().await?;
        file.close().await?;
        Ok((id, reseal.report))
    }
}

struct Reseal {
    from: Sealer,
    /// `None` leaves the secrets out.
    to: Option<Sealer>,
    report: ExportReport,
}

impl Reseal {
    fn column(&mut self, table: &str, column: &str, row: Uuid, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        // Exports hold the row under the place's own name, so one place serves both directions.
        let place = SealedIn { table, column, row };
        match &self.to {
            Some(to) if !sealed.is_empty() => {
                Ok(to.seal_bytes(place, &self.from.open_bytes(place, sealed)?)?)
            }
            _ => {
                self.report.left_out.push(format!("{table}.{column} {}", row.as_simple()));
                Ok(Vec::new())
            }
        }
    }
}

async fn copy_all(
    from: &impl ConnectionTrait,
    to: &impl ConnectionTrait,
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

async fn copy<E>(
    from: &impl ConnectionTrait,
    to: &impl ConnectionTrait,
    reseal: &mut Reseal,
    change: impl Fn(&mut E::Model, &mut Reseal) -> Result<(), StoreError>,
) -> Result<(), StoreError>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + Send + Sync,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let mut query = E::find();
    for key in E::PrimaryKey::iter() {
        query = query.order_by_asc(sea_orm::PrimaryKeyToColumn::into_column(key));
    }
    let mut pages = query.paginate(from, PAGE);
    while let Some(mut page) = pages.fetch_and_next().await? {
        for row in &mut page {
            change(row, reseal)?;
            reseal.report.rows += 1;
        }
        let rows = page.into_iter().map(|row| row.into_active_model().reset_all());
        E::insert_many(rows).exec_without_returning(to).await?;
    }
    Ok(())
}

/// The passphrase's key: argon2id with its default cost, which is OWASP's minimum.
fn sealer_of(passphrase: &SecretString, salt: &[u8]) -> Result<Sealer, StoreError> {
    let mut key = [0; 32];
    Argon2::default()
        .hash_password_into(passphrase.expose_secret().as_bytes(), salt, &mut key)
        .map_err(|_| CryptoError::DoesNotOpen)?;
    Ok(Sealer::new(key, "export"))
}

async fn write_head(file: &DatabaseConnection, salt: Option<&[u8]>) -> Result<(), StoreError> {
    file.execute_unprepared("CREATE TABLE export_head (format TEXT NOT NULL, salt BLOB)").await?;
    let row = Statement::from_sql_and_values(
        DbBackend::Sqlite,
        "INSERT INTO export_head VALUES (?, ?)",
        [FORMAT.into(), salt.map(<[u8]>::to_vec).into()],
    );
    file.execute_raw(row).await?;
    Ok(())
}

async fn read_head(file: &DatabaseConnection) -> Result<Option<Vec<u8>>, StoreError> {
    let query = Statement::from_string(DbBackend::Sqlite, "SELECT format, salt FROM export_head");
    let row = match file.query_one_raw(query).await {
        Ok(Some(row)) if row.try_get::<String>("", "format")? == FORMAT => row,
        _ => return Err(StoreError::Unsafe("the file is not an export of a Botyard shop".into())),
    };
    Ok(row.try_get("", "salt")?)
}
