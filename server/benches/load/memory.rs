//! What live bots cost while they wait for updates.

use std::time::Duration;

use crate::{child::Server, seed, telegram::Telegram};

pub const SERVE: &str = "serve";

/// A live server whose Telegram is the stand-in.
pub fn serve_settings<'a>(telegram: &'a str, mode: &'a str) -> [(&'static str, &'a str); 4] {
    [
        ("BOTYARD__SERVER__PUBLIC_URL", "https://botyard.example"),
        ("BOTYARD__TELEGRAM__BASE_URL", telegram),
        ("BOTYARD__TELEGRAM__MODE", mode),
        // The stand-in has no limit of new tokens.
        ("BOTYARD__TELEGRAM__RAMP_PER_MINUTE", "1000000"),
    ]
}

pub async fn measure(bots: usize) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    seed::shops(folder.path(), bots).await?;
    for mode in ["webhook", "polling"] {
        let telegram = Telegram::start().await?;
        let server = Server::start(SERVE, folder.path(), &serve_settings(&telegram.url(), mode)).await?;
        let wanted = u64::try_from(bots)?;
        let running = || if mode == "webhook" { telegram.webhooks() } else { telegram.polls() };
        while running() < wanted {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        tokio::time::sleep(Duration::from_secs(5)).await;
        println!("{bots} live bots, {mode}: {:.0} MB", server.memory()?);
    }
    Ok(())
}
