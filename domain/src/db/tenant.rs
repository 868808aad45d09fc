//! One tenant's database: every use of it is a transaction that knows its tenant.

use std::{sync::Mutex, time::Instant};

use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, Statement, TransactionTrait,
};

use super::{Conn, MasterDb, Sealer, StoreError, TRANSACTION_LIMIT, TenantConn, master::begin_write, wakeup};
use crate::{
    clock::{Clock, ShopClock},
    entities::master::tenant::TenantKind,
    ids::TenantId,
};

/// An open tenant database. Cheap to clone. Offers transactions only, so that nothing runs unscoped.
#[derive(Clone, Debug)]
pub struct TenantDb {
    pub(super) connection: DatabaseConnection,
    pub(super) tenant: TenantId,
    pub(super) kind: TenantKind,
    pub(super) clock: ShopClock,
    pub(super) sealer: Sealer,
    pub(super) master: MasterDb,
    pub(super) bell: wakeup::Bell,
}

/// A transaction of one tenant; dropped without commit it is rolled back.
#[derive(Debug)]
pub struct TenantTx {
    transaction: DatabaseTransaction,
    db: TenantDb,
    began: Instant,
    due_at: Mutex<Option<DateTime<Utc>>>,
}

impl TenantDb {
    /// Begins a read transaction. On SQLite a tenant has one connection: do not hold this while
    /// beginning another.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    #[expect(clippy::disallowed_methods, reason = "a read needs no IMMEDIATE")]
    pub async fn read(&self) -> Result<TenantTx, StoreError> {
        let transaction = self.connection.begin().await?;
        self.scoped(transaction).await
    }

    /// Begins a write transaction.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn write(&self) -> Result<TenantTx, StoreError> {
        let transaction = begin_write(&self.connection).await?;
        self.scoped(transaction).await
    }

    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    pub fn kind(&self) -> TenantKind {
        self.kind
    }

    /// The shop's clock.
    pub fn clock(&self) -> &ShopClock {
        &self.clock
    }

    /// Seals and opens this tenant's secrets.
    pub fn sealer(&self) -> &Sealer {
        &self.sealer
    }

    async fn scoped(&self, transaction: DatabaseTransaction) -> Result<TenantTx, StoreError> {
        if self.connection.get_database_backend() == DbBackend::Postgres {
            let scope = Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT set_config('app.tenant', $1, true)",
                [self.tenant.0.to_string().into()],
            );
            transaction.execute_raw(scope).await?;
        }
        Ok(TenantTx { transaction, db: self.clone(), began: Instant::now(), due_at: Mutex::new(None) })
    }
}

impl TenantTx {
    /// Commits. When the transaction queued a job, the hint for the workers is written first: one
    /// hint too many is fine, one missing is not.
    ///
    /// # Errors
    /// [`StoreError::TooLong`] after [`TRANSACTION_LIMIT`]; [`StoreError::Database`].
    pub async fn commit(self) -> Result<(), StoreError> {
        let due_at = *self.due_at.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(due_at) = due_at {
            let real = self.db.clock.to_real(due_at);
            wakeup::hint(&self.db.master, self.db.tenant, real).await?;
        }
        if self.began.elapsed() > TRANSACTION_LIMIT {
            self.transaction.rollback().await?;
            return Err(StoreError::TooLong);
        }
        self.transaction.commit().await?;
        if due_at.is_some() {
            self.db.bell.ring();
        }
        Ok(())
    }

    /// The shop's time.
    pub fn now(&self) -> DateTime<Utc> {
        self.db.clock.now()
    }
}

impl Conn for TenantTx {
    type Raw = DatabaseTransaction;

    fn raw(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}

impl TenantConn for TenantTx {
    fn tenant(&self) -> TenantId {
        self.db.tenant
    }

    fn clock(&self) -> &ShopClock {
        &self.db.clock
    }

    fn sealer(&self) -> &Sealer {
        &self.db.sealer
    }

    fn announce(&self, due_at: DateTime<Utc>) {
        let mut slot = self.due_at.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *slot = Some(slot.map_or(due_at, |earlier| earlier.min(due_at)));
    }
}
