//! The workers: look into the tenants that are hinted, run what is due, put the hint where it belongs.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use futures::future::join_all;
use tokio::sync::Semaphore;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{Claimed, JobError, claim, finish, next_due, reap, renew};
use crate::{
    db::{MasterDb, StoreError, TenantDb, TenantStore, wakeup},
    ids::TenantId,
};

/// Jobs of one queue that run at once.
const BATCH: u64 = 8;
/// Tenants looked into at once.
const TENANTS_AT_ONCE: usize = 32;
/// How often other processes' hints are looked for; our own ring the bell.
const POLL: Duration = Duration::from_millis(500);

/// How often a worker shows that it lives: three times in a lease.
const RENEW_EVERY: Duration = Duration::from_secs(2);
/// A job that takes longer is given up and tried again.
const AT_MOST: Duration = Duration::from_secs(50);

/// What the jobs do.
#[async_trait]
pub trait Runner: Send + Sync + 'static {
    /// A job of a tenant.
    async fn run_shop(&self, db: &TenantDb, job: &Claimed) -> Result<(), JobError>;

    /// A job of the platform.
    async fn run_platform(&self, job: &Claimed) -> Result<(), JobError>;

    /// Queues what the schedules ask for. Called about twice a second.
    async fn tick(&self) -> Result<(), StoreError>;
}

/// The loop that finds and runs jobs. Cheap to clone.
#[derive(Clone)]
pub struct Workers {
    store: TenantStore,
    runner: Arc<dyn Runner>,
    /// Names this process in leases.
    name: Arc<str>,
    busy: Arc<Mutex<HashSet<TenantId>>>,
    slots: Arc<Semaphore>,
}

impl std::fmt::Debug for Workers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workers").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Workers {
    pub fn new(store: TenantStore, runner: Arc<dyn Runner>) -> Self {
        let name = format!("{}-{}", std::process::id(), uuid::Uuid::now_v7().as_simple());
        Self {
            store,
            runner,
            name: name.into(),
            busy: Arc::default(),
            slots: Arc::new(Semaphore::new(TENANTS_AT_ONCE)),
        }
    }

    /// Runs until `stop`, then lets the jobs in hand end. Looks into every tenant first: hints may
    /// have been lost with a restored backup.
    pub async fn run(self, stop: CancellationToken) {
        let running = TaskTracker::new();
        if let Err(error) = self.sweep().await {
            tracing::error!(%error, "the sweep over all tenants failed");
        }
        while !stop.is_cancelled() {
            if let Err(error) = self.round(&running).await {
                tracing::error!(%error, "looking for due jobs failed");
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.store.master().bell().rung() => {}
                () = tokio::time::sleep(POLL) => {}
            }
        }
        running.close();
        running.wait().await;
    }

    /// Hints every tenant, so that each is looked into.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn sweep(&self) -> Result<(), StoreError> {
        let now = self.store.master().clock().now();
        for tenant in self.store.ids().await? {
            wakeup::hint(self.store.master(), tenant, now).await?;
        }
        Ok(())
    }

    async fn round(&self, running: &TaskTracker) -> Result<(), StoreError> {
        self.runner.tick().await?;
        let master = self.store.master();
        if self.take(TenantId(uuid::Uuid::nil())) {
            let this = self.clone();
            running.spawn(async move {
                if let Err(error) = this.platform_batch().await {
                    tracing::error!(%error, "a batch of platform jobs failed");
                }
                this.release(TenantId(uuid::Uuid::nil()));
            });
        }
        for hint in wakeup::due(master, master.clock().now(), 128).await? {
            if !self.take(hint.tenant_id) {
                continue;
            }
            let this = self.clone();
            running.spawn(async move {
                let tenant = hint.tenant_id;
                let slot = this.slots.acquire().await;
                if let Err(error) = this.visit(hint).await {
                    tracing::error!(%tenant, %error, "looking into a tenant failed");
                }
                drop(slot);
                this.release(tenant);
            });
        }
        Ok(())
    }

    /// Runs everything that is due in one tenant.
    async fn visit(&self, hint: wakeup::Hint) -> Result<(), StoreError> {
        let master = self.store.master();
        let db = match self.store.open(hint.tenant_id).await {
            Ok(db) => db,
            Err(StoreError::NoTenant(_)) => return wakeup::forget(master, hint.tenant_id).await,
            Err(error) => return Err(error),
        };
        loop {
            let began = master.clock().now();
            if self.shop_batch(&db).await? > 0 {
                continue;
            }
            let tx = db.read().await?;
            let look = match next_due(&tx).await? {
                Some(at) => wakeup::Look::Next(db.clock().to_real(at)),
                None => wakeup::Look::Nothing,
            };
            drop(tx);
            return wakeup::looked(master, &hint, look, began).await;
        }
    }

    async fn shop_batch(&self, db: &TenantDb) -> Result<usize, StoreError> {
        let tx = db.write().await?;
        reap(&tx).await?;
        let jobs = claim(&tx, &self.name, BATCH).await?;
        tx.commit().await?;
        let work = join_all(jobs.iter().map(|job| async {
            let outcome = within_limit(&job.row.kind, self.runner.run_shop(db, job)).await;
            if let Err(error) = finish_shop(db, job, &outcome).await {
                tracing::error!(job = %job.row.id, %error, "a job's end was not written; its lease will run out");
            }
        }));
        // Beside the work, which may hold the shop's one connection.
        tokio::select! {
            _ = work => {}
            () = keep_shop_leases(db, &self.name, &jobs) => {}
        }
        Ok(jobs.len())
    }

    async fn platform_batch(&self) -> Result<(), StoreError> {
        loop {
            let master = self.store.master();
            let tx = master.write().await?;
            reap(&tx).await?;
            let jobs = claim(&tx, &self.name, BATCH).await?;
            tx.commit().await?;
            if jobs.is_empty() {
                return Ok(());
            }
            let work = join_all(jobs.iter().map(|job| async {
                let outcome = within_limit(&job.row.kind, self.runner.run_platform(job)).await;
                if let Err(error) = finish_platform(master, job, &outcome).await {
                    tracing::error!(job = %job.row.id, %error, "a job's end was not written; its lease will run out");
                }
            }));
            tokio::select! {
                _ = work => {}
                () = keep_platform_leases(master, &self.name, &jobs) => {}
            }
        }
    }

    fn take(&self, tenant: TenantId) -> bool {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).insert(tenant)
    }

    fn release(&self, tenant: TenantId) {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).remove(&tenant);
    }
}

/// Runs every due job, of the platform and of all tenants, until none is due. For tests and tools.
///
/// # Errors
/// [`StoreError`].
pub async fn run_until_idle(store: &TenantStore, runner: Arc<dyn Runner>) -> Result<usize, StoreError> {
    let workers = Workers::new(store.clone(), runner);
    let mut total = 0;
    loop {
        workers.runner.tick().await?;
        workers.platform_batch().await?;
        let mut ran = 0;
        for tenant in store.ids().await? {
            ran += workers.shop_batch(&store.open(tenant).await?).await?;
        }
        if ran == 0 {
            return Ok(total);
        }
        total += ran;
    }
}

/// A panic is a failed attempt, not the end of the workers.
async fn within_limit(kind: &str, work: impl Future<Output = Result<(), JobError>>) -> Result<(), JobError> {
    let guarded = futures::FutureExt::catch_unwind(std::panic::AssertUnwindSafe(work));
    let outcome = match tokio::time::timeout(AT_MOST, guarded).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(JobError::retry("the handler panicked")),
        Err(_) => Err(JobError::retry("the handler took too long")),
    };
    match &outcome {
        Ok(()) => {}
        Err(JobError::Retry { reason, .. }) => tracing::info!(kind, reason, "a job is tried again later"),
        Err(JobError::Fail(reason)) => tracing::error!(kind, reason, "a job is dead"),
    }
    outcome
}

/// Shows that the worker lives, until the jobs are done and this is dropped.
async fn keep_shop_leases(db: &TenantDb, worker: &str, jobs: &[Claimed]) {
    loop {
        tokio::time::sleep(RENEW_EVERY).await;
        if let Err(error) = renew_shop(db, worker, jobs).await {
            tracing::warn!(%error, "leases were not renewed; other workers may take the jobs");
        }
    }
}

async fn keep_platform_leases(master: &MasterDb, worker: &str, jobs: &[Claimed]) {
    loop {
        tokio::time::sleep(RENEW_EVERY).await;
        if let Err(error) = renew_platform(master, worker, jobs).await {
            tracing::warn!(%error, "leases were not renewed; other workers may take the jobs");
        }
    }
}

async fn renew_shop(db: &TenantDb, worker: &str, jobs: &[Claimed]) -> Result<(), StoreError> {
    let tx = db.write().await?;
    renew(&tx, worker, jobs).await?;
    tx.commit().await
}

async fn renew_platform(master: &MasterDb, worker: &str, jobs: &[Claimed]) -> Result<(), StoreError> {
    let tx = master.write().await?;
    renew(&tx, worker, jobs).await?;
    tx.commit().await
}

async fn finish_shop(db: &TenantDb, job: &Claimed, outcome: &Result<(), JobError>) -> Result<(), StoreError> {
    let tx = db.write().await?;
    finish(&tx, job, outcome).await?;
    tx.commit().await
}

async fn finish_platform(
    master: &MasterDb,
    job: &Claimed,
    outcome: &Result<(), JobError>,
) -> Result<(), StoreError> {
    let tx = master.write().await?;
    finish(&tx, job, outcome).await?;
    tx.commit().await
}
