//! What a chat was asked and has not answered yet. A restart forgets nothing of it.

use domain::shop::chat::dialogue::{self, Dialogue};

use super::{
    admin,
    card::receipt,
    faq, mail, menu, promo,
    support::{self, staff},
    wallet::top_up,
};
use crate::{context::ShopCtx, error::BotError, incoming::Event};

/// Whatever is no command and no button: an answer, or nothing that we know.
pub async fn message(ctx: ShopCtx) -> Result<(), BotError> {
    let Event::Message { picture, .. } = ctx.event() else { return menu::unknown(ctx).await };
    match (ctx.asked(), picture.clone()) {
        (Some(Dialogue::NewTicket { topic }), _) => support::write::first(ctx, topic).await,
        (Some(Dialogue::Ticket { ticket }), _) => support::write::more(ctx, ticket).await,
        (Some(Dialogue::Answer { ticket }), _) => staff::answer(ctx, ticket).await,
        (Some(Dialogue::Receipt { order }), Some(picture)) => {
            receipt::picture(ctx, picture, Some(order)).await
        }
        (Some(Dialogue::Receipt { order }), None) => receipt::no_picture(ctx, order).await,
        (Some(Dialogue::Promo { plan }), None) => promo::typed(ctx, plan).await,
        (Some(Dialogue::TopUp), None) => top_up::typed(ctx).await,
        (Some(Dialogue::Promo { .. } | Dialogue::TopUp) | None, Some(picture)) => {
            receipt::picture(ctx, picture, None).await
        }
        (Some(Dialogue::FaqSearch), _) => faq::search(ctx).await,
        (Some(Dialogue::MailAddress), _) => mail::typed(ctx).await,
        (Some(Dialogue::MailCode), _) => mail::code(ctx).await,
        (Some(Dialogue::Staff { about }), _) => admin::typed(ctx, about).await,
        (None, None) if faq::answers(&ctx).await? => Ok(()),
        (None, None) => menu::unknown(ctx).await,
    }
}

/// Whoever presses a button or gives a command has turned away from what he was to write: what he types
/// later is meant for nobody any more.
pub async fn step_aside(ctx: &ShopCtx) -> Result<(), BotError> {
    let turns_away = match ctx.event() {
        Event::Pressed { .. } => true,
        Event::Message { text: Some(text), .. } => text.starts_with('/'),
        _ => false,
    };
    if turns_away && ctx.asked().is_some_and(Dialogue::takes_words) {
        leave(ctx).await?;
    }
    Ok(())
}

/// Asks, in place of what was asked before.
pub async fn begin(ctx: &ShopCtx, asked: Dialogue) -> Result<(), BotError> {
    let tx = ctx.db().write().await?;
    dialogue::begin(&tx, ctx.bot().id, ctx.user().telegram_id, asked).await?;
    Ok(tx.commit().await?)
}

/// Whoever leaves a question is not asked any more. Looks only when there was one before this update, and
/// writes only when he has not left it yet.
pub async fn leave(ctx: &ShopCtx) -> Result<(), BotError> {
    if ctx.asked().is_none() {
        return Ok(());
    }
    let (bot, chat) = (ctx.bot().id, ctx.user().telegram_id);
    let tx = ctx.db().read().await?;
    let current = dialogue::current(&tx, bot, chat).await?;
    drop(tx);
    if current.is_none() {
        return Ok(());
    }
    let tx = ctx.db().write().await?;
    dialogue::end(&tx, bot, chat).await?;
    Ok(tx.commit().await?)
}
