//! The job table's promises, on both databases, for the platform's jobs and a tenant's.

mod queue;
mod schedule;
mod worker;

use chrono::{DateTime, Utc};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};

use super::{Claimed, Job, JobError, enqueue, finish, hand::QueueDb, hand::take};
use crate::{
    db::Conn,
    entities::tenant::job::{self, JobState},
    ids::JobId,
};

/// A job with whatever the test needs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Ping {
    name: String,
    key: Option<String>,
    lane: Option<String>,
}

impl Job for Ping {
    const KIND: &'static str = "ping";
    const MAX_ATTEMPTS: i32 = 3;

    fn dedupe_key(&self) -> Option<String> {
        self.key.clone()
    }

    fn lane(&self) -> Option<String> {
        self.lane.clone()
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Urgent {}

impl Job for Urgent {
    const KIND: &'static str = "urgent";
    const PRIORITY: i32 = 20;
}

fn ping(name: &str) -> Ping {
    Ping { name: name.into(), ..Ping::default() }
}

fn keyed(name: &str, key: &str) -> Ping {
    Ping { key: Some(key.into()), ..ping(name) }
}

/// Runs the block with a tenant's queue and with the platform's, on each database.
macro_rules! on_every_queue {
    (|$db:ident, $clock:ident| $body:block) => {
        for test in crate::testing::stores().await {
            let $clock = &test.clock;
            {
                let $db = &test.shop().await;
                $body
            }
            {
                let $db = test.master();
                $body
            }
        }
    };
}
use on_every_queue;

async fn queue<D: QueueDb>(db: &D, job: &impl Job, run_at: DateTime<Utc>) {
    let tx = db.begin().await.unwrap();
    enqueue(&tx, job, run_at).await.unwrap();
    D::end(tx).await.unwrap();
}

/// What a worker gets when it asks for as many as there are.
async fn taken<D: QueueDb>(db: &D, worker: &str) -> Vec<Claimed> {
    take(db, worker, 100).await.unwrap()
}

async fn end<D: QueueDb>(db: &D, job: &Claimed, outcome: Result<(), JobError>) -> bool {
    let tx = db.begin().await.unwrap();
    let ours = finish(&tx, job, &outcome).await.unwrap();
    D::end(tx).await.unwrap();
    ours
}

async fn rows<D: QueueDb>(db: &D) -> Vec<job::Model> {
    let tx = db.begin().await.unwrap();
    job::Entity::find().all(tx.raw()).await.unwrap()
}

async fn row<D: QueueDb>(db: &D, id: JobId) -> job::Model {
    rows(db).await.into_iter().find(|row| row.id == id).unwrap()
}

async fn states<D: QueueDb>(db: &D) -> Vec<JobState> {
    let mut rows = rows(db).await;
    rows.sort_by_key(|row| row.id);
    rows.into_iter().map(|row| row.state).collect()
}

/// Commits; the database says of which kind the transaction is.
async fn finish_tx<D: QueueDb>(_db: &D, tx: D::Tx) {
    D::end(tx).await.unwrap();
}
