//! Starting, renewing and stopping one bot.

use std::{sync::Arc, time::Duration};

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
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

use super::{BotSettings, Inner, Updates, read, write};
use crate::{
    api::{ApiError, BotApi},
    commands,
    incoming::Incoming,
    parking::Task,
    polling::{self, Change, Sink},
    queue::Handled,
    runner::Work,
    running::{RunningBot, TokenOf},
    webhook,
};

/// A bot in the manager's books.
pub(super) struct Running {
    pub(super) bot: Arc<RunningBot>,
    row: bot_instance::Model,
    /// What it runs with; another value means to begin again.
    version: Version,
    webhook_secret: SecretString,
    stop: CancellationToken,
    /// Lets it begin before its turn.
    pub(super) hurry: Arc<Notify>,
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
    /// Makes one bot run as its row says. `now` is for somebody who waits: it skips the ramp and asks
    /// Telegram in any case.
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
        let renewed = known.is_some();
        if renewed {
            self.stop(row.id);
        }
        self.begin(row, shop, version, now || renewed)
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

    /// Telegram refuses the token: the bot waits for a new one, unless it has one by now.
    pub(super) async fn note_revoked(&self, token: TokenOf) {
        self.set_stage(token, Stage::Revoked);
        match self.refuse_token(token).await {
            Ok(true) => self.tell_pages(token.bot).await,
            Ok(false) => tracing::info!(bot = %token.bot, "a token that the bot no longer has was refused"),
            Err(error) => tracing::warn!(bot = %token.bot, %error, "the revoked token could not be noted"),
        }
        if self.has_token(token) {
            self.stop(token.bot);
        }
    }

    async fn refuse_token(&self, token: TokenOf) -> Result<bool, StoreError> {
        let tx = self.services.store.master().write().await?;
        let refused = bot::service::refuse_token(&tx, token.bot, token.secret_epoch).await?;
        tx.commit().await?;
        Ok(refused)
    }

    /// Whether the bot runs with this token.
    fn has_token(&self, token: TokenOf) -> bool {
        read(&self.running).get(&token.bot).is_some_and(|running| running.bot.token() == token)
    }

    pub(super) fn webhook_of(&self, id: BotId) -> Option<(Arc<RunningBot>, SecretString)> {
        read(&self.running).get(&id).map(|running| (running.bot.clone(), running.webhook_secret.clone()))
    }

    pub(super) fn bot(&self, id: BotId) -> Option<Arc<RunningBot>> {
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

    /// The row's name, state or shop may have changed.
    fn renew(&self, row: &bot_instance::Model, shop: &tenant_row::Model) {
        if let Some(running) = write(&self.running).get_mut(&row.id) {
            let api = running.bot.api.clone();
            running.bot = Arc::new(RunningBot::new(row, shop, api));
            running.row = row.clone();
        }
    }

    /// Takes the bot into the books, where webhooks find it at once, and lets it begin in its turn.
    fn begin(
        self: &Arc<Self>,
        row: bot_instance::Model,
        shop: tenant_row::Model,
        version: Version,
        now: bool,
    ) -> Result<(), StoreError> {
        let Some(api) = self.client(&row, &shop)? else { return Ok(()) };
        let bot = Arc::new(RunningBot::new(&row, &shop, api));
        let (stop, hurry) = (CancellationToken::new(), Arc::new(Notify::new()));
        let webhook_secret = bot::token::webhook_secret(self.services.store.master().sealer(), &row);
        let running = Running {
            bot: bot.clone(),
            row: row.clone(),
            version,
            webhook_secret: webhook_secret.clone(),
            stop: stop.clone(),
            hurry: hurry.clone(),
            stage: watch::Sender::new(Stage::Starting),
        };
        tracing::info!(bot = %row.id, "the bot starts");
        write(&self.by_public_id).insert(row.public_id.clone(), row.id);
        write(&self.running).insert(row.id, running);
        // The emulator has no limit of starts.
        if now || shop.kind != TenantKind::Live {
            hurry.notify_one();
        }
        let inner = self.clone();
        self.tasks.spawn(async move {
            // Boxed: the task lives as long as the bot, and needs no room for this then.
            let ready = Box::pin(inner.get_ready(&bot, &row, &webhook_secret, &hurry, now));
            let ready = stop.run_until_cancelled(ready).await.is_some();
            if ready && inner.settings.updates == Updates::Polling {
                let (token, api) = (bot.token(), bot.api.clone());
                drop(bot);
                polling::poll(inner, token, api, stop).await;
            }
        });
        Ok(())
    }

    /// All that comes before the first update. By webhook one may come earlier, and is handled: stored
    /// ones are there only after the server polled before.
    async fn get_ready(
        self: &Arc<Self>,
        bot: &RunningBot,
        row: &bot_instance::Model,
        secret: &SecretString,
        hurry: &Notify,
        now: bool,
    ) {
        self.take_up_stored(bot).await;
        match self.settings.updates {
            Updates::Webhook => {
                let url = webhook::address(&self.settings.public_url, row);
                let told = webhook::told(&url, row);
                if !now && row.webhook_set.as_deref() == Some(&*told) {
                    return self.changed(bot.token(), Change::Running).await;
                }
                self.wait_for_turn(hurry).await;
                self.set_webhook(bot, &url, secret, &told).await;
            }
            Updates::Polling => {
                self.wait_for_turn(hurry).await;
                if row.webhook_set.is_some() {
                    // Polling takes it away, and whoever sets it again has to know.
                    self.note_webhook(bot.token(), None).await;
                }
                self.spawn_commands(bot);
            }
        }
    }

    async fn wait_for_turn(&self, hurry: &Notify) {
        tokio::select! {
            () = hurry.notified() => {}
            () = self.ramp.turn() => {}
        }
    }

    /// Before the first update is fetched, so that it does not overtake those that wait.
    async fn take_up_stored(&self, bot: &RunningBot) {
        let Ok(_few_at_once) = self.taking_up.acquire().await else { return };
        while let Err(error) = self.parking.take_up(bot).await {
            tracing::warn!(bot = %bot.id, %error, "it is not known whether updates are stored");
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    /// Tries until Telegram has the address.
    async fn set_webhook(self: &Arc<Self>, bot: &RunningBot, url: &str, secret: &SecretString, told: &str) {
        let mut pause = Duration::from_secs(1);
        loop {
            let error = match bot.api.set_webhook(url, secret.expose_secret()).await {
                Ok(()) => {
                    self.note_webhook(bot.token(), Some(told)).await;
                    self.changed(bot.token(), Change::Running).await;
                    self.spawn_commands(bot);
                    return;
                }
                Err(ApiError::Unauthorized) => return self.changed(bot.token(), Change::Revoked).await,
                Err(error) => error,
            };
            tracing::warn!(bot = %bot.id, %error, "the webhook could not be set");
            self.changed(bot.token(), Change::Unavailable(error.to_string())).await;
            if let ApiError::RetryAfter(seconds) = error {
                pause = pause.max(Duration::from_secs(seconds));
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_secs(60));
        }
    }

    /// Without the note the next start tells Telegram once more, which does no harm.
    async fn note_webhook(&self, token: TokenOf, told: Option<&str>) {
        let master = self.services.store.master();
        let noted = bot::service::note_webhook(master, token.bot, token.secret_epoch, told).await;
        if let Err(error) = noted {
            tracing::warn!(bot = %token.bot, %error, "what Telegram knows of the webhook was not noted");
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

    /// What the bot's former token met says nothing of it now.
    fn set_stage(&self, token: TokenOf, stage: Stage) {
        let running = read(&self.running);
        if let Some(running) = running.get(&token.bot).filter(|running| running.bot.token() == token) {
            running.stage.send_replace(stage);
        }
    }
}

impl Sink for Inner {
    fn submit(&self, token: TokenOf, incoming: Incoming) -> Option<BoxFuture<'static, Handled>> {
        self.submit_work(Work { bot: self.bot(token.bot)?, incoming }, Task::Fetched)
    }

    fn changed(&self, token: TokenOf, change: Change) -> BoxFuture<'_, ()> {
        async move {
            match change {
                Change::Running => {
                    self.set_stage(token, Stage::Running);
                    self.note_reason(token.bot, None).await;
                }
                Change::Revoked => self.note_revoked(token).await,
                Change::Conflict => {
                    self.set_stage(token, Stage::Conflict);
                    self.note_reason(token.bot, Some("error-token-conflict")).await;
                }
                Change::Unavailable(why) => self.set_stage(token, Stage::Unavailable(why)),
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
