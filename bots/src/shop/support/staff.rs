//! The shop's people answer where they were told: in the bot.

use domain::{
    entities::tenant::{staff_act::Deed, ticket, ticket_message::Author},
    events::EventKind,
    ids::TicketId,
    shop::{
        chat::dialogue::{self as asked, Dialogue},
        staff::{log, rights::Right},
        support::service::{self as support, Staff},
    },
};

use serde_json::json;

use super::{view, write::words_of};
use crate::{
    context::ShopCtx,
    error::BotError,
    shop::{admin, dialogue, menu},
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
        let actor = admin::actor(&ctx);
        let by = actor.by.clone();
        support::answer(&tx, Staff { by, bot: Some(ctx.bot().id) }, id, words).await?;
        log::append(&tx, &actor, Deed::TicketAnswered, id, json!({})).await?;
        asked::end(&tx, ctx.bot().id, ctx.user().telegram_id).await?;
        tx.commit().await?;
        ctx.services().events.publish(ctx.bot().tenant, EventKind::Ticket, Some(id.to_string()));
    }
    ctx.show(view::answered(ctx.reader(), &ticket)).await
}

pub async fn close(ctx: ShopCtx, id: TicketId) -> Result<(), BotError> {
    let Some(ticket) = to_answer(&ctx, id).await? else { return menu::stale(ctx).await };
    if let Some(tx) = ctx.effect().await? {
        let closed = support::close(&tx, Author::Staff, id).await?.is_some();
        if closed {
            log::append(&tx, &admin::actor(&ctx), Deed::TicketClosed, id, json!({})).await?;
        }
        let first = if closed { None } else { log::last(&tx, id, &[Deed::TicketClosed]).await? };
        tx.commit().await?;
        ctx.services().events.publish(ctx.bot().tenant, EventKind::Ticket, Some(id.to_string()));
        if !closed {
            admin::already(&ctx, first.as_ref()).await;
        }
    }
    ctx.send(view::closed_by_staff(ctx.reader(), &ticket)).await
}

/// The ticket, when it is somebody who may answer.
async fn to_answer(ctx: &ShopCtx, id: TicketId) -> Result<Option<ticket::Model>, BotError> {
    if !admin::has(ctx, Right::Tickets).await? {
        return Ok(None);
    }
    let tx = ctx.db().read().await?;
    Ok(support::find(&tx, id).await?)
}
