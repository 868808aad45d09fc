//! The workers: look into the tenants that are hinted, hand out what is due, put the hint where it
//! belongs. A look ends when the jobs are handed out, not when they are done.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use futures::future::join_all;
use tokio::{sync::Semaphore, time::Instant};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    Claimed, JobError,
    hand::{QueueDb, take, work},
    load::{Load, Look, PER_SHOP, PLATFORM, Work},
    next_due,
};
use crate::db::{StoreError, TenantDb, TenantStore, wakeup};

/// Tenants looked into at once.
const LOOKS_AT_ONCE: usize = 32;
/// Hints taken up in one round.
const HINTS: u64 = 128;
/// How often other processes' hints and the schedules are looked at; our own hints ring the bell.
const POLL: Duration = Duration::from_millis(500);

/// What the jobs do.
#[async_trait]
pub trait Runner: Send + Sync + 'static {
    /// A job of a tenant.
    async fn run_shop(&self, db: &TenantDb, job: &Claimed) -> Result<(), JobError>;

    /// A job of the platform.
    async fn run_platform(&self, job: &Claimed) -> Result<(), JobError>;

    /// Queues what the schedules ask for, and does nothing else: the workers wait for it, about twice
    /// a second.
    async fn tick(&self) -> Result<(), StoreError>;
}

/// The loop that finds and runs jobs. Cheap to clone.
#[derive(Clone)]
pub struct Workers {
    store: TenantStore,
    runner: Arc<dyn Runner>,
    /// Names this process in leases.
    name: Arc<str>,
    load: Arc<Load>,
    looks: Arc<Semaphore>,
    /// Everything under way. Closed when nothing new shall be begun.
    running: TaskTracker,
}

impl std::fmt::Debug for Workers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workers").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Workers {
    pub fn new(store: TenantStore, runner: Arc<dyn Runner>) -> Self {
        let name = format!("{}-{}", std::process::id(), uuid::Uuid::now_v7().as_simple());
        let load = Load::new(store.master().bell().clone());
        Self {
            store,
            runner,
            name: name.into(),
            load,
            looks: Arc::new(Semaphore::new(LOOKS_AT_ONCE)),
            running: TaskTracker::new(),
        }
    }

    /// Runs until `stop`, then lets the jobs in hand end. Has every tenant looked into once, behind
    /// those that are hinted: hints may have been lost with a restored backup.
    pub async fn run(self, stop: CancellationToken) {
        if let Err(error) = wakeup::hint_all(self.store.master()).await {
            tracing::error!(%error, "the sweep over all tenants failed");
        }
        let mut tick_at = Instant::now();
        while !stop.is_cancelled() {
            if Instant::now() >= tick_at {
                tick_at = Instant::now() + POLL;
                if let Err(error) = self.runner.tick().await {
                    tracing::error!(%error, "the schedules were not looked at");
                }
            }
            if let Err(error) = self.round().await {
                tracing::error!(%error, "looking for due jobs failed");
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.store.master().bell().rung() => {}
                () = tokio::time::sleep(POLL) => {}
            }
        }
        self.running.close();
        self.running.wait().await;
    }

    async fn round(&self) -> Result<(), StoreError> {
        if let Some(look) = self.load.look(PLATFORM) {
            let this = self.clone();
            self.running.spawn(async move {
                if let Err(error) = this.hand_out(this.store.master(), &look).await {
                    tracing::error!(%error, "looking for the platform's jobs failed");
                }
            });
        }
        let Some(occupied) = self.load.occupied() else { return Ok(()) };
        let master = self.store.master();
        for hint in wakeup::due(master, master.clock().now(), HINTS, &occupied).await? {
            let Some(look) = self.load.look(hint.tenant_id) else { continue };
            let this = self.clone();
            self.running.spawn(async move {
                let tenant = hint.tenant_id;
                let _place = this.looks.acquire().await;
                if let Err(error) = this.visit(&look, hint).await {
                    tracing::error!(%tenant, %error, "looking into a tenant failed");
                }
            });
        }
        Ok(())
    }

    /// Hands out what is due in one tenant, and writes down when to look again.
    async fn visit(&self, look: &Look, hint: wakeup::Hint) -> Result<(), StoreError> {
        let master = self.store.master();
        let began = master.clock().now();
        let db = match self.store.open(hint.tenant_id).await {
            Ok(db) => db,
            Err(StoreError::NoTenant(_)) => return wakeup::forget(master, hint.tenant_id).await,
            Err(error) => return Err(error),
        };
        if !self.hand_out(&db, look).await? {
            return Ok(());
        }
        let tx = db.read().await?;
        let found = match next_due(&tx).await? {
            Some(at) => wakeup::Look::Next(db.clock().to_real(at)),
            None => wakeup::Look::Nothing,
        };
        drop(tx);
        wakeup::looked(master, &hint, found, began).await
    }

    /// Begins the due jobs as far as there is room. False when some may be left: the hint stays as it
    /// is then, and the end of a job brings us back.
    async fn hand_out<D: QueueDb>(&self, db: &D, look: &Look) -> Result<bool, StoreError> {
        loop {
            let mut slots = look.slots();
            if slots.is_empty() || self.running.is_closed() {
                return Ok(false);
            }
            let jobs = take(db, &self.name, slots.len()).await?;
            let all = jobs.len() < slots.len();
            for job in jobs {
                let (db, runner, mut slot) = (db.clone(), self.runner.clone(), slots.pop());
                let taken_up = if job.row.lane.is_some() { Work::InLane } else { Work::Job };
                if let Some(slot) = &mut slot {
                    slot.take_up(taken_up);
                }
                self.running.spawn(async move {
                    work(&db, &*runner, &job).await;
                    drop(slot);
                });
            }
            if all {
                return Ok(true);
            }
        }
    }

    /// Takes jobs and sees them through. Returns how many there were.
    async fn batch<D: QueueDb>(&self, db: &D) -> Result<usize, StoreError> {
        let jobs = take(db, &self.name, PER_SHOP).await?;
        join_all(jobs.iter().map(|job| work(db, &*self.runner, job))).await;
        Ok(jobs.len())
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
        while workers.batch(store.master()).await? > 0 {}
        let mut ran = 0;
        for tenant in store.ids().await? {
            ran += workers.batch(&store.open(tenant).await?).await?;
        }
        if ran == 0 {
            return Ok(total);
        }
        total += ran;
    }
}
