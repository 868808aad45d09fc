use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use tokio::{sync::Semaphore, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use super::*;
use crate::{
    clock::Clock,
    db::{StoreError, TenantDb},
    jobs::{Runner, Workers, load::PER_SHOP},
    testing::{self, TestStore},
};

/// Runs pings: those called `slow` wait for the gate, those called `panic` panic once.
#[derive(Debug)]
struct Pings {
    gate: Semaphore,
    ran: Mutex<HashMap<String, usize>>,
}

impl Pings {
    fn new() -> Arc<Self> {
        Arc::new(Self { gate: Semaphore::new(0), ran: Mutex::default() })
    }

    fn count(&self, name: &str) -> usize {
        self.ran.lock().unwrap().get(name).copied().unwrap_or_default()
    }

    /// Waits for the job, or fails the test.
    async fn until(&self, name: &str, times: usize) {
        let waiting = async {
            while self.count(name) < times {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        assert!(
            tokio::time::timeout(Duration::from_secs(20), waiting).await.is_ok(),
            "{name} ran {} times",
            self.count(name)
        );
    }

    async fn run(&self, job: &Claimed) -> Result<(), JobError> {
        let Ping { name, .. } = job.payload()?;
        *self.ran.lock().unwrap().entry(name.clone()).or_default() += 1;
        assert!(name != "panic" || self.count("panic") > 1, "as the test wants it");
        if name == "slow" {
            self.gate.acquire().await.unwrap().forget();
            *self.ran.lock().unwrap().entry("slow, ended".into()).or_default() += 1;
        }
        Ok(())
    }
}

#[async_trait]
impl Runner for Pings {
    async fn run_shop(&self, _db: &TenantDb, job: &Claimed) -> Result<(), JobError> {
        self.run(job).await
    }

    async fn run_platform(&self, job: &Claimed) -> Result<(), JobError> {
        self.run(job).await
    }

    async fn tick(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

fn start(test: &TestStore, pings: &Arc<Pings>) -> (CancellationToken, JoinHandle<()>) {
    let stop = CancellationToken::new();
    let workers = Workers::new(test.store.clone(), pings.clone());
    (stop.clone(), tokio::spawn(workers.run(stop)))
}

#[tokio::test]
async fn a_slow_job_holds_up_neither_its_shop_nor_another_nor_the_platform() {
    for test in testing::stores().await {
        let (shop, other, pings) = (test.shop().await, test.shop().await, Pings::new());
        let now = test.clock.now();
        for _ in 0..PER_SHOP - 1 {
            queue(&shop, &ping("slow"), now).await;
        }
        queue(test.master(), &ping("slow"), now).await;
        let (stop, workers) = start(&test, &pings);
        pings.until("slow", PER_SHOP).await;

        queue(&shop, &ping("same shop"), now).await;
        queue(&other, &ping("other shop"), now).await;
        queue(test.master(), &ping("platform"), now).await;
        for name in ["same shop", "other shop", "platform"] {
            pings.until(name, 1).await;
        }
        assert_eq!(pings.count("slow, ended"), 0);
        pings.gate.add_permits(PER_SHOP);
        stop.cancel();
        workers.await.unwrap();
    }
}

#[tokio::test]
async fn a_shop_has_its_share_of_the_workers_and_gets_more_when_one_is_free_again() {
    for test in testing::stores().await {
        let (shop, pings) = (test.shop().await, Pings::new());
        for _ in 0..=PER_SHOP {
            queue(&shop, &ping("slow"), test.clock.now()).await;
        }
        let (stop, workers) = start(&test, &pings);
        pings.until("slow", PER_SHOP).await;
        let running = states(&shop).await.iter().filter(|state| **state == JobState::Running).count();
        assert_eq!(running, PER_SHOP, "{}", test.name());
        pings.gate.add_permits(1);
        // Nobody writes a hint here: the end of the job brings the worker back.
        pings.until("slow", PER_SHOP + 1).await;
        pings.gate.add_permits(PER_SHOP);
        pings.until("slow, ended", PER_SHOP + 1).await;
        stop.cancel();
        workers.await.unwrap();
        assert!(states(&shop).await.iter().all(|state| *state == JobState::Done));
    }
}

#[tokio::test]
async fn workers_that_are_stopped_end_what_they_have_in_hand_and_begin_nothing() {
    for test in testing::stores().await {
        let (shop, pings) = (test.shop().await, Pings::new());
        queue(&shop, &ping("slow"), test.clock.now()).await;
        let (stop, workers) = start(&test, &pings);
        pings.until("slow", 1).await;
        stop.cancel();
        queue(&shop, &ping("too late"), test.clock.now()).await;
        pings.gate.add_permits(1);
        workers.await.unwrap();
        assert_eq!(states(&shop).await, [JobState::Done, JobState::Ready], "{}", test.name());
    }
}

#[tokio::test]
async fn a_job_that_panics_is_tried_again() {
    for test in testing::stores().await {
        let (shop, pings) = (test.shop().await, Pings::new());
        queue(&shop, &ping("panic"), test.clock.now()).await;
        let (stop, workers) = start(&test, &pings);
        pings.until("panic", 1).await;
        while states(&shop).await != [JobState::Ready] {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        test.clock.advance(chrono::Duration::seconds(10));
        pings.until("panic", 2).await;
        stop.cancel();
        workers.await.unwrap();
        assert_eq!(states(&shop).await, [JobState::Done]);
    }
}
