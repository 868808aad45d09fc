//! Which bots should run against which do, and everything that the server asks of bots.

mod host;
mod ramp;
mod start;

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use domain::{
    db::{StoreError, TenantStore},
    events::Events,
    ids::BotId,
    platform::bot,
    ports::VpnPanel,
    shop::payment::Providers,
};
use futures::{FutureExt as _, future::BoxFuture};
use tokio::sync::{Semaphore, mpsc};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{ramp::Ramp, start::Running};
use crate::{
    answered::Memory,
    broadcast::Uploaded,
    context::Services,
    incoming::Event,
    outbound::{Outbound, Pace},
    parking::{Parking, Task},
    queue::{Handled, Queues},
    runner::Work,
    running::TokenOf,
    shop::gate::Members,
    webhook::{self, WebhookAnswer},
};

/// Updates that may wait in the whole process.
const CAPACITY: usize = 8_192;
/// How often rows are compared with what runs, when nobody says that something changed.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Each so many looks, shops are read too: their names and languages change seldom.
const SHOPS_EVERY: u64 = 12;
/// Shops' databases that are opened at once at the start.
const TAKING_UP: usize = 4;
/// How often is looked for stored updates that are due.
const WORK_OFF_EVERY: Duration = Duration::from_secs(1);
/// How long updates under way may take at shutdown.
const DRAIN: Duration = Duration::from_secs(10);

/// What bots need from the server.
pub struct BotDeps {
    pub store: TenantStore,
    /// For the Bot API; its own time-outs are set for each call.
    pub http: reqwest::Client,
    pub providers: Providers,
    pub panel: Arc<dyn VpnPanel>,
    /// Told when a bot or its owner changed, for pages that are open.
    pub events: Events,
    pub settings: BotSettings,
}

/// How bots run.
#[derive(Clone, Debug)]
pub struct BotSettings {
    /// Base address of the Bot API.
    pub telegram_url: String,
    /// The emulator's, for shops of kind sandbox and preview; `None` where there is none.
    pub sandbox_telegram_url: Option<String>,
    /// Where people find our pages and, in webhook mode, Telegram reaches us.
    pub public_url: url::Url,
    pub updates: Updates,
    /// Whether users can be written to by mail.
    pub mail: bool,
    /// Bots that begin each minute to poll, or that set their webhook. Telegram lets an address load
    /// 20 unknown tokens a minute (tdlib/telegram-bot-api, `ClientManager.cpp`). `None` against an
    /// emulator.
    pub starts_per_minute: Option<u32>,
    /// How fast messages leave.
    pub pace: Pace,
}

/// Who brings updates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Updates {
    /// We ask for them; needs no public address.
    Polling,
    /// Telegram does: `POST {public_url}/tg/{public_id}`.
    Webhook,
}

/// Runs all bots of this process. Clones share it.
#[derive(Clone)]
pub struct BotManager(Arc<Inner>);

struct Inner {
    services: Arc<Services>,
    queues: Queues<Task>,
    parking: Arc<Parking>,
    http: reqwest::Client,
    settings: BotSettings,
    running: RwLock<HashMap<BotId, Running>>,
    by_public_id: RwLock<HashMap<String, BotId>>,
    looks: AtomicU64,
    /// Every bot was looked at since the process began.
    complete: AtomicBool,
    /// One reconciliation at a time.
    reconciling: tokio::sync::Mutex<()>,
    ramp: Ramp,
    /// Bots whose shop's database is asked for stored updates.
    taking_up: Semaphore,
    revoked: tokio::sync::Mutex<mpsc::UnboundedReceiver<TokenOf>>,
    tasks: TaskTracker,
}

impl BotManager {
    pub fn new(deps: BotDeps) -> Self {
        let (revoked, revoked_receiver) = mpsc::unbounded_channel();
        let outbound = Outbound::new(deps.settings.pace, deps.store.master().clone());
        let services = Arc::new(Services {
            answered: Memory::new(deps.store.master().clone()),
            store: deps.store,
            outbound,
            providers: deps.providers,
            panel: deps.panel,
            events: deps.events,
            public_url: deps.settings.public_url.clone(),
            updates: deps.settings.updates,
            mail: deps.settings.mail,
            members: Members::default(),
            uploaded: Uploaded::default(),
            revoked,
            changed: Arc::default(),
        });
        let parking = Arc::new(Parking::new(services.clone()));
        let queues = Queues::new(CAPACITY, {
            let parking = parking.clone();
            move |task| {
                let parking = parking.clone();
                async move { parking.handle(task).await }.boxed()
            }
        });
        Self(Arc::new(Inner {
            services,
            queues,
            parking,
            http: deps.http,
            ramp: Ramp::new(deps.settings.starts_per_minute),
            settings: deps.settings,
            running: RwLock::default(),
            by_public_id: RwLock::default(),
            looks: AtomicU64::default(),
            complete: AtomicBool::default(),
            taking_up: Semaphore::new(TAKING_UP),
            reconciling: tokio::sync::Mutex::default(),
            revoked: tokio::sync::Mutex::new(revoked_receiver),
            tasks: TaskTracker::new(),
        }))
    }

    /// Keeps the right bots running until `stop`, then lets what is under way finish.
    pub async fn run(&self, stop: CancellationToken) {
        let mut revoked = self.0.revoked.lock().await;
        self.0.tasks.spawn(self.0.clone().work_off(stop.clone()));
        loop {
            if let Err(error) = self.reconcile().await {
                tracing::error!(%error, "the bots could not be compared with their rows");
            }
            tokio::select! {
                () = stop.cancelled() => break,
                () = self.0.services.changed.notified() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
                Some(token) = revoked.recv() => self.0.note_revoked(token).await,
            }
        }
        self.shut_down().await;
    }

    /// Says that a bot's row changed, so that nobody waits for the next look.
    pub fn poke(&self) {
        self.0.services.poke();
    }

    /// Handles one request of `POST /tg/{public_id}`; `secret` is the header
    /// [`webhook::SECRET_HEADER`].
    pub async fn webhook(&self, public_id: &str, secret: Option<&str>, body: &[u8]) -> WebhookAnswer {
        let id = read(&self.0.by_public_id).get(public_id).copied();
        let Some((bot, expected)) = id.and_then(|id| self.0.webhook_of(id)) else {
            // Just after the start nobody knows yet which bots there are.
            let complete = self.0.complete.load(Ordering::Acquire);
            return if complete { WebhookAnswer::NotFound } else { WebhookAnswer::Busy { retry_after: 1 } };
        };
        if !webhook::is_authentic(&expected, secret) {
            return WebhookAnswer::Unauthorized;
        }
        let submit = |work| self.0.submit_work(work, Task::Brought);
        webhook::take(submit, bot, body, webhook::PATIENCE).await
    }

    /// Bots that run now.
    pub fn running(&self) -> Vec<BotId> {
        read(&self.0.running).keys().copied().collect()
    }

    /// Compares rows with what runs: starts, stops, renews.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn reconcile(&self) -> Result<(), StoreError> {
        let _one = self.0.reconciling.lock().await;
        let master = self.0.services.store.master();
        let rows = bot::service::desired(master).await?;
        let with_shops = self.0.looks.fetch_add(1, Ordering::Relaxed).is_multiple_of(SHOPS_EVERY);
        let mut surplus: HashSet<BotId> = self.running().into_iter().collect();
        for row in rows {
            surplus.remove(&row.id);
            let id = row.id;
            if (with_shops || !self.0.runs_as(&row))
                && let Err(error) = self.0.settle(row, false).await
            {
                // One bot's trouble is not the others'.
                tracing::error!(bot = %id, %error, "the bot cannot run as its row says");
            }
        }
        for id in surplus {
            self.0.stop(id);
        }
        self.0.complete.store(true, Ordering::Release);
        Ok(())
    }

    async fn shut_down(&self) {
        for id in self.running() {
            self.0.stop(id);
        }
        self.0.tasks.close();
        let drained = async {
            self.0.tasks.wait().await;
            while !self.0.queues.is_idle() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        if tokio::time::timeout(DRAIN, drained).await.is_err() {
            tracing::warn!("some updates were not finished; they come again");
        }
    }
}

impl Inner {
    /// Puts an update behind the others of its chat; `None` when there is no room. A payment that is about
    /// to be made waits for nobody: Telegram wants its answer within seconds.
    fn submit_work(&self, work: Work, task: fn(Work) -> Task) -> Option<BoxFuture<'static, Handled>> {
        if matches!(work.incoming.event, Event::Checkout { .. }) {
            let parking = self.parking.clone();
            let answered = self.tasks.spawn(async move { parking.handle(Task::Now(work)).await });
            return Some(answered.map(|handled| handled.unwrap_or(Handled::Failed)).boxed());
        }
        let done = self.queues.submit(work.key(), task(work)).ok()?;
        Some(done.map(|handled| handled.unwrap_or(Handled::Failed)).boxed())
    }

    /// Puts chats whose stored updates are due back into their queues, until `stop`.
    async fn work_off(self: Arc<Self>, stop: CancellationToken) {
        while stop.run_until_cancelled(tokio::time::sleep(WORK_OFF_EVERY)).await.is_some() {
            for key in self.parking.take_due(Instant::now()) {
                let Some(bot) = self.bot(key.0) else { continue };
                // Without room another try follows; nobody waits for its end.
                drop(self.queues.submit(key, Task::WorkOff(bot, key.1)));
            }
        }
    }
}

fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
