//! "It does not connect": what we know about it, one advice, and a report to the shop's people.

pub mod view;

use domain::{
    entities::tenant::ticket::Topic,
    events::EventKind,
    shop::{
        subscription::usage::{self, RefreshError},
        support::service::{self as support, Asker, Words, Written},
    },
};

use self::view::{Cause, Finding};
use super::{
    menu,
    standing::Standing,
    support::{view as tickets, write::owner_of},
};
use crate::{context::ShopCtx, error::BotError};

/// Looks the account up on its panel, now.
pub async fn run(ctx: ShopCtx) -> Result<(), BotError> {
    // The panel may take a while: the button is answered first.
    ctx.answer().await;
    let found = look(&ctx).await?;
    ctx.show(view::result(ctx.reader(), &found)).await
}

/// What was found becomes a question to the shop. Looked up again, because it may be another by now.
pub async fn report(ctx: ShopCtx) -> Result<(), BotError> {
    ctx.answer().await;
    let found = look(&ctx).await?;
    let owner = owner_of(&ctx).await?;
    // The same update again would meet the ticket that it opened.
    let Some(tx) = ctx.effect().await? else { return menu::unknown(ctx).await };
    let asker = Asker { user: ctx.user(), bot: ctx.bot().id, owner };
    let text = view::report(ctx.reader(), &found);
    let words = Words { text, file: None, album: None, origin: ctx.origin() };
    let written = support::open(&tx, asker, Topic::Connect, words).await?;
    tx.commit().await?;
    match written {
        Written::Taken { ticket, .. } => {
            let id = Some(ticket.id.to_string());
            ctx.services().events.publish(ctx.bot().tenant, EventKind::Ticket, id);
            ctx.show(tickets::sent(ctx.reader(), &ticket)).await
        }
        Written::TooMuch(limit) => ctx.show(tickets::too_much(ctx.reader(), limit)).await,
        Written::NoTicket => menu::unknown(ctx).await,
    }
}

async fn look(ctx: &ShopCtx) -> Result<Finding, BotError> {
    let card = menu::card(ctx).await?;
    let Some((mut row, plan)) = card.subscription else {
        return Ok(Finding { cause: Cause::None, subscription: None, now: ctx.now() });
    };
    let mut unreachable = None;
    if row.provisioned_at.is_some() {
        match usage::refresh_from_panel(ctx.db(), ctx.services().panel.as_ref(), row.id).await {
            Ok(Some(fresh)) => row = fresh,
            Ok(None) => unreachable = Some(Cause::Panel),
            Err(RefreshError::Store(error)) => return Err(error.into()),
            Err(error) => {
                tracing::info!(tenant = %ctx.bot().tenant, %error, "a check did not reach the panel");
                unreachable = Some(Cause::Panel);
            }
        }
    }
    let standing = Standing::of(&row, ctx.now());
    // Whoever has run out is told so, whatever the panel says.
    let cause = match standing {
        Standing::Pending => Cause::Pending,
        Standing::Expired => Cause::Expired,
        Standing::Limited => Cause::Limited,
        Standing::Disabled => Cause::Disabled,
        Standing::Trial | Standing::Active | Standing::Expiring => unreachable.unwrap_or(Cause::Fine),
    };
    Ok(Finding { cause, subscription: Some((row, plan)), now: ctx.now() })
}
