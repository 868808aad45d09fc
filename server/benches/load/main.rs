//! The figures of the product, measured on a release build. Run by `cargo xtask bench`.
//!
//! The server is a process of its own; this one is everything around it: sellers, users and the Bot
//! API. Both processes' CPU is printed, because on a small machine the load takes its share. Figures
//! of a shared machine are worth their ratios; a test never asserts one.

mod child;
mod drive;
mod memory;
mod onboarding;
mod pages;
mod seed;
mod telegram;

#[expect(dead_code, clippy::expect_used, reason = "the flow tests need more of it, and may fail at any line")]
#[path = "../../tests/it/support/browser.rs"]
mod browser;
#[path = "../../tests/it/support/page.rs"]
mod page;

use std::time::Duration;

use anyhow::Context as _;
use browser::{Answer, Browser};
use clap::{Parser, ValueEnum};

/// Prints the figures of SPEC §9 that concern the main job.
#[derive(Debug, Parser)]
struct Options {
    /// Shops with a live bot each
    #[arg(long, default_value_t = 1_000)]
    shops: usize,
    /// Updates a second while latency is measured
    #[arg(long, default_value_t = 300)]
    rate: u32,
    /// Seconds of load before anything is measured
    #[arg(long, default_value_t = 60)]
    warm_up: u64,
    /// Seconds of each measured load
    #[arg(long, default_value_t = 300)]
    seconds: u64,
    /// Only these
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = Figure::value_variants().to_vec())]
    only: Vec<Figure>,
    /// What cargo passes to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Figure {
    Onboarding,
    Pages,
    Memory,
    Updates,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    rustls::crypto::ring::default_provider().install_default().ok();
    let options = Options::parse();
    println!("server: {}", child::BINARY);
    println!("cores: {}", std::thread::available_parallelism().map_or(1, usize::from));

    for figure in &options.only {
        figure.measure(&options).await.with_context(|| format!("{figure:?}"))?;
    }
    Ok(())
}

impl Figure {
    async fn measure(self, options: &Options) -> anyhow::Result<()> {
        match self {
            Self::Onboarding => {
                println!("\n== from payment to the first answer ==");
                onboarding::measure().await
            }
            Self::Pages => {
                println!("\n== pages ==");
                pages::measure().await
            }
            Self::Memory => {
                println!("\n== memory ==");
                for bots in [100, 1_000, 5_000] {
                    memory::measure(bots).await.with_context(|| format!("{bots} bots"))?;
                }
                Ok(())
            }
            Self::Updates => {
                println!("\n== updates, SQLite, webhooks ==");
                let load = drive::Load {
                    shops: options.shops,
                    rate: options.rate,
                    warm_up: Duration::from_secs(options.warm_up),
                    measured: Duration::from_secs(options.seconds),
                };
                drive::measure(load).await
            }
        }
    }
}

/// The value below which this share of the sorted values lies.
fn percentile(sorted: &[Duration], share: f64) -> Duration {
    let last = sorted.len().saturating_sub(1);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        clippy::cast_possible_truncation,
        reason = "an index"
    )]
    let index = (last as f64 * share).round() as usize;
    sorted.get(index).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1_000.0)
}
