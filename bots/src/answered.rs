//! The memory of answered updates, as handlers use it: whoever has the turn writes for all who wait.
//!
//! An update is acknowledged after its answer is remembered, so one that comes again although it was
//! acknowledged shows nobody a screen twice. A crash between Telegram's answer and our commit does: there
//! nothing can tell the two apart.

use std::{
    collections::HashMap,
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
    /// The highest update of each bot that was answered, where no other process answers: Telegram counts
    /// upwards, so that what is higher is new and nobody has to ask the database.
    newest: Option<Mutex<HashMap<BotId, i64>>>,
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
        // Replicas share a PostgreSQL; the bots of a folder run in one process.
        let newest = (!master.is_postgres()).then(Mutex::default);
        Self { master, waiting: Mutex::default(), newest, turn: tokio::sync::Mutex::new(Instant::now()) }
    }

    /// Whether this update was answered before.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub(crate) async fn knows(&self, bot: BotId, update: i64) -> Result<bool, StoreError> {
        if self.is_new(bot, update).await? {
            return Ok(false);
        }
        Ok(answered::find(&self.master, bot, update).await?.is_some())
    }

    async fn is_new(&self, bot: BotId, update: i64) -> Result<bool, StoreError> {
        let Some(newest) = &self.newest else { return Ok(false) };
        let known = locked(newest).get(&bot).copied();
        let highest = match known {
            Some(highest) => highest,
            None => {
                let stored = answered::newest(&self.master, bot).await?.unwrap_or(i64::MIN);
                // Meanwhile another update of the bot may have been answered.
                *locked(newest).entry(bot).and_modify(|known| *known = stored.max(*known)).or_insert(stored)
            }
        };
        Ok(update > highest)
    }

    /// Before it is written, so that nobody takes it for new meanwhile.
    fn raise(&self, Answered { bot, update, .. }: Answered) {
        let Some(newest) = &self.newest else { return };
        // Answered though the database could not say what is new: from now on it is asked each time.
        let unknown = i64::MAX;
        locked(newest).entry(bot).and_modify(|highest| *highest = update.max(*highest)).or_insert(unknown);
    }

    /// Ends when it is remembered, or cannot be: then the log says so, and the update counts as answered
    /// all the same, because it was.
    pub(crate) async fn keep(&self, answered: Answered) {
        self.raise(answered);
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
        locked(&self.waiting)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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
                    assert!(!memory.knows(bot, update).await.unwrap());
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

    #[tokio::test]
    async fn the_next_process_knows_it_and_so_does_one_that_was_not_asked_before() {
        for test in testing::stores().await {
            let (bot, told) = (BotId::new(), Outcome::Told);
            let memory = Memory::new(test.master().clone());
            memory.keep(Answered { bot, update: 7, outcome: told }).await;
            for update in [6, 8] {
                assert!(!memory.knows(bot, update).await.unwrap(), "{update} on {}", test.name());
            }
            assert!(memory.knows(bot, 7).await.unwrap(), "{}", test.name());

            let next = Memory::new(test.master().clone());
            assert!(next.knows(bot, 7).await.unwrap(), "{}", test.name());
            assert!(!next.knows(bot, 5).await.unwrap(), "late, and not answered yet");
            next.keep(Answered { bot, update: 5, outcome: told }).await;
            assert!(next.knows(bot, 5).await.unwrap() && next.knows(bot, 7).await.unwrap());
            assert!(!next.knows(bot, 9).await.unwrap());
        }
    }
}
