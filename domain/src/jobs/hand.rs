//! One job in hand: within its time, its lease kept alive beside it, its end written down.

use std::time::Duration;

use super::{Claimed, JobError, Queue, Runner, claim, finish, reap, renew};
use crate::db::{MasterDb, MasterTx, StoreError, TenantDb, TenantTx};

/// How often a worker shows that it lives: three times in a lease.
const RENEW_EVERY: Duration = Duration::from_secs(2);
/// A job that takes longer is given up and tried again.
const AT_MOST: Duration = Duration::from_secs(50);

/// A database with jobs in it: the platform's or a tenant's.
pub(super) trait QueueDb: Clone + Send + Sync + 'static {
    type Tx: Queue;

    fn begin(&self) -> impl Future<Output = Result<Self::Tx, StoreError>> + Send;

    fn end(tx: Self::Tx) -> impl Future<Output = Result<(), StoreError>> + Send;

    fn run(&self, runner: &dyn Runner, job: &Claimed) -> impl Future<Output = Result<(), JobError>> + Send;
}

impl QueueDb for TenantDb {
    type Tx = TenantTx;

    async fn begin(&self) -> Result<TenantTx, StoreError> {
        self.write().await
    }

    async fn end(tx: TenantTx) -> Result<(), StoreError> {
        tx.commit().await
    }

    async fn run(&self, runner: &dyn Runner, job: &Claimed) -> Result<(), JobError> {
        runner.run_shop(self, job).await
    }
}

impl QueueDb for MasterDb {
    type Tx = MasterTx;

    async fn begin(&self) -> Result<MasterTx, StoreError> {
        self.write().await
    }

    async fn end(tx: MasterTx) -> Result<(), StoreError> {
        tx.commit().await
    }

    async fn run(&self, runner: &dyn Runner, job: &Claimed) -> Result<(), JobError> {
        runner.run_platform(job).await
    }
}

/// Takes up to `limit` due jobs, among them those whose worker is gone.
pub(super) async fn take<D: QueueDb>(db: &D, worker: &str, limit: usize) -> Result<Vec<Claimed>, StoreError> {
    let tx = db.begin().await?;
    reap(&tx).await?;
    let jobs = claim(&tx, worker, limit as u64).await?;
    D::end(tx).await?;
    Ok(jobs)
}

/// Runs one claimed job to its end. When its lease passed to another worker it is dropped where it is.
pub(super) async fn work<D: QueueDb>(db: &D, runner: &dyn Runner, job: &Claimed) {
    let outcome = tokio::select! {
        outcome = within_limit(&job.row.kind, db.run(runner, job)) => outcome,
        () = keep_lease(db, job) => {
            tracing::warn!(job = %job.row.id, kind = job.row.kind, "a job's lease was lost");
            return;
        }
    };
    if let Err(error) = write_end(db, job, &outcome).await {
        tracing::error!(job = %job.row.id, %error, "a job's end was not written; its lease will run out");
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

/// Shows that the worker lives, beside the work, which may hold the shop's one connection. Ends when
/// the job is no longer ours.
async fn keep_lease<D: QueueDb>(db: &D, job: &Claimed) {
    loop {
        tokio::time::sleep(RENEW_EVERY).await;
        match write_lease(db, job).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                tracing::warn!(%error, "a lease was not renewed; another worker may take the job");
            }
        }
    }
}

async fn write_lease<D: QueueDb>(db: &D, job: &Claimed) -> Result<bool, StoreError> {
    let tx = db.begin().await?;
    let ours = renew(&tx, job).await?;
    D::end(tx).await?;
    Ok(ours)
}

async fn write_end<D: QueueDb>(
    db: &D,
    job: &Claimed,
    outcome: &Result<(), JobError>,
) -> Result<(), StoreError> {
    let tx = db.begin().await?;
    finish(&tx, job, outcome).await?;
    D::end(tx).await
}
