//! A shop whose bot runs against the emulator, and Sara, who talks to it.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use bots::{ApiProbe, BotDeps, BotManager, BotSettings, Updates};
use chrono::DateTime;
use domain::{
    args,
    clock::SystemClock,
    db::{Conn as _, SealedIn, StoreError, TenantDb},
    entities::{
        master::bot_instance::{self, BotState},
        tenant::panel::{self, PanelState},
    },
    ids::{BotId, PanelId, SubscriptionId},
    jobs::{Claimed, Job as _, JobError, Runner, run_until_idle},
    locale::{self, Locale},
    platform::{bot, tenant::fill},
    ports::{
        AccountStatus, AccountTarget, CheckedLine, CreatedPayment, GatewayAccount, GatewayError,
        GatewayEvent, Inbound, NewPayment, PanelAccess, PanelAccount, PanelError, PanelSystem, PaymentFacts,
        PaymentGateway, PaymentStatus, RefusedWebhook, TelegramProbe as _, VpnPanel,
    },
    shop::{
        notification::{self, jobs::SendNotice},
        panel::service::password_place,
        payment::{Provider, Providers, jobs::PollPayment},
        subscription::{jobs::Provision, provision::provision},
    },
    testing::{self, TestStore},
    units::Bytes,
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};
use secrecy::SecretString;
use server::sandbox::telegram::{ButtonAction, ChatMessage, TelegramEmulator, router};
use tokio::sync::mpsc::UnboundedSender;
use tokio_util::sync::CancellationToken;

pub const SARA: i64 = 77_001;
pub const LINK: &str = "https://panel.example.com/sub/dXNlcjE2MyxiMTc2ODU2NDgwMHg";
const VLESS: &str = "vless://8c0f1f2e-6b53-4f0c-8a43-0d4f1f0a6f11@203.0.113.7:443?type=tcp#Fastline%201";

/// A panel that does as it is told.
struct ObedientPanel;

#[async_trait]
impl VpnPanel for ObedientPanel {
    async fn ensure(&self, _: &PanelAccess, target: &AccountTarget) -> Result<PanelAccount, PanelError> {
        Ok(account(&target.username, target.subscription, target.expire, target.data_limit))
    }

    async fn account(&self, _: &PanelAccess, _: &str) -> Result<Option<PanelAccount>, PanelError> {
        Err(PanelError::Timeout)
    }

    async fn delete(&self, _: &PanelAccess, _: &str) -> Result<(), PanelError> {
        Ok(())
    }

    async fn inbounds(&self, _: &PanelAccess) -> Result<Vec<Inbound>, PanelError> {
        Ok(Vec::new())
    }

    async fn system(&self, _: &PanelAccess) -> Result<PanelSystem, PanelError> {
        Ok(PanelSystem { version: "0.8.4".into(), total_users: 0 })
    }

    async fn check(&self, _: &PanelAccess, _: UnboundedSender<CheckedLine>) {}
}

fn account(
    username: &str,
    subscription: SubscriptionId,
    expire: Option<DateTime<chrono::Utc>>,
    data_limit: Option<Bytes>,
) -> PanelAccount {
    PanelAccount {
        username: username.into(),
        status: AccountStatus::Active,
        expire,
        data_limit,
        used_traffic: Bytes(0),
        note: Some(subscription.to_string()),
        links: vec![VLESS.into()],
        subscription_url: LINK.into(),
        online_at: None,
    }
}

/// A provider at which everything that was asked for is paid at once.
#[derive(Default)]
pub struct PaidAtOnce {
    asked: Mutex<Option<NewPayment>>,
    pub times: AtomicUsize,
}

#[async_trait]
impl PaymentGateway for PaidAtOnce {
    fn name(&self) -> &'static str {
        "test"
    }

    async fn create(&self, _: &GatewayAccount, payment: &NewPayment) -> Result<CreatedPayment, GatewayError> {
        self.times.fetch_add(1, Ordering::SeqCst);
        *self.asked.lock().unwrap() = Some(payment.clone());
        let pay_url = "http://localhost:3000/pay".parse().unwrap();
        Ok(CreatedPayment { provider_payment_id: "pay_1".into(), pay_url })
    }

    async fn read(&self, account: &GatewayAccount, id: &str) -> Result<PaymentFacts, GatewayError> {
        let asked = self.asked.lock().unwrap().clone().ok_or(GatewayError::NotFound)?;
        Ok(PaymentFacts {
            provider_payment_id: id.into(),
            account_id: account.account_id.clone(),
            order: Some(asked.order),
            amount: asked.amount,
            status: PaymentStatus::Paid,
            paid_at: None,
            raw: serde_json::json!({}),
        })
    }

    fn verify(
        &self,
        _: &GatewayAccount,
        _: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        _: &[u8],
        _: DateTime<chrono::Utc>,
    ) -> Result<GatewayEvent, RefusedWebhook> {
        Err(RefusedWebhook::Signature)
    }
}

/// The jobs that stand between a trial and its link.
struct Jobs(BotManager);

#[async_trait]
impl Runner for Jobs {
    async fn run_shop(&self, db: &TenantDb, job: &Claimed) -> Result<(), JobError> {
        match job.row.kind.as_str() {
            Provision::KIND => provision(db, &ObedientPanel, job.payload::<Provision>()?.subscription).await,
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

pub struct Scene {
    pub store: TestStore,
    pub db: TenantDb,
    pub telegram: TelegramEmulator,
    pub manager: BotManager,
    pub provider: Arc<PaidAtOnce>,
    /// The bot's number at Telegram.
    pub bot: i64,
    pub row: bot_instance::Model,
    stop: CancellationToken,
    running: tokio::task::JoinHandle<()>,
}

impl Scene {
    pub async fn new(state: BotState) -> Self {
        Self::with(state, Updates::Polling).await
    }

    pub async fn with(state: BotState, updates: Updates) -> Self {
        let store = testing::sqlite().await;
        let db = store.shop().await;
        store.run_package(db.tenant()).await;
        fill::fill(&store.store, db.tenant()).await.unwrap();
        add_panel(&db).await;

        let telegram =
            TelegramEmulator::new(Arc::new(SystemClock), reqwest::Client::builder().build().unwrap());
        let (bot, token) = telegram.create_bot("Fastline", "fastline_bot").unwrap();
        telegram.user(SARA, "Sara", "en");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = router(telegram.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });

        let http = reqwest::Client::builder().build().unwrap();
        let row = add_bot(&store, &db, &ApiProbe::new(http.clone(), &url), &token, state).await;
        let provider = Arc::new(PaidAtOnce::default());
        let public_url: url::Url = "http://127.0.0.1:3000".parse().unwrap();
        let manager = BotManager::new(BotDeps {
            store: store.store.clone(),
            http,
            providers: Providers::new(
                public_url.clone(),
                [Provider { gateway: provider.clone(), base_url: public_url.clone() }],
            ),
            panel: Arc::new(ObedientPanel),
            events: domain::events::Events::default(),
            settings: BotSettings {
                telegram_url: "http://127.0.0.1:9".into(),
                sandbox_telegram_url: Some(url),
                public_url,
                updates,
                starts_per_minute: None,
            },
        });
        let stop = CancellationToken::new();
        let running = tokio::spawn({
            let (manager, stop) = (manager.clone(), stop.clone());
            async move { manager.run(stop).await }
        });
        Self { store, db, telegram, manager, provider, bot, row, stop, running }
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
        let label = locale::plain(Locale::En, key, values);
        let (message, data) = self.find_button(&label);
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
        let language = self.say("/start").await;
        let (message, data) = self.find_button("English");
        self.telegram.press_data(self.bot, SARA, message.id, &data).unwrap();
        self.until(|chat| chat.last().filter(|last| last.html != language.html).cloned()).await;
        self.press("bot-start-rules-btn-accept", &args![]).await;
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
        run_until_idle(&self.store.store, Arc::new(Jobs(self.manager.clone()))).await.unwrap()
    }

    pub async fn end(self) {
        self.stop.cancel();
        self.running.await.unwrap();
    }
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
        created_at: Set(tx.now()),
    };
    panel::Entity::insert(row).exec_without_returning(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
}

/// The row as the deployment leaves it.
async fn add_bot(
    store: &TestStore,
    db: &TenantDb,
    probe: &ApiProbe,
    token: &SecretString,
    state: BotState,
) -> bot_instance::Model {
    let profile = probe.get_me(token).await.unwrap();
    let (master, id) = (store.master(), BotId::new());
    let place = SealedIn { table: "bot_instances", column: "sealed_token", row: id.0 };
    let tx = master.write().await.unwrap();
    let row = bot_instance::Model {
        id,
        tenant_id: db.tenant(),
        public_id: "public".into(),
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
        update_offset: 0,
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
