//! What the deployment and the jobs ask of running bots.

use std::time::Duration;

use async_trait::async_trait;
use domain::{
    db::StoreError,
    entities::master::bot_instance,
    ids::BotId,
    platform::{bot, tenant},
    ports::{BotHost, BotHostError},
};

use super::{BotManager, Inner, read, start::Stage};
use crate::{context::Services, running::RunningBot};

/// How long somebody waits for a bot to come up.
const PATIENCE: Duration = Duration::from_secs(15);

#[async_trait]
impl BotHost for BotManager {
    async fn ensure_running(&self, id: BotId) -> Result<(), BotHostError> {
        let row = self.0.row(id).await?;
        {
            let _one = self.0.reconciling.lock().await;
            // What failed before is tried afresh.
            if self.0.has_failed(id) {
                self.0.stop(id);
            }
            self.0.settle(row, true).await.map_err(unavailable)?;
        }
        let stage = read(&self.0.running).get(&id).map(|running| {
            running.hurry.notify_one();
            running.stage.subscribe()
        });
        let Some(mut stage) = stage else {
            return Err(BotHostError::Unavailable("the bot has no token that can be used here".into()));
        };
        let settled = tokio::time::timeout(PATIENCE, stage.wait_for(|stage| *stage != Stage::Starting)).await;
        match settled.map(|stage| stage.map(|stage| stage.clone())) {
            Ok(Ok(Stage::Running)) => Ok(()),
            Ok(Ok(Stage::Revoked)) => Err(BotHostError::TokenRevoked),
            Ok(Ok(Stage::Conflict)) => Err(BotHostError::Conflict),
            Ok(Ok(Stage::Unavailable(why))) => Err(BotHostError::Unavailable(why)),
            Ok(Ok(Stage::Starting)) | Err(_) => Err(BotHostError::Unavailable("no answer in time".into())),
            Ok(Err(_)) => Err(BotHostError::Unavailable("the bot was stopped".into())),
        }
    }
}

impl BotManager {
    /// A bot as it would run, whether it does or not. `None` when it has no token.
    pub(crate) async fn client(&self, id: BotId) -> Result<Option<RunningBot>, StoreError> {
        let master = self.0.services.store.master();
        let Some(row) = bot::service::find(master, id).await? else { return Ok(None) };
        let Some(shop) = tenant::service::find(master, row.tenant_id).await? else { return Ok(None) };
        let api = self.0.client(&row, &shop)?;
        Ok(api.map(|api| RunningBot::new(&row, &shop, api)))
    }

    pub(crate) fn services(&self) -> &Services {
        &self.0.services
    }
}

impl Inner {
    fn has_failed(&self, id: BotId) -> bool {
        let running = read(&self.running);
        let stage = running.get(&id).map(|running| running.stage.borrow().clone());
        !matches!(stage, None | Some(Stage::Starting | Stage::Running))
    }

    async fn row(&self, id: BotId) -> Result<bot_instance::Model, BotHostError> {
        let row = bot::service::find(self.services.store.master(), id).await.map_err(unavailable)?;
        row.ok_or_else(|| BotHostError::Unavailable("there is no such bot".into()))
    }
}

fn unavailable(error: impl std::fmt::Display) -> BotHostError {
    BotHostError::Unavailable(error.to_string())
}
