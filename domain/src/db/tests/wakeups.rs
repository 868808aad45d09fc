//! The protocol of the hints, with two processes' connections and in the order that would lose work.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::Duration;
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::jobs::{Claimed, Job, JobError, Runner, Workers, enqueue, next_due, open_jobs};

#[derive(Serialize, Deserialize)]
struct Ping {}

impl Job for Ping {
    const KIND: &'static str = "ping";
}

/// What a worker of another process does with a due hint: true when it found work.
async fn look(test: &TestStore, elsewhere: &TenantStore) -> Option<bool> {
    let (master, began) = (elsewhere.master(), test.clock.now());
    let hint = wakeup::due(master, began, 9, &[]).await.unwrap().pop()?;
    let tx = elsewhere.open(hint.tenant_id).await.unwrap().read().await.unwrap();
    let next = next_due(&tx).await.unwrap();
    drop(tx);
    let found = next.map_or(wakeup::Look::Nothing, wakeup::Look::Next);
    wakeup::looked(master, &hint, found, began).await.unwrap();
    Some(next.is_some())
}

/// The hint is written, a worker looks and finds nothing, only then the tenant commits. A look that
/// deletes what it finds to be idle would lose the job.
#[tokio::test]
async fn a_commit_after_the_look_is_still_found() {
    for test in testing::stores().await {
        let (db, elsewhere) = (test.shop().await, test.reopened().await);
        let tx = db.write().await.unwrap();
        enqueue(&tx, &Ping {}, tx.now()).await.unwrap();
        let hinted = tx.write_hint().await.unwrap();
        assert!(hinted);

        assert_eq!(look(&test, &elsewhere).await, Some(false), "{}: seen too early", test.name());
        assert_eq!(look(&test, &elsewhere).await, None, "it was not moved ahead");

        tx.commit_hinted(hinted).await.unwrap();
        // Nobody writes another hint. The worker comes back by itself.
        test.clock.advance(Duration::seconds(1));
        assert_eq!(look(&test, &elsewhere).await, Some(true), "{}: the job was lost", test.name());
    }
}

#[tokio::test]
async fn looks_go_on_for_as_long_as_the_commit_may_take() {
    for test in testing::stores().await {
        let (db, elsewhere) = (test.shop().await, test.reopened().await);
        let tx = db.write().await.unwrap();
        enqueue(&tx, &Ping {}, tx.now()).await.unwrap();
        let hinted = tx.write_hint().await.unwrap();
        for _ in 0..i64::try_from(TRANSACTION_LIMIT.as_secs()).unwrap() {
            assert_ne!(look(&test, &elsewhere).await, Some(true));
            test.clock.advance(Duration::seconds(1));
        }
        tx.commit_hinted(hinted).await.unwrap();
        test.clock.advance(Duration::seconds(30));
        assert_eq!(look(&test, &elsewhere).await, Some(true), "{}: the job was lost", test.name());
    }
}

#[tokio::test]
async fn a_process_that_dies_between_hint_and_commit_leaves_nothing_but_looks_that_end() {
    for test in testing::stores().await {
        let (db, elsewhere) = (test.shop().await, test.reopened().await);
        let tx = db.write().await.unwrap();
        enqueue(&tx, &Ping {}, tx.now()).await.unwrap();
        tx.write_hint().await.unwrap();
        drop(tx);
        let mut looks = 0;
        for _ in 0..120 {
            if let Some(found) = look(&test, &elsewhere).await {
                assert!(!found, "{}: a job without its transaction", test.name());
                looks += 1;
            }
            test.clock.advance(Duration::seconds(1));
        }
        assert!(looks > 1);
        let all = wakeup::due(test.master(), test.clock.now() + Duration::days(9), 9, &[]).await.unwrap();
        assert!(all.is_empty(), "{}: looked into for ever", test.name());
        assert!(open_jobs(&db.read().await.unwrap()).await.unwrap().is_empty());
    }
}

struct Rings(Arc<Notify>);

#[async_trait]
impl Runner for Rings {
    async fn run_shop(&self, _db: &TenantDb, _job: &Claimed) -> Result<(), JobError> {
        self.0.notify_one();
        Ok(())
    }

    async fn run_platform(&self, job: &Claimed) -> Result<(), JobError> {
        Err(JobError::fail(&job.row.kind))
    }

    async fn tick(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

#[tokio::test]
async fn the_workers_of_another_process_run_what_is_committed_after_its_hint() {
    for test in testing::stores().await {
        let (db, elsewhere, ran) = (test.shop().await, test.reopened().await, Arc::new(Notify::new()));
        let stop = CancellationToken::new();
        let workers = Workers::new(elsewhere, Arc::new(Rings(ran.clone())));
        let workers = tokio::spawn(workers.run(stop.clone()));
        for _ in 0..5 {
            let tx = db.write().await.unwrap();
            enqueue(&tx, &Ping {}, tx.now()).await.unwrap();
            let hinted = tx.write_hint().await.unwrap();
            // The workers have looked, or wait for this writer to end.
            tokio::time::sleep(std::time::Duration::from_millis(600)).await;
            tx.commit_hinted(hinted).await.unwrap();
            test.clock.advance(Duration::seconds(1));
            let waited = tokio::time::timeout(std::time::Duration::from_secs(20), ran.notified()).await;
            assert!(waited.is_ok(), "{}: the job was lost", test.name());
        }
        stop.cancel();
        workers.await.unwrap();
    }
}

#[tokio::test]
async fn a_sweep_hints_every_tenant_behind_those_with_known_work() {
    for test in testing::stores().await {
        let (master, now) = (test.master(), test.clock.now());
        let [idle, later, due] = [test.shop().await, test.shop().await, test.shop().await];
        wakeup::hint(master, later.tenant(), now + Duration::hours(5)).await.unwrap();
        wakeup::hint_all(master).await.unwrap();
        test.clock.advance(Duration::seconds(1));
        wakeup::hint(master, due.tenant(), test.clock.now()).await.unwrap();
        let hints = wakeup::due(master, test.clock.now(), 9, &[]).await.unwrap();
        assert_eq!(hints[0].tenant_id, due.tenant(), "{}: work waits behind a sweep", test.name());
        assert_eq!(hints.len(), 3, "{}", test.name());
        assert!(hints[1..].iter().all(|hint| hint.swept), "{}", test.name());
        let some = wakeup::due(master, test.clock.now(), 9, &[due.tenant(), idle.tenant()]).await.unwrap();
        assert_eq!(some.iter().map(|hint| hint.tenant_id).collect::<Vec<_>>(), [later.tenant()]);
    }
}

#[tokio::test]
async fn a_hint_is_dropped_only_when_it_is_settled_and_unchanged() {
    for test in testing::stores().await {
        let (db, master) = (test.shop().await, test.master());
        let due = async || wakeup::due(master, test.clock.now() + Duration::days(1), 9, &[]).await.unwrap();
        wakeup::hint(master, db.tenant(), test.clock.now()).await.unwrap();
        let first = due().await.remove(0);
        test.clock.advance(wakeup::SETTLED - Duration::seconds(1));
        wakeup::looked(master, &first, wakeup::Look::Nothing, test.clock.now()).await.unwrap();
        assert_eq!(due().await.len(), 1, "dropped before it was settled");

        let settled = test.clock.now() + Duration::seconds(1);
        test.clock.advance(Duration::seconds(1));
        wakeup::hint(master, db.tenant(), test.clock.now()).await.unwrap();
        wakeup::looked(master, &first, wakeup::Look::Nothing, settled).await.unwrap();
        assert_eq!(due().await.len(), 1, "dropped although it was written again");

        let second = due().await.remove(0);
        test.clock.advance(wakeup::SETTLED);
        wakeup::looked(master, &second, wakeup::Look::Nothing, test.clock.now()).await.unwrap();
        assert!(due().await.is_empty());
    }
}
