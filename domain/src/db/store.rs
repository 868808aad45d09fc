//! All tenants' databases: makes, opens, closes and deletes them.
//!
//! At most [`OPEN_LIMIT`] are kept open; each open SQLite file costs a thread, three file descriptors and
//! a third of a megabyte once it was used, and opening one again takes milliseconds.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use migration::TenantMigrator;
use moka::{future::Cache, policy::EvictionPolicy};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseConnection, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

use super::{
    Conn, DatabaseSettings, DatabaseUrl, MasterDb, MasterTx, Origin, SealedIn, Sealer, StoreError, TenantDb,
    TenantTx, connect, master::begin_write, postgres, sqlite, transfer, wakeup,
};
use crate::{
    clock::ShopClock,
    entities::master::tenant::{self, Placement, TenantKind},
    ids::{CustomerId, TenantId},
    money::Currency,
};

/// Tenant files that are kept open. One that somebody holds stays usable beyond that.
pub const OPEN_LIMIT: u64 = 1_024;
/// A file that nobody asked for in this time is closed.
const IDLE: Duration = Duration::from_secs(60);

/// All tenants' databases. Cheap to clone.
#[derive(Clone, Debug)]
pub struct TenantStore {
    pub(super) inner: Arc<Inner>,
}

#[derive(Debug)]
pub(super) struct Inner {
    master: MasterDb,
    backend: Backend,
    pub(super) open: Cache<TenantId, TenantDb>,
    /// One clock for each tenant seen, so that every user of a shop sees it move.
    clocks: Mutex<HashMap<TenantId, ShopClock>>,
}

#[derive(Debug)]
enum Backend {
    Folder(PathBuf),
    Postgres(DatabaseConnection),
}

/// What a new shop starts from.
#[derive(Clone, Debug)]
pub struct NewTenant {
    pub customer: CustomerId,
    pub name: String,
    pub kind: TenantKind,
    pub locale: String,
    pub currency: Currency,
    pub utc_offset_minutes: i32,
    pub starter_pack: String,
}

impl TenantStore {
    /// Opens the store beside an open master database; on PostgreSQL migrates the shared tables and
    /// tests that they keep tenants apart.
    ///
    /// # Errors
    /// [`StoreError::Unsafe`] when row-level security does not hold; [`StoreError::Database`].
    pub async fn open_all(settings: &DatabaseSettings, master: MasterDb) -> Result<Self, StoreError> {
        let backend = match &settings.url {
            DatabaseUrl::Folder(folder) => Backend::Folder(folder.clone()),
            DatabaseUrl::Postgres(url) => {
                let schema = settings.schema("tenant");
                postgres::migrate::<TenantMigrator>(url, settings.migrate_url.as_deref(), &schema).await?;
                let pool = connect::postgres(url, &schema, settings.max_connections).await?;
                postgres::self_test(&pool, &schema).await?;
                Backend::Postgres(pool)
            }
        };
        let open = Cache::builder()
            .max_capacity(settings.open_limit)
            // The default would rather refuse a newcomer than close what was often used once.
            .eviction_policy(EvictionPolicy::lru())
            .time_to_idle(IDLE)
            .build();
        Ok(Self { inner: Arc::new(Inner { master, backend, open, clocks: Mutex::default() }) })
    }

    pub fn master(&self) -> &MasterDb {
        &self.inner.master
    }

    /// Makes a tenant's database and, in the caller's transaction, its row. A crash in between
    /// leaves an empty file that nothing points to.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn create(&self, tx: &MasterTx, new: NewTenant) -> Result<TenantId, StoreError> {
        let row = self.new_row(new).await?;
        let id = row.id;
        tenant::Entity::insert(row.into_active_model()).exec_without_returning(tx.raw()).await?;
        Ok(id)
    }

    /// Makes the database of a shop that is read back, and opens it before anything points to it.
    pub(super) async fn prepare(
        &self,
        customer: CustomerId,
        origin: &Origin,
    ) -> Result<(tenant::ActiveModel, TenantDb), StoreError> {
        let Origin { name, kind, locale, currency, utc_offset_minutes, starter_pack, .. } = origin.clone();
        let new = NewTenant { customer, name, kind, locale, currency, utc_offset_minutes, starter_pack };
        let mut row = self.new_row(new).await?;
        row.clock_offset_seconds = origin.clock_offset_seconds;
        let db = self.connect(&row).await?;
        Ok((row.into_active_model(), db))
    }

    async fn new_row(&self, new: NewTenant) -> Result<tenant::Model, StoreError> {
        let id = TenantId::new();
        let key = Sealer::random_key()?;
        let sealed_key = self.inner.master.sealer().seal_bytes(key_place(id), &key)?;
        let placement = match &self.inner.backend {
            Backend::Folder(folder) => {
                sqlite::create(folder, id).await?;
                Placement::SqliteFile
            }
            Backend::Postgres(_) => Placement::Postgres,
        };
        Ok(tenant::Model {
            id,
            customer_id: new.customer,
            name: new.name,
            kind: new.kind,
            placement,
            locale: new.locale,
            currency: new.currency,
            utc_offset_minutes: new.utc_offset_minutes,
            starter_pack: new.starter_pack,
            clock_offset_seconds: 0,
            sealed_key,
            created_at: self.inner.master.clock().now(),
        })
    }

    /// Removes everything that the tenant's own database holds, the append-only rows too. Its key is in
    /// the master's row; `platform::tenant::erase` drops both.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn remove(&self, id: TenantId) -> Result<(), StoreError> {
        self.close(id).await;
        self.inner.clocks.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
        match &self.inner.backend {
            Backend::Folder(folder) => sqlite::remove(&sqlite::path_of(folder, id))?,
            Backend::Postgres(pool) => {
                let tx = begin_write(pool).await?;
                postgres::enter_alone(&tx, id).await?;
                postgres::erase(&tx, id, transfer::table_names().into_iter().rev()).await?;
                tx.commit().await?;
            }
        }
        Ok(())
    }

    /// # Errors
    /// [`StoreError::NoTenant`] and the rest of [`StoreError`].
    pub async fn open(&self, id: TenantId) -> Result<TenantDb, StoreError> {
        if let Some(db) = self.inner.open.get(&id).await {
            return Ok(db);
        }
        // Two at once open it twice; the second replaces the first, which closes when it is let go.
        let db = self.open_now(id).await?;
        self.inner.open.insert(id, db.clone()).await;
        Ok(db)
    }

    /// For a short look by a task that goes through all tenants: one that is not open is not kept open,
    /// in place of one that is in use.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_briefly(&self, id: TenantId) -> Result<TenantDb, StoreError> {
        match self.inner.open.get(&id).await {
            Some(db) => Ok(db),
            None => self.open_now(id).await,
        }
    }

    /// The tenants that come after one, in the order of their ids.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn ids_after(&self, after: Option<TenantId>, limit: u64) -> Result<Vec<TenantId>, StoreError> {
        let mut query = tenant::Entity::find()
            .select_only()
            .column(tenant::Column::Id)
            .order_by_asc(tenant::Column::Id)
            .limit(limit);
        if let Some(after) = after {
            query = query.filter(tenant::COLUMN.id.gt(after));
        }
        Ok(query.into_tuple().all(self.inner.master.raw()).await?)
    }

    /// Every tenant.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn ids(&self) -> Result<Vec<TenantId>, StoreError> {
        Ok(tenant::Entity::find()
            .select_only()
            .column(tenant::Column::Id)
            .into_tuple()
            .all(self.inner.master.raw())
            .await?)
    }

    /// Moves the clock of a sandbox or preview shop, and wakes its jobs.
    ///
    /// # Errors
    /// [`StoreError::Unsafe`] for a live shop; the rest of [`StoreError`].
    pub async fn move_clock(&self, id: TenantId, by: chrono::Duration) -> Result<(), StoreError> {
        let db = self.open(id).await?;
        if db.kind() == TenantKind::Live {
            return Err(StoreError::Unsafe("the clock of a live shop does not move".into()));
        }
        let offset = db.clock().offset() + by;
        tenant::Entity::update_many()
            .col_expr(tenant::Column::ClockOffsetSeconds, Expr::value(offset.num_seconds()))
            .filter(tenant::COLUMN.id.eq(id))
            .exec(self.inner.master.raw())
            .await?;
        db.clock().set_offset(offset);
        self.wake(id, self.inner.master.clock().now()).await
    }

    /// Announces that a tenant has work at this real instant, outside any tenant transaction.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn wake(&self, id: TenantId, due_at: DateTime<Utc>) -> Result<(), StoreError> {
        wakeup::hint(&self.inner.master, id, due_at).await?;
        self.inner.master.bell().ring();
        Ok(())
    }

    /// Forgets the open database, so that the next use opens it again.
    pub async fn close(&self, id: TenantId) {
        if let Some(db) = self.inner.open.remove(&id).await
            && let Backend::Folder(_) = self.inner.backend
            && let Err(error) = db.connection.close().await
        {
            tracing::warn!(%id, %error, "a tenant's database did not close cleanly");
        }
    }

    /// Renames the shop.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn rename(&self, tx: &MasterTx, id: TenantId, name: &str) -> Result<(), StoreError> {
        let row = tenant::ActiveModel { id: Set(id), name: Set(name.to_owned()), ..Default::default() };
        row.update(tx.raw()).await?;
        Ok(())
    }

    /// A read of one instant. On SQLite on a connection of its own, because the shop has but one.
    pub(super) async fn snapshot(&self, id: TenantId) -> Result<TenantTx, StoreError> {
        let db = self.open(id).await?;
        let db = match &self.inner.backend {
            Backend::Folder(folder) => TenantDb { connection: sqlite::open(folder, id).await?, ..db },
            Backend::Postgres(_) => db,
        };
        db.snapshot().await
    }

    pub(super) async fn row(&self, id: TenantId) -> Result<Option<tenant::Model>, StoreError> {
        Ok(tenant::Entity::find_by_id(id).one(self.inner.master.raw()).await?)
    }

    async fn open_now(&self, id: TenantId) -> Result<TenantDb, StoreError> {
        let row = self.row(id).await?.ok_or(StoreError::NoTenant(id))?;
        self.connect(&row).await
    }

    async fn connect(&self, row: &tenant::Model) -> Result<TenantDb, StoreError> {
        let id = row.id;
        let key = self.inner.master.sealer().open_bytes(key_place(id), &row.sealed_key)?;
        let key: [u8; 32] = key.try_into().map_err(|_| super::CryptoError::DoesNotOpen)?;
        let connection = match &self.inner.backend {
            Backend::Folder(folder) => sqlite::open(folder, id).await?,
            Backend::Postgres(pool) => pool.clone(),
        };
        Ok(TenantDb {
            connection,
            tenant: id,
            kind: row.kind,
            clock: self.clock_of(row),
            sealer: Sealer::new(key, id.to_string()),
            master: self.inner.master.clone(),
            bell: self.inner.master.bell().clone(),
            turn: Arc::default(),
        })
    }

    fn clock_of(&self, row: &tenant::Model) -> ShopClock {
        let mut clocks = self.inner.clocks.lock().unwrap_or_else(PoisonError::into_inner);
        let offset = chrono::Duration::seconds(row.clock_offset_seconds);
        clocks
            .entry(row.id)
            .or_insert_with(|| ShopClock::new(self.inner.master.clock().clone(), offset))
            .clone()
    }
}

fn key_place(id: TenantId) -> SealedIn<'static> {
    SealedIn { table: "tenants", column: "sealed_key", row: id.0 }
}
