//! The memory of answered updates, as handlers use it: whoever has the turn writes for all who wait.
//!
//! An update is acknowledged after its answer is remembered, so one that comes again although it was
//! acknowledged shows nobody a screen twice. A crash between Telegram's answer and our commit does: there
//! nothing can tell the two apart.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use domain::{
    db::{MasterDb, StoreError},
    ids::BotId,
    platform::bot::answered::{self, Answered},
};
use tokio::sync::oneshot;

/// How often old ones are forgotten.
const FORGET_EVERY: Duration = Duration::from_secs(60);

/// One for all bots.
#[derive(Debug)]
pub(crate) struct Memory {
    master: MasterDb,
    waiting: Mutex<Vec<Waiting>>,
    /// Whoever holds it writes; when old ones were forgotten last.
    turn: tokio::sync::Mutex<Instant>,
}

#[derive(Debug)]
struct Waiting {
    answered: Answered,
    kept: oneshot::Sender<()>,
}

impl Memory {
    pub(crate) fn new(master: MasterDb) -> Self {
        Self { master, waiting: Mutex::default(), turn: tokio::sync::Mutex::new(Instant::now()) }
    }

    /// Whether this update was answered before.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub(crate) async fn knows(&self, bot: BotId, update: i64) -> Result<bool, StoreError> {
        Ok(answered::find(&self.master, bot, update).await?.is_some())
    }

    /// Ends when it is remembered, or cannot be: then the log says so, and the update counts as answered
    /// all the same, because it was.
    pub(crate) async fn keep(&self, answered: Answered) {
        let (kept, mut told) = oneshot::channel();
        self.waiting().push(Waiting { answered, kept });
        loop {
            let mut forgotten_at = self.turn.lock().await;
            if !matches!(told.try_recv(), Err(oneshot::error::TryRecvError::Empty)) {
                return;
            }
            if let Err(error) = self.write().await {
                tracing::error!(%error, "answers are not remembered: updates that come again are answered again");
            }
            if forgotten_at.elapsed() > FORGET_EVERY {
                *forgotten_at = Instant::now();
                self.forget_old().await;
            }
        }
    }

    /// Writes what waits, as much as goes at once.
    async fn write(&self) -> Result<(), StoreError> {
        let batch: Vec<Waiting> = {
            let mut waiting = self.waiting();
            let count = waiting.len().min(answered::AT_ONCE);
            waiting.drain(..count).collect()
        };
        let rows: Vec<Answered> = batch.iter().map(|one| one.answered).collect();
        let written = answered::keep(&self.master, &rows).await;
        for one in batch {
            // Whoever does not wait any more has been shut down.
            let _ = one.kept.send(());
        }
        written
    }

    async fn forget_old(&self) {
        let forgotten = async {
            let tx = self.master.write().await?;
            answered::forget_old(&tx).await?;
            tx.commit().await
        };
        if let Err(error) = forgotten.await {
            tracing::warn!(%error, "old answers are not forgotten");
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::{entities::master::answered_update::Outcome, testing};
    use futures::future::join_all;

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_answered_at_once_is_remembered_in_a_few_commits_and_all_of_it() {
        for test in testing::stores().await {
            let (bot, memory) = (BotId::new(), Arc::new(Memory::new(test.master().clone())));
            let most = 2 * answered::AT_ONCE as i64 + 7;
            join_all((0..most).map(|update| {
                let memory = memory.clone();
                tokio::spawn(async move {
                    memory.keep(Answered { bot, update, outcome: Outcome::Told }).await;
                    assert!(memory.knows(bot, update).await.unwrap());
                })
            }))
            .await
            .into_iter()
            .for_each(|ended| ended.unwrap());
            assert!(!memory.knows(bot, most).await.unwrap());
            assert!(memory.waiting().is_empty());
        }
    }
}
