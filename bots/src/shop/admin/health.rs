//! `/diag`: whether everything that the bot stands on works, a line for each.

mod mend;
pub mod view;

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use domain::{
    db::StoreError,
    entities::{master::membership::Role, tenant::panel},
    platform::bot::answered as answers,
    ports::PanelError,
    shop::{panel::service as panels, stat::health},
};
use serde::Deserialize;
use serde_json::json;

use self::{mend::Mended, view::Line};
use crate::{api::ApiError, context::ShopCtx, error::BotError};

/// Somebody waits in front of the screen.
const PATIENCE: Duration = Duration::from_secs(5);

/// What Telegram says of our webhook (<https://core.telegram.org/bots/api#webhookinfo>).
#[derive(Debug, Deserialize)]
pub struct WebhookInfo {
    pub url: String,
    #[serde(default)]
    pub pending_update_count: u64,
    #[serde(default)]
    pub last_error_date: Option<i64>,
}

/// How a panel answered.
pub struct Answered {
    pub name: String,
    pub outcome: Result<(), PanelError>,
    pub took: Duration,
}

/// Everything that was looked at.
pub struct Findings {
    pub username: String,
    pub token: Result<(), ApiError>,
    pub webhook: Result<WebhookInfo, ApiError>,
    pub panels: Vec<Answered>,
    pub rows: health::Rows,
    /// Answers of the last hour of which Telegram did not say whether it has them.
    pub unknown_answers: u64,
    pub now: DateTime<Utc>,
}

pub async fn show(ctx: ShopCtx, role: Role) -> Result<(), BotError> {
    // Panels and Telegram are asked: the button is answered first.
    ctx.answer().await;
    let found = look(&ctx).await?;
    ctx.show(view::screen(ctx.reader(), &view::lines(ctx.reader(), &found), role)).await
}

/// Telegram is told once more what it has to know, and everything is looked at again.
pub async fn mend(ctx: ShopCtx, role: Role) -> Result<(), BotError> {
    ctx.answer().await;
    let mended = mend::mend(&ctx).await?;
    let mut lines: Vec<Line> = view::mended(ctx.reader(), &mended);
    lines.extend(view::lines(ctx.reader(), &look(&ctx).await?));
    ctx.show(view::screen(ctx.reader(), &lines, role)).await
}

async fn look(ctx: &ShopCtx) -> Result<Findings, BotError> {
    let tx = ctx.db().read().await?;
    let rows = health::look(&tx, ctx.bot().id).await?;
    let all = panels::all(&tx).await?;
    drop(tx);
    let unknown_answers = answers::unknown(ctx.services().store.master(), ctx.bot().id).await?;
    let api = &ctx.bot().api;
    let none = json!({});
    let (token, webhook, panels) = tokio::join!(
        api.call_within::<serde_json::Value>("getMe", &none, PATIENCE),
        api.call_within::<WebhookInfo>("getWebhookInfo", &none, PATIENCE),
        futures::future::try_join_all(all.into_iter().map(|row| answered(ctx, row))),
    );
    Ok(Findings {
        username: ctx.bot().username.clone(),
        token: token.map(drop),
        webhook,
        panels: panels?,
        rows,
        unknown_answers,
        now: ctx.now(),
    })
}

async fn answered(ctx: &ShopCtx, row: panel::Model) -> Result<Answered, StoreError> {
    let tx = ctx.db().read().await?;
    let access = panels::access(&tx, ctx.db().kind(), &row)?;
    drop(tx);
    let begun = Instant::now();
    let asked = tokio::time::timeout(PATIENCE, ctx.services().panel.system(&access)).await;
    let outcome = asked.unwrap_or(Err(PanelError::Timeout)).map(drop);
    Ok(Answered { name: row.name, outcome, took: begun.elapsed() })
}
