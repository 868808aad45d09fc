//! What a chat was asked and has not answered yet. A restart forgets nothing of it.

use domain::{
    ids::OrderId,
    shop::chat::dialogue::{self, Dialogue},
};

use super::{card::receipt, menu, promo, wallet::top_up};
use crate::{context::ShopCtx, error::BotError, incoming::Event};

/// Whatever is no command and no button: an answer, or nothing that we know.
pub async fn message(ctx: ShopCtx) -> Result<(), BotError> {
    let Event::Message { picture, .. } = ctx.event() else { return menu::unknown(ctx).await };
    match (picture.clone(), current(&ctx).await?) {
        (Some(picture), asked) => receipt::picture(ctx, picture, asked.and_then(order_of)).await,
        (None, Some(Dialogue::Receipt { order })) => receipt::no_picture(ctx, order).await,
        (None, Some(Dialogue::TopUp)) => top_up::typed(ctx).await,
        (None, Some(Dialogue::Promo { plan })) => promo::typed(ctx, plan).await,
        (None, None) => menu::unknown(ctx).await,
    }
}

/// Asks, in place of what was asked before.
pub async fn begin(ctx: &ShopCtx, asked: Dialogue) -> Result<(), BotError> {
    let tx = ctx.db().write().await?;
    dialogue::begin(&tx, ctx.bot().id, ctx.user().telegram_id, asked).await?;
    Ok(tx.commit().await?)
}

/// Whoever leaves a question is not asked any more. Writes only when there was one.
pub async fn leave(ctx: &ShopCtx) -> Result<(), BotError> {
    if current(ctx).await?.is_none() {
        return Ok(());
    }
    let tx = ctx.db().write().await?;
    dialogue::end(&tx, ctx.bot().id, ctx.user().telegram_id).await?;
    Ok(tx.commit().await?)
}

async fn current(ctx: &ShopCtx) -> Result<Option<Dialogue>, BotError> {
    let tx = ctx.db().read().await?;
    Ok(dialogue::current(&tx, ctx.bot().id, ctx.user().telegram_id).await?)
}

const fn order_of(asked: Dialogue) -> Option<OrderId> {
    match asked {
        Dialogue::Receipt { order } => Some(order),
        Dialogue::Promo { .. } | Dialogue::TopUp => None,
    }
}
