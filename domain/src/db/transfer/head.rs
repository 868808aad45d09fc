//! The head of an exported file: whose it is, and whether its secrets open.

use std::{fs, path::Path};

use argon2::Argon2;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::Origin;
use crate::db::{CryptoError, SealedIn, Sealer, StoreError, sqlite};

const FORMAT: &str = "botyard-tenant-1";
/// Sealed in the head, so that a wrong passphrase is found out before anything is written.
const CHECK: &[u8] = b"botyard";

/// The passphrase's key: argon2id with its default cost, which is OWASP's minimum.
pub(super) fn sealer_of(passphrase: &SecretString, salt: &[u8]) -> Result<Sealer, StoreError> {
    let mut key = [0; 32];
    Argon2::default()
        .hash_password_into(passphrase.expose_secret().as_bytes(), salt, &mut key)
        .map_err(|_| CryptoError::DoesNotOpen)?;
    Ok(Sealer::new(key, "export"))
}

pub(super) fn check_place() -> SealedIn<'static> {
    SealedIn { table: "export_head", column: "sealed_check", row: Uuid::nil() }
}

pub(super) struct Head {
    pub(super) origin: Origin,
    /// Salt and check, when the secrets are in the file.
    pub(super) sealed: Option<(Vec<u8>, Vec<u8>)>,
}

pub(super) async fn write_head(
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
pub(super) async fn read_head(path: &Path) -> Result<Head, StoreError> {
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
