//! How the shop does: in words, as a picture, and each day by itself.

use domain::shop::stat::{
    period::{self, Period},
    report,
};

use super::{actor, view};
use crate::{chart, context::ShopCtx, error::BotError};

pub async fn show(ctx: ShopCtx, period: Period) -> Result<(), BotError> {
    let figures = figures(&ctx, period).await?;
    ctx.show(view::stats(ctx.reader(), period, &figures)).await
}

pub async fn chart(ctx: ShopCtx, period: Period) -> Result<(), BotError> {
    // A picture takes a moment: the button is answered first.
    ctx.answer().await;
    let figures = figures(&ctx, period).await?;
    let (reader, shop) = (ctx.reader(), ctx.shop().name.clone());
    let drawn = tokio::task::spawn_blocking(move || {
        let drawing = view::drawing(reader, &shop, &figures);
        Ok::<_, chart::ChartError>((chart::png(&drawing)?, figures))
    });
    let (png, figures) = drawn.await.map_err(|error| BotError::Internal(error.to_string()))??;
    ctx.show(view::chart(reader, period, &figures).with_photo(png)).await
}

pub async fn report(ctx: ShopCtx) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let daily = report::daily(&tx).await?;
    drop(tx);
    ctx.show(view::report(ctx.reader(), daily)).await
}

pub async fn report_at(ctx: ShopCtx, hour: Option<u32>) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        report::choose(&tx, &actor(&ctx), ctx.shop().zone, hour).await?;
        tx.commit().await?;
    }
    report(ctx).await
}

async fn figures(ctx: &ShopCtx, period: Period) -> Result<period::Figures, BotError> {
    let tx = ctx.db().read().await?;
    Ok(period::until_now(&tx, ctx.shop().zone, ctx.shop().currency, period).await?)
}
