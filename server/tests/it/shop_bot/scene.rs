//! A shop whose bot runs against the emulator, and Sara, who talks to it.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use axum::{extract::Request, middleware::Next, response::IntoResponse as _};
use bots::{ApiProbe, BotDeps, BotManager, BotSettings, Updates, WebhookAnswer};
use domain::{
    args,
    clock::SystemClock,
    db::{Conn as _, SealedIn, StoreError, TenantDb, TenantStore},
    entities::{
        master::{
            bot_instance::{self, BotState},
            tenant::TenantKind,
        },
        tenant::panel::{self, PanelState},
    },
    ids::{BotId, PanelId},
    jobs::{Claimed, Job as _, JobError, Runner, run_until_idle},
    locale::{self, Locale},
    platform::{bot, tenant::fill},
    ports::TelegramProbe as _,
    shop::{
        notification::{self, jobs::SendNotice},
        panel::service::password_place,
        payment::{Provider, Providers, jobs::PollPayment},
        subscription::{jobs::Provision, provision::provision},
        user::{self, service::TelegramPerson},
    },
    testing::{self, TestStore},
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};
use secrecy::{ExposeSecret as _, SecretString};
use server::sandbox::telegram::{ButtonAction, ChatMessage, TelegramEmulator, router};
use tokio_util::sync::CancellationToken;

use super::outside::{ObedientPanel, PaidAtOnce};

pub const SARA: i64 = 77_001;

/// The jobs that stand between a trial and its link.
struct Jobs(BotManager, Arc<ObedientPanel>);

#[async_trait]
impl Runner for Jobs {
    async fn run_shop(&self, db: &TenantDb, job: &Claimed) -> Result<(), JobError> {
        match job.row.kind.as_str() {
            Provision::KIND => provision(db, &*self.1, job.payload::<Provision>()?.subscription).await,
            SendNotice::KIND => {
                notification::service::send(db, &self.0, job.payload::<SendNotice>()?.notification).await
            }
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

/// How a scene begins.
#[derive(Clone, Copy)]
pub struct Setup {
    pub state: BotState,
    pub updates: Updates,
    pub kind: TenantKind,
    pub starts_per_minute: Option<u32>,
}

impl Setup {
    pub fn new(state: BotState) -> Self {
        Self { state, updates: Updates::Polling, kind: TenantKind::Sandbox, starts_per_minute: None }
    }

    pub fn webhook(state: BotState) -> Self {
        Self { updates: Updates::Webhook, ..Self::new(state) }
    }
}

pub struct Scene {
    pub store: TestStore,
    pub db: TenantDb,
    pub telegram: TelegramEmulator,
    pub manager: BotManager,
    pub panel: Arc<ObedientPanel>,
    pub provider: Arc<PaidAtOnce>,
    /// Chats that cannot be answered: Telegram fails.
    pub stuck: Arc<Mutex<HashSet<i64>>>,
    /// The bot's number at Telegram.
    pub bot: i64,
    pub row: bot_instance::Model,
    settings: BotSettings,
    stop: CancellationToken,
    running: tokio::task::JoinHandle<()>,
}

impl Scene {
    /// One on each database.
    pub async fn each(setup: Setup) -> Vec<Self> {
        let mut scenes = Vec::new();
        for store in testing::stores().await {
            scenes.push(Self::on(store, setup).await);
        }
        scenes
    }

    pub async fn on(store: TestStore, setup: Setup) -> Self {
        let db = store.shop_of_kind(setup.kind).await;
        store.run_package(db.tenant()).await;
        fill::fill(&store.store, db.tenant()).await.unwrap();
        add_panel(&db).await;

        let telegram =
            TelegramEmulator::new(Arc::new(SystemClock), reqwest::Client::builder().build().unwrap());
        let (bot, token) = telegram.create_bot("Fastline", "fastline_bot").unwrap();
        telegram.user(SARA, "Sara", "en");
        let stuck = Arc::default();
        let url = serve(&telegram, &stuck).await;
        let row = add_bot(&store.store, &db, &url, &token, "public", setup.state).await;
        let settings = BotSettings {
            telegram_url: url.clone(),
            sandbox_telegram_url: Some(url),
            public_url: "http://127.0.0.1:3000".parse().unwrap(),
            updates: setup.updates,
            starts_per_minute: setup.starts_per_minute,
        };
        let (panel, provider) = (Arc::<ObedientPanel>::default(), Arc::<PaidAtOnce>::default());
        let manager = manager(&store, &panel, &provider, settings.clone());
        let (stop, running) = run(&manager);
        if setup.updates == Updates::Webhook {
            // Known, so that updates can be brought.
            manager.reconcile().await.unwrap();
        }
        Self { store, db, telegram, manager, panel, provider, stuck, bot, row, settings, stop, running }
    }

    /// The process ends and begins again, perhaps with other settings.
    pub async fn restart(&mut self, change: impl FnOnce(&mut BotSettings)) {
        self.stop.cancel();
        (&mut self.running).await.unwrap();
        change(&mut self.settings);
        self.manager = manager(&self.store, &self.panel, &self.provider, self.settings.clone());
        (self.stop, self.running) = run(&self.manager);
    }

    /// One more bot of the shop.
    pub async fn another_bot(&self, username: &str) -> (i64, bot_instance::Model) {
        let (bot, token) = self.telegram.create_bot("Another", username).unwrap();
        let url = &self.settings.telegram_url;
        let row = add_bot(&self.store.store, &self.db, url, &token, username, self.row.state).await;
        (bot, row)
    }

    /// Sara writes; returns the bot's new message.
    pub async fn say(&self, text: &str) -> ChatMessage {
        let before = self.last_id();
        self.telegram.say(self.bot, SARA, text).unwrap();
        self.until(|chat| chat.iter().rev().find(|message| !message.from_me && message.id > before).cloned())
            .await
    }

    /// Sara presses the button with this label; returns the message as it is when it has changed or
    /// a newer one has come.
    pub async fn press(&self, key: &str, values: &locale::Args) -> ChatMessage {
        self.press_label(&locale::plain(Locale::En, key, values)).await
    }

    pub async fn press_label(&self, label: &str) -> ChatMessage {
        let (message, data) = self.find_button(label);
        self.telegram.press_data(self.bot, SARA, message.id, &data).unwrap();
        self.until(|chat| {
            let newest = chat.iter().rev().find(|message| !message.from_me)?;
            let changed = newest.id > message.id || newest.html != message.html;
            changed.then(|| newest.clone())
        })
        .await
    }

    /// Past the language and the rules.
    pub async fn settle_in(&self) {
        self.say("/start").await;
        self.press_label("English").await;
        self.press("bot-start-rules-btn-accept", &args![]).await;
    }

    /// Sara orders the first plan; her last message is the way to the payment page then.
    pub async fn order_first_plan(&self) {
        let plans = self.say("/buy").await;
        let summary = self.press_label(&plans.keyboard[0][0].text).await;
        let pay = self.press_label(&summary.keyboard[0][0].text).await;
        if !pay.text.contains("BY-") {
            self.until(|chat| chat.last().filter(|last| last.text.contains("BY-")).cloned()).await;
        }
    }

    /// Somebody who is past the language and the rules, for updates that are brought by webhook.
    pub async fn settle_quietly(&self, telegram_id: i64, locale: Locale) {
        self.telegram.user(telegram_id, "Sara", locale.code());
        // The chat exists at Telegram once somebody has written.
        self.telegram.say(self.bot, telegram_id, "hello").unwrap();
        let person =
            TelegramPerson { telegram_id, first_name: "Sara".into(), username: None, language_code: None };
        let tx = self.db.write().await.unwrap();
        let user = user::service::seen(&tx, &person, locale).await.unwrap();
        user::service::choose_language(&tx, user.id, locale).await.unwrap();
        user::service::accept_rules(&tx, user.id).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Brings a press of a button under the chat's last message, and returns what is shown then.
    pub async fn bring_press(&self, person: i64, update_id: i64, data: &str) -> ChatMessage {
        let shown =
            || self.telegram.transcript(self.bot, person).into_iter().rfind(|message| !message.from_me);
        let from = serde_json::json!({ "id": person, "is_bot": false, "first_name": "Sara" });
        let chat = serde_json::json!({ "id": person, "type": "private", "first_name": "Sara" });
        let message = shown().map_or(1, |message| message.id);
        let update = serde_json::json!({ "update_id": update_id, "callback_query": {
            "id": format!("{person}-{update_id}"), "from": from, "chat_instance": "1", "data": data,
            "message": { "message_id": message, "date": 1_768_564_800, "chat": chat, "text": "menu" },
        }});
        assert_eq!(self.bring(&self.row, &update).await, WebhookAnswer::Acknowledged, "{data}");
        shown().expect("a screen")
    }

    /// What the bot answered to that press: a text, or nothing to be read.
    pub fn answers(&self, person: i64, update_id: i64) -> Vec<String> {
        let query = format!("{person}-{update_id}");
        let calls = self.telegram.calls(self.bot).into_iter();
        calls
            .filter(|call| call.method == "answerCallbackQuery" && call.params["callback_query_id"] == *query)
            .map(|call| call.params["text"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// Brings an update as Telegram does.
    pub async fn bring(&self, row: &bot_instance::Model, update: &serde_json::Value) -> WebhookAnswer {
        let secret = bot::token::webhook_secret(self.store.master().sealer(), row);
        let body = update.to_string();
        self.manager.webhook(&row.public_id, Some(secret.expose_secret()), body.as_bytes()).await
    }

    /// As somebody else's process would do it.
    pub async fn set_state(&self, state: BotState) {
        let tx = self.store.master().write().await.unwrap();
        bot::service::set_state(&tx, self.row.id, state, None).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A process that has just begun and not looked at its bots.
    pub fn idle_manager(&self) -> BotManager {
        manager(&self.store, &self.panel, &self.provider, self.settings.clone())
    }

    pub fn find_button(&self, label: &str) -> (ChatMessage, String) {
        let chat = self.chat();
        for message in chat.iter().rev() {
            for button in message.keyboard.iter().flatten() {
                if button.text == label
                    && let ButtonAction::Callback(data) = &button.action
                {
                    return (message.clone(), data.clone());
                }
            }
        }
        panic!("no button {label:?} in {chat:#?}");
    }

    pub fn chat(&self) -> Vec<ChatMessage> {
        self.telegram.transcript(self.bot, SARA)
    }

    pub fn last_id(&self) -> i64 {
        self.chat().last().map_or(0, |message| message.id)
    }

    /// Waits until the chat shows it.
    pub async fn until<T>(&self, look: impl Fn(&[ChatMessage]) -> Option<T>) -> T {
        for _ in 0..500 {
            if let Some(found) = look(&self.chat()) {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the chat does not show it: {:#?}", self.chat());
    }

    pub async fn work(&self) -> usize {
        let jobs = Jobs(self.manager.clone(), self.panel.clone());
        run_until_idle(&self.store.store, Arc::new(jobs)).await.unwrap()
    }

    pub async fn end(self) {
        self.stop.cancel();
        self.running.await.unwrap();
    }
}

fn manager(
    store: &TestStore,
    panel: &Arc<ObedientPanel>,
    provider: &Arc<PaidAtOnce>,
    settings: BotSettings,
) -> BotManager {
    let base_url = settings.public_url.clone();
    BotManager::new(BotDeps {
        store: store.store.clone(),
        http: reqwest::Client::builder().build().unwrap(),
        providers: Providers::new(base_url.clone(), [Provider { gateway: provider.clone(), base_url }]),
        panel: panel.clone(),
        events: domain::events::Events::default(),
        settings,
    })
}

fn run(manager: &BotManager) -> (CancellationToken, tokio::task::JoinHandle<()>) {
    let (manager, stop) = (manager.clone(), CancellationToken::new());
    let stopped = stop.clone();
    (stop, tokio::spawn(async move { manager.run(stopped).await }))
}

/// The emulator behind HTTP, but for answers into chats that are stuck.
async fn serve(telegram: &TelegramEmulator, stuck: &Arc<Mutex<HashSet<i64>>>) -> String {
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

async fn add_panel(db: &TenantDb) {
    let id = PanelId::new();
    let sealed = db.sealer().seal(password_place(id), &SecretString::from("secret")).unwrap();
    let tx = db.write().await.unwrap();
    let row = panel::ActiveModel {
        id: Set(id),
        name: Set("Panel".into()),
        kind: Set("marzban".into()),
        base_url: Set("http://127.0.0.1:9".into()),
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
    let (master, id) = (store.master(), BotId::new());
    let place = SealedIn { table: "bot_instances", column: "sealed_token", row: id.0 };
    let tx = master.write().await.unwrap();
    let row = bot_instance::Model {
        id,
        tenant_id: db.tenant(),
        public_id: public_id.into(),
        telegram_id: Some(profile.telegram_id),
        username: Some(profile.username),
        name: Some(profile.name),
        sealed_token: Some(master.sealer().seal(place, token).unwrap()),
        token_hint: Some(bot::rules::token_hint(token)),
        state,
        reason: None,
        state_since: tx.now(),
        owner_nonce: "0123456789abcdef".into(),
        owner_telegram_id: None,
        channel: None,
        restarts: 0,
        secret_epoch: 1,
        webhook_set: None,
        created_at: tx.now(),
    };
    let insert = bot_instance::Entity::insert(bot_instance::ActiveModel::from(row.clone()).reset_all());
    insert.exec_without_returning(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
    row
}

pub async fn wait_until<F: Future<Output = bool>>(look: &impl Fn() -> F, expected: bool) {
    for _ in 0..500 {
        if look().await == expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it does not become {expected}");
}
