//! Updates that we fetch ourselves: one task for each bot, for installations without a public
//! address.
//!
//! The offset moves to the lowest update that is not finished, so what is being handled when the
//! process dies comes again. One that failed is fetched again before the later ones of its chat are
//! handled.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use futures::{FutureExt as _, StreamExt as _, future::BoxFuture, stream::FuturesUnordered};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::{
    api::{ApiError, BotApi},
    incoming::Incoming,
    queue::Handled,
    running::TokenOf,
};

/// How long one `getUpdates` waits for something to happen (at most 50 s at Telegram).
const LONG_POLL: Duration = Duration::from_secs(25);
/// How often is looked for more while updates are being handled.
const LOOK_AGAIN: Duration = Duration::from_millis(500);
/// The pause before an update that failed is fetched again.
const AFTER_FAILURE: Duration = Duration::from_secs(2);
/// 409s in a row before it counts as another program and not as our own last request, which
/// Telegram may still hold open after a restart.
const CONFLICTS: u32 = 3;

/// What happens to a polling bot that its manager wants to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Telegram accepts the token, and updates come.
    Running,
    /// The token was revoked. The polling has ended.
    Revoked,
    /// Another program fetches this bot's updates. Polling goes on.
    Conflict,
    /// No answer. Polling goes on.
    Unavailable(String),
}

/// Where updates go and what is told of the polling.
pub(crate) trait Sink: Send + Sync {
    /// `None` when there is no room now.
    fn submit(&self, token: TokenOf, incoming: Incoming) -> Option<BoxFuture<'static, Handled>>;

    fn changed(&self, token: TokenOf, change: Change) -> BoxFuture<'_, ()>;
}

/// Polls until `stop`, or until the token is revoked.
pub(crate) async fn poll(sink: Arc<dyn Sink>, token: TokenOf, api: BotApi, stop: CancellationToken) {
    let mut progress = Progress::default();
    let mut trouble = Trouble::default();
    // The first look does not wait, so that a new bot is known to run at once.
    let mut wait = Duration::ZERO;
    loop {
        let got = tokio::select! {
            () = stop.cancelled() => break,
            got = api.get_updates(progress.offset(), wait) => got,
        };
        let pause = match got {
            Ok(updates) => {
                if trouble.end() {
                    sink.changed(token, Change::Running).await;
                }
                for raw in updates {
                    progress.take(sink.as_ref(), token, raw);
                }
                Duration::ZERO
            }
            Err(ApiError::Unauthorized) => {
                sink.changed(token, Change::Revoked).await;
                return;
            }
            Err(error) => trouble.meet(sink.as_ref(), token, &api, error).await,
        };
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(pause) => {}
        }
        wait = progress.settle(&stop).await;
    }
    finish(progress, &api).await;
}

/// Waits for what is being handled and tells Telegram what is done, so that a restart does not
/// bring it again.
async fn finish(mut progress: Progress, api: &BotApi) {
    const PATIENCE: Duration = Duration::from_secs(5);
    let rest = async {
        while let Some((id, handled)) = progress.running.next().await {
            progress.end(id, handled);
        }
    };
    // Late ones come again; their effects are committed once.
    drop(tokio::time::timeout(PATIENCE, rest).await);
    if progress.next > 0 {
        let confirm = api.get_updates(progress.offset(), Duration::ZERO);
        if !matches!(tokio::time::timeout(PATIENCE, confirm).await, Ok(Ok(_))) {
            tracing::debug!("the last updates were not confirmed; they come again");
        }
    }
}

/// Which updates are finished.
#[derive(Default)]
struct Progress {
    /// One above the highest update seen.
    next: i64,
    /// What is not finished, by update.
    open: BTreeMap<i64, Open>,
    running: FuturesUnordered<BoxFuture<'static, (i64, Handled)>>,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    chat: Option<i64>,
    /// Else it has to be fetched again.
    running: bool,
}

impl Progress {
    fn offset(&self) -> i64 {
        self.open.keys().next().copied().unwrap_or(self.next)
    }

    fn take(&mut self, sink: &dyn Sink, token: TokenOf, raw: Value) {
        let Some(incoming) = Incoming::read(raw) else {
            tracing::warn!(bot = %token.bot, "an update without an id");
            return;
        };
        let (id, chat) = (incoming.update_id, incoming.chat());
        let is_new = id >= self.next;
        let failed = self.open.get(&id).is_some_and(|open| !open.running);
        if !is_new && !failed {
            return;
        }
        self.next = self.next.max(id + 1);
        let waits = self.open.range(..id).any(|(_, open)| !open.running && open.chat == chat);
        let handled = if waits { None } else { sink.submit(token, incoming) };
        self.open.insert(id, Open { chat, running: handled.is_some() });
        if let Some(handled) = handled {
            self.running.push(handled.map(move |handled| (id, handled)).boxed());
        }
    }

    fn end(&mut self, id: i64, handled: Handled) {
        match handled {
            Handled::Done => drop(self.open.remove(&id)),
            Handled::Failed => {
                if let Some(open) = self.open.get_mut(&id) {
                    open.running = false;
                }
            }
        }
    }

    /// Waits a little for what is being handled, and says how long the next look may wait.
    async fn settle(&mut self, stop: &CancellationToken) -> Duration {
        let look_again = tokio::time::sleep(LOOK_AGAIN);
        tokio::pin!(look_again);
        while !self.running.is_empty() {
            tokio::select! {
                Some((id, handled)) = self.running.next() => self.end(id, handled),
                () = &mut look_again => break,
                () = stop.cancelled() => break,
            }
        }
        if self.open.values().any(|open| !open.running) {
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(AFTER_FAILURE) => {}
            }
        }
        if self.open.is_empty() { LONG_POLL } else { Duration::ZERO }
    }
}

/// Failed looks in a row.
#[derive(Default)]
struct Trouble {
    begun: bool,
    count: u32,
    conflicts: u32,
}

impl Trouble {
    /// Whether the caller should tell that it runs (again).
    fn end(&mut self) -> bool {
        let tell = !self.begun || self.count > 0;
        *self = Self { begun: true, ..Self::default() };
        tell
    }

    /// Tells what is wrong, and says how long to wait.
    async fn meet(&mut self, sink: &dyn Sink, token: TokenOf, api: &BotApi, error: ApiError) -> Duration {
        self.count += 1;
        match error {
            ApiError::RetryAfter(seconds) => return Duration::from_secs(seconds),
            // A webhook of the bot's former life. What waits there is kept.
            ApiError::Conflict(text) if text.contains("webhook") => {
                if let Err(error) = api.delete_webhook().await {
                    tracing::warn!(bot = %token.bot, %error, "the old webhook could not be removed");
                }
            }
            ApiError::Conflict(_) => {
                self.conflicts += 1;
                if self.conflicts >= CONFLICTS {
                    sink.changed(token, Change::Conflict).await;
                }
            }
            error => {
                tracing::warn!(bot = %token.bot, %error, "no updates");
                sink.changed(token, Change::Unavailable(error.to_string())).await;
            }
        }
        backoff(self.count)
    }
}

/// 1, 2, 4 … 60 s.
fn backoff(count: u32) -> Duration {
    Duration::from_secs(1 << count.saturating_sub(1).min(6)).min(Duration::from_secs(60))
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use domain::ids::BotId;
    use serde_json::json;

    use super::*;

    /// Handles what it is told to; the rest stays open.
    #[derive(Default)]
    struct Scripted {
        taken: Mutex<Vec<i64>>,
        /// Refuses this one, once.
        refuses: Mutex<Option<i64>>,
    }

    impl Sink for Scripted {
        fn submit(&self, _: TokenOf, incoming: Incoming) -> Option<BoxFuture<'static, Handled>> {
            self.taken.lock().unwrap().push(incoming.update_id);
            let refused = self.refuses.lock().unwrap().take_if(|id| *id == incoming.update_id).is_some();
            (!refused).then(|| futures::future::pending().boxed())
        }

        fn changed(&self, _: TokenOf, _: Change) -> BoxFuture<'_, ()> {
            futures::future::ready(()).boxed()
        }
    }

    fn update(id: i64) -> Value {
        json!({ "update_id": id })
    }

    fn message(id: i64, chat: i64) -> Value {
        json!({ "update_id": id, "message": {
            "message_id": id, "date": 1_768_564_800, "text": "hello",
            "chat": { "id": chat, "type": "private", "first_name": "Sara" },
            "from": { "id": chat, "is_bot": false, "first_name": "Sara" },
        }})
    }

    fn token() -> TokenOf {
        TokenOf { bot: BotId::new(), secret_epoch: 1 }
    }

    #[test]
    fn the_offset_is_the_lowest_update_that_is_not_finished() {
        let (sink, bot, mut progress) = (Scripted::default(), token(), Progress::default());
        for id in [10, 11, 12] {
            progress.take(&sink, bot, update(id));
        }
        assert_eq!(progress.offset(), 10);
        progress.end(11, Handled::Done);
        assert_eq!(progress.offset(), 10);
        progress.end(10, Handled::Done);
        assert_eq!(progress.offset(), 12);
        progress.end(12, Handled::Done);
        assert_eq!(progress.offset(), 13);
    }

    #[test]
    fn an_update_that_comes_again_is_not_handled_again() {
        let (sink, bot, mut progress) = (Scripted::default(), token(), Progress::default());
        for id in [10, 11, 10, 11] {
            progress.take(&sink, bot, update(id));
        }
        progress.end(11, Handled::Done);
        progress.take(&sink, bot, update(11));
        assert_eq!(*sink.taken.lock().unwrap(), [10, 11]);
    }

    #[test]
    fn a_failed_update_is_handled_again() {
        let (sink, bot, mut progress) = (Scripted::default(), token(), Progress::default());
        progress.take(&sink, bot, update(10));
        progress.end(10, Handled::Failed);
        assert_eq!(progress.offset(), 10);
        progress.take(&sink, bot, update(10));
        assert_eq!(*sink.taken.lock().unwrap(), [10, 10]);
    }

    #[test]
    fn without_room_an_update_stays_with_telegram() {
        let (sink, bot, mut progress) = (Scripted::default(), token(), Progress::default());
        *sink.refuses.lock().unwrap() = Some(10);
        progress.take(&sink, bot, update(10));
        assert_eq!(progress.offset(), 10);
    }

    #[test]
    fn what_failed_goes_before_the_later_ones_of_its_chat() {
        let (sink, bot, mut progress) = (Scripted::default(), token(), Progress::default());
        *sink.refuses.lock().unwrap() = Some(10);
        for (id, chat) in [(10, 1), (11, 1), (12, 2)] {
            progress.take(&sink, bot, message(id, chat));
        }
        assert_eq!(*sink.taken.lock().unwrap(), [10, 12], "another chat does not wait");
        for (id, chat) in [(10, 1), (11, 1), (12, 2)] {
            progress.take(&sink, bot, message(id, chat));
        }
        assert_eq!(*sink.taken.lock().unwrap(), [10, 12, 10, 11]);
    }

    #[test]
    fn the_pause_grows_to_a_minute() {
        let seconds: Vec<_> = (1..=8).map(|count| backoff(count).as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 32, 60, 60]);
    }
}
