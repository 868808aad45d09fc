//! `POST /tg/{public_id}` of a live server, through its real router.

use std::{sync::Arc, time::Duration};

use domain::{
    clock::SystemClock,
    entities::master::{
        bot_instance::{self, BotState},
        tenant::TenantKind,
    },
    platform::{bot, tenant::fill},
    testing,
};
use secrecy::ExposeSecret as _;
use serde_json::json;
use server::{
    config::Mode,
    sandbox::telegram::{TelegramEmulator, router},
};

use crate::{
    shop_bot::scene::{SARA, add_bot},
    support::{TestServer, until},
};

const SECRET: &str = "x-telegram-bot-api-secret-token";
/// One more than there may be of one chat: 64 wait behind the one that is worked on.
const ONE_TOO_MANY: i64 = 66;

struct Webhook {
    http: reqwest::Client,
    server: TestServer,
    telegram: TelegramEmulator,
    row: bot_instance::Model,
    secret: String,
}

impl Webhook {
    async fn new() -> Self {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let telegram = TelegramEmulator::new(Arc::new(SystemClock), http.clone());
        let (bot, token) = telegram.create_bot("Fastline", "fastline_bot").unwrap();
        telegram.user(SARA, "Sara", "en");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = router(telegram.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        // The chat exists at Telegram once she has written.
        telegram.say(bot, SARA, "/start").unwrap();

        let settings = [
            ("BOTYARD__SERVER__PUBLIC_URL", "https://botyard.example"),
            ("BOTYARD__TELEGRAM__BASE_URL", url.as_str()),
            ("BOTYARD__TELEGRAM__MODE", "webhook"),
        ];
        let server = TestServer::start(Mode::Production, &settings).await;
        let store = &server.state().store;
        let db = testing::shop_in(store, TenantKind::Live).await;
        fill::fill(store, db.tenant()).await.unwrap();
        let row = add_bot(store, &db, &url, &token, "public", BotState::Live).await;
        server.state().bots.poke();
        until("the bot runs", async || !server.state().bots.running().is_empty()).await;
        let secret = bot::token::webhook_secret(store.master().sealer(), &row).expose_secret().to_owned();
        Self { http, server, telegram, row, secret }
    }

    /// Status and `Retry-After`.
    async fn post(&self, public_id: &str, secret: Option<&str>, update: i64) -> (u16, Option<String>) {
        let body = json!({ "update_id": update, "message": {
            "message_id": update, "date": 1_768_564_800, "text": "/help",
            "chat": { "id": SARA, "type": "private", "first_name": "Sara" },
            "from": { "id": SARA, "is_bot": false, "first_name": "Sara" },
        }});
        let request = self.http.post(format!("http://{}/tg/{public_id}", self.server.address()));
        let request = secret.into_iter().fold(request, |request, secret| request.header(SECRET, secret));
        let answer = request.json(&body).send().await.unwrap();
        let wait = answer.headers().get("retry-after").map(|wait| wait.to_str().unwrap().to_owned());
        (answer.status().as_u16(), wait)
    }

    fn answers(&self) -> usize {
        let chat = self.telegram.transcript(self.row.telegram_id.unwrap(), SARA);
        chat.iter().filter(|message| !message.from_me).count()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_is_accepted_with_the_secret_of_its_bot_and_only_when_it_is_answered() {
    let webhook = Webhook::new().await;
    let secret = webhook.secret.as_str();
    assert_eq!(webhook.post("public", Some("wrong"), 1).await, (401, None));
    assert_eq!(webhook.post("public", None, 1).await, (401, None));
    assert_eq!(webhook.post("nobody", Some(secret), 1).await, (404, None));
    assert_eq!(webhook.answers(), 0, "nothing was read");
    assert_eq!(webhook.post("public", Some(secret), 1).await, (200, None));
    assert_eq!(webhook.answers(), 1);
    webhook.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn updates_that_find_no_room_or_take_too_long_are_left_with_telegram() {
    let webhook = Webhook::new().await;
    webhook.telegram.knobs().delay("sendMessage", Duration::from_secs(3));
    let posts = (1..=ONE_TOO_MANY).map(|update| webhook.post("public", Some(&webhook.secret), update));
    let answers = futures::future::join_all(posts).await;
    let count = |status: u16, wait: Option<&str>| {
        answers.iter().filter(|answer| answer.0 == status && answer.1.as_deref() == wait).count()
    };
    assert_eq!(count(503, Some("1")), 1, "no room: {answers:?}");
    assert!(count(200, None) >= 3, "answered in their turn: {answers:?}");
    assert!(count(503, Some("5")) > 40, "late: {answers:?}");
    webhook.telegram.knobs().clear();
    webhook.server.stop().await;
}
