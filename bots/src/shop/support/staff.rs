//! The shop's owner answers where he was told: in the bot.

use domain::{
    entities::tenant::{ticket, ticket_message::Author},
    events::EventKind,
    ids::TicketId,
    shop::{
        chat::dialogue::{self as asked, Dialogue},
        support::service::{self as support, Staff},
    },
};

use super::{
    view,
    write::{owner_of, words_of},
};
use crate::{
    context::ShopCtx,
    error::BotError,
    shop::{dialogue, menu},
};

/// The next message is the answer.
pub async fn ask(ctx: ShopCtx, id: TicketId) -> Result<(), BotError> {
    let Some(ticket) = to_answer(&ctx, id).await? else { return menu::stale(ctx).await };
    dialogue::begin(&ctx, Dialogue::Answer { ticket: id }).await?;
    // What was asked stays above, to be read while writing.
    ctx.send(view::ask_for_answer(ctx.reader(), &ticket)).await
}

pub async fn answer(ctx: ShopCtx, id: TicketId) -> Result<(), BotError> {
    let Some(ticket) = to_answer(&ctx, id).await? else {
        dialogue::leave(&ctx).await?;
        return menu::unknown(ctx).await;
    };
    let words = match words_of(&ctx) {
        Ok(words) => words,
        Err(key) => return ctx.show(view::answer_again(ctx.reader(), key)).await,
    };
    if let Some(tx) = ctx.effect().await? {
        let by = format!("bot:{}", ctx.user().telegram_id);
        support::answer(&tx, Staff { by, bot: Some(ctx.bot().id) }, id, words).await?;
        asked::end(&tx, ctx.bot().id, ctx.user().telegram_id).await?;
        tx.commit().await?;
        ctx.services().events.publish(ctx.bot().tenant, EventKind::Ticket, Some(id.to_string()));
    }
    ctx.show(view::answered(ctx.reader(), &ticket)).await
}

pub async fn close(ctx: ShopCtx, id: TicketId) -> Result<(), BotError> {
    let Some(ticket) = to_answer(&ctx, id).await? else { return menu::stale(ctx).await };
    if let Some(tx) = ctx.effect().await? {
        support::close(&tx, Author::Staff, id).await?;
        tx.commit().await?;
        ctx.services().events.publish(ctx.bot().tenant, EventKind::Ticket, Some(id.to_string()));
    }
    ctx.send(view::closed_by_staff(ctx.reader(), &ticket)).await
}

/// The ticket, when it is the bot's owner who asks.
async fn to_answer(ctx: &ShopCtx, id: TicketId) -> Result<Option<ticket::Model>, BotError> {
    if owner_of(ctx).await? != Some(ctx.user().telegram_id) {
        return Ok(None);
    }
    let tx = ctx.db().read().await?;
    Ok(support::find(&tx, id).await?)
}
