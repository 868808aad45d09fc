//! One tenant's database: every use of it is a transaction that knows its tenant.

use std::{
    sync::{Arc, Mutex},
    time::Instant,
};

use chrono::{DateTime, Utc};
use sea_orm::{
    AccessMode, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel, TransactionTrait,
};
use tokio::sync::OwnedMutexGuard;

use super::{
    Conn, MasterDb, Sealer, StoreError, TRANSACTION_LIMIT, TenantConn, connect::CONNECTION_WAIT,
    master::begin_write, postgres, wakeup,
};
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
    /// Writers of this process wait here and not at the database, where each would wait with one of
    /// the connections that all tenants share.
    pub(super) turn: Arc<tokio::sync::Mutex<()>>,
}

/// A transaction of one tenant; dropped without commit it is rolled back.
#[derive(Debug)]
pub struct TenantTx {
    transaction: DatabaseTransaction,
    _turn: Option<OwnedMutexGuard<()>>,
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
        if self.is_postgres() {
            postgres::enter(&transaction, self.tenant).await?;
        }
        Ok(self.begun(transaction, None))
    }

    /// Begins a read that sees one instant, however many queries follow. On SQLite every read does.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub(super) async fn snapshot(&self) -> Result<TenantTx, StoreError> {
        if !self.is_postgres() {
            return self.read().await;
        }
        let (isolation, access) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
        let transaction = self.connection.begin_with_config(Some(isolation), Some(access)).await?;
        postgres::enter(&transaction, self.tenant).await?;
        Ok(self.begun(transaction, None))
    }

    /// Begins a write transaction. A tenant has one writer at a time, on PostgreSQL as on SQLite: what
    /// this transaction has read stays true until it ends. Do not hold it while beginning another.
    ///
    /// # Errors
    /// [`StoreError::Database`]; also when the writer before it takes longer than the wait for a
    /// connection.
    pub async fn write(&self) -> Result<TenantTx, StoreError> {
        let turn = match tokio::time::timeout(CONNECTION_WAIT, self.turn.clone().lock_owned()).await {
            Ok(turn) => turn,
            Err(_) => return Err(StoreError::Busy(self.tenant)),
        };
        let transaction = begin_write(&self.connection).await?;
        if self.is_postgres() {
            postgres::enter_alone(&transaction, self.tenant).await?;
        }
        Ok(self.begun(transaction, Some(turn)))
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

    fn is_postgres(&self) -> bool {
        self.connection.get_database_backend() == DbBackend::Postgres
    }

    fn begun(&self, transaction: DatabaseTransaction, turn: Option<OwnedMutexGuard<()>>) -> TenantTx {
        TenantTx {
            transaction,
            _turn: turn,
            db: self.clone(),
            began: Instant::now(),
            due_at: Mutex::new(None),
        }
    }
}

impl TenantTx {
    /// Commits. When the transaction queued a job, the hint for the workers is written first: one
    /// hint too many is fine, one missing is not.
    ///
    /// # Errors
    /// [`StoreError::TooLong`] after [`TRANSACTION_LIMIT`]; [`StoreError::Database`].
    pub async fn commit(self) -> Result<(), StoreError> {
        let hinted = self.write_hint().await?;
        self.commit_hinted(hinted).await
    }

    /// The first half of a commit. Whether there was anything to announce.
    pub(super) async fn write_hint(&self) -> Result<bool, StoreError> {
        let due_at = *self.due_at.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(due_at) = due_at {
            let real = self.db.clock.to_real(due_at);
            wakeup::hint(&self.db.master, self.db.tenant, real).await?;
        }
        Ok(due_at.is_some())
    }

    /// The second half: from here on the work can be found.
    pub(super) async fn commit_hinted(self, hinted: bool) -> Result<(), StoreError> {
        if self.began.elapsed() > TRANSACTION_LIMIT {
            self.transaction.rollback().await?;
            return Err(StoreError::TooLong);
        }
        self.transaction.commit().await?;
        if hinted {
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

    fn master(&self) -> &MasterDb {
        &self.db.master
    }

    fn announce(&self, due_at: DateTime<Utc>) {
        let mut slot = self.due_at.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *slot = Some(slot.map_or(due_at, |earlier| earlier.min(due_at)));
    }
}
