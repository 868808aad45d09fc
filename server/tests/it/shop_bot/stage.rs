//! What a scene is set with: the emulator's server, the manager, the shop's bot and panel, the jobs.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use axum::{extract::Request, middleware::Next, response::IntoResponse as _};
use bots::{ApiProbe, BotDeps, BotManager, BotSettings};
use chrono::{Offset as _, Utc};
use domain::{
    db::{Conn as _, StoreError, TenantDb, TenantStore},
    entities::{
        master::bot_instance::{self, BotState},
        tenant::panel::{self, PanelState},
    },
    ids::PanelId,
    jobs::{Claimed, Job as _, JobError, Runner},
    ports::TelegramProbe as _,
    shop::{
        link::renew::{self, RevokeLink},
        mail::jobs::SendCode,
        notification::{self, jobs::SendNotice},
        panel::service::password_place,
        payment::{Provider, Providers, jobs::PollPayment},
        subscription::{jobs::Provision, provision::provision},
    },
    testing::{self, TestStore},
};
use sea_orm::{ActiveValue::Set, EntityTrait as _};
use secrecy::SecretString;
use server::sandbox::telegram::{TelegramEmulator, router};
use tokio_util::sync::CancellationToken;

use super::outside::{ObedientPanel, PaidAtOnce};

/// The jobs that stand between a trial and its link.
pub(super) struct Jobs(pub(super) BotManager, pub(super) Arc<ObedientPanel>);

#[async_trait]
impl Runner for Jobs {
    async fn run_shop(&self, db: &TenantDb, job: &Claimed) -> Result<(), JobError> {
        match job.row.kind.as_str() {
            Provision::KIND => provision(db, &*self.1, job.payload::<Provision>()?.subscription).await,
            RevokeLink::KIND => renew::run(db, &*self.1, job.payload::<RevokeLink>()?.subscription).await,
            SendNotice::KIND => {
                let SendNotice { notification } = job.payload()?;
                notification::service::send(db, (&self.0, false), Utc.fix(), notification).await
            }
            // Nobody looks into the mailbox.
            SendCode::KIND => Ok(()),
            // The user's own check was quicker.
            PollPayment::KIND => Ok(()),
            other => Err(JobError::fail(format!("no such job here: {other}"))),
        }
    }

    async fn run_platform(&self, _: &Claimed) -> Result<(), JobError> {
        Ok(())
    }

    async fn tick(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

pub(super) fn manager(
    store: &TestStore,
    panel: &Arc<ObedientPanel>,
    provider: &Arc<PaidAtOnce>,
    settings: BotSettings,
) -> BotManager {
    let base_url = settings.public_url.clone();
    BotManager::new(BotDeps {
        store: store.store.clone(),
        http: reqwest::Client::builder().build().unwrap(),
        providers: Providers::new(
            base_url.clone(),
            [Provider { gateway: provider.clone(), base_url, emulated: false }],
        ),
        panel: panel.clone(),
        events: domain::events::Events::default(),
        settings,
    })
}

pub(super) fn run(manager: &BotManager) -> (CancellationToken, tokio::task::JoinHandle<()>) {
    let (manager, stop) = (manager.clone(), CancellationToken::new());
    let stopped = stop.clone();
    (stop, tokio::spawn(async move { manager.run(stopped).await }))
}

/// The emulator behind HTTP, but for answers into chats that are stuck.
pub(super) async fn serve(telegram: &TelegramEmulator, stuck: &Arc<Mutex<HashSet<i64>>>) -> String {
    let stuck = stuck.clone();
    let refuse = move |request: Request, next: Next| {
        let stuck = stuck.clone();
        async move {
            let (head, body) = request.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            let call = serde_json::from_slice::<serde_json::Value>(&body).unwrap_or_default();
            let chat = call["chat_id"].as_i64();
            if chat.is_some_and(|chat| stuck.lock().unwrap().contains(&chat)) {
                let refusal = r#"{"ok":false,"error_code":502,"description":"Bad Gateway"}"#;
                return (http::StatusCode::BAD_GATEWAY, refusal).into_response();
            }
            next.run(Request::from_parts(head, body.into())).await
        }
    };
    let app = router(telegram.clone()).layer(axum::middleware::from_fn(refuse));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    url
}

/// A panel that answered when it was added.
pub async fn add_panel(db: &TenantDb, base_url: &str, password: &str) {
    let id = PanelId::new();
    let sealed = db.sealer().seal(password_place(id), &SecretString::from(password)).unwrap();
    let tx = db.write().await.unwrap();
    let row = panel::ActiveModel {
        id: Set(id),
        name: Set("Panel".into()),
        kind: Set("marzban".into()),
        base_url: Set(base_url.into()),
        username: Set("admin".into()),
        sealed_password: Set(sealed),
        inbounds: Set(serde_json::json!([])),
        state: Set(PanelState::Up),
        last_error: Set(None),
        version: Set(None),
        checked_at: Set(None),
        down_since: Set(None),
        failures: Set(0),
        weight: Set(panel::DEFAULT_WEIGHT),
        capacity: Set(None),
        enabled: Set(true),
        synced_at: Set(None),
        created_at: Set(tx.now()),
    };
    panel::Entity::insert(row).exec_without_returning(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
}

/// The row as the deployment leaves it.
pub async fn add_bot(
    store: &TenantStore,
    db: &TenantDb,
    telegram_url: &str,
    token: &SecretString,
    public_id: &str,
    state: BotState,
) -> bot_instance::Model {
    let probe = ApiProbe::new(reqwest::Client::builder().build().unwrap(), telegram_url);
    let profile = probe.get_me(token).await.unwrap();
    let bot = bot_instance::Model {
        public_id: public_id.into(),
        username: Some(profile.username),
        name: Some(profile.name),
        ..testing::bot(store.master(), db.tenant(), Some(token), state)
    };
    testing::insert_bot(store.master(), &bot).await;
    bot
}
