//! A shop's bot from the user's side: real handlers, real Bot API client, the emulator behind HTTP.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use bots::{ApiProbe, BotDeps, BotManager, BotSettings, Updates, WebhookAnswer};
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
        AccountStatus, AccountTarget, CheckedLine, Inbound, PanelAccess, PanelAccount, PanelError,
        PanelSystem, TelegramProbe as _, VpnPanel,
    },
    shop::{
        notification::{self, jobs::SendNotice},
        panel::service::password_place,
        payment::Providers,
        subscription::{jobs::Provision, provision::provision},
    },
    testing::{self, TestStore},
    units::Bytes,
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};
use secrecy::{ExposeSecret as _, SecretString};
use server::sandbox::telegram::{ButtonAction, ChatMessage, TelegramEmulator, router};
use tokio_util::sync::CancellationToken;

const SARA: i64 = 77_001;
const LINK: &str = "https://panel.example.com/sub/dXNlcjE2MyxiMTc2ODU2NDgwMHg";
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

    async fn check(&self, _: &PanelAccess) -> Vec<CheckedLine> {
        Vec::new()
    }
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

/// The two jobs that stand between a trial and its link.
struct Jobs(BotManager);

#[async_trait]
impl Runner for Jobs {
    async fn run_shop(&self, db: &TenantDb, job: &Claimed) -> Result<(), JobError> {
        match job.row.kind.as_str() {
            Provision::KIND => provision(db, &ObedientPanel, job.payload::<Provision>()?.subscription).await,
            SendNotice::KIND => {
                notification::service::send(db, &self.0, job.payload::<SendNotice>()?.notification).await
            }
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

struct Scene {
    store: TestStore,
    db: TenantDb,
    telegram: TelegramEmulator,
    manager: BotManager,
    /// The bot's number at Telegram.
    bot: i64,
    row: bot_instance::Model,
    stop: CancellationToken,
    running: tokio::task::JoinHandle<()>,
}

impl Scene {
    async fn new(state: BotState) -> Self {
        Self::with(state, Updates::Polling).await
    }

    async fn with(state: BotState, updates: Updates) -> Self {
        let store = testing::sqlite().await;
        let db = store.shop().await;
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
        let public_url: url::Url = "http://127.0.0.1:3000".parse().unwrap();
        let manager = BotManager::new(BotDeps {
            store: store.store.clone(),
            http,
            providers: Providers::new(public_url.clone(), []),
            panel: Arc::new(ObedientPanel),
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
        Self { store, db, telegram, manager, bot, row, stop, running }
    }

    /// Sara writes; returns the bot's new message.
    async fn say(&self, text: &str) -> ChatMessage {
        let before = self.last_id();
        self.telegram.say(self.bot, SARA, text).unwrap();
        self.until(|chat| chat.iter().rev().find(|message| !message.from_me && message.id > before).cloned())
            .await
    }

    /// Sara presses the button with this label; returns the message as it is when it has changed or
    /// a newer one has come.
    async fn press(&self, key: &str, values: &locale::Args) -> ChatMessage {
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

    fn find_button(&self, label: &str) -> (ChatMessage, String) {
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

    fn chat(&self) -> Vec<ChatMessage> {
        self.telegram.transcript(self.bot, SARA)
    }

    fn last_id(&self) -> i64 {
        self.chat().last().map_or(0, |message| message.id)
    }

    /// Waits until the chat shows it.
    async fn until<T>(&self, look: impl Fn(&[ChatMessage]) -> Option<T>) -> T {
        for _ in 0..500 {
            if let Some(found) = look(&self.chat()) {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the chat does not show it: {:#?}", self.chat());
    }

    async fn work(&self) -> usize {
        run_until_idle(&self.store.store, Arc::new(Jobs(self.manager.clone()))).await.unwrap()
    }

    async fn end(self) {
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

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_gets_a_trial_and_a_link_with_its_qr_code() {
    let scene = Scene::new(BotState::Live).await;

    let language = scene.say("/start").await;
    assert_eq!(language.keyboard.len(), 3, "one button for each language");
    let (message, data) = scene.find_button("English");
    scene.telegram.press_data(scene.bot, SARA, message.id, &data).unwrap();
    let rules = scene.until(|chat| chat.last().filter(|last| last.html != language.html).cloned()).await;
    assert_eq!(rules.id, language.id, "the screen is edited in place");
    scene.press("bot-start-rules-btn-accept", &args![]).await;
    scene.press("bot-menu-btn-trial", &args![]).await;
    let waiting = scene.press("bot-trial-offer-btn-start", &args![]).await;
    assert_eq!(waiting.id, language.id);

    assert_eq!(scene.work().await, 2, "the panel, then the message");
    let ready = scene.until(|chat| chat.last().filter(|last| last.id > waiting.id).cloned()).await;
    assert!(ready.html.contains(&format!("<code>{LINK}</code>")), "{}", ready.html);

    let qr = scene.press("bot-config-btn-qr", &args![]).await;
    let (png, mime) = scene.telegram.photo(&qr.photo.expect("a picture")).unwrap();
    assert_eq!(mime, "image/png");
    assert!(!png.is_empty());

    let again = scene.say("/menu").await;
    assert!(again.html.contains("Free trial"), "{}", again.html);
    let profile = scene.say("/my").await;
    assert!(profile.html.contains(&SARA.to_string()), "{}", profile.html);
    assert!(profile.html.contains("As of"), "the panel does not answer: {}", profile.html);
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn old_buttons_free_text_and_unknown_commands_lead_to_the_menu() {
    let scene = Scene::new(BotState::Live).await;
    scene.say("/start").await;
    let (message, data) = scene.find_button("English");
    scene.telegram.press_data(scene.bot, SARA, message.id, &data).unwrap();
    scene.until(|chat| chat.last().filter(|last| last.html != message.html).cloned()).await;
    let gate = scene.say("hello").await;
    assert!(gate.html.contains("agree"), "the rules come first: {}", gate.html);
    scene.press("bot-start-rules-btn-accept", &args![]).await;

    for text in ["hello", "/nothing", "/menu"] {
        let menu = scene.say(text).await;
        assert!(menu.html.contains("Fastline VPN"), "{text}: {}", menu.html);
        assert!(!menu.keyboard.is_empty(), "{text}");
    }
    let plans = scene.say("/buy").await;
    assert_eq!(plans.keyboard.len(), 4, "three plans and the way back: {:#?}", plans.keyboard);
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_in_maintenance_says_so_and_its_owner_can_still_prove_himself() {
    let scene = Scene::new(BotState::Maintenance).await;
    let answer = scene.say("/start").await;
    assert_eq!(
        answer.html,
        locale::html(Locale::En, "bot-start-maintenance-body", &args!["shop" => "Fastline VPN"])
    );
    let wrong = scene.say("/start own_wrong").await;
    assert_eq!(wrong.html, locale::html(Locale::En, "bot-owner-err-link-body", &args![]));
    let linked = scene.say(&format!("/start own_{}", scene.row.owner_nonce)).await;
    assert!(linked.html.contains("owner"), "{}", linked.html);
    let row = bot::service::find(scene.store.master(), scene.row.id).await.unwrap().unwrap();
    assert_eq!(row.owner_telegram_id, Some(SARA));
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_token_stops_the_bot_and_asks_for_a_new_one() {
    let scene = Scene::new(BotState::Live).await;
    scene.say("/start").await;
    scene.telegram.revoke_token(scene.bot).unwrap();
    let master = scene.store.master();
    for _ in 0..500 {
        let row = bot::service::find(master, scene.row.id).await.unwrap().unwrap();
        if row.state == BotState::NeedsToken {
            assert_eq!(row.reason.as_deref(), Some("error-token-revoked"));
            assert!(scene.manager.running().is_empty());
            return scene.end().await;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the bot still runs");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_needs_the_bots_secret() {
    let scene = Scene::with(BotState::Live, Updates::Webhook).await;
    let (manager, name) = (&scene.manager, scene.row.public_id.as_str());
    manager.reconcile().await.unwrap();
    let secret = bot::token::webhook_secret(scene.store.master().sealer(), &scene.row);
    let secret = secret.expose_secret();
    // The chat exists at Telegram once she has written.
    scene.telegram.say(scene.bot, SARA, "/start").unwrap();
    let update = serde_json::json!({ "update_id": 1, "message": {
        "message_id": 1, "date": 1_768_564_800, "text": "/start",
        "chat": { "id": SARA, "type": "private", "first_name": "Sara" },
        "from": { "id": SARA, "is_bot": false, "first_name": "Sara" },
    }});
    let body = update.to_string();

    let answer = manager.webhook(name, Some("wrong"), body.as_bytes()).await;
    assert_eq!(answer, WebhookAnswer::Unauthorized);
    assert_eq!(manager.webhook(name, None, body.as_bytes()).await, WebhookAnswer::Unauthorized);
    assert_eq!(manager.webhook("other", Some(secret), body.as_bytes()).await, WebhookAnswer::NotFound);
    assert!(scene.chat().iter().all(|message| message.from_me), "nothing was answered");

    assert_eq!(manager.webhook(name, Some(secret), body.as_bytes()).await, WebhookAnswer::Acknowledged);
    assert!(scene.chat().iter().any(|message| !message.from_me), "acknowledged only when answered");
    assert_eq!(manager.webhook(name, Some(secret), b"no json").await, WebhookAnswer::Acknowledged);
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_blocked_the_bot_is_marked_and_unmarked() {
    let scene = Scene::new(BotState::Live).await;
    scene.say("/start").await;
    let blocked = || async {
        let tx = scene.db.read().await.unwrap();
        let chat = domain::shop::chat::service::find(&tx, scene.row.id, SARA).await.unwrap();
        chat.unwrap().blocked_at.is_some()
    };
    scene.telegram.block(scene.bot, SARA);
    wait_until(&blocked, true).await;
    scene.telegram.unblock(scene.bot, SARA);
    wait_until(&blocked, false).await;
    scene.end().await;
}

async fn wait_until<F: Future<Output = bool>>(look: &impl Fn() -> F, expected: bool) {
    for _ in 0..500 {
        if look().await == expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it does not become {expected}");
}
