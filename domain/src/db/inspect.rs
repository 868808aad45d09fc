//! A look at the data that changes nothing: no key, no file, no table is made and no migration applied.

use migration::{MasterMigrator, MigratorTrait, TenantMigrator};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, QuerySelect, Statement};

use super::{DatabaseSettings, DatabaseUrl, StoreError, connect, postgres, sqlite};
use crate::{entities::master::tenant, ids::TenantId};

/// Whether a database has its tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tables {
    /// Nobody has made them yet.
    Missing,
    /// Some migrations are still to be applied.
    Behind,
    UpToDate,
}

/// What is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inspection {
    pub platform: Tables,
    /// Shops that the platform knows.
    pub shops: usize,
    /// Shops whose tables are behind; on PostgreSQL all of them share theirs.
    pub shops_behind: usize,
    /// Shops whose file is gone.
    pub shops_missing: usize,
}

impl Inspection {
    const NOTHING: Self = Self { platform: Tables::Missing, shops: 0, shops_behind: 0, shops_missing: 0 };
}

/// Looks at the platform's database and at every shop's.
///
/// # Errors
/// [`StoreError::Database`] when one cannot be read; [`StoreError::Unsafe`] when row-level security
/// does not hold.
pub async fn inspect(settings: &DatabaseSettings) -> Result<Inspection, StoreError> {
    let master = match &settings.url {
        DatabaseUrl::Folder(folder) => {
            let file = folder.join("master.db");
            if !file.exists() {
                return Ok(Inspection::NOTHING);
            }
            connect::sqlite_reading(&file).await?
        }
        DatabaseUrl::Postgres(url) => connect::postgres(url, &settings.schema("master"), 1).await?,
    };
    let platform = tables::<MasterMigrator>(&master).await?;
    let shops = match platform {
        Tables::Missing => Vec::new(),
        Tables::Behind | Tables::UpToDate => {
            let ids = tenant::Entity::find().select_only().column(tenant::Column::Id);
            ids.into_tuple::<TenantId>().all(&master).await?
        }
    };
    master.close().await?;
    let mut found = Inspection { platform, shops: shops.len(), ..Inspection::NOTHING };
    match &settings.url {
        DatabaseUrl::Folder(folder) => {
            for shop in shops {
                let file = sqlite::path_of(folder, shop);
                if !file.exists() {
                    found.shops_missing += 1;
                    continue;
                }
                let connection = connect::sqlite_reading(&file).await?;
                if tables::<TenantMigrator>(&connection).await? != Tables::UpToDate {
                    found.shops_behind += 1;
                }
                connection.close().await?;
            }
        }
        DatabaseUrl::Postgres(url) => {
            let schema = settings.schema("tenant");
            let pool = connect::postgres(url, &schema, 1).await?;
            if tables::<TenantMigrator>(&pool).await? != Tables::UpToDate {
                found.shops_behind = found.shops;
            }
            postgres::self_test(&pool, &schema).await?;
            pool.close().await?;
        }
    }
    Ok(found)
}

/// The migrator's own question makes its table when it is missing.
async fn tables<M: MigratorTrait>(connection: &DatabaseConnection) -> Result<Tables, StoreError> {
    let backend = connection.get_database_backend();
    let is_there = match backend {
        DbBackend::Postgres => "SELECT 1 WHERE to_regclass('seaql_migrations') IS NOT NULL",
        _ => "SELECT 1 FROM sqlite_master WHERE name = 'seaql_migrations'",
    };
    if connection.query_one_raw(Statement::from_string(backend, is_there)).await?.is_none() {
        return Ok(Tables::Missing);
    }
    let applied = Statement::from_string(backend, "SELECT version FROM seaql_migrations");
    let mut versions = Vec::new();
    for row in connection.query_all_raw(applied).await? {
        versions.push(row.try_get::<String>("", "version")?);
    }
    let is_whole = M::migrations().iter().all(|step| versions.iter().any(|version| version == step.name()));
    Ok(if is_whole { Tables::UpToDate } else { Tables::Behind })
}
