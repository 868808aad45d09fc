//! The questions that wait for an answer. Answering itself is `shop::support::staff`.

use domain::{
    entities::tenant::ticket::TicketState,
    ids::TicketId,
    shop::{
        support::{list as tickets, service as support},
        user::service as users,
    },
};

use super::{page, view};
use crate::{
    context::ShopCtx,
    error::BotError,
    shop::{menu, support::view as threads},
};

/// The newest messages that are read for a thread.
const READ: u64 = 30;

pub async fn list(ctx: ShopCtx, number: u16) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let found = tickets::part_of(&tx, TicketState::Waiting, number.into(), view::LISTED).await?;
    drop(tx);
    ctx.show(view::tickets(ctx.reader(), &found, number)).await
}

pub async fn thread(ctx: ShopCtx, id: TicketId) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let Some(ticket) = support::find(&tx, id).await? else {
        drop(tx);
        return menu::stale(ctx).await;
    };
    let said = support::messages(&tx, id, READ).await?;
    let asker = users::find(&tx, ticket.user_id).await?;
    drop(tx);
    let own = page(&ctx, &format!("/tickets/{id}"));
    ctx.show(threads::of_staff(ctx.reader(), &ticket, &said, asker.as_ref(), own)).await
}
