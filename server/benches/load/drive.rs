//! Updates through the whole handler: the shops' webhooks in, the first Bot API call out.
//!
//! The mix is SPEC §9's: 70 % menu buttons (read only), 20 % `/start` of known users, 10 % writes.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use reqwest::Client;
use serde_json::{Value, json};
use tokio::{sync::Semaphore, task::JoinSet};

use crate::{
    child::{Server, own_cpu},
    memory::{SERVE, serve_settings},
    milliseconds, percentile,
    seed::{self, Shop, USERS},
    telegram::Telegram,
};

/// Requests under way at once while the most is asked of the server.
const AT_ONCE: usize = 128;

#[derive(Clone, Copy, Debug)]
pub struct Load {
    pub shops: usize,
    pub rate: u32,
    pub warm_up: Duration,
    pub measured: Duration,
}

struct Source {
    client: Client,
    shops: Vec<Shop>,
    next: AtomicU64,
    refused: AtomicU64,
}

pub async fn measure(load: Load) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let telegram = Arc::new(Telegram::start().await?);
    let shops = seed::shops(folder.path(), load.shops).await?;
    let server =
        Arc::new(Server::start(SERVE, folder.path(), &serve_settings(&telegram.url(), "webhook")).await?);
    while telegram.webhooks() < u64::try_from(load.shops)? {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let client =
        Client::builder().no_proxy().pool_max_idle_per_host(512).timeout(Duration::from_secs(30)).build()?;
    let source = Arc::new(Source { client, shops, next: AtomicU64::new(0), refused: AtomicU64::new(0) });

    steady(&source, &server, &telegram, load.rate, load.warm_up).await;
    telegram.take_answers();
    let (cpu, own) = (server.cpu()?, own_cpu()?);
    let sent = steady(&source, &server, &telegram, load.rate, load.measured).await;
    report(&format!("steady {}/s", load.rate), sent, load.measured, &telegram);
    print_cpu(&server, cpu, own, load.measured)?;

    most(&source, &server, &telegram, load.warm_up).await?;
    telegram.take_answers();
    let (cpu, own) = (server.cpu()?, own_cpu()?);
    let sent = most(&source, &server, &telegram, load.measured).await?;
    report("as many as it takes", sent, load.measured, &telegram);
    print_cpu(&server, cpu, own, load.measured)?;
    println!("refused (503 or no answer): {}", source.refused.load(Ordering::Relaxed));
    println!("memory after the runs: {:.0} MB", server.memory()?);
    Ok(())
}

/// Sends at a fixed rate, whatever the server does.
async fn steady(
    source: &Arc<Source>,
    server: &Arc<Server>,
    telegram: &Arc<Telegram>,
    rate: u32,
    time: Duration,
) -> u64 {
    let mut ticks = tokio::time::interval(Duration::from_secs(1) / rate);
    let mut under_way = JoinSet::new();
    let begin = Instant::now();
    let mut sent = 0;
    while begin.elapsed() < time {
        ticks.tick().await;
        under_way.spawn(one(source.clone(), server.clone(), telegram.clone()));
        sent += 1;
        while under_way.try_join_next().is_some() {}
    }
    under_way.join_all().await;
    sent
}

/// Keeps [`AT_ONCE`] requests under way.
async fn most(
    source: &Arc<Source>,
    server: &Arc<Server>,
    telegram: &Arc<Telegram>,
    time: Duration,
) -> anyhow::Result<u64> {
    let slots = Arc::new(Semaphore::new(AT_ONCE));
    let mut under_way = JoinSet::new();
    let begin = Instant::now();
    let mut sent = 0;
    while begin.elapsed() < time {
        let slot = slots.clone().acquire_owned().await?;
        let update = one(source.clone(), server.clone(), telegram.clone());
        under_way.spawn(async move {
            update.await;
            drop(slot);
        });
        sent += 1;
        while under_way.try_join_next().is_some() {}
    }
    under_way.join_all().await;
    Ok(sent)
}

async fn one(source: Arc<Source>, server: Arc<Server>, telegram: Arc<Telegram>) {
    let number = source.next.fetch_add(1, Ordering::Relaxed);
    let count = source.shops.len() as u64;
    let shop = &source.shops[usize::try_from(number % count).unwrap_or_default()];
    // A user comes again only after every other user of every shop.
    let user = shop.first_user + i64::try_from((number / count) % USERS.unsigned_abs()).unwrap_or_default();
    telegram.sent(user);
    let answer = source
        .client
        .post(server.url(&format!("/tg/{}", shop.public_id)))
        .header("x-telegram-bot-api-secret-token", &shop.secret)
        .json(&update(number, user))
        .send()
        .await;
    if !answer.is_ok_and(|answer| answer.status().is_success()) {
        source.refused.fetch_add(1, Ordering::Relaxed);
    }
}

fn update(number: u64, user: i64) -> Value {
    let person = json!({ "id": user, "is_bot": false, "first_name": "User", "language_code": "en" });
    let chat = json!({ "id": user, "type": "private", "first_name": "User" });
    let data = match number % 10 {
        0 | 1 => {
            let command = json!([{ "type": "bot_command", "offset": 0, "length": 6 }]);
            let message = json!({
                "message_id": number + 10, "date": 1_800_000_000, "chat": chat, "from": person,
                "text": "/start", "entities": command,
            });
            return json!({ "update_id": number + 1, "message": message });
        }
        2 => "v1:settings:lang:en",
        3 | 4 => "v1:plans:list",
        5 => "v1:profile:show",
        _ => "v1:menu:open",
    };
    let message = json!({ "message_id": 1, "date": 1_800_000_000, "chat": chat, "text": "x" });
    let query = json!({
        "id": format!("{user}-{number}"), "from": person, "message": message, "chat_instance": "1", "data": data,
    });
    json!({ "update_id": number + 1, "callback_query": query })
}

fn report(what: &str, sent: u64, time: Duration, telegram: &Telegram) {
    let mut answers = telegram.take_answers();
    answers.sort_unstable();
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let rate = sent as f64 / time.as_secs_f64();
    println!(
        "{what}: {sent} updates, {rate:.0}/s; update → first call p50 {}, p99 {}, most {} ({} answered)",
        milliseconds(percentile(&answers, 0.5)),
        milliseconds(percentile(&answers, 0.99)),
        milliseconds(answers.last().copied().unwrap_or_default()),
        answers.len(),
    );
}

fn print_cpu(server: &Server, cpu: f64, own: f64, time: Duration) -> anyhow::Result<()> {
    let share = |seconds: f64| 100.0 * seconds / time.as_secs_f64();
    println!(
        "  CPU: server {:.0} %, load and Bot API {:.0} %",
        share(server.cpu()? - cpu),
        share(own_cpu()? - own)
    );
    Ok(())
}
