//! The picture of a transfer: asked for, or sent straight away.

use domain::{
    entities::tenant::order as order_row,
    events::EventKind,
    ids::OrderId,
    platform::bot,
    shop::{
        chat::dialogue::{self as asked, Dialogue},
        payment::card,
        receipt::{
            fetch::LARGEST,
            rules::Sending,
            service::{self as receipts, NewReceipt, Sent},
        },
    },
};

use super::view;
use crate::{
    context::ShopCtx,
    error::BotError,
    incoming::{Event, Picture},
    shop::{dialogue, menu, pay},
};

/// "I have paid": the next picture is the receipt.
pub async fn ask(ctx: ShopCtx, id: OrderId) -> Result<(), BotError> {
    let Some(order) = own_order(&ctx, id).await? else { return menu::stale(ctx).await };
    if awaits(&ctx, id).await? != Sending::Taken {
        return super::show(ctx, order).await;
    }
    dialogue::begin(&ctx, Dialogue::Receipt { order: id }).await?;
    ctx.show(view::ask(ctx.reader(), &order)).await
}

/// Something else came than the picture that was asked for.
pub async fn no_picture(ctx: ShopCtx, id: OrderId) -> Result<(), BotError> {
    let order = own_order(&ctx, id).await?;
    let Some(order) = order.filter(|order| order.provider == card::NAME) else {
        return given_up(ctx).await;
    };
    if awaits(&ctx, id).await? != Sending::Taken {
        return given_up(ctx).await;
    }
    let is_text = matches!(ctx.event(), Event::Message { text: Some(_), .. });
    let key = if is_text { "bot-card-err-text" } else { "bot-card-err-file" };
    ctx.show(view::ask_again(ctx.reader(), &order, key)).await
}

/// A picture. Without having been asked it belongs to the one order that waits for it.
pub async fn picture(ctx: ShopCtx, picture: Picture, asked: Option<OrderId>) -> Result<(), BotError> {
    let order = match asked {
        Some(id) => own_order(&ctx, id).await?,
        None => {
            let tx = ctx.db().read().await?;
            let mut awaited = receipts::awaited(&tx, ctx.user().id, picture.album.as_deref()).await?;
            drop(tx);
            if awaited.len() > 1 {
                return ctx.show(view::which(ctx.reader(), &awaited)).await;
            }
            awaited.pop()
        }
    };
    let Some(order) = order else { return menu::unknown(ctx).await };
    if picture.bytes.is_some_and(|bytes| bytes > LARGEST as u64) {
        return ctx.show(view::ask_again(ctx.reader(), &order, "bot-card-err-large")).await;
    }
    take(ctx, order, picture).await
}

async fn take(ctx: ShopCtx, order: order_row::Model, picture: Picture) -> Result<(), BotError> {
    let master = ctx.services().store.master();
    let owner = bot::service::find(master, ctx.bot().id).await?.and_then(|row| row.owner_telegram_id);
    // The same update again: what came of it is shown.
    let Some(tx) = ctx.effect().await? else { return super::show(ctx, order).await };
    let new = NewReceipt {
        order: order.id,
        bot: ctx.bot().id,
        file_id: &picture.file_id,
        file_unique_id: &picture.unique_id,
        album: picture.album.as_deref(),
        owner,
    };
    let sent = receipts::take(&tx, new).await?;
    asked::end(&tx, ctx.bot().id, ctx.user().telegram_id).await?;
    tx.commit().await?;
    match sent {
        Sent::Taken => {
            ctx.services().events.publish(ctx.bot().tenant, EventKind::Sale, Some(order.id.to_string()));
            ctx.show(view::review(ctx.reader(), &order)).await
        }
        // Each picture of an album is a message of its own; the first was answered.
        Sent::SameAlbum => Ok(()),
        Sent::Not(_) => super::show(ctx, order).await,
    }
}

async fn awaits(ctx: &ShopCtx, id: OrderId) -> Result<Sending, BotError> {
    let tx = ctx.db().read().await?;
    Ok(receipts::awaits(&tx, id).await?)
}

async fn given_up(ctx: ShopCtx) -> Result<(), BotError> {
    dialogue::leave(&ctx).await?;
    menu::unknown(ctx).await
}

async fn own_order(ctx: &ShopCtx, id: OrderId) -> Result<Option<order_row::Model>, BotError> {
    Ok(pay::own_order(ctx, id).await?.filter(|order| order.provider == card::NAME))
}
