//! A shop whose bot runs against the emulator, and Sara, who talks to it.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use bots::{BotManager, BotSettings, Updates, WebhookAnswer, outbound::Pace};
use domain::{
    args,
    clock::SystemClock,
    db::TenantDb,
    entities::master::{
        bot_instance::{self, BotState},
        tenant::TenantKind,
    },
    jobs::run_until_idle,
    locale::{self, Locale},
    platform::{bot, tenant::fill},
    shop::user::{self, service::TelegramPerson},
    testing::{self, TestStore},
};
use secrecy::ExposeSecret as _;
use server::sandbox::telegram::{ButtonAction, ChatMessage, TelegramEmulator};
use tokio_util::sync::CancellationToken;

pub use super::stage::add_bot;
use super::{
    outside::{ObedientPanel, PaidAtOnce},
    stage::{Jobs, add_panel, manager, run, serve},
};

pub const SARA: i64 = 77_001;

/// How a scene begins.
#[derive(Clone, Copy)]
pub struct Setup {
    pub state: BotState,
    pub updates: Updates,
    pub kind: TenantKind,
    pub starts_per_minute: Option<u32>,
    pub pace: Pace,
}

impl Setup {
    pub fn new(state: BotState) -> Self {
        Self {
            state,
            updates: Updates::Polling,
            kind: TenantKind::Sandbox,
            starts_per_minute: None,
            pace: Pace::TELEGRAM,
        }
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
        add_panel(&db, "http://127.0.0.1:9", "secret").await;

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
            mail: true,
            starts_per_minute: setup.starts_per_minute,
            pace: setup.pace,
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
