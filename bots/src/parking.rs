//! Chats that cannot be answered, kept apart from the others of their bot.
//!
//! Polling acknowledges up to the lowest update that is not finished and sees at most a hundred beyond
//! it: one chat that Telegram limits would stop the whole bot. So after a few tries its update is
//! stored in the tenant's database, which is as good as handled, and so are the later ones of the same
//! chat until it is worked off, in order. A webhook's updates stay with Telegram, which holds back
//! the chat's later ones by itself.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use domain::{db::StoreError, entities::tenant::parked_update, ids::RowId, shop::update::parked};

use crate::{
    context::Services,
    incoming::Incoming,
    queue::{Handled, Key},
    runner::{Runner, Work},
    running::RunningBot,
};

/// Pauses between the tries before an update is stored.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(3)];
/// The longest pause between tries of a stored one.
const LONGEST: Duration = Duration::from_secs(60);
/// Stored updates of a chat that are handled in one turn.
const AT_ONCE: usize = 4;
/// How long a chat waits for an update that was neither handled nor stored. Telegram has brought it
/// again long before, unless it is gone.
const GONE_AFTER: Duration = Duration::from_secs(3_600);

/// What a chat's queue holds.
#[derive(Clone, Debug)]
pub enum Task {
    /// By webhook: Telegram keeps it until it is acknowledged.
    Brought(Work),
    /// By polling.
    Fetched(Work),
    /// It is of no use later, whoever brought it.
    Now(Work),
    /// The chat's stored updates are due.
    WorkOff(Arc<RunningBot>, i64),
}

/// Handles updates, and keeps those that cannot be.
pub struct Parking {
    services: Arc<Services>,
    runner: Runner,
    held: Mutex<HashMap<Key, Held>>,
}

/// Why a chat's updates are not handled as they come.
#[derive(Clone, Copy, Debug)]
enum Held {
    /// Some are stored: later ones are put behind them.
    Stored { due: Instant, tries: u32 },
    /// This one was neither handled nor stored: later ones come again after it.
    Behind { update: i64, since: Instant },
}

impl Parking {
    pub fn new(services: Arc<Services>) -> Self {
        Self { runner: Runner::new(services.clone()), services, held: Mutex::default() }
    }

    /// Does what is next in a chat's queue.
    pub async fn handle(&self, task: Task) -> Handled {
        match task {
            Task::Now(work) => self.runner.handle(work).await,
            Task::Brought(work) if self.find(work.key()).is_none() => self.runner.handle(work).await,
            Task::Brought(work) | Task::Fetched(work) => self.handle_or_keep(work).await,
            Task::WorkOff(bot, chat) => {
                if let Err(error) = self.work_off(&bot, chat).await {
                    tracing::warn!(bot = %bot.id, %error, "stored updates could not be read");
                    self.try_later((bot.id, chat));
                }
                Handled::Done
            }
        }
    }

    /// Learns which chats of a bot have stored updates. They are due in a moment.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn take_up(&self, bot: &RunningBot) -> Result<(), StoreError> {
        let tx = self.services.store.open(bot.tenant).await?.read().await?;
        let chats = parked::chats(&tx, bot.id).await?;
        let mut held = self.held();
        held.retain(|(of, _), _| *of != bot.id);
        held.extend(chats.into_iter().map(|chat| ((bot.id, chat), Held::stored(0))));
        Ok(())
    }

    /// The chats whose stored updates should be tried now. Whoever asks puts a [`Task::WorkOff`] into
    /// their queues.
    pub fn take_due(&self, now: Instant) -> Vec<Key> {
        let mut due = Vec::new();
        for (key, held) in self.held().iter_mut() {
            if let Held::Stored { due: at, .. } = held
                && *at <= now
            {
                // Should the task be lost, another one follows.
                *at = now + LONGEST;
                due.push(*key);
            }
        }
        due
    }

    async fn handle_or_keep(&self, work: Work) -> Handled {
        let key = work.key();
        match self.find(key) {
            Some(Held::Stored { .. }) => return self.keep(&work).await,
            Some(Held::Behind { update, .. }) if update != work.incoming.update_id => return Handled::Failed,
            Some(Held::Behind { .. }) | None => {}
        }
        let mut pauses = PAUSES.iter();
        loop {
            if self.runner.handle(work.clone()).await == Handled::Done {
                self.held().remove(&key);
                return Handled::Done;
            }
            match pauses.next() {
                Some(pause) => tokio::time::sleep(*pause).await,
                None => break,
            }
        }
        let kept = self.keep(&work).await;
        let held = match kept {
            Handled::Done => Held::stored(0),
            Handled::Failed => Held::Behind { update: work.incoming.update_id, since: Instant::now() },
        };
        self.held().insert(key, held);
        kept
    }

    async fn keep(&self, work: &Work) -> Handled {
        match self.store(work).await {
            Ok(()) => {
                tracing::info!(bot = %work.bot.id, "an update waits for its chat");
                Handled::Done
            }
            Err(error) => {
                tracing::error!(bot = %work.bot.id, %error, "an update could not be stored; it comes again");
                Handled::Failed
            }
        }
    }

    async fn store(&self, work: &Work) -> Result<(), StoreError> {
        let (bot, chat) = work.key();
        let tx = self.services.store.open(work.bot.tenant).await?.write().await?;
        parked::park(&tx, bot, chat, work.incoming.update_id, &work.incoming).await?;
        tx.commit().await
    }

    /// Handles some of a chat's stored updates in their order, until one fails again or none is left.
    /// The rest follows in a turn of its own: what came meanwhile is stored in between.
    async fn work_off(&self, bot: &Arc<RunningBot>, chat: i64) -> Result<(), StoreError> {
        let key = (bot.id, chat);
        for _ in 0..AT_ONCE {
            let Some(row) = self.next(bot, chat).await? else {
                self.held().remove(&key);
                return Ok(());
            };
            let Ok(incoming) = serde_json::from_value::<Incoming>(row.update) else {
                tracing::error!(bot = %bot.id, "a stored update of another form is dropped");
                self.remove(bot, row.id).await?;
                continue;
            };
            if self.runner.handle(Work { bot: bot.clone(), incoming }).await == Handled::Failed {
                self.try_later(key);
                return Ok(());
            }
            self.remove(bot, row.id).await?;
        }
        self.held().insert(key, Held::Stored { due: Instant::now(), tries: 0 });
        Ok(())
    }

    /// The oldest stored update that is not too old.
    async fn next(&self, bot: &RunningBot, chat: i64) -> Result<Option<parked_update::Model>, StoreError> {
        let tx = self.services.store.open(bot.tenant).await?.write().await?;
        let mut next = parked::next(&tx, bot.id, chat).await?;
        while let Some(row) = next.take_if(|row| parked::is_expired(&tx, row)) {
            tracing::warn!(bot = %bot.id, "an update could not be answered for a day and is dropped");
            parked::remove(&tx, row.id).await?;
            next = parked::next(&tx, bot.id, chat).await?;
        }
        tx.commit().await?;
        Ok(next)
    }

    async fn remove(&self, bot: &RunningBot, id: RowId) -> Result<(), StoreError> {
        let tx = self.services.store.open(bot.tenant).await?.write().await?;
        parked::remove(&tx, id).await?;
        tx.commit().await
    }

    fn try_later(&self, key: Key) {
        let mut held = self.held();
        let tries = match held.get(&key) {
            Some(Held::Stored { tries, .. }) => *tries + 1,
            Some(Held::Behind { .. }) | None => 1,
        };
        held.insert(key, Held::stored(tries));
    }

    fn find(&self, key: Key) -> Option<Held> {
        let held = self.held().get(&key).copied();
        held.filter(|held| match held {
            Held::Stored { .. } => true,
            Held::Behind { since, .. } => since.elapsed() < GONE_AFTER,
        })
    }

    fn held(&self) -> MutexGuard<'_, HashMap<Key, Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// 2, 4, 8 … 60 s from now.
    fn stored(tries: u32) -> Self {
        let pause = Duration::from_secs(2 << tries.min(5)).min(LONGEST);
        Self::Stored { due: Instant::now() + pause, tries }
    }
}
