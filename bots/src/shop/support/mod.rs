//! Questions to the shop's people: what the user presses. What he writes is in `write`, what the shop's
//! owner does here in `staff`.

pub mod staff;
pub mod view;
pub mod write;

use domain::{
    args,
    entities::tenant::{ticket, ticket_message::Author},
    events::EventKind,
    ids::TicketId,
    shop::{
        chat::dialogue::Dialogue,
        support::{contact, list as tickets, rules::can_rate, service as support},
    },
};
use ticket::{TicketState, Topic};

use super::{dialogue, menu};
use crate::{context::ShopCtx, error::BotError};

/// Tickets on one screen.
const LISTED: u64 = 5;
/// The newest messages that are read for a thread; fewer may fit into one of ours.
const READ: u64 = 30;

pub async fn home(ctx: ShopCtx) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let has_own = !tickets::of_user(&tx, ctx.user().id, 0, 1).await?.rows.is_empty();
    let contact = contact::of_shop(&tx).await?;
    drop(tx);
    ctx.show(view::home(ctx.reader(), has_own, contact.as_ref())).await
}

pub async fn topics(ctx: ShopCtx) -> Result<(), BotError> {
    match limit(&ctx, None).await? {
        Some(limit) => ctx.show(view::too_much(ctx.reader(), limit)).await,
        None => ctx.show(view::topics(ctx.reader())).await,
    }
}

pub async fn ask(ctx: ShopCtx, topic: Topic) -> Result<(), BotError> {
    if let Some(limit) = limit(&ctx, None).await? {
        return ctx.show(view::too_much(ctx.reader(), limit)).await;
    }
    dialogue::begin(&ctx, Dialogue::NewTicket { topic }).await?;
    ctx.show(view::ask(ctx.reader(), topic)).await
}

pub async fn list(ctx: ShopCtx, page: u16) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let found = tickets::of_user(&tx, ctx.user().id, page.into(), LISTED).await?;
    drop(tx);
    ctx.show(view::list(ctx.reader(), &found, page)).await
}

pub async fn thread(ctx: ShopCtx, id: TicketId) -> Result<(), BotError> {
    let Some(ticket) = own(&ctx, id).await? else { return menu::stale(ctx).await };
    let tx = ctx.db().read().await?;
    let said = support::messages(&tx, id, READ).await?;
    drop(tx);
    ctx.show(view::thread(ctx.reader(), &ticket, &said)).await
}

pub async fn reply(ctx: ShopCtx, id: TicketId) -> Result<(), BotError> {
    let Some(ticket) = own(&ctx, id).await? else { return menu::stale(ctx).await };
    if let Some(limit) = limit(&ctx, Some(&ticket)).await? {
        return ctx.show(view::too_much(ctx.reader(), limit)).await;
    }
    dialogue::begin(&ctx, Dialogue::Ticket { ticket: id }).await?;
    ctx.show(view::ask_more(ctx.reader(), &ticket)).await
}

pub async fn close(ctx: ShopCtx, id: TicketId) -> Result<(), BotError> {
    let Some(ticket) = own(&ctx, id).await? else { return menu::stale(ctx).await };
    if ticket.state != TicketState::Closed
        && let Some(tx) = ctx.effect().await?
    {
        support::close(&tx, Author::User, id).await?;
        tx.commit().await?;
        ctx.services().events.publish(ctx.bot().tenant, EventKind::Ticket, Some(id.to_string()));
    }
    let ticket = own(&ctx, id).await?.unwrap_or(ticket);
    ctx.show(view::closed(ctx.reader(), &ticket)).await
}

pub async fn rate(ctx: ShopCtx, (ticket, stars): (TicketId, u8)) -> Result<(), BotError> {
    let Some(row) = own(&ctx, ticket).await? else { return menu::stale(ctx).await };
    if can_rate(row.state, row.rating)
        && let Some(tx) = ctx.effect().await?
    {
        support::rate(&tx, ctx.user().id, ticket, stars.into()).await?;
        tx.commit().await?;
        ctx.services().events.publish(ctx.bot().tenant, EventKind::Ticket, Some(ticket.to_string()));
    }
    ctx.toast("bot-support-rate-toast", &args![]).await;
    thread(ctx, ticket).await
}

async fn limit(
    ctx: &ShopCtx,
    into: Option<&ticket::Model>,
) -> Result<Option<domain::shop::support::rules::Limit>, BotError> {
    let tx = ctx.db().read().await?;
    Ok(support::limit(&tx, ctx.user(), into).await?)
}

async fn own(ctx: &ShopCtx, id: TicketId) -> Result<Option<ticket::Model>, BotError> {
    let tx = ctx.db().read().await?;
    Ok(support::find(&tx, id).await?.filter(|ticket| ticket.user_id == ctx.user().id))
}
