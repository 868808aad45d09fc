//! Starting, renewing and stopping one bot.

use std::{sync::Arc, time::Instant};

use domain::{
    db::StoreError,
    entities::master::{
        bot_instance::{self, BotState},
        tenant::{self as tenant_row, TenantKind},
    },
    events::EventKind,
    ids::BotId,
    platform::{bot, tenant},
};
use futures::{FutureExt as _, future::BoxFuture};
use secrecy::SecretString;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{BotSettings, Inner, Updates, read, write};
use crate::{
    api::{ApiError, BotApi},
    commands,
    incoming::Incoming,
    polling::{self, Change, Sink},
    queue::Handled,
    runner::Work,
    running::RunningBot,
};

/// A bot in the manager's books.
pub(super) struct Running {
    pub(super) bot: Arc<RunningBot>,
    row: bot_instance::Model,
    /// What it runs with; another value means to begin again.
    version: Version,
    webhook_secret: SecretString,
    stop: CancellationToken,
    pub(super) stage: watch::Sender<Stage>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Version {
    secret_epoch: i64,
    restarts: i32,
}

/// How far a bot has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Starting,
    /// Telegram accepted the token, and updates arrive.
    Running,
    Revoked,
    Conflict,
    Unavailable(String),
}

impl Inner {
    /// Makes one bot run as its row says. `now` is for somebody who waits: it skips the ramp.
    pub(super) async fn settle(
        self: &Arc<Self>,
        row: bot_instance::Model,
        now: bool,
    ) -> Result<(), StoreError> {
        let version = Version { secret_epoch: row.secret_epoch, restarts: row.restarts };
        let known = read(&self.running).get(&row.id).map(|running| running.version);
        let Some(shop) = tenant::service::find(self.services.store.master(), row.tenant_id).await? else {
            return Ok(());
        };
        if known == Some(version) {
            self.renew(&row, &shop);
            return Ok(());
        }
        if known.is_some() {
            self.stop(row.id);
        } else if !now && !self.may_begin(&shop) {
            return Ok(());
        }
        self.begin(row, shop, version)
    }

    /// Whether the bot runs, and nothing on its row has changed since.
    pub(super) fn runs_as(&self, row: &bot_instance::Model) -> bool {
        read(&self.running).get(&row.id).is_some_and(|running| running.row == *row)
    }

    pub(super) fn stop(&self, id: BotId) {
        let Some(running) = write(&self.running).remove(&id) else { return };
        running.stop.cancel();
        write(&self.by_public_id).retain(|_, bot| *bot != id);
        self.services.outbound.forget(id);
        tracing::info!(bot = %id, "the bot stops");
    }

    /// Telegram refuses the token: the bot waits for a new one.
    pub(super) async fn note_revoked(&self, id: BotId) {
        self.set_stage(id, Stage::Revoked);
        if let Err(error) = self.move_to(id, BotState::NeedsToken, Some("error-token-revoked")).await {
            tracing::warn!(bot = %id, %error, "the revoked token could not be noted");
        }
        self.stop(id);
    }

    pub(super) fn webhook_of(&self, id: BotId) -> Option<(Arc<RunningBot>, SecretString)> {
        read(&self.running).get(&id).map(|running| (running.bot.clone(), running.webhook_secret.clone()))
    }

    pub(super) fn api_of(&self, id: BotId) -> Option<Arc<RunningBot>> {
        read(&self.running).get(&id).map(|running| running.bot.clone())
    }

    /// A client for a bot that need not run.
    pub(super) fn client(
        &self,
        row: &bot_instance::Model,
        shop: &tenant_row::Model,
    ) -> Result<Option<BotApi>, StoreError> {
        let Some(token) = bot::token::open(self.services.store.master(), row)? else { return Ok(None) };
        let Some(base_url) = base_url(&self.settings, shop.kind) else {
            tracing::warn!(bot = %row.id, "a sandbox shop's bot does not run here: there is no emulator");
            return Ok(None);
        };
        Ok(Some(BotApi::new(self.http.clone(), base_url, token)))
    }

    fn may_begin(&self, shop: &tenant_row::Model) -> bool {
        // The emulator has no such limit.
        let limit = self.settings.starts_per_minute.filter(|_| shop.kind == TenantKind::Live);
        let mut ramp = self.ramp.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        ramp.take(Instant::now(), limit)
    }

    /// The row's name, state or shop may have changed.
    fn renew(&self, row: &bot_instance::Model, shop: &tenant_row::Model) {
        if let Some(running) = write(&self.running).get_mut(&row.id) {
            let api = running.bot.api.clone();
            running.bot = Arc::new(RunningBot::new(row, shop, api));
            running.row = row.clone();
        }
    }

    fn begin(
        self: &Arc<Self>,
        row: bot_instance::Model,
        shop: tenant_row::Model,
        version: Version,
    ) -> Result<(), StoreError> {
        let Some(api) = self.client(&row, &shop)? else { return Ok(()) };
        let bot = Arc::new(RunningBot::new(&row, &shop, api));
        let stop = CancellationToken::new();
        let webhook_secret = bot::token::webhook_secret(self.services.store.master().sealer(), &row);
        let running = Running {
            bot: bot.clone(),
            row: row.clone(),
            version,
            webhook_secret: webhook_secret.clone(),
            stop: stop.clone(),
            stage: watch::Sender::new(Stage::Starting),
        };
        tracing::info!(bot = %row.id, "the bot starts");
        write(&self.by_public_id).insert(row.public_id.clone(), row.id);
        write(&self.running).insert(row.id, running);

        let inner = self.clone();
        let public_id = row.public_id;
        self.tasks.spawn(async move {
            match inner.settings.updates {
                Updates::Polling => {
                    inner.spawn_commands(&bot);
                    let (id, api) = (bot.id, bot.api.clone());
                    polling::poll(inner, id, api, stop).await;
                }
                Updates::Webhook => inner.set_webhook(&bot, &public_id, &webhook_secret, &stop).await,
            }
        });
        Ok(())
    }

    /// Tries until Telegram has the address, or the bot stops.
    async fn set_webhook(
        self: &Arc<Self>,
        bot: &RunningBot,
        public_id: &str,
        secret: &SecretString,
        stop: &CancellationToken,
    ) {
        use secrecy::ExposeSecret as _;
        let base = self.settings.public_url.as_str().trim_end_matches('/');
        let url = format!("{base}/tg/{public_id}");
        let mut pause = std::time::Duration::from_secs(1);
        loop {
            let error = match bot.api.set_webhook(&url, secret.expose_secret()).await {
                Ok(()) => {
                    self.changed(bot.id, Change::Running).await;
                    self.spawn_commands(bot);
                    return;
                }
                Err(ApiError::Unauthorized) => return self.changed(bot.id, Change::Revoked).await,
                Err(error) => error,
            };
            tracing::warn!(bot = %bot.id, %error, "the webhook could not be set");
            self.changed(bot.id, Change::Unavailable(error.to_string())).await;
            if let ApiError::RetryAfter(seconds) = error {
                pause = pause.max(std::time::Duration::from_secs(seconds));
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(pause) => pause = (pause * 2).min(std::time::Duration::from_secs(60)),
            }
        }
    }

    /// A new bot gets its menu of commands; one that was live before has it.
    fn spawn_commands(&self, bot: &RunningBot) {
        if bot.state == BotState::Live {
            return;
        }
        let (id, api, locale) = (bot.id, bot.api.clone(), bot.shop.locale);
        self.tasks.spawn(async move {
            if let Err(error) = commands::publish(&api, locale).await {
                tracing::warn!(bot = %id, %error, "the commands could not be set");
            }
        });
    }

    async fn move_to(&self, id: BotId, to: BotState, reason: Option<&str>) -> Result<(), String> {
        let tx = self.services.store.master().write().await.map_err(|error| error.to_string())?;
        bot::service::set_state(&tx, id, to, reason).await.map_err(|error| error.to_string())?;
        tx.commit().await.map_err(|error| error.to_string())?;
        self.tell_pages(id).await;
        Ok(())
    }

    async fn tell_pages(&self, id: BotId) {
        if let Ok(Some(row)) = bot::service::find(self.services.store.master(), id).await {
            self.services.events.publish(row.tenant_id, EventKind::Bot, Some(id.to_string()));
        }
    }

    /// Says on the bot's row why it receives nothing, or that it does again.
    async fn note_reason(&self, id: BotId, reason: Option<&str>) {
        let noted = async {
            let row =
                bot::service::find(self.services.store.master(), id).await.map_err(|e| e.to_string())?;
            match row {
                Some(row) if row.state == BotState::Live && row.reason.as_deref() != reason => {
                    self.move_to(id, row.state, reason).await
                }
                _ => Ok(()),
            }
        };
        if let Err(error) = noted.await {
            tracing::warn!(bot = %id, %error, "the bot's trouble could not be noted");
        }
    }

    fn set_stage(&self, id: BotId, stage: Stage) {
        if let Some(running) = read(&self.running).get(&id) {
            running.stage.send_replace(stage);
        }
    }
}

impl Sink for Inner {
    fn submit(&self, bot: BotId, incoming: Incoming) -> Option<BoxFuture<'static, Handled>> {
        let work = Work { bot: self.api_of(bot)?, incoming };
        let done = self.queues.submit(work.key(), work).ok()?;
        Some(done.map(|handled| handled.unwrap_or(Handled::Failed)).boxed())
    }

    fn changed(&self, bot: BotId, change: Change) -> BoxFuture<'_, ()> {
        async move {
            match change {
                Change::Running => {
                    self.set_stage(bot, Stage::Running);
                    self.note_reason(bot, None).await;
                }
                Change::Revoked => self.note_revoked(bot).await,
                Change::Conflict => {
                    self.set_stage(bot, Stage::Conflict);
                    self.note_reason(bot, Some("error-token-conflict")).await;
                }
                Change::Unavailable(why) => self.set_stage(bot, Stage::Unavailable(why)),
            }
        }
        .boxed()
    }
}

/// Live shops speak to Telegram, the others to the emulator and never the other way round.
fn base_url(settings: &BotSettings, kind: TenantKind) -> Option<&str> {
    match kind {
        TenantKind::Live => Some(&settings.telegram_url),
        TenantKind::Sandbox | TenantKind::Preview => settings.sandbox_telegram_url.as_deref(),
    }
}
