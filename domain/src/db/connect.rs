//! Where the databases are, and how connections to them are set up.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DbErr, RuntimeErr,
    sqlx::{
        Connection as _,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};

use super::OPEN_LIMIT;

/// Longest wait for a free connection.
pub(super) const CONNECTION_WAIT: Duration = Duration::from_secs(20);
/// Longest wait for the writer before; on PostgreSQL as on SQLite.
pub(super) const WRITER_WAIT: Duration = Duration::from_secs(10);

/// Until a switch to WAL is tried again.
const SWITCH_PAUSE: Duration = Duration::from_millis(20);
/// A connection to PostgreSQL that was used so short a time ago is not asked whether it is still there.
const SURELY_THERE: Duration = Duration::from_secs(5);
/// Pages that a connection keeps in memory, in KiB where negative
/// (<https://sqlite.org/pragma.html#pragma_cache_size>). What is not among them the system has in its own
/// cache.
const SHOP_CACHE: &str = "-64";
const PLATFORM_CACHE: &str = "-2000";
/// <https://sqlite.org/rescode.html#busy>
const SQLITE_BUSY: &str = "5";

/// Where the data lies.
#[derive(Clone)]
pub enum DatabaseUrl {
    /// A folder: `master.db` and one file for each tenant.
    Folder(PathBuf),
    /// A PostgreSQL server, by URL.
    Postgres(String),
}

impl std::fmt::Debug for DatabaseUrl {
    /// Without the URL's password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Folder(path) => write!(f, "{}", path.display()),
            Self::Postgres(text) => match url::Url::parse(text) {
                Ok(url) => write!(f, "postgres://{}{}", url.host_str().unwrap_or("?"), url.path()),
                Err(_) => f.write_str("postgres://?"),
            },
        }
    }
}

/// How to open the databases.
#[derive(Clone, Debug)]
pub struct DatabaseSettings {
    pub url: DatabaseUrl,
    /// Prefix of the two PostgreSQL schemas, `<prefix>_master` and `<prefix>_tenant`.
    pub schema_prefix: String,
    /// Connections of each PostgreSQL pool.
    pub max_connections: u32,
    /// A PostgreSQL role that may change tables, when the serving role may not.
    pub migrate_url: Option<String>,
    /// Tenant databases that are kept open.
    pub open_limit: u64,
}

impl DatabaseSettings {
    pub fn folder(path: impl Into<PathBuf>) -> Self {
        Self::new(DatabaseUrl::Folder(path.into()))
    }

    pub fn new(url: DatabaseUrl) -> Self {
        Self {
            url,
            schema_prefix: "botyard".into(),
            max_connections: 10,
            migrate_url: None,
            open_limit: OPEN_LIMIT,
        }
    }

    pub(super) fn schema(&self, scope: &str) -> String {
        format!("{}_{scope}", self.schema_prefix)
    }
}

/// Opens a shop's SQLite file: one of a thousand, so that it may keep few pages in memory.
pub(super) async fn sqlite_of_shop(path: &Path) -> Result<DatabaseConnection, DbErr> {
    sqlite(path, 1, SHOP_CACHE).await
}

/// Opens the platform's SQLite file, which everybody reads.
pub(super) async fn sqlite_of_platform(path: &Path) -> Result<DatabaseConnection, DbErr> {
    sqlite(path, 4, PLATFORM_CACHE).await
}

/// Opens a SQLite file. WAL with `synchronous=FULL`: NORMAL may roll committed transactions back on
/// power loss, which money does not forgive.
async fn sqlite(path: &Path, connections: u32, cache: &'static str) -> Result<DatabaseConnection, DbErr> {
    let begin = Instant::now();
    loop {
        let open = sqlite_with(path, connections, move |options| {
            options
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(WRITER_WAIT)
                .pragma("cache_size", cache)
        });
        match Box::pin(open).await {
            Err(error) if is_busy(&error) && begin.elapsed() < WRITER_WAIT => {
                tokio::time::sleep(SWITCH_PAUSE).await;
            }
            opened => return opened,
        }
    }
}

/// Two that switch a new file to WAL at the same moment each hold what the other one waits for, so that
/// SQLite refuses one of them at once, whatever the busy time-out.
fn is_busy(error: &DbErr) -> bool {
    let DbErr::Conn(RuntimeErr::SqlxError(error)) = error else { return false };
    error.as_database_error().and_then(|error| error.code()).is_some_and(|code| code == SQLITE_BUSY)
}

/// Opens a SQLite file that is there, and leaves it as it is.
pub(super) async fn sqlite_reading(path: &Path) -> Result<DatabaseConnection, DbErr> {
    sqlite_with(path, 1, |options| options.create_if_missing(false).read_only(true)).await
}

async fn sqlite_with(
    path: &Path,
    connections: u32,
    set: impl Fn(SqliteConnectOptions) -> SqliteConnectOptions + Send + Sync + 'static,
) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(format!("sqlite://{}", path.display()));
    options
        .max_connections(connections)
        .min_connections(0)
        .idle_timeout(Duration::from_secs(60))
        .acquire_timeout(CONNECTION_WAIT)
        // A file does not hang up; the question would cost every transaction a switch of threads.
        .test_before_acquire(false)
        // A disk that is full, or fails, makes SQLite roll a transaction back by itself. sqlx 0.9 goes on
        // counting it, so that the next one would begin inside of one that nobody commits, and be lost with
        // it: such a connection is thrown away.
        .map_sqlx_sqlite_before_acquire(|connection, _| {
            let is_free = !connection.is_in_transaction();
            Box::pin(async move { Ok(is_free) })
        })
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(set);
    Database::connect(options).await
}

/// Opens a pool whose unqualified table names mean `schema`.
pub(super) async fn postgres(url: &str, schema: &str, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url.to_owned());
    options
        .max_connections(connections)
        .min_connections(0)
        .acquire_timeout(CONNECTION_WAIT)
        // One that was in use a moment ago is there, and asking costs every transaction a round trip.
        .test_before_acquire_if_idle_for(SURELY_THERE)
        .sqlx_logging(false)
        .set_schema_search_path(schema.to_owned());
    Database::connect(options).await
}
