//! Bounded queues, one for each (bot, chat): a chat's updates are handled in order, one chat never
//! waits for another, and when there is too much the source is told so instead of memory growing.

use std::{
    collections::{HashMap, VecDeque},
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::ids::BotId;
use futures::{FutureExt as _, future::BoxFuture};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

/// Updates of one chat that may wait.
const PER_CHAT: usize = 64;

/// A chat of a bot.
pub type Key = (BotId, i64);

/// How an update ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handled {
    /// Its effect is committed, or its sender was told that it failed: acknowledge it.
    Done,
    /// Neither: let it come again.
    Failed,
}

/// There is no room now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many updates wait")]
pub struct Full;

type Work<T> = dyn Fn(T) -> BoxFuture<'static, Handled> + Send + Sync;

/// The queues. Clones share them.
pub struct Queues<T>(Arc<Inner<T>>);

impl<T> Clone for Queues<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

struct Inner<T> {
    waiting: Mutex<HashMap<Key, VecDeque<Job<T>>>>,
    room: Arc<Semaphore>,
    capacity: usize,
    work: Box<Work<T>>,
}

struct Job<T> {
    item: T,
    done: oneshot::Sender<Handled>,
    _room: OwnedSemaphorePermit,
}

impl<T: Send + 'static> Queues<T> {
    /// At most `capacity` updates are in the queues or being worked on.
    pub fn new(
        capacity: usize,
        work: impl Fn(T) -> BoxFuture<'static, Handled> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(Inner {
            waiting: Mutex::default(),
            room: Arc::new(Semaphore::new(capacity)),
            capacity,
            work: Box::new(work),
        }))
    }

    /// Puts an item behind the others of its chat. The receiver tells how it ended.
    ///
    /// # Errors
    /// [`Full`].
    pub fn submit(&self, key: Key, item: T) -> Result<oneshot::Receiver<Handled>, Full> {
        let room = self.0.room.clone().try_acquire_owned().map_err(|_| Full)?;
        let (done, receiver) = oneshot::channel();
        let job = Job { item, done, _room: room };
        let mut waiting = self.waiting();
        if let Some(queue) = waiting.get_mut(&key) {
            if queue.len() >= PER_CHAT {
                return Err(Full);
            }
            queue.push_back(job);
        } else {
            waiting.insert(key, VecDeque::from([job]));
            tokio::spawn(self.clone().drain(key));
        }
        Ok(receiver)
    }

    /// Whether nothing waits and nothing is being worked on.
    pub fn is_idle(&self) -> bool {
        self.0.room.available_permits() == self.0.capacity
    }

    /// Works off one chat's queue, and ends with it.
    async fn drain(self, key: Key) {
        while let Some(job) = self.next(key) {
            let work = AssertUnwindSafe((self.0.work)(job.item)).catch_unwind();
            let handled = work.await.unwrap_or_else(|_| {
                tracing::error!(bot = %key.0, "the work on an update panicked");
                Handled::Failed
            });
            if job.done.send(handled).is_err() {
                tracing::debug!(bot = %key.0, "the source of an update did not wait for its end");
            }
        }
    }

    fn next(&self, key: Key) -> Option<Job<T>> {
        let mut waiting = self.waiting();
        let job = waiting.get_mut(&key).and_then(VecDeque::pop_front);
        if job.is_none() {
            waiting.remove(&key);
        }
        job
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<Key, VecDeque<Job<T>>>> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(chat: i64) -> Key {
        static BOT: std::sync::OnceLock<BotId> = std::sync::OnceLock::new();
        (*BOT.get_or_init(BotId::new), chat)
    }

    #[tokio::test]
    async fn a_chats_updates_are_handled_in_order() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = seen.clone();
        let queues = Queues::new(1_000, move |number: usize| {
            let log = log.clone();
            async move {
                for _ in 0..number % 3 {
                    tokio::task::yield_now().await;
                }
                log.lock().unwrap().push(number);
                Handled::Done
            }
            .boxed()
        });
        let receivers: Vec<_> = (0..60).map(|number| queues.submit(key(1), number).unwrap()).collect();
        for receiver in receivers {
            assert_eq!(receiver.await, Ok(Handled::Done));
        }
        assert_eq!(*seen.lock().unwrap(), (0..60).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn one_chat_does_not_wait_for_another() {
        let gate = Arc::new(Semaphore::new(0));
        let wait = gate.clone();
        let queues = Queues::new(10, move |slow: bool| {
            let wait = wait.clone();
            async move {
                if slow {
                    drop(wait.acquire().await);
                }
                Handled::Done
            }
            .boxed()
        });
        let slow = queues.submit(key(1), true).unwrap();
        assert_eq!(queues.submit(key(2), false).unwrap().await, Ok(Handled::Done));
        assert!(!queues.is_idle());
        gate.add_permits(1);
        assert_eq!(slow.await, Ok(Handled::Done));
    }

    #[tokio::test]
    async fn a_full_queue_says_so() {
        let queues = Queues::new(3, |(): ()| futures::future::pending().boxed());
        let kept: Vec<_> = (1..=3).map(|chat| queues.submit(key(chat), ()).unwrap()).collect();
        assert_eq!(queues.submit(key(4), ()).unwrap_err(), Full);
        assert_eq!(kept.len(), 3);
    }

    #[tokio::test]
    async fn a_panic_ends_one_update_and_not_the_chat() {
        let queues = Queues::new(10, |number: i32| {
            async move {
                assert_ne!(number, 1, "on purpose");
                Handled::Done
            }
            .boxed()
        });
        let first = queues.submit(key(1), 1).unwrap();
        let second = queues.submit(key(1), 2).unwrap();
        assert_eq!(first.await, Ok(Handled::Failed));
        assert_eq!(second.await, Ok(Handled::Done));
    }
}
