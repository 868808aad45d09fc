//! The platform's database.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use chrono::{DateTime, Duration, Utc};
use migration::{MasterMigrator, MigratorTrait};
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};

use super::{Conn, DatabaseSettings, DatabaseUrl, MasterConn, Sealer, StoreError, connect, postgres, wakeup};
use crate::clock::{Clock, ShopClock};

/// The platform's database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct MasterDb {
    connection: DatabaseConnection,
    clock: Arc<dyn Clock>,
    platform_clock: ShopClock,
    sealer: Sealer,
    bell: wakeup::Bell,
}

/// A write transaction of the platform's database; dropped without commit it is rolled back.
#[derive(Debug)]
pub struct MasterTx {
    transaction: DatabaseTransaction,
    clock: Arc<dyn Clock>,
    platform_clock: ShopClock,
    bell: wakeup::Bell,
    queued: AtomicBool,
}

impl MasterDb {
    /// Opens the database and brings its tables up to date.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open(
        settings: &DatabaseSettings,
        key: [u8; 32],
        clock: Arc<dyn Clock>,
    ) -> Result<Self, StoreError> {
        let connection = match &settings.url {
            DatabaseUrl::Folder(folder) => {
                std::fs::create_dir_all(folder)?;
                let connection = connect::sqlite_of_platform(&folder.join("master.db")).await?;
                // Two processes that start together: the second waits, and finds the tables.
                let tx = begin_write(&connection).await?;
                MasterMigrator::up(&tx, None).await?;
                tx.commit().await?;
                connection
            }
            DatabaseUrl::Postgres(url) => {
                let schema = settings.schema("master");
                postgres::migrate::<MasterMigrator>(url, settings.migrate_url.as_deref(), &schema).await?;
                connect::postgres(url, &schema, settings.max_connections).await?
            }
        };
        let platform_clock = ShopClock::new(clock.clone(), Duration::zero());
        let (sealer, bell) = (Sealer::new(key, "platform"), wakeup::Bell::default());
        Ok(Self { connection, clock, platform_clock, sealer, bell })
    }

    /// Begins a write transaction.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn write(&self) -> Result<MasterTx, StoreError> {
        let transaction = begin_write(&self.connection).await?;
        Ok(MasterTx {
            transaction,
            clock: self.clock.clone(),
            platform_clock: self.platform_clock.clone(),
            bell: self.bell.clone(),
            queued: AtomicBool::new(false),
        })
    }

    /// Rung whenever a commit of this process made work due.
    pub fn bell(&self) -> &wakeup::Bell {
        &self.bell
    }

    /// Real time: sign-in, limits, leases, jobs.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// The time by which packages run. Real time, except on a sandbox server whose operator moved it
    /// ahead to see trials end.
    pub fn platform_clock(&self) -> &ShopClock {
        &self.platform_clock
    }

    /// Seals what belongs to the platform and the tenants' keys.
    pub fn sealer(&self) -> &Sealer {
        &self.sealer
    }

    /// Whether the data lies on PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        self.connection.get_database_backend() == DbBackend::Postgres
    }

    /// Answers a trivial query, for readiness.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.connection.ping().await?)
    }
}

impl MasterTx {
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn commit(self) -> Result<(), StoreError> {
        self.transaction.commit().await?;
        if self.queued.into_inner() {
            self.bell.ring();
        }
        Ok(())
    }

    /// Real time.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The time by which packages run; see [`MasterDb::platform_clock`].
    pub fn platform_now(&self) -> DateTime<Utc> {
        self.platform_clock.now()
    }

    /// Tells the transaction that it queued a job, so that the commit wakes the workers.
    pub fn announce(&self) {
        self.queued.store(true, Ordering::Relaxed);
    }
}

impl Conn for MasterDb {
    type Raw = DatabaseConnection;

    fn raw(&self) -> &DatabaseConnection {
        &self.connection
    }
}

impl Conn for MasterTx {
    type Raw = DatabaseTransaction;

    fn raw(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}

impl MasterConn for MasterDb {}
impl MasterConn for MasterTx {}

/// SQLite: `BEGIN IMMEDIATE`, because a deferred transaction that reads and then writes fails at
/// once when another one wrote in between, whatever the busy time-out.
#[expect(clippy::disallowed_methods, reason = "the one home of BEGIN")]
pub(super) async fn begin_write(connection: &DatabaseConnection) -> Result<DatabaseTransaction, StoreError> {
    let transaction = match connection.get_database_backend() {
        DbBackend::Sqlite => {
            let options = TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            };
            connection.begin_with_options(options).await?
        }
        _ => connection.begin().await?,
    };
    Ok(transaction)
}
