//! Time to first byte, and what a page weighs.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use reqwest::Client;

use crate::{child::Server, milliseconds, percentile};

const TIMES: usize = 300;

pub async fn measure() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::start("sandbox", folder.path(), &[]).await?;
    let client = Client::builder().no_proxy().build()?;
    for path in ["/", "/signup", "/login"] {
        let mut times = Vec::with_capacity(TIMES);
        let mut size = 0;
        for _ in 0..TIMES {
            let (time, bytes) = visit(&client, &server.url(path)).await?;
            times.push(time);
            size = bytes;
        }
        times.sort_unstable();
        println!(
            "{path}: first byte p50 {}, p95 {}; HTML {:.1} KB",
            milliseconds(percentile(&times, 0.5)),
            milliseconds(percentile(&times, 0.95)),
            kilobytes(size),
        );
    }
    sizes()
}

async fn visit(client: &Client, url: &str) -> anyhow::Result<(Duration, u64)> {
    let begin = Instant::now();
    let answer = client.get(url).send().await?.error_for_status()?;
    let time = begin.elapsed();
    let bytes = answer.bytes().await?;
    Ok((time, u64::try_from(bytes.len())?))
}

/// Brotli 11, as the server sends them.
fn sizes() -> anyhow::Result<()> {
    let site = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../site");
    for (what, file) in
        [("CSS", "app.css.br"), ("WASM", "pkg/botyard_bg.wasm.br"), ("JS", "pkg/botyard.js.br")]
    {
        println!("{what}: {:.1} KB brotli", kilobytes(fs::metadata(site.join(file))?.len()));
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a size for people")]
fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1024.0
}
