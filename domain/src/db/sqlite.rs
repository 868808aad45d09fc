//! SQLite: a file for each tenant, made by copying a migrated template (2 ms instead of 700 ms).

use std::{
    fs::{self, File},
    io::ErrorKind,
    path::{Path, PathBuf},
};

use migration::{MigratorTrait, TenantMigrator};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use sha2::{Digest, Sha256};

use super::{StoreError, connect, master::begin_write};
use crate::ids::TenantId;

/// Two levels, so that no folder holds ten thousand files. The last digits of a UUIDv7 are random.
pub(super) fn path_of(folder: &Path, tenant: TenantId) -> PathBuf {
    let name = tenant.to_string();
    folder.join("tenants").join(&name[30..]).join(format!("{name}.db"))
}

/// Makes the tenant's file from the template. A file that is there already stays.
pub(super) async fn create(folder: &Path, tenant: TenantId) -> Result<(), StoreError> {
    let target = path_of(folder, tenant);
    if target.exists() {
        return Ok(());
    }
    let template = template(folder).await?;
    copy_durably(&template, &target)?;
    Ok(())
}

/// Opens the tenant's file; applies what was added to the migrations since it was last open.
pub(super) async fn open(folder: &Path, tenant: TenantId) -> Result<DatabaseConnection, StoreError> {
    let path = path_of(folder, tenant);
    if !path.exists() {
        return Err(StoreError::NoTenant(tenant));
    }
    let connection = connect::sqlite_of_shop(&path).await?;
    bring_up_to_date(&connection).await?;
    forget_schema_pages(&connection).await?;
    Ok(connection)
}

/// Opens a file that is there for a look, and leaves it as it is.
pub(super) async fn open_reading(path: &Path) -> Result<DatabaseConnection, StoreError> {
    Ok(connect::sqlite_reading(path).await?)
}

/// Removes a file and what SQLite keeps beside it. One that is not there is no error.
pub(super) fn remove(path: &Path) -> std::io::Result<()> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match fs::remove_file(PathBuf::from(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// A file with the tenant's tables, made when they are missing: for export and for templates.
pub(super) async fn create_empty(path: &Path) -> Result<DatabaseConnection, StoreError> {
    let connection = connect::sqlite_of_shop(path).await?;
    bring_up_to_date(&connection).await?;
    Ok(connection)
}

/// Writes the log into the main file, so that the main file alone is whole.
pub(super) async fn checkpoint_and_close(connection: DatabaseConnection) -> Result<(), StoreError> {
    connection.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    connection.close().await?;
    Ok(())
}

/// Gives up the log as well, so that the file can be read where nothing can be written.
pub(super) async fn close_as_one_file(connection: DatabaseConnection) -> Result<(), StoreError> {
    connection.execute_unprepared("PRAGMA journal_mode = DELETE").await?;
    connection.close().await?;
    Ok(())
}

/// `user_version` counts the migrations that the file has, which costs one read instead of four.
async fn bring_up_to_date(connection: &DatabaseConnection) -> Result<(), StoreError> {
    let wanted = i64::try_from(TenantMigrator::migrations().len()).unwrap_or(i64::MAX);
    let row =
        connection.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA user_version")).await?;
    let present = match row {
        Some(row) => i64::from(row.try_get_by_index::<i32>(0)?),
        None => 0,
    };
    if present > wanted {
        return Err(StoreError::Unsafe("the file was written by a newer version of Botyard".into()));
    }
    if present < wanted {
        let tx = begin_write(connection).await?;
        TenantMigrator::up(&tx, None).await?;
        tx.execute_unprepared(&format!("PRAGMA user_version = {wanted}")).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Reads the tables' definitions, and gives the pages back that they were read from: a third of what an
/// open file costs, of which there are a thousand.
async fn forget_schema_pages(connection: &DatabaseConnection) -> Result<(), StoreError> {
    connection.execute_unprepared("SELECT 1 FROM users LIMIT 0; PRAGMA shrink_memory").await?;
    Ok(())
}

/// The template for the present list of migrations; its name is the list's hash.
async fn template(folder: &Path) -> Result<PathBuf, StoreError> {
    let names: Vec<_> = TenantMigrator::migrations().iter().map(|step| step.name().to_owned()).collect();
    let digest = Sha256::digest(names.join("\n"));
    let hash = hex::encode(&digest[..8]);
    let path = folder.join("templates").join(format!("tenant-{hash}.db"));
    if path.exists() {
        return Ok(path);
    }
    let scratch = folder.join("templates").join(format!("making-{}.db", uuid::Uuid::now_v7().as_simple()));
    fs::create_dir_all(folder.join("templates"))?;
    let connection = create_empty(&scratch).await?;
    checkpoint_and_close(connection).await?;
    File::open(&scratch)?.sync_all()?;
    fs::rename(&scratch, &path)?;
    sync_folder(&path)?;
    Ok(path)
}

/// Copy, fsync, rename, fsync the folder: after a crash the file is whole or not there.
fn copy_durably(source: &Path, target: &Path) -> Result<(), StoreError> {
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent)?;
        sync_folder(parent)?;
    }
    let scratch = target.with_extension("new");
    fs::copy(source, &scratch)?;
    File::open(&scratch)?.sync_all()?;
    fs::rename(&scratch, target)?;
    sync_folder(target)
}

fn sync_folder(path: &Path) -> Result<(), StoreError> {
    if let Some(parent) = path.parent() {
        File::open(parent)?.sync_all()?;
    }
    Ok(())
}
