//! The server's part of the way from payment to a bot that answers: a scripted seller, page by page.

use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

use crate::{Answer, Browser, child::Server, milliseconds, percentile};

const SELLERS: usize = 10;

pub async fn measure() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::start("sandbox", folder.path(), &[]).await?;
    let (mut whole, mut paid) = (Vec::new(), Vec::new());
    for seller in 0..SELLERS {
        let (from_first_page, from_payment) = one_seller(&server, seller).await?;
        whole.push(from_first_page);
        paid.push(from_payment);
    }
    whole.sort_unstable();
    paid.sort_unstable();
    println!(
        "payment → first /start answered ({SELLERS} sellers, bot, panel and plans in between): p50 {}, p95 {}",
        milliseconds(percentile(&paid, 0.5)),
        milliseconds(percentile(&paid, 0.95)),
    );
    println!("first page → first /start answered: p95 {}", milliseconds(percentile(&whole, 0.95)));
    Ok(())
}

async fn one_seller(server: &Server, number: usize) -> anyhow::Result<(Duration, Duration)> {
    let address = ([127, 0, 0, 1], server.port).into();
    let (browser, payer) = (Browser::new(address, "127.0.0.1"), Browser::new(address, "localhost"));
    let email = format!("seller{number}@shop.example");
    let username = format!("bench_{number}_bot");

    let begin = Instant::now();
    browser.get("/").await;
    browser.post("/signup", &[("email", &email), ("password", "a sentence to sign up with")]).await;
    let shop = [
        ("name", "Fastline"),
        ("language", "en"),
        ("currency", "USD"),
        ("time_zone", "0"),
        ("pack", "international"),
    ];
    browser.post("/start/shop", &shop).await;
    let order =
        browser.post("/start/package", &[("package", "starter"), ("cycle", "month"), ("act", "pay")]).await;
    let checkout =
        order.location().splitn(4, '/').nth(3).map(|path| format!("/{path}")).context("no checkout")?;
    payer.post(&checkout, &[("act", "pay"), ("webhook", "at_once")]).await;
    let paid = Instant::now();
    let is_known = |page: &Answer| page.links().iter().any(|link| link == "/start/bot");
    until(async || is_known(&browser.get("/start/package/return").await)).await?;
    browser.post("/sandbox/botfather", &[("name", "Fastline VPN"), ("username", &username)]).await;
    let token = token_on(&browser.get("/sandbox/botfather").await).context("BotFather shows no token")?;
    browser.post("/start/bot", &[("token", &token), ("act", "token")]).await;
    browser.post("/start/panel", &[("act", "sandbox")]).await;
    until(async || browser.get("/start/panel?fragment=checks").await.shows("value=\"inbounds\"")).await?;
    let inputs = browser.get("/start/plans").await.inputs();
    let fields: Vec<_> = inputs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post("/start/plans", &fields).await;
    browser.post("/start/live", &[("act", "start")]).await;
    let link = |page: &Answer| page.links().into_iter().find(|link| link.starts_with("/app/b/"));
    until(async || link(&browser.get("/start/live?fragment=deployment").await).is_some()).await?;
    let bot = link(&browser.get("/start/live").await).context("no link to the bot")?;
    let phone = format!("{}/preview", bot.trim_end_matches("/preview"));
    until(async || {
        browser.post(&phone, &[("text", "/start")]).await;
        browser.get(&phone).await.shows("name=\"press\"")
    })
    .await?;
    Ok((begin.elapsed(), paid.elapsed()))
}

/// The only thing on the page that looks like a token.
fn token_on(page: &Answer) -> Option<String> {
    let words = page.body.split(|letter: char| !letter.is_ascii_alphanumeric() && !":_-".contains(letter));
    words
        .filter(|word| {
            word.split_once(':')
                .is_some_and(|(id, key)| key.len() == 35 && id.bytes().all(|b| b.is_ascii_digit()))
        })
        .map(str::to_owned)
        .next()
}

async fn until(holds: impl AsyncFn() -> bool) -> anyhow::Result<()> {
    let begin = Instant::now();
    while !holds().await {
        ensure!(begin.elapsed() < Duration::from_secs(30), "nothing came in 30 s");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}
